"""SQL of what is read of the log of activities: who may read what, one entry, the list."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.types import Boolean

from registry.activities.domain import PROCEDURE, ActivityStatus
from registry.activities.tables import ActivityRow, ActivityUnitRow
from registry.memberships.repository import units_within
from shared.reads import Query

_UNITS: Final = (
    select(ActivityUnitRow.unit_id)
    .where(ActivityUnitRow.activity_id == ActivityRow.id)
    .order_by(ActivityUnitRow.position)
    .correlate(ActivityRow)
)
_UNIT_IDS: Final[ColumnElement[list[UUID]]] = func.array(_UNITS.scalar_subquery(), type_=ARRAY(Uuid))
_HEAD: Final = (
    ActivityRow.id,
    ActivityRow.version,
    ActivityRow.status,
    ActivityRow.kind,
    _UNIT_IDS.label("unit_ids"),
    ActivityRow.areas,
    ActivityRow.held_on,
    ActivityRow.minutes,
    ActivityRow.place,
    ActivityRow.online,
    ActivityRow.title,
    ActivityRow.staff,
    ActivityRow.people,
    ActivityRow.recorded_by,
    ActivityRow.recorded_at,
)
WHOLE: Final = (*_HEAD, ActivityRow.note, ActivityRow.documents, ActivityRow.attendance)
_MOVES: Final = case(
    *(
        (
            ActivityRow.status == status.value,
            literal_column(f"'{json.dumps(PROCEDURE.allowed(status))}'::json"),
        )
        for status in ActivityStatus
    )
)
_BY_DAY: Final = (ActivityRow.__table__.c.held_on, ActivityRow.__table__.c.id)


def for_unit(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether any of an activity's units is such; a statement may join the units once more."""
    units = exists().where(ActivityUnitRow.activity_id == ActivityRow.id, which)
    return units.correlate(ActivityRow)


def visible() -> ColumnElement[bool]:
    """Return whether the caller (`agency`, `units`) may read the activity."""
    own = for_unit(ActivityUnitRow.unit_id == any_(bindparam("units", type_=ARRAY(Uuid))))
    return or_(bindparam("agency", type_=Boolean), own)


ONE: Final = Query(
    select(*WHOLE, _MOVES.label("allowed_moves")).where(
        ActivityRow.id == bindparam("activity_id", type_=Uuid), visible()
    ),
    version="version",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_unit: bool = False
    of_kind: bool = False
    of_area: bool = False
    since: bool = False
    until: bool = False
    of_person: bool = False
    in_region: bool = False


def chosen(found: Select[*tuple[object, ...]], filters: Filters) -> Select[*tuple[object, ...]]:
    """Narrow a select of activities to what the caller may read and the filters ask for.

    Parameters: `agency`, `units`, `status`, and by filter `unit_id`, `kind`, `area`, `held_from`,
    `held_until`, `person`, `within` and `day`.
    """
    found = found.where(visible(), ActivityRow.status == bindparam("status", type_=Text))
    if filters.of_unit:
        found = found.where(for_unit(ActivityUnitRow.unit_id == bindparam("unit_id", type_=Uuid)))
    if filters.in_region:
        found = found.where(for_unit(ActivityUnitRow.unit_id.in_(units_within())))
    if filters.of_kind:
        found = found.where(ActivityRow.kind == bindparam("kind", type_=Text))
    if filters.of_area:
        found = found.where(bindparam("area", type_=Text) == any_(ActivityRow.areas))
    if filters.since:
        found = found.where(ActivityRow.held_on >= bindparam("held_from", type_=Date))
    if filters.until:
        found = found.where(ActivityRow.held_on <= bindparam("held_until", type_=Date))
    if filters.of_person:
        person = func.jsonb_build_object("person", cast(bindparam("person"), Text))
        found = found.where(ActivityRow.staff.op("@>")(func.jsonb_build_array(person)))
    return found


@cache
def activities(filters: Filters) -> Query:
    """Return the query for activities, the latest first."""
    return Query(chosen(select(*_HEAD), filters), keys=_BY_DAY, descending=True)
