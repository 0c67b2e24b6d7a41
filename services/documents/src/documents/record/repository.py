"""Every statement that writes the record, and those that a bundle is made of."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import cast, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.record.bundle import Bundle, Previous
from documents.record.domain import OWN, Act, State
from documents.record.tables import TOLD, ActRow, BundleRow, RecordKeyRow, RecordStateRow
from shared.contracts.base import Event
from shared.contracts.catalogue import EVENTS
from shared.stored import from_json


async def lock_state(session: AsyncSession, *, today: date) -> State:
    """Lock the record: one act after the other, and no day closes meanwhile."""
    statement = upsert(RecordStateRow).values(id=1, last_position=0, latest_on=today)
    statement = statement.on_conflict_do_update(index_elements=["id"], set_={"id": 1})
    known = statement.returning(RecordStateRow.last_position, RecordStateRow.latest_on)
    row = (await session.execute(known)).one()
    return State(last_position=row.last_position, latest_on=row.latest_on)


async def save_state(session: AsyncSession, state: State) -> None:
    await session.execute(
        update(RecordStateRow).values(last_position=state.last_position, latest_on=state.latest_on)
    )


async def is_entered(session: AsyncSession, event_id: UUID) -> bool:
    return bool(await session.scalar(select(exists().where(ActRow.event_id == event_id))))


async def add_acts(session: AsyncSession, acts: Sequence[Act]) -> None:
    rows = [asdict(act) | {"unit_ids": list(act.unit_ids)} for act in acts]
    for row in rows:
        del row["withheld"]
    await session.execute(insert(ActRow), rows)


async def units_of_subject(session: AsyncSession, subject_id: UUID) -> tuple[UUID, ...]:
    """Return the units that were named last with the same subject: a withdrawal names none itself."""
    named = select(ActRow.unit_ids).where(
        ActRow.subject_id == subject_id, func.cardinality(ActRow.unit_ids) > 0
    )
    return tuple(await session.scalar(named.order_by(ActRow.position.desc()).limit(1)) or ())


async def own_acts(session: AsyncSession, *, most: int) -> list[tuple[UUID, Event]]:
    """Return what this service told and the record does not have yet, in the order of telling."""
    entered = exists().where(ActRow.event_id == TOLD.c.event_id)
    statement = (
        select(TOLD.c.event_id, TOLD.c.subject, cast(TOLD.c.body, JSON)["data"].astext.label("data"))
        .where(TOLD.c.subject.in_(OWN), ~entered)
        .order_by(TOLD.c.position)
        .limit(most)
    )
    rows = await session.execute(statement)
    return [(row.event_id, from_json(EVENTS[row.subject], row.data)) for row in rows]


async def open_days(session: AsyncSession, *, before: date) -> Sequence[date]:
    """Return the days that are over, have acts and no bundle, the oldest first."""
    closed = select(func.coalesce(func.max(BundleRow.day), date.min)).scalar_subquery()
    statement = (
        select(ActRow.received_on)
        .where(ActRow.received_on > closed, ActRow.received_on < before)
        .distinct()
        .order_by(ActRow.received_on)
    )
    return (await session.scalars(statement)).all()


async def acts_of(session: AsyncSession, day: date) -> list[Act]:
    statement = select(ActRow).where(ActRow.received_on == day).order_by(ActRow.position)
    return [_act(row) for row in await session.scalars(statement)]


async def digests_of(session: AsyncSession, day: date) -> Sequence[str]:
    """Return the digests of a day in their order: bodies are a thousand times as large."""
    statement = select(ActRow.digest).where(ActRow.received_on == day).order_by(ActRow.position)
    return (await session.scalars(statement)).all()


def _act(row: ActRow) -> Act:
    return Act(
        position=row.position,
        event_id=row.event_id,
        type=row.type,
        subject_id=row.subject_id,
        unit_ids=tuple(row.unit_ids),
        received_at=row.received_at,
        received_on=row.received_on,
        disclosed=row.disclosed,
        body=row.body,
        digest=row.digest,
        version=row.version,
        withheld=row.withheld_at is not None,
    )


async def last_bundle(session: AsyncSession) -> Previous | None:
    statement = select(BundleRow.number, BundleRow.head_digest).order_by(BundleRow.number.desc()).limit(1)
    row = (await session.execute(statement)).one_or_none()
    return Previous(number=row.number, head_digest=row.head_digest) if row else None


async def keep_key(session: AsyncSession, key_id: str, public_key: str, *, now: datetime) -> None:
    statement = upsert(RecordKeyRow).values(id=key_id, public_key=public_key, first_used_at=now)
    await session.execute(statement.on_conflict_do_nothing(index_elements=["id"]))


async def add_bundle(session: AsyncSession, bundle: Bundle, *, now: datetime) -> None:
    values = asdict(bundle) | {"signed_at": now, "stamp_attempts": 0, "stamp_due_at": now}
    await session.execute(insert(BundleRow).values(values))


async def disclose(
    session: AsyncSession,
    act: Act,
    *,
    disclosed: bool,
    by: str | None = None,
    reason: str | None = None,
    now: datetime | None = None,
) -> None:
    """Show an act, or withhold it: then who did so, why and when is kept beside it."""
    changed = update(ActRow).where(ActRow.position == act.position)
    values = {"withheld_by": by, "withheld_reason": reason, "withheld_at": now}
    await session.execute(changed.values(disclosed=disclosed, version=act.version + 1, **values))


async def save_file(session: AsyncSession, bundle: Bundle) -> None:
    """Note what the file of a bundle has become; what was signed stays."""
    own = update(BundleRow).where(BundleRow.number == bundle.number)
    await session.execute(own.values(digest=bundle.digest, size_bytes=bundle.size_bytes))


async def act_at(session: AsyncSession, position: int) -> Act | None:
    row = await session.get(ActRow, position)
    return _act(row) if row else None


async def bundle_of(session: AsyncSession, number: int) -> Bundle | None:
    row = await session.get(BundleRow, number)
    return _bundle(row) if row else None


async def bundle_of_day(session: AsyncSession, day: date) -> tuple[Bundle, str] | None:
    """Return the bundle of a day, and the public key that it was signed by."""
    statement = (
        select(BundleRow, RecordKeyRow.public_key)
        .join(RecordKeyRow, RecordKeyRow.id == BundleRow.key_id)
        .where(BundleRow.day == day)
    )
    found = (await session.execute(statement)).one_or_none()
    return (_bundle(found[0]), found[1]) if found else None


def _bundle(row: BundleRow) -> Bundle:
    return Bundle(**{each.name: getattr(row, each.name) for each in fields(Bundle)})


async def not_stamped(session: AsyncSession, *, now: datetime, most: int) -> list[tuple[int, str, int]]:
    """Return number, head and attempts of bundles whose turn it is, the oldest first."""
    statement = (
        select(BundleRow.number, BundleRow.head, BundleRow.stamp_attempts)
        .where(BundleRow.stamp.is_(None), BundleRow.stamp_due_at <= now)
        .order_by(BundleRow.number)
        .limit(most)
    )
    return [(row.number, row.head, row.stamp_attempts) for row in await session.execute(statement)]


async def keep_stamp(session: AsyncSession, number: int, stamp: bytes, *, stamped_at: datetime) -> None:
    """Keep the first stamp of a bundle; of two workers one comes too late and changes nothing."""
    own = update(BundleRow).where(BundleRow.number == number, BundleRow.stamp.is_(None))
    await session.execute(own.values(stamp=stamp, stamped_at=stamped_at))


async def put_off_stamp(session: AsyncSession, number: int, *, attempts: int, until: datetime) -> None:
    own = update(BundleRow).where(BundleRow.number == number, BundleRow.stamp.is_(None))
    await session.execute(own.values(stamp_attempts=attempts, stamp_due_at=until))
