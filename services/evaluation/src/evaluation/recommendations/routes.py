"""HTTP of the register of recommendations: what waits, what was answered, what became of it."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from evaluation.recommendations import list_repository, use_cases
from evaluation.recommendations.domain import Recommendation, State
from evaluation.recommendations.refusals import RecommendationUnknown
from evaluation.recommendations.schemas import (
    FollowUpIn,
    RecommendationDetail,
    RecommendationList,
    RecommendationState,
    RecommendationSummary,
    RecordedAnswerIn,
)
from shared.contracts.base import Role
from shared.contracts.evaluation import RecommendationPriority
from shared.http import (
    Caller,
    ExpectedVersion,
    Page,
    Reads,
    ShortText,
    Tx,
    allow,
    etag,
    logged_in,
    router,
    today,
)
from shared.names import pattern_of

recommendations = router("/recommendations", tag="recommendations")


def _filters(
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    evaluation: Annotated[UUID | None, Query(alias="filter[evaluation]")] = None,
    priority: Annotated[RecommendationPriority | None, Query(alias="filter[priority]")] = None,
    state: Annotated[State | None, Query(alias="filter[state]")] = None,
    q: Annotated[ShortText | None, Query(description="Words of the addressee or of the text")] = None,
) -> dict[str, object]:
    asked: dict[str, object] = {
        "unit": unit,
        "plan": plan,
        "evaluation": evaluation,
        "priority": priority and priority.value,
        "state": state and state.value,
        "q": pattern_of(q) if q else None,
    }
    return {name: value for name, value in asked.items() if value is not None}


Filters = Annotated[dict[str, object], Depends(_filters)]


@recommendations.get("", response_model=RecommendationList, dependencies=[logged_in()])
async def list_recommendations(reads: Reads, caller: Caller, page: Page, filters: Filters) -> Response:
    """List recommendations, those without an answer after their day first; of one's own units."""
    query = list_repository.recommendations(frozenset(filters))
    return await reads.page(query, page, **filters, **caller.sees(), today=today())


@recommendations.get("/summary", dependencies=[logged_in()])
async def summarise_recommendations(reads: Reads, caller: Caller) -> RecommendationSummary:
    """Count the recommendations that the caller may see, by where they stand."""
    rows = await reads.rows(list_repository.SUMMARY, **caller.sees(), today=today())
    found = {State(row["state"]): row["count"] for row in rows}
    return RecommendationSummary(states={state: found.get(state, 0) for state in State})


@recommendations.get("/{recommendation_id}", response_model=RecommendationDetail, dependencies=[logged_in()])
async def get_recommendation(reads: Reads, caller: Caller, recommendation_id: UUID) -> Response:
    """Get one recommendation with all that was found out about it."""
    found = await reads.one(
        list_repository.ONE, recommendation_id=recommendation_id, **caller.sees(), today=today()
    )
    if found is None:
        raise RecommendationUnknown
    return found


@recommendations.post("/{recommendation_id}/answer", dependencies=[allow(Role.EVALUATOR)])
async def record_answer(
    tx: Tx, recommendation_id: UUID, body: RecordedAnswerIn, expected: ExpectedVersion, response: Response
) -> RecommendationState:
    """Take down the answer to a recommendation outside any plan; those on plans are answered in planning."""
    kept = await use_cases.record_answer(tx, recommendation_id, body.recorded(), expected=expected)
    return _state(tx, kept, response)


@recommendations.post("/{recommendation_id}/follow-up", dependencies=[allow(Role.EVALUATOR)])
async def follow_up_recommendation(
    tx: Tx, recommendation_id: UUID, body: FollowUpIn, expected: ExpectedVersion, response: Response
) -> RecommendationState:
    """Say with evidence whether it was fulfilled; it may be found out anew, everything is kept."""
    kept = await use_cases.follow_up(tx, recommendation_id, body.follow_up(), expected=expected)
    return _state(tx, kept, response)


def _state(tx: Tx, kept: Recommendation, response: Response) -> RecommendationState:
    response.headers.update(etag(kept.version))
    return RecommendationState.of(kept, today=tx.today)
