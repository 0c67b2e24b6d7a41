"""SQL of cooperation."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Date, bindparam, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from registry.cooperation.domain import Cooperation
from registry.cooperation.tables import CooperationRow
from shared.contracts.registry import CooperationRegime
from shared.reads import Query

COOPERATION_COLUMNS = (
    CooperationRow.id,
    CooperationRow.unit_id,
    CooperationRow.regime,
    CooperationRow.starts_on,
    CooperationRow.ends_on,
    CooperationRow.started_at,
    CooperationRow.ended_at,
    CooperationRow.version,
)
_COOPERATIONS = select(*COOPERATION_COLUMNS)


_BY_START = (CooperationRow.__table__.c.starts_on, CooperationRow.__table__.c.id)

ONE = Query(_COOPERATIONS.where(CooperationRow.id == bindparam("id")), version="version")


@cache
def cooperations(*, of_unit: bool, under_regime: bool, running: bool) -> Query:
    """Return the query for cooperations, the latest first, by the filters that were given."""
    found = _COOPERATIONS
    if of_unit:
        found = found.where(CooperationRow.unit_id == bindparam("unit_id"))
    if under_regime:
        found = found.where(CooperationRow.regime == bindparam("regime"))
    if running:
        day = bindparam("day", type_=Date)
        lasts = or_(CooperationRow.ends_on.is_(None), CooperationRow.ends_on >= day)
        found = found.where(CooperationRow.starts_on <= day, lasts)
    return Query(found, keys=_BY_START, descending=True)


async def unit_of(session: AsyncSession, cooperation_id: UUID) -> UUID | None:
    return await session.scalar(select(CooperationRow.unit_id).where(CooperationRow.id == cooperation_id))


async def of_unit(session: AsyncSession, unit_id: UUID) -> list[Cooperation]:
    """Load all cooperations of a unit; the caller holds the lock of the unit."""
    rows = await session.execute(_COOPERATIONS.where(CooperationRow.unit_id == unit_id))
    return [
        Cooperation(
            id=row.id,
            unit_id=row.unit_id,
            regime=CooperationRegime(row.regime),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            started_at=row.started_at,
            ended_at=row.ended_at,
            version=row.version,
        )
        for row in rows
    ]


async def lasts_after(session: AsyncSession, unit_id: UUID, day: date) -> bool:
    """Whether any cooperation of the unit has a day after `day`."""
    lasting = exists().where(
        CooperationRow.unit_id == unit_id, or_(CooperationRow.ends_on.is_(None), CooperationRow.ends_on > day)
    )
    return bool(await session.scalar(select(lasting)))


async def units_with_expired(session: AsyncSession, today: date) -> Sequence[UUID]:
    """Return the units of cooperations whose last day is over and that were not concluded."""
    expired = (
        select(CooperationRow.unit_id)
        .distinct()
        .where(CooperationRow.ended_at.is_(None), CooperationRow.ends_on < today)
    )
    in_order = expired.order_by(CooperationRow.unit_id).limit(1000)
    return (await session.scalars(in_order)).all()


async def add(session: AsyncSession, cooperation: Cooperation) -> None:
    await session.execute(
        insert(CooperationRow).values(
            id=cooperation.id,
            unit_id=cooperation.unit_id,
            regime=cooperation.regime.value,
            starts_on=cooperation.starts_on,
            ends_on=cooperation.ends_on,
            version=cooperation.version,
            started_at=cooperation.started_at,
        )
    )


async def save(session: AsyncSession, cooperation: Cooperation) -> None:
    await session.execute(
        update(CooperationRow)
        .where(CooperationRow.id == cooperation.id)
        .values(ends_on=cooperation.ends_on, ended_at=cooperation.ended_at, version=cooperation.version)
    )
