"""SQL of the list of cooperations: with their unit and region, and what is agreed on a day."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final, TypeAlias

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    ScalarSelect,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlalchemy.sql.selectable import LateralFromClause

from registry.caseload.domain import Duty
from registry.caseload.tables import AssignmentRow
from registry.cooperation.domain import LIVE
from registry.cooperation.repository import holds_on, known_to_caller
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.descriptions.tables import DescriptionRow
from registry.memberships.repository import DAY, lasts_on
from registry.memoranda.tables import MemorandumRow
from registry.units.tables import UnitRow, UnitStateRow
from shared.contracts.registry import UnitKind
from shared.reads import Query, Reader, json_object

_Selected: TypeAlias = Select[*tuple[object, ...]]
_Column: TypeAlias = SQLCoreOperations[object]
_Shown: TypeAlias = Callable[[_Column, _Column, _Column], _Column]
_NEVER: Final = literal_column("date 'infinity'", Date)
_IS_OURS: Final = or_(
    bindparam("agency", type_=Boolean),
    CooperationRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_(),
)


class Sort(StrEnum):
    """In which order cooperations are listed."""

    STARTS_ON = "starts_on"
    LATEST = "-starts_on"
    NAME = "name"
    NAME_DESCENDING = "-name"
    ENDS_ON = "ends_on"
    LAST_TO_END = "-ends_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The names of the parameters by which is filtered; `running` leaves out what does not run."""

    given: frozenset[str] = frozenset()
    running: bool = False


@cache
def cooperations(filters: Filters, sort: Sort) -> Query:
    """Return the query for cooperations as they stand on `day`, each with its unit.

    `status` is that of the phase of the day. Parameters: `day`, `agency`, `units`, and for the filters
    `unit_id`, `regime`, `status`, `region_id`, `area`, `person`, `ends_before`, `pattern`.
    """
    found, order = _listed(filters, sort)
    return Query(found, keys=order, descending=sort.value.startswith("-"))


@cache
def all_cooperations(filters: Filters, sort: Sort) -> Query:
    """Return the same without pages, for an export."""
    found, order = _listed(filters, sort)
    return Query(found.order_by(*(key.desc() if sort.value.startswith("-") else key for key in order)))


def _listed(filters: Filters, sort: Sort) -> tuple[_Selected, tuple[ColumnElement[object], ...]]:
    unit = _unit_then()
    found = (
        select(
            CooperationRow.id,
            CooperationRow.unit_id,
            unit.c.name.label("unit_name"),
            unit.c.kind.label("unit_kind"),
            unit.c.code.label("unit_code"),
            _region(unit, lambda id_, code, name: json_object({"id": id_, "code": code, "name": name})).label(
                "region"
            ),
            CooperationRow.regime,
            CooperationRow.form,
            PhaseRow.status,
            PhaseRow.from_on.label("status_from"),
            CooperationRow.starts_on,
            CooperationRow.ends_on,
            _areas().label("areas"),
            _memorandum_from().label("memorandum_from"),
            _consultants().label("consultants"),
            CooperationRow.version,
        )
        .join(PhaseRow, (PhaseRow.cooperation_id == CooperationRow.id) & holds_on(DAY))
        .join(unit, true())
        .where(known_to_caller(), *_conditions(filters, unit))
    )
    first: dict[str, ColumnElement[object]] = {
        "starts_on": func.coalesce(CooperationRow.starts_on, _NEVER),
        "ends_on": func.coalesce(CooperationRow.ends_on, _NEVER),
        "name": unit.c.sort_key,
    }
    return found, (first[sort.value.removeprefix("-")], CooperationRow.__table__.c.id)


def _conditions(filters: Filters, unit: LateralFromClause) -> list[ColumnElement[bool]]:
    cooperation, live = CooperationRow, PhaseRow.status.in_([status.value for status in LIVE])
    conditions: dict[str, tuple[ColumnElement[bool], ...]] = {
        "unit_id": (cooperation.unit_id == bindparam("unit_id", type_=Uuid),),
        "regime": (cooperation.regime == bindparam("regime"),),
        "status": (PhaseRow.status == bindparam("status"),),
        "region_id": (_region(unit, lambda id_, *_: id_) == bindparam("region_id", type_=Uuid),),
        "area": (
            exists(_descriptions_then().where(bindparam("area", type_=Text) == DescriptionRow.areas.any_())),
        ),
        "person": (
            _IS_OURS,
            exists(_assigned_then().where(AssignmentRow.person == bindparam("person", type_=Text))),
        ),
        "ends_before": (live, cooperation.ends_on < bindparam("ends_before", type_=Date)),
        "pattern": (unit.c.search_text.like(bindparam("pattern")),),
    }
    wanted = [each for name in conditions if name in filters.given for each in conditions[name]]
    return [*wanted, live] if filters.running else wanted


def _unit_then() -> LateralFromClause:
    """Select the state of the day, else the last one before it, else the first one."""
    state = aliased(UnitStateRow)
    columns = (state.unit_id, state.kind, state.code, state.name, state.sort_key, state.search_text)
    return (
        select(*columns, state.parent_id)
        .join(UnitRow, UnitRow.id == state.unit_id)
        .where(
            state.unit_id == CooperationRow.unit_id,
            state.valid_from <= func.greatest(DAY, UnitRow.valid_from),
        )
        .order_by(state.valid_from.desc())
        .limit(1)
        .correlate(CooperationRow)
        .lateral("unit_then")
    )


def _region(unit: LateralFromClause, shown: _Shown) -> ColumnElement[object]:
    """Show the unit itself where it is a region, else the region among the three above it on the day."""
    itself = shown(unit.c.unit_id, unit.c.code, unit.c.name)
    return case((unit.c.kind == UnitKind.REGION.value, itself), else_=_above(unit.c.parent_id, shown, 3))


def _above(unit_id: _Column, shown: _Shown, steps: int) -> ScalarSelect[object]:
    """Climb as far as the region.

    One state lasts on a day: it is ordered for the index of the key, three times faster than the other.
    """
    state = aliased(UnitStateRow)
    higher = _above(state.parent_id, shown, steps - 1) if steps > 1 else null()
    itself = shown(state.unit_id, state.code, state.name)
    region = case((state.kind == UnitKind.REGION.value, itself), else_=higher)
    found = select(region).where(state.unit_id == unit_id, lasts_on(state, DAY))
    return found.order_by(state.valid_from.desc()).limit(1).scalar_subquery()


def _descriptions_then() -> _Selected:
    return (
        select(DescriptionRow.id)
        .where(
            DescriptionRow.cooperation_id == CooperationRow.id,
            DescriptionRow.agreed_on.is_not(None),
            DescriptionRow.in_force_from <= DAY,
            DescriptionRow.in_force_until >= DAY,
        )
        .correlate(CooperationRow)
    )


def _areas() -> ColumnElement[object]:
    """Return the areas of the descriptions in force on the day, an empty list where there is none."""
    area = func.unnest(DescriptionRow.areas).label("area")
    each = _descriptions_then().with_only_columns(area).distinct().order_by(area)
    return func.to_json(func.array(each.scalar_subquery()))


def _memorandum_from() -> ScalarSelect[date | None]:
    lasts = or_(MemorandumRow.in_force_until.is_(None), MemorandumRow.in_force_until >= DAY)
    return (
        select(func.max(MemorandumRow.concluded_on))
        .where(MemorandumRow.unit_id == CooperationRow.unit_id, MemorandumRow.concluded_on <= DAY, lasts)
        .correlate(CooperationRow)
        .scalar_subquery()
    )


def _assigned_then() -> _Selected:
    return (
        select(AssignmentRow.person)
        .where(
            AssignmentRow.unit_id == CooperationRow.unit_id,
            AssignmentRow.duty == Duty.LOCAL_CONSULTANT.value,
            AssignmentRow.starts_on <= DAY,
            or_(AssignmentRow.ends_on.is_(None), AssignmentRow.ends_on >= DAY),
        )
        .correlate(CooperationRow)
    )


def _consultants() -> ColumnElement[object]:
    """Return the local consultants of the unit; names are for the Agency and the unit's people alone."""
    person = func.jsonb_build_object("person", AssignmentRow.person, "name", AssignmentRow.person_name)
    listed = func.jsonb_agg(aggregate_order_by(person, AssignmentRow.person_name, AssignmentRow.person))
    found = _assigned_then().with_only_columns(func.coalesce(listed, literal_column("'[]'::jsonb")))
    return case((_IS_OURS, found.scalar_subquery()), else_=cast(null(), JSONB))


async def lines(reads: Reader, filters: Filters, sort: Sort, **values: object) -> list[dict[str, object]]:
    """Return the whole list, for an export."""
    rows = await reads.rows(all_cooperations(filters, sort), **values)
    return [
        {
            **row,
            "region_name": json.loads(row["region"])["name"],
            "areas": json.loads(row["areas"]),
            "consultants": json.loads(row["consultants"] or "[]"),
        }
        for row in rows
    ]
