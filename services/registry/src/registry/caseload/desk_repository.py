"""What lies on the desk of one person: the units of the day, and what waits in each of them."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Subquery,
    Text,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, array
from sqlalchemy.sql.selectable import LateralFromClause

from registry.applications.tables import ApplicationRow
from registry.caseload.repository import lasts_on
from registry.caseload.tables import AssignmentRow
from registry.cooperation.phases import Status as Phase
from registry.cooperation.tables import CooperationRow
from registry.correspondence.promises import PromiseStatus
from registry.correspondence.tables import CorrespondenceUnitRow, PromiseRow
from registry.handovers.domain import UNFINISHED
from registry.handovers.tables import ElectionRow, HandoverRow
from registry.statements.domain import OPEN
from registry.statements.tables import StatementRow
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, json_object

_DAY: Final = bindparam("day", type_=Date)
_FINAL: Final = (Phase.ENDED.value, Phase.CANCELLED.value)
_RUNNING: Final = sorted(status.value for status in OPEN)
_UNFINISHED: Final = sorted(status.value for status in UNFINISHED)


def _held() -> Subquery:
    row = AssignmentRow
    return (
        select(
            row.unit_id,
            UnitStateRow.name,
            UnitStateRow.kind,
            UnitStateRow.sort_key,
            func.json_agg(aggregate_order_by(row.duty, row.duty)).label("duties"),
            func.min(row.starts_on).label("starts_on"),
        )
        .join(UnitStateRow, (UnitStateRow.unit_id == row.unit_id) & named_on(UnitStateRow, _DAY))
        .where(row.person == bindparam("person", type_=Text), lasts_on(_DAY))
        .group_by(row.unit_id, UnitStateRow.name, UnitStateRow.kind, UnitStateRow.sort_key)
        .subquery("held")
    )


def _cooperations(held: Subquery) -> LateralFromClause:
    row = CooperationRow
    one = json_object(
        {
            "id": row.id,
            "regime": row.regime,
            "status": row.status,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        }
    )
    of_unit = select(func.json_agg(aggregate_order_by(one, row.starts_on, row.id)).label("cooperations"))
    return of_unit.where(row.unit_id == held.c.unit_id, row.status.not_in(_FINAL)).lateral("cooperating")


def _waiting(held: Subquery) -> LateralFromClause:
    """Return what waits in a unit, in the order of due days; what has none comes last."""
    unit: ColumnElement[object] = held.c.unit_id
    handovers = select(
        _named("handover"), HandoverRow.id, HandoverRow.due_on, ElectionRow.code.label("title")
    ).where(
        HandoverRow.unit_id == unit,
        HandoverRow.status.in_(_UNFINISHED),
        ElectionRow.id == HandoverRow.election_id,
    )
    statements = select(
        _named("statement"), StatementRow.id, StatementRow.due_on, StatementRow.project_title
    ).where(StatementRow.unit_ids.contains(array([unit], type_=Uuid)), StatementRow.status.in_(_RUNNING))
    applications = select(
        _named("application"), ApplicationRow.id, ApplicationRow.due_on, ApplicationRow.number
    ).where(ApplicationRow.unit_id == unit, ApplicationRow.due_on.is_not(None))
    promises = (
        select(_named("promise"), PromiseRow.id, PromiseRow.due_on, PromiseRow.what)
        .join(CorrespondenceUnitRow, CorrespondenceUnitRow.correspondence_id == PromiseRow.correspondence_id)
        .where(CorrespondenceUnitRow.unit_id == unit, PromiseRow.status == PromiseStatus.OPEN.value)
    )
    every = union_all(
        *(each.correlate(held) for each in (handovers, statements, applications, promises))
    ).subquery("every")
    waits = every.lateral()
    one = json_object(
        {
            "kind": waits.c.kind,
            "id": waits.c.id,
            "title": waits.c.title,
            "due_on": waits.c.due_on,
            "overdue": func.coalesce(waits.c.due_on < _DAY, literal_column("false")),
        }
    )
    in_order = aggregate_order_by(one, waits.c.due_on.nulls_last(), waits.c.kind, waits.c.id)
    return select(func.json_agg(in_order).label("waiting")).select_from(waits).lateral("waiting")


def _named(kind: str) -> ColumnElement[str]:
    name: ColumnElement[str] = literal_column(f"'{kind}'", Text)
    return name.label("kind")


@cache
def mine() -> Query:
    """Return the units of a person with what waits in each, in Czech order."""
    held = _held()
    cooperating, waiting = _cooperations(held), _waiting(held)
    nothing = func.json_build_array()
    shown = (
        held.c.unit_id,
        held.c.name,
        held.c.kind,
        held.c.duties,
        held.c.starts_on,
        func.coalesce(cooperating.c.cooperations, nothing).label("cooperations"),
        func.coalesce(waiting.c.waiting, nothing).label("waiting"),
    )
    found = select(*shown).select_from(held.join(cooperating, true()).join(waiting, true()))
    return Query(found, keys=(held.c.sort_key, held.c.unit_id))
