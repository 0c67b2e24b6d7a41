"""SQL of signs of life and of outages."""

from datetime import datetime

from sqlalchemy import DateTime, bindparam, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.calls.tables import CallExtensionRow, CallRow, HeartbeatRow, OutageRow
from registry.calls.window import Outage
from shared.reads import Query, json_object

_PROLONGED = (
    select(
        func.coalesce(
            func.json_agg(
                json_object(
                    {
                        "call_id": CallRow.id,
                        "code": CallRow.code,
                        "previous_closes_at": CallExtensionRow.previous_closes_at,
                        "new_closes_at": CallExtensionRow.new_closes_at,
                    }
                )
            ),
            func.json_build_array(),
        )
    )
    .join(CallExtensionRow, CallExtensionRow.call_id == CallRow.id)
    .where(CallExtensionRow.outage_id == OutageRow.id)
    .correlate(OutageRow)
    .scalar_subquery()
)

HEARTBEAT = Query(select(HeartbeatRow.first_at, HeartbeatRow.beat_at))
SPANS_SINCE = Query(
    select(OutageRow.from_at, OutageRow.until_at).where(
        OutageRow.until_at > bindparam("since", type_=DateTime(timezone=True))
    )
)
OUTAGES = Query(
    select(OutageRow.id, OutageRow.from_at, OutageRow.until_at, _PROLONGED.label("prolonged")),
    keys=(OutageRow.__table__.c.from_at, OutageRow.__table__.c.id),
    descending=True,
)


async def beat(session: AsyncSession, now: datetime) -> datetime | None:
    """Say that the process lives; return when one lived last, None where this is the first sign ever.

    One statement, so that of two processes the second sees the first one's sign.
    """
    statement = upsert(HeartbeatRow).values(id=1, first_at=now, previous_at=None, beat_at=now)
    kept = statement.on_conflict_do_update(
        index_elements=[HeartbeatRow.id],
        set_={
            "previous_at": HeartbeatRow.beat_at,
            "beat_at": func.greatest(HeartbeatRow.beat_at, statement.excluded.beat_at),
        },
    )
    previous: datetime | None = await session.scalar(kept.returning(HeartbeatRow.previous_at))
    return previous


async def last_sign(session: AsyncSession) -> datetime | None:
    last: datetime | None = await session.scalar(select(HeartbeatRow.beat_at))
    return last


async def add(session: AsyncSession, outage: Outage) -> None:
    await session.execute(
        insert(OutageRow).values(id=outage.id, from_at=outage.from_at, until_at=outage.until_at)
    )
