"""Handovers as they are read: one, and lists with what is overdue first."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Subquery,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from registry.caseload.repository import lasts_on
from registry.caseload.tables import AssignmentRow
from registry.handovers.domain import PROCEDURE, UNFINISHED, Alarm, Status
from registry.handovers.tables import ElectionRow, HandoverRow
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query

_DAY: Final = bindparam("day", type_=Date)
_STORED: Final = tuple(column for column in HandoverRow.__table__.c if column.key != "pack")
_UNFINISHED: Final = sorted(status.value for status in UNFINISHED)
_OVERDUE: Final = HandoverRow.status.in_(_UNFINISHED) & (HandoverRow.due_on < _DAY)
_UNPREPARED: Final = (HandoverRow.status == Status.OPEN.value) & (HandoverRow.prepare_until <= _DAY)
_ALARM: Final = case((_OVERDUE, Alarm.OVERDUE.value), (_UNPREPARED, Alarm.NOT_PREPARED.value))
_ALLOWED: Final = case(
    {
        status.value: cast(literal(json.dumps(PROCEDURE.allowed(status)), literal_execute=True), JSONB)
        for status in Status
    },
    value=HandoverRow.status,
)
_URGENCY: Final = case((_OVERDUE, 0), (HandoverRow.status.in_(_UNFINISHED), 1), else_=2)


def _visible() -> ColumnElement[bool]:
    of_own = HandoverRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_()
    return or_(bindparam("agency", type_=Boolean), of_own)


ONE: Final = Query(
    select(*_STORED, _ALLOWED.label("allowed_moves"), _ALARM.label("alarm")).where(
        HandoverRow.id == bindparam("id", type_=Uuid), _visible()
    ),
    version="version",
    moves_on=True,
)


def _listed() -> Subquery:
    return (
        select(
            HandoverRow.id,
            HandoverRow.unit_id,
            UnitStateRow.name.label("unit_name"),
            HandoverRow.election_id,
            ElectionRow.code.label("election"),
            HandoverRow.status,
            HandoverRow.opened_on,
            HandoverRow.prepare_until,
            HandoverRow.due_on,
            HandoverRow.closed_on,
            _ALARM.label("alarm"),
            HandoverRow.version,
            _URGENCY.label("urgency"),
        )
        .join(ElectionRow, ElectionRow.id == HandoverRow.election_id)
        .join(UnitStateRow, (UnitStateRow.unit_id == HandoverRow.unit_id) & named_on(UnitStateRow, _DAY))
        .where(_visible())
        .subquery("listed")
    )


@cache
def handovers(*, filters: frozenset[str]) -> Query:
    """Return what the caller may see, overdue ones first; `filters` are those that were given."""
    found = _listed()
    mine = exists().where(
        AssignmentRow.unit_id == found.c.unit_id,
        AssignmentRow.person == bindparam("person", type_=Text),
        lasts_on(_DAY),
    )
    conditions: Mapping[str, ColumnElement[bool]] = {
        "status": found.c.status == bindparam("status", type_=Text),
        "election": found.c.election == bindparam("election", type_=Text),
        "unit": found.c.unit_id == bindparam("unit", type_=Uuid),
        "alarm": found.c.alarm == bindparam("alarm", type_=Text),
        "consultant": mine,
    }
    query = select(*(column for column in found.c if column.key != "urgency"))
    query = query.where(*(conditions[name] for name in sorted(filters)))
    return Query(query, keys=(found.c.urgency, found.c.due_on, found.c.id))
