"""How the register of recommendations is read; the state is computed for the day, in SQL."""

from functools import cache
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Select,
    SmallInteger,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from evaluation.evaluations.tables import EvaluatedPlanRow, EvaluationRow
from evaluation.recommendations.domain import Fulfilment, State
from evaluation.recommendations.repository import A, F, R
from evaluation.recommendations.tables import (
    RecommendationAnswerRow,
    RecommendationFollowUpRow,
    RecommendationRow,
)
from shared.contracts.planning import RecommendationAnswer
from shared.reads import Query, json_object

_P: Final = EvaluatedPlanRow.__table__.c
_E: Final = EvaluationRow.__table__.c
_TODAY: Final = bindparam("today", type_=Date)


def _of(state: State) -> ColumnElement[str]:
    return literal_column(f"'{state.value}'", Text)


def _state() -> ColumnElement[str]:
    """Return `State` as the domain has it; a test compares the two."""
    unanswered = R.answer_version.is_(None)
    return case(
        (F.fulfilment == Fulfilment.FULFILLED.value, _of(State.CLOSED)),
        (A.answer == RecommendationAnswer.REJECTED.value, _of(State.CLOSED)),
        (unanswered & (R.response_due_on < _TODAY), _of(State.OVERDUE)),
        (unanswered, _of(State.OPEN)),
        (A.fulfilled_on.is_not(None) & R.follow_up_version.is_(None), _of(State.REPORTED)),
        (A.due_on < _TODAY, _of(State.LATE)),
        else_=_of(State.ANSWERED),
    )


def _rank() -> ColumnElement[int]:
    places = {state.value: place for place, state in enumerate(State)}
    return cast(case(places, value=_state(), else_=len(State)), SmallInteger)


def _whole() -> Select[*tuple[object, ...]]:
    units = bindparam("units", type_=ARRAY(Uuid()))
    return (
        select(
            R.recommendation_id.label("id"),
            R.version,
            R.evaluation_id,
            R.edition,
            _E.type.label("evaluation_type"),
            func.coalesce(func.nullif(_E.title, ""), _P.title, "").label("evaluation_title"),
            R.plan_id,
            R.revision,
            R.unit_ids,
            R.number,
            R.text,
            R.addressee,
            R.priority,
            R.issued_on,
            R.response_due_on,
            R.node_ids,
            _state().label("state"),
            A.answer,
            A.reasons,
            A.responsible,
            A.due_on,
            A.node_ids.label("met_in"),
            A.fulfilled_on,
            F.fulfilment,
            F.evidence,
            F.followed_up_on,
        )
        .select_from(RecommendationRow)
        .join(EvaluationRow, _E.evaluation_id == R.evaluation_id)
        .outerjoin(EvaluatedPlanRow, _P.plan_id == R.plan_id)
        .outerjoin(
            RecommendationAnswerRow,
            and_(A.recommendation_id == R.recommendation_id, A.version == R.answer_version),
        )
        .outerjoin(
            RecommendationFollowUpRow,
            and_(F.recommendation_id == R.recommendation_id, F.version == R.follow_up_version),
        )
        .where(or_(bindparam("agency", type_=Boolean()), R.unit_ids.overlap(units)))
    )


_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "unit": bindparam("unit", type_=Uuid()) == any_(R.unit_ids),
    "plan": R.plan_id == bindparam("plan", type_=Uuid()),
    "evaluation": R.evaluation_id == bindparam("evaluation", type_=Uuid()),
    "priority": R.priority == bindparam("priority", type_=Text()),
    "state": _state() == bindparam("state", type_=Text()),
    "q": R.addressee_text.like(bindparam("q", type_=Text())),
}


@cache
def recommendations(filters: frozenset[str]) -> Query:
    """Return the register, the most pressing first, with those of `_FILTERS`."""
    conditions = [_FILTERS[name] for name in sorted(filters)]
    keys = (_rank(), R.response_due_on, R.recommendation_id)
    return Query(_whole().where(*conditions), keys=keys)


def _history() -> ColumnElement[object]:
    """Return what was ever found out, the oldest first."""
    past = RecommendationFollowUpRow.__table__.alias("past").c
    one = json_object(
        {
            "fulfilment": past.fulfilment,
            "evidence": past.evidence,
            "followed_up_on": past.followed_up_on,
            "affiliation": past.actor_affiliation,
        }
    )
    found = (
        select(func.json_agg(aggregate_order_by(one, past.version)))
        .where(past.recommendation_id == R.recommendation_id)
        .correlate(RecommendationRow)
        .scalar_subquery()
    )
    return func.coalesce(found, func.json_build_array()).label("follow_ups")


ONE: Final = Query(
    _whole()
    .add_columns(_history())
    .where(R.recommendation_id == bindparam("recommendation_id", type_=Uuid())),
    version="version",
    moves_on=True,
)
"""One recommendation with all that was found out."""
SUMMARY: Final = Query(select(_whole().subquery().c.state, func.count().label("count")).group_by("state"))
"""How many recommendations stand where."""
