"""SQL of my tasks: one statement for the list, one for the sums."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.sql.selectable import Subquery

from evaluation.evaluations.tables import EvaluatedPlanRow, EvaluationRow
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.sources.repository import DOUBTED
from evaluation.sources.tables import DoubtedValueRow
from evaluation.tasks.domain import TaskKind
from evaluation.units.tables import UnitRow
from shared.reads import Query

TODAY = bindparam("today", type_=Date())
UNTIL = bindparam("until", type_=Date())
_NO_TEXT = cast(null(), Text())
_VALUES: Mapping[TaskKind, ColumnElement[bool]] = {
    TaskKind.TO_REPORT: and_(text("obligation.status = 'open'"), FALLS_DUE, ObligationRow.due_on <= UNTIL),
    TaskKind.RETURNED: and_(text("obligation.status = 'returned'"), FALLS_DUE),
    TaskKind.TO_APPROVE: and_(
        text("obligation.status = 'submitted'"),
        ObligationRow.reported_by != bindparam("person", type_=Text()),
    ),
    TaskKind.SOURCE_CHANGED: DOUBTED,
}


def _values(kind: TaskKind) -> Select[*tuple[object, ...]]:
    indicator = MonitoredIndicatorRow
    doubted = kind is TaskKind.SOURCE_CHANGED
    shown = (
        select(
            literal(kind.value, Text()).label("kind"),
            ObligationRow.obligation_id.label("id"),
            ObligationRow.plan_id,
            MonitoredPlanRow.title.label("plan_title"),
            MonitoredPlanRow.unit_ids,
            (indicator.number + " " + indicator.name).label("indicator"),
            ObligationRow.period,
            ObligationRow.owner,
            _NO_TEXT.label("evaluation_type"),
            (DoubtedValueRow if doubted else ObligationRow).due_on,
            ObligationRow.version,
        )
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(indicator, OF_ITS_INDICATOR)
        .where(_VALUES[kind])
    )
    return (
        shown.join(DoubtedValueRow, DoubtedValueRow.obligation_id == ObligationRow.obligation_id)
        if doubted
        else shown
    )


def _evaluations() -> Select[*tuple[object, ...]]:
    units = func.coalesce(EvaluatedPlanRow.unit_ids, EvaluationRow.unit_ids)
    unit = select(UnitRow.name).where(UnitRow.id == units[1]).scalar_subquery()
    title = func.coalesce(func.nullif(EvaluationRow.title, ""), EvaluatedPlanRow.title, unit, "")
    return (
        select(
            literal(TaskKind.EVALUATION_DUE.value, Text()).label("kind"),
            EvaluationRow.evaluation_id.label("id"),
            EvaluationRow.plan_id,
            title.label("plan_title"),
            units.label("unit_ids"),
            _NO_TEXT.label("indicator"),
            _NO_TEXT.label("period"),
            _NO_TEXT.label("owner"),
            EvaluationRow.type.label("evaluation_type"),
            EvaluationRow.due_on,
            EvaluationRow.version,
        )
        .join(EvaluatedPlanRow, EvaluatedPlanRow.plan_id == EvaluationRow.plan_id, isouter=True)
        .where(text("evaluation.status IN ('planned','begun')"), EvaluationRow.due_on <= UNTIL)
    )


def _visible(part: Select[*tuple[object, ...]], *, of_all_units: bool) -> Select[*tuple[object, ...]]:
    if of_all_units:
        return part
    units = part.selected_columns["unit_ids"]
    return part.where(units.op("&&")(bindparam("units", type_=ARRAY(Uuid()))))


def _tasks(kinds: frozenset[TaskKind], *, of_all_units: bool) -> Subquery:
    parts = [_evaluations() if kind is TaskKind.EVALUATION_DUE else _values(kind) for kind in sorted(kinds)]
    return union_all(*(_visible(part, of_all_units=of_all_units) for part in parts)).subquery("task")


@cache
def tasks(kinds: frozenset[TaskKind], filters: frozenset[str], *, of_all_units: bool) -> Query:
    """Return what waits, by due date: the overdue comes first; `kinds` holds one at least."""
    task = _tasks(kinds, of_all_units=of_all_units).c
    known = {
        "plan": task.plan_id == bindparam("plan", type_=Uuid()),
        "unit": task.unit_ids.op("@>")(array([bindparam("unit", type_=Uuid())])),
        "owner": task.owner == bindparam("owner", type_=Text()),
    }
    shown = [column for column in task if column.key != "unit_ids"]
    statement = select(*shown, (task.due_on < TODAY).label("is_overdue"))
    return Query(statement.where(*(known[name] for name in sorted(filters))), keys=(task.due_on, task.id))


@cache
def sums(kinds: frozenset[TaskKind], *, of_all_units: bool) -> Query:
    """Return for each kind how many wait and how many of them are overdue."""
    task = _tasks(kinds, of_all_units=of_all_units).c
    overdue = func.count().filter(task.due_on < TODAY)
    return Query(select(task.kind, func.count().label("count"), overdue.label("overdue")).group_by(task.kind))
