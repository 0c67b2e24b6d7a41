"""What is read of bodies and of mandates: who may read what is decided here, in SQL."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from planning.partnerships.domain import MemberRole
from planning.partnerships.tables import BodyRow, BodyUnitRow, MandateRow
from planning.units.tables import UnitRow
from shared.reads import Query, json_object

_DAY: Final = bindparam("day", type_=Date)
_TODAY: Final = bindparam("today", type_=Date)
_BODY: Final = BodyRow.__table__.c
_MANDATE: Final = MandateRow.__table__.c
BODY_ID: Final = bindparam("body_id", type_=Uuid)


def _in_units(name: str) -> ColumnElement[bool]:
    """Return whether the body belongs to one of the units in the parameter."""
    units = bindparam(name, type_=ARRAY(Uuid))
    return exists().where(BodyUnitRow.body_id == BodyRow.id, BodyUnitRow.unit_id == any_(units))


def own() -> ColumnElement[bool]:
    """Return whether the caller (`agency`, `units`) belongs to a unit of the body, or to the Agency."""
    return or_(bindparam("agency", type_=Boolean), _in_units("units"))


def visible() -> ColumnElement[bool]:
    """Let everybody know of a public body, its units and the Agency of any."""
    return or_(_BODY.is_public, own())


def holds_on(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return whether a mandate holds on the day."""
    return (MandateRow.starts_on <= day) & or_(MandateRow.ends_on.is_(None), MandateRow.ends_on >= day)


def units_as_json() -> ColumnElement[object]:
    unit = json_object({"id": BodyUnitRow.unit_id, "name": UnitRow.name})
    found: ColumnElement[object] = (
        select(func.json_agg(aggregate_order_by(unit, UnitRow.name, BodyUnitRow.unit_id)))
        .select_from(BodyUnitRow)
        .outerjoin(UnitRow, UnitRow.id == BodyUnitRow.unit_id)
        .where(BodyUnitRow.body_id == BodyRow.id)
        .correlate(BodyRow)
        .scalar_subquery()
    )
    return found


def _counted(what: ColumnElement[object]) -> ColumnElement[int]:
    counted: ColumnElement[int] = (
        select(func.count(what.distinct()))
        .where(MandateRow.body_id == BodyRow.id, holds_on(_DAY), MandateRow.role != MemberRole.GUEST.value)
        .correlate(BodyRow)
        .scalar_subquery()
    )
    return counted


_BODIES: Final = (
    _BODY.id,
    _BODY.version,
    _BODY.kind,
    _BODY.name,
    units_as_json().label("units"),
    _BODY.plan_id,
    _BODY.areas,
    _BODY.statutes,
    _BODY.is_public,
    json_object({"percent": _BODY.quorum_percent, "more_than": _BODY.quorum_more_than}).label("quorum"),
    _BODY.starts_on,
    _BODY.ends_on,
    _counted(_MANDATE.person_key).label("members"),
    _counted(func.nullif(_MANDATE.organisation, "")).label("organisations"),
)
BODY: Final = Query(
    select(*_BODIES).where(BodyRow.id == BODY_ID, visible()), version="version", moves_on=True
)
KNOWN: Final = Query(select(_BODY.id, own().label("own")).where(BodyRow.id == BODY_ID, visible()))
"""Whether the caller may know of a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_unit: bool = False
    of_plan: bool = False
    of_kind: bool = False
    of_area: bool = False
    by_text: bool = False
    on_a_day: bool = False


@cache
def bodies(filters: Filters) -> Query:
    """Return the query for bodies in Czech order; with a day only those that work then."""
    found: Select[*tuple[object, ...]] = select(*_BODIES).where(visible())
    if filters.of_unit:
        found = found.where(
            exists().where(
                BodyUnitRow.body_id == BodyRow.id, BodyUnitRow.unit_id == bindparam("unit_id", type_=Uuid)
            )
        )
    if filters.of_plan:
        found = found.where(BodyRow.plan_id == bindparam("plan_id", type_=Uuid))
    if filters.of_kind:
        found = found.where(BodyRow.kind == bindparam("kind", type_=Text))
    if filters.of_area:
        found = found.where(bindparam("area", type_=Text) == any_(BodyRow.areas))
    if filters.by_text:
        found = found.where(BodyRow.search_text.like(bindparam("pattern", type_=Text)))
    if filters.on_a_day:
        lasts = or_(BodyRow.ends_on.is_(None), BodyRow.ends_on >= _DAY)
        found = found.where(BodyRow.starts_on <= _DAY, lasts)
    return Query(found, keys=(_BODY.sort_key, _BODY.id))


def _close() -> ColumnElement[bool]:
    """Return whether the caller may read contacts: of the Agency, of the unit's office, or one's own."""
    mine = func.coalesce(MandateRow.person == bindparam("caller", type_=Text), False)
    return or_(bindparam("agency", type_=Boolean), _in_units("close_units"), mine)


def _for_close(column: ColumnElement[str | None], name: str) -> ColumnElement[str | None]:
    return case((_close(), column)).label(name)


_MEMBERS: Final = (
    _MANDATE.id,
    _MANDATE.version,
    _MANDATE.body_id,
    _BODY.name.label("body_name"),
    _MANDATE.name,
    _MANDATE.organisation,
    _MANDATE.role,
    _for_close(_MANDATE.person, "person"),
    _for_close(_MANDATE.email, "email"),
    _for_close(_MANDATE.phone, "phone"),
    _MANDATE.alternate_for,
    _MANDATE.starts_on,
    _MANDATE.ends_on,
    _for_close(_MANDATE.end_reason, "end_reason"),
    _MANDATE.is_erased,
)


def _members() -> Select[*tuple[object, ...]]:
    """Show strangers of a public body only who is in it today."""
    now = BodyRow.is_public & holds_on(_TODAY) & ~MandateRow.is_erased
    return (
        select(*_MEMBERS)
        .select_from(MandateRow)
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .where(or_(own(), now))
    )


MEMBER: Final = Query(
    _members().where(MandateRow.id == bindparam("mandate_id", type_=Uuid)), version="version", moves_on=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilters:
    """Which filters are given; without a day those who left are there too."""

    of_body: bool = False
    of_unit: bool = False
    of_role: bool = False
    by_text: bool = False
    on_a_day: bool = False


@cache
def members(filters: MemberFilters) -> Query:
    """Return the query for members in Czech order of names."""
    found = _members()
    if filters.of_body:
        found = found.where(MandateRow.body_id == BODY_ID)
    if filters.of_unit:
        found = found.where(
            exists().where(
                BodyUnitRow.body_id == BodyRow.id, BodyUnitRow.unit_id == bindparam("unit_id", type_=Uuid)
            )
        )
    if filters.of_role:
        found = found.where(MandateRow.role == bindparam("role", type_=Text))
    if filters.by_text:
        found = found.where(MandateRow.search_text.like(bindparam("pattern", type_=Text)))
    if filters.on_a_day:
        found = found.where(holds_on(_DAY))
    return Query(found, keys=(_MANDATE.sort_key, _MANDATE.id))
