"""SQL of memberships: who belongs to whom on a day, downwards and upwards."""

from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    Uuid,
    bindparam,
    cast,
    null,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from registry.memberships.tables import MembershipRow
from registry.units.codes import ASSOCIATIONS
from registry.units.tables import UnitRow, UnitStateRow
from shared.contracts.registry import UnitKind
from shared.reads import Query

Lasting = type[UnitStateRow] | type[MembershipRow]
DAY: Final = bindparam("day", type_=Date)
_UNIT: Final = bindparam("unit_id", type_=Uuid)
_WITHIN: Final = bindparam("within", type_=Uuid)
_ASSOCIATIONS: Final = [kind.value for kind in ASSOCIATIONS]
_NOT_DOWNWARDS: Final = [
    kind.value
    for kind in (
        *(UnitKind.ORP, UnitKind.MUNICIPALITY, UnitKind.MUNICIPALITY_PART, UnitKind.CITY_PART),
        *ASSOCIATIONS,
    )
]
"""What is not gone through on the way from a unit to its municipalities. An ORP, the other way from a
region, is where one begins; a municipality is where one ends."""
_OF_ASSOCIATIONS: Final = UnitKind.OTHER_ASSOCIATION.value
"""The only kind of group that other groups may be members of."""


def lasts_on(row: Lasting, day: ColumnElement[date]) -> ColumnElement[bool]:
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
    inside = select(cast(unit, Uuid).label("id")).cte(recursive=True)
    children = select(state.unit_id.label("id")).where(
        state.parent_id == inside.c.id, state.kind.not_in(_NOT_DOWNWARDS), lasts_on(state, day)
    )
    members = select(member.unit_id).where(
        member.group_id == inside.c.id, member.group_kind == _OF_ASSOCIATIONS, lasts_on(member, day)
    )
    below = union_all(children.correlate(inside), members.correlate(inside)).subquery("below").lateral()
    return inside.union(select(below.c.id).select_from(inside.join(below, true())))


def _is_municipality(state: type[UnitStateRow], day: ColumnElement[date]) -> ColumnElement[bool]:
    of_kind: ColumnElement[bool] = state.kind == UnitKind.MUNICIPALITY.value
    return of_kind & lasts_on(state, day)


def units_within(unit: ColumnElement[UUID] = _WITHIN, day: ColumnElement[date] = DAY) -> Select[UUID]:
    """Select the ids of the units of all kinds that lie in a unit on a day, and its own.

    By parents and by POÚ. The members of an association count only where the way begins at one: an
    association belongs to a region, its members need not.
    """
    state, member = aliased(UnitStateRow), aliased(MembershipRow)
    inside = select(cast(unit, Uuid).label("id"), true().label("gathers")).cte(recursive=True)
    children = select(state.unit_id.label("id"), state.kind.not_in(_ASSOCIATIONS).label("gathers")).where(
        state.parent_id == inside.c.id, lasts_on(state, day)
    )
    members = select(member.unit_id, true()).where(
        member.group_id == inside.c.id, inside.c.gathers, lasts_on(member, day)
    )
    below = union_all(children.correlate(inside), members.correlate(inside)).subquery("below").lateral()
    inside = inside.union(select(below.c.id, below.c.gathers).select_from(inside.join(below, true())))
    return select(inside.c.id)


def inside(name: str, kind: UnitKind | None) -> Select[UUID]:
    """Select the units of a kind, or of all kinds, in the unit that a parameter names; the day is `day`."""
    unit = bindparam(name, type_=Uuid)
    return municipalities_within(unit) if kind is UnitKind.MUNICIPALITY else units_within(unit)


_OF_MEMBERSHIP: Final = select(
    UnitStateRow.unit_id.label("id"),
    UnitStateRow.kind,
    UnitStateRow.code,
    UnitStateRow.name,
    MembershipRow.valid_from.label("member_from"),
    MembershipRow.valid_until.label("member_until"),
    MembershipRow.source,
).where(lasts_on(MembershipRow, DAY), lasts_on(UnitStateRow, DAY))
_CZECH_ORDER: Final = (UnitStateRow.__table__.c.sort_key, UnitStateRow.__table__.c.unit_id)


@cache
def members(*, of_kind: bool) -> Query:
    """Return the query for the units that are members of a group on a day, in Czech order."""
    found = _OF_MEMBERSHIP.where(
        MembershipRow.group_id == _UNIT, UnitStateRow.unit_id == MembershipRow.unit_id
    )
    if of_kind:
        found = found.where(UnitStateRow.kind == bindparam("kind"))
    return Query(found, keys=_CZECH_ORDER)


GROUPS: Final = Query(
    _OF_MEMBERSHIP.where(MembershipRow.unit_id == _UNIT, UnitStateRow.unit_id == MembershipRow.group_id),
    keys=_CZECH_ORDER,
)


def _upwards() -> Query:
    """Return the query for a unit and all above it on a day, by parents and by its POÚ.

    `below` is whom each was reached from, NULL for the unit itself.
    """
    state, member = aliased(UnitStateRow), aliased(MembershipRow)
    nobody = cast(null(), Uuid).label("below")
    upwards = select(nobody, cast(_UNIT, Uuid).label("id")).cte("upwards", recursive=True)
    parent = select(state.parent_id.label("id")).where(
        state.unit_id == upwards.c.id, state.parent_id.is_not(None), lasts_on(state, DAY)
    )
    pou = select(member.group_id).where(
        member.unit_id == upwards.c.id, member.group_kind == UnitKind.POU.value, lasts_on(member, DAY)
    )
    above = union_all(parent.correlate(upwards), pou.correlate(upwards)).subquery("above").lateral()
    upwards = upwards.union(select(upwards.c.id, above.c.id).select_from(upwards.join(above, true())))
    return Query(
        select(upwards.c.below, upwards.c.id, UnitStateRow.kind, UnitStateRow.code, UnitStateRow.name)
        .join(upwards, upwards.c.id == UnitStateRow.unit_id)
        .where(lasts_on(UnitStateRow, DAY))
    )


UPWARDS: Final = _upwards()
KNOWN: Final = Query(select(UnitRow.id).where(UnitRow.id == _UNIT))
