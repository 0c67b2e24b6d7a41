"""SQL of memberships: who lies in whom on a day; locks and lines of memberships, written in bulk."""

import csv
from collections.abc import Collection, Iterable
from datetime import date, datetime
from io import StringIO
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Select,
    Uuid,
    bindparam,
    cast,
    delete,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.memberships.domain import Membership
from registry.memberships.tables import MembershipRow
from registry.units.places import Place
from registry.units.tables import UnitRow, UnitStateRow
from shared.bulk import copy_in
from shared.contracts.registry import UnitKind

DAY: Final = bindparam("day", type_=Date)
_UNIT: Final = bindparam("unit_id", type_=Uuid)
_WITHIN: Final = bindparam("within", type_=Uuid)
_DOWNWARDS: Final = [
    kind.value for kind in (UnitKind.REGION, UnitKind.DISTRICT, UnitKind.POU, UnitKind.MUNICIPALITY)
]
"""Downwards from a region go its districts alone: an ORP, the other way, is where one begins."""
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


def lasts_on(row: Any, day: ColumnElement[date]) -> ColumnElement[bool]:  # noqa: ANN401 - any row with a validity
    """Return whether a row with `valid_from` and `valid_until` holds on the day."""
    holds: ColumnElement[bool] = (row.valid_from <= day) & or_(
        row.valid_until.is_(None), row.valid_until >= day
    )
    return holds


def municipalities_within(
    unit: ColumnElement[UUID] = _WITHIN, day: ColumnElement[date] = DAY
) -> Select[UUID]:
    """Select the ids of the municipalities that lie in a unit of whatever kind on a day.

    State, region and district: by the hierarchy of districts; ORP: by its POÚ; POÚ and associations: by
    membership, also of associations that are members themselves; a municipality: itself. A part of a
    town has none. Write `unit_id.in_(municipalities_within())`; the parameters are `within` and `day`.
    """
    state, member, found = aliased(UnitStateRow), aliased(MembershipRow), aliased(UnitStateRow)
    by_parent = select(state.parent_id.label("above"), state.unit_id.label("below")).where(
        state.kind.in_(_DOWNWARDS), lasts_on(state, day)
    )
    by_membership = select(member.group_id, member.unit_id).where(lasts_on(member, day))
    edge = union_all(by_parent, by_membership).subquery("edge")
    inside = select(cast(unit, Uuid).label("id")).cte("inside", recursive=True)
    inside = inside.union(select(edge.c.below).join(inside, edge.c.above == inside.c.id))
    return (
        select(found.unit_id)
        .join(inside, inside.c.id == found.unit_id)
        .where(found.kind == UnitKind.MUNICIPALITY.value, lasts_on(found, day))
    )


async def lock_units(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Place]:
    """Load when units exist, and let nobody change or close them until the end of the transaction.

    Then the lines of memberships are held: always in this order, units by their ids first.
    """
    statement = (
        select(UnitRow.id, UnitRow.kind, UnitRow.valid_from, UnitRow.valid_until)
        .where(UnitRow.id == func.any(_array(ids)))
        .order_by(UnitRow.id)
        .with_for_update(read=True)
    )
    rows = (await session.execute(statement)).all()
    await hold(session)
    return {
        row.id: Place(kind=UnitKind(row.kind), code=None, first_day=row.valid_from, last_day=row.valid_until)
        for row in rows
    }


async def hold(session: AsyncSession) -> None:
    """Wait for others that write memberships, and let others wait; taken after the locks of units."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))


async def of_units(session: AsyncSession, ids: Collection[UUID]) -> list[Membership]:
    """Load all memberships that the units have, had and will have in groups."""
    statement = select(
        MembershipRow.unit_id,
        MembershipRow.group_id,
        MembershipRow.group_kind,
        MembershipRow.valid_from,
        MembershipRow.valid_until,
        MembershipRow.source,
    ).where(MembershipRow.unit_id == func.any(_array(ids)))
    return [
        Membership(
            unit_id=row.unit_id,
            group_id=row.group_id,
            group_kind=UnitKind(row.group_kind),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            source=row.source,
        )
        for row in await session.execute(statement)
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
        keys = func.unnest(*columns).table_valued("unit_id", "group_id", "valid_from").alias("gone")
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


def _csv(memberships: Iterable[Membership], now: datetime) -> bytes:
    out = StringIO()
    write = csv.writer(out, lineterminator="\n")
    for each in memberships:
        write.writerow(
            (
                each.unit_id,
                each.group_id,
                each.group_kind.value,
                each.valid_from,
                each.valid_until,
                each.source,
                now.isoformat(),
            )
        )
    return out.getvalue().encode()


def _array(ids: Iterable[UUID]) -> ColumnElement[Any]:
    return cast(list(ids), ARRAY(Uuid))
