"""SQL of the lines of memberships: held against others, loaded, and written in bulk."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Date, Uuid, cast, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from registry.memberships.domain import Membership
from registry.memberships.tables import MembershipRow
from registry.units.places import Place
from registry.units.tables import UnitRow
from shared.bulk import copy_in, csv_of
from shared.contracts.registry import UnitKind

_COLUMNS: Final = (
    "unit_id",
    "group_id",
    "group_kind",
    "valid_from",
    "valid_until",
    "source",
    "recorded_at",
)
_LOCK: Final = "registry.memberships"


async def lock_units(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Place]:
    """Load when units exist, and let nobody change or close them until the end of the transaction.

    Then the lines of memberships are held; always in this order, units by their ids first.
    """
    unit = UnitRow.__table__.c
    statement = (
        select(unit.id, unit.kind, unit.valid_from, unit.valid_until)
        .where(unit.id == func.any(_array(ids)))
        .order_by(unit.id)
        .with_for_update(read=True)
    )
    rows = (await session.execute(statement)).all()
    await hold(session)
    return {
        id_: Place(kind=UnitKind(kind), code=None, first_day=first, last_day=last)
        for id_, kind, first, last in rows
    }


async def hold(session: AsyncSession) -> None:
    """Wait for others that write memberships, and let others wait; taken after the locks of units."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))


async def of_units(session: AsyncSession, ids: Collection[UUID]) -> list[Membership]:
    """Load all memberships that the units have, had and will have in groups."""
    return await _load(session, MembershipRow.__table__.c.unit_id, ids)


async def in_groups(session: AsyncSession, ids: Collection[UUID]) -> list[Membership]:
    """Load all memberships that others have, had and will have in the groups."""
    return await _load(session, MembershipRow.__table__.c.group_id, ids)


async def _load(session: AsyncSession, side: ColumnElement[UUID], ids: Collection[UUID]) -> list[Membership]:
    row = MembershipRow.__table__.c
    statement = (
        select(row.unit_id, row.group_id, row.group_kind, row.valid_from, row.valid_until, row.source)
        .where(side == func.any(_array(ids)))
        .order_by(row.unit_id, row.valid_from, row.group_id)
    )
    return [
        Membership(
            unit_id=unit_id,
            group_id=group_id,
            group_kind=UnitKind(kind),
            valid_from=first,
            valid_until=last,
            source=source,
        )
        for unit_id, group_id, kind, first, last, source in await session.execute(statement)
    ]


async def replace(
    session: AsyncSession, *, gone: Collection[Membership], new: Collection[Membership], now: datetime
) -> None:
    """Delete and insert in this order: a line may be cut and continued in one go."""
    if gone:
        columns = (
            _array([each.unit_id for each in gone]),
            _array([each.group_id for each in gone]),
            cast([each.valid_from for each in gone], ARRAY(Date)),
        )
        keys = func.unnest(*columns).table_valued("unit_id", "group_id", "valid_from").render_derived("gone")
        await session.execute(
            delete(MembershipRow)
            .where(
                MembershipRow.unit_id == keys.c.unit_id,
                MembershipRow.group_id == keys.c.group_id,
                MembershipRow.valid_from == keys.c.valid_from,
            )
            .execution_options(synchronize_session=False)
        )
    if new:
        rows = _csv(new, now)
        await copy_in(session, MembershipRow.__table__, _COLUMNS, rows)  # type: ignore[arg-type]


async def end_with_units(session: AsyncSession, ends: Mapping[UUID, date]) -> None:
    """End the memberships of units, and in them, with the last days of the units.

    The caller holds the units; those that would begin later are deleted.
    """
    if not ends:
        return
    await hold(session)
    last_days = cast(list(ends.values()), ARRAY(Date))
    closed = func.unnest(_array(ends), last_days).table_valued("id", "last_day").render_derived("closed")
    for side in (MembershipRow.unit_id, MembershipRow.group_id):
        concerned = side == closed.c.id
        later = delete(MembershipRow).where(concerned, MembershipRow.valid_from > closed.c.last_day)
        lasting = or_(MembershipRow.valid_until.is_(None), MembershipRow.valid_until > closed.c.last_day)
        shorter = update(MembershipRow).where(concerned, lasting).values(valid_until=closed.c.last_day)
        for statement in (later, shorter):
            await session.execute(statement.execution_options(synchronize_session=False))


def _csv(memberships: Iterable[Membership], now: datetime) -> bytes:
    return csv_of(
        (
            each.unit_id,
            each.group_id,
            each.group_kind.value,
            each.valid_from,
            each.valid_until,
            each.source,
            now.isoformat(),
        )
        for each in memberships
    )


def _array(ids: Iterable[UUID]) -> ColumnElement[Sequence[UUID]]:
    return cast(list(ids), ARRAY(Uuid))
