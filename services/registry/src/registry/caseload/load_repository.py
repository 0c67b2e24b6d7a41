"""Caseloads as they are read: what each person carries, what nobody does."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Subquery,
    Text,
    bindparam,
    case,
    exists,
    func,
    select,
    union,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from registry.caseload.capacity import DEFAULT_CAPACITY
from registry.caseload.domain import COUNTED, Duty
from registry.caseload.repository import LIVE, cooperates, lasts_on, version_of
from registry.caseload.tables import AssignmentRow, CapacityRow
from registry.cooperation.phases import Status
from registry.cooperation.repository import holds_on
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, json_object

_DAY: Final = bindparam("day", type_=Date)
_COUNTED: Final = sorted(duty.value for duty in COUNTED)
_FINAL: Final = (Status.ENDED.value, Status.CANCELLED.value)


def _held() -> Subquery:
    """Return one row for each person and unit of the day; `counts` where it makes a load."""
    is_live = cooperates(AssignmentRow.__table__.c.unit_id, _DAY).label("is_live")
    one = (
        select(
            AssignmentRow.person,
            func.max(AssignmentRow.person_name).label("person_name"),
            AssignmentRow.unit_id,
            UnitStateRow.name.label("unit_name"),
            UnitStateRow.sort_key,
            func.json_agg(aggregate_order_by(AssignmentRow.duty, AssignmentRow.duty)).label("duties"),
            func.min(AssignmentRow.starts_on).label("starts_on"),
            func.bool_or(AssignmentRow.duty.in_(_COUNTED)).label("is_counted"),
            is_live,
        )
        .join(UnitStateRow, (UnitStateRow.unit_id == AssignmentRow.unit_id) & named_on(UnitStateRow, _DAY))
        .where(lasts_on(_DAY))
        .group_by(AssignmentRow.person, AssignmentRow.unit_id, UnitStateRow.name, UnitStateRow.sort_key)
    )
    return one.subquery("held")


def _capacity(person: ColumnElement[str]) -> ColumnElement[int]:
    decided = (
        select(CapacityRow.units)
        .where(CapacityRow.person == person, CapacityRow.starts_on <= _DAY)
        .order_by(CapacityRow.starts_on.desc(), CapacityRow.id.desc())
        .limit(1)
    )
    return func.coalesce(decided.scalar_subquery(), DEFAULT_CAPACITY)


def _persons() -> Subquery:
    """Return everybody who has something that day, or of whom a capacity is known by then."""
    assigned = select(AssignmentRow.person, AssignmentRow.person_name).where(lasts_on(_DAY))
    known = select(CapacityRow.person, CapacityRow.person_name).where(CapacityRow.starts_on <= _DAY)
    both = union(assigned, known).subquery("both")
    names = select(both.c.person, func.max(both.c.person_name).label("person_name"))
    return names.group_by(both.c.person).subquery("persons")


def _caseloads() -> Subquery:
    held, persons = _held(), _persons()
    unit = json_object(
        {
            "unit_id": held.c.unit_id,
            "name": held.c.unit_name,
            "duties": held.c.duties,
            "starts_on": held.c.starts_on,
            "cooperates": held.c.is_live,
        }
    )
    units = func.json_agg(aggregate_order_by(unit, held.c.sort_key, held.c.unit_id))
    counted = func.count().filter(held.c.is_counted & held.c.is_live)
    of_person = (
        select(counted.label("load"), units.filter(held.c.unit_id.is_not(None)).label("units"))
        .where(held.c.person == persons.c.person)
        .lateral("of_person")
    )
    capacity = _capacity(persons.c.person)
    return (
        select(
            persons.c.person,
            persons.c.person_name,
            of_person.c.load,
            capacity.label("capacity"),
            (capacity - of_person.c.load).label("free"),
            func.coalesce(of_person.c.units, func.json_build_array()).label("units"),
            version_of(persons.c.person).label("version"),
        )
        .select_from(persons)
        .join(of_person, of_person.c.load >= 0)
        .subquery("caseload")
    )


@cache
def caseloads(*, over: bool) -> Query:
    """Return what each person carries on a day; `over`: only those who carry too much."""
    found = _caseloads()
    query = select(*found.c)
    if over:
        query = query.where(found.c.free < 0)
    return Query(query, keys=(found.c.person,))


@cache
def caseload() -> Query:
    found = _caseloads()
    of_one = select(*found.c).where(found.c.person == bindparam("person", type_=Text))
    return Query(of_one, version="version", moves_on=True)


def _without_consultant() -> Select[*tuple[object, ...]]:
    taken = exists().where(
        AssignmentRow.unit_id == CooperationRow.unit_id,
        AssignmentRow.duty == Duty.LOCAL_CONSULTANT.value,
        lasts_on(_DAY),
    )
    live = func.bool_or(PhaseRow.status.in_(LIVE))
    regimes = func.json_agg(aggregate_order_by(CooperationRow.regime, CooperationRow.regime))
    return (
        select(
            CooperationRow.unit_id,
            UnitStateRow.name,
            UnitStateRow.kind,
            regimes.label("regimes"),
            func.min(CooperationRow.starts_on).label("starts_on"),
            live.label("cooperates"),
            case((live, 0), else_=1).label("rank"),
            UnitStateRow.sort_key,
        )
        .join(PhaseRow, PhaseRow.cooperation_id == CooperationRow.id)
        .join(UnitStateRow, (UnitStateRow.unit_id == CooperationRow.unit_id) & named_on(UnitStateRow, _DAY))
        .where(holds_on(_DAY), PhaseRow.status.not_in(_FINAL), ~taken)
        .group_by(CooperationRow.unit_id, UnitStateRow.name, UnitStateRow.kind, UnitStateRow.sort_key)
    )


@cache
def unassigned() -> Query:
    """Return cooperating units that no local consultant has that day, those that run first."""
    found = _without_consultant().subquery("unassigned")
    shown = [column for column in found.c if column.key not in {"rank", "sort_key"}]
    return Query(select(*shown), keys=(found.c.rank, found.c.sort_key, found.c.unit_id))
