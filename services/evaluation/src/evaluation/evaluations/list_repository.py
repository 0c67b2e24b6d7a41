"""How evaluations are read: the calendar of plans, and the register of all."""

from functools import cache
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array

from evaluation.evaluations.questions import Question
from evaluation.evaluations.tables import (
    EvaluatedPlanRow,
    EvaluationActRow,
    EvaluationQuestionRow,
    EvaluationRow,
)
from evaluation.units.tables import UnitRow
from shared.reads import Query, Row, json_object
from shared.stored import from_row

_BY_DUE_DATE = (EvaluationRow.__table__.c.due_on, EvaluationRow.__table__.c.evaluation_id)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "plan": EvaluationRow.plan_id == bindparam("plan", type_=Uuid()),
    "unit": EvaluatedPlanRow.unit_ids.contains(array([bindparam("unit", type_=Uuid())])),
    "kind": EvaluationRow.kind == bindparam("kind", type_=Text()),
    "status": EvaluationRow.status == bindparam("status", type_=Text()),
    "due_before": EvaluationRow.due_on < bindparam("due_before", type_=Date()),
}


def _shown(*, of_all_units: bool) -> Select[*tuple[object, ...]]:
    statement = select(
        EvaluationRow.evaluation_id.label("id"),
        EvaluationRow.plan_id,
        EvaluatedPlanRow.title.label("plan_title"),
        EvaluatedPlanRow.kind.label("plan_kind"),
        EvaluatedPlanRow.unit_ids,
        EvaluationRow.kind,
        EvaluationRow.due_on,
        EvaluationRow.status,
        EvaluationRow.cancelled_reason,
        EvaluationRow.version,
    ).join(EvaluatedPlanRow, EvaluatedPlanRow.plan_id == EvaluationRow.plan_id)
    statement = statement.where(EvaluationRow.kind.is_not(None))
    if of_all_units:
        return statement
    return statement.where(EvaluatedPlanRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid()))))


@cache
def evaluations(filters: frozenset[str], *, of_all_units: bool) -> Query:
    """Return the list by due date, with those of `_FILTERS`."""
    conditions = [_FILTERS[name] for name in sorted(filters)]
    return Query(
        _shown(of_all_units=of_all_units).where(*conditions),
        keys=_BY_DUE_DATE,
    )


@cache
def one_evaluation(*, of_all_units: bool) -> Query:
    asked = EvaluationRow.evaluation_id == bindparam("evaluation_id", type_=Uuid())
    return Query(_shown(of_all_units=of_all_units).where(asked), version="version")


_R: Final = EvaluationRow.__table__.c
_P: Final = EvaluatedPlanRow.__table__.c
_UNITS: Final = func.coalesce(_P.unit_ids, _R.unit_ids)
VISIBLE: Final = or_(
    bindparam("agency", type_=Boolean()), _UNITS.overlap(bindparam("units", type_=ARRAY(Uuid())))
)
"""The Agency sees all evaluations, others those of their own units."""
_REGISTER_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "plan": _R.plan_id == bindparam("plan", type_=Uuid()),
    "unit": bindparam("unit", type_=Uuid()) == any_(_UNITS),
    "type": _R.type == bindparam("type", type_=Text()),
    "status": _R.status == bindparam("status", type_=Text()),
    "theme": bindparam("theme", type_=Text()) == any_(_R.themes),
    "due_before": _R.due_on < bindparam("due_before", type_=Date()),
}


def _unit_names() -> ColumnElement[list[str]]:
    """Return the names of the units: an evaluation without a title of its own goes by them."""
    ordered = aggregate_order_by(UnitRow.name, UnitRow.name)
    names = select(func.array_agg(ordered, type_=ARRAY(Text()))).where(UnitRow.id == any_(_UNITS))
    found = names.correlate(EvaluationRow, EvaluatedPlanRow).scalar_subquery()
    return func.coalesce(found, cast(array([]), ARRAY(Text())))


def _registered() -> Select[*tuple[object, ...]]:
    return (
        select(
            _R.evaluation_id.label("id"),
            _R.type,
            _R.origin,
            func.coalesce(func.nullif(_R.title, ""), _P.title, "").label("title"),
            _R.plan_id,
            _R.revision,
            _P.kind.label("plan_kind"),
            _UNITS.label("unit_ids"),
            _unit_names().label("unit_names"),
            _R.themes,
            _R.region,
            _R.project,
            _R.due_on,
            _R.status,
            _R.cancelled_reason,
            _R.mode,
            _R.organisation,
            _R.contract,
            _R.authors,
            _R.edition,
            _R.completed_on,
            _R.digest,
            _R.version,
        )
        .select_from(EvaluationRow)
        .outerjoin(EvaluatedPlanRow, _P.plan_id == _R.plan_id)
        .where(VISIBLE)
    )


@cache
def register(filters: frozenset[str]) -> Query:
    """Return the list of all evaluations by due date, with those of `_REGISTER_FILTERS`."""
    conditions = [_REGISTER_FILTERS[name] for name in sorted(filters)]
    return Query(_registered().where(*conditions), keys=(_R.due_on, _R.evaluation_id))


def _acts() -> ColumnElement[object]:
    act = EvaluationActRow.__table__.c
    one = json_object(
        {
            "version": act.version,
            "move": act.move,
            "reason": act.reason,
            "affiliation": act.actor_affiliation,
            "at": act.at,
        }
    )
    return func.coalesce(
        select(func.json_agg(aggregate_order_by(one, act.version)))
        .where(act.evaluation_id == _R.evaluation_id)
        .correlate(EvaluationRow)
        .scalar_subquery(),
        func.json_build_array(),
    ).label("acts")


REGISTERED: Final = Query(
    _registered().add_columns(_acts()).where(_R.evaluation_id == bindparam("evaluation_id", type_=Uuid())),
    version="version",
    moves_on=True,
)
"""One evaluation with its trail; the units and the title of its plan may change without it."""
COUNTS: Final = Query(select(_R.type, _R.status, func.count().label("count")).group_by(_R.type, _R.status))
"""How many evaluations of each type are in which state."""
LATER_QUESTIONS: Final = Query(
    select(
        EvaluationQuestionRow.code,
        EvaluationQuestionRow.edition,
        EvaluationQuestionRow.criterion,
        EvaluationQuestionRow.cs,
        EvaluationQuestionRow.en,
        EvaluationQuestionRow.valid_from,
    ).order_by(EvaluationQuestionRow.code, EvaluationQuestionRow.edition)
)
"""The editions beside the standard set."""


def question_of(row: Row) -> Question:
    return from_row(Question, row)
