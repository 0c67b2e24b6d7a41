"""SQL of memberships: who lies in whom on a day; locks and lines of memberships, written in bulk."""

import csv
from collections.abc import Collection, Iterable
from datetime import date, datetime
from io import StringIO
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CTE,
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
    true,
    union,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.memberships.domain import Membership
from registry.memberships.tables import MembershipRow
from registry.units.codes import ASSOCIATIONS
from registry.units.places import Place
from registry.units.tables import UnitRow, UnitStateRow
from shared.bulk import copy_in
from shared.contracts.registry import UnitKind

DAY: Final = bindparam("day", type_=Date)
_UNIT: Final = bindparam("unit_id", type_=Uuid)
_WITHIN: Final = bindparam("within", type_=Uuid)
_NOT_DOWNWARDS: Final = [
    kind.value for kind in (UnitKind.ORP, UnitKind.MUNICIPALITY, UnitKind.CITY_PART, *ASSOCIATIONS)
]
"""What is not gone through on the way from a unit to its municipalities. An ORP, the other way from a
region, is where one begins; a municipality is where one ends."""
_OF_ASSOCIATIONS: Final = UnitKind.OTHER_ASSOCIATION.value
"""The only kind of group that other groups may be members of."""
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
    inside = _groups_inside(unit, day)
    itself, child, state = aliased(UnitStateRow), aliased(UnitStateRow), aliased(UnitStateRow)
    member = aliased(MembershipRow)
    found = union(
        select(itself.unit_id).where(itself.unit_id == unit, _is_municipality(itself, day)),
        select(child.unit_id)
        .join(inside, inside.c.id == child.parent_id)
        .where(_is_municipality(child, day)),
        select(member.unit_id)
        .join(inside, inside.c.id == member.group_id)
        .join(state, state.unit_id == member.unit_id)
        .where(lasts_on(member, day), _is_municipality(state, day)),
    ).subquery("municipality")
    return select(found.c.unit_id)


def _groups_inside(unit: ColumnElement[UUID], day: ColumnElement[date]) -> CTE:
    """Return the unit with all those inside it that may have municipalities of their own."""
    state, member = aliased(UnitStateRow), aliased(MembershipRow)
    inside = select(cast(unit, Uuid).label("id")).cte("inside", recursive=True)
    children = select(state.unit_id.label("id")).where(
        state.parent_id == inside.c.id, state.kind.not_in(_NOT_DOWNWARDS), lasts_on(state, day)
    )
    members = select(member.unit_id).where(
        member.group_id == inside.c.id, member.group_kind == _OF_ASSOCIATIONS, lasts_on(member, day)
    )
    below = union_all(children.correlate(inside), members.correlate(inside)).subquery("below").lateral()
    return inside.union(select(below.c.id).select_from(inside.join(below, true())))


def _is_municipality(state: Any, day: ColumnElement[date]) -> ColumnElement[bool]:  # noqa: ANN401 - an alias
    of_kind: ColumnElement[bool] = state.kind == UnitKind.MUNICIPALITY.value
    return of_kind & lasts_on(state, day)


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
    row = MembershipRow.__table__.c
    statement = select(
        row.unit_id, row.group_id, row.group_kind, row.valid_from, row.valid_until, row.source
    ).where(row.unit_id == func.any(_array(ids)))
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
