"""HTTP of recommendations: the list of what waits for an answer, the answer, its fulfilment."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Response

from planning.recommendations import repository, use_cases
from planning.recommendations.domain import Recommendation, State
from planning.recommendations.refusals import RecommendationUnknown
from planning.recommendations.repository import Filters
from planning.recommendations.schemas import (
    FulfilmentIn,
    RecommendationList,
    RecommendationOut,
    RecommendationState,
    ReplyIn,
    ReplyList,
)
from shared.contracts.base import Role
from shared.http import (
    Caller,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    logged_in,
    public,
    router,
    today,
)

recommendations = router("/recommendations", tag="recommendations")
OWNERS: Final = allow(Role.COORDINATOR, Role.MAYOR)


@recommendations.get("", response_model=RecommendationList, dependencies=[public()])
async def list_recommendations(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    evaluation: Annotated[UUID | None, Query(alias="filter[evaluation]")] = None,
    state: Annotated[State | None, Query(alias="filter[state]")] = None,
) -> Response:
    """List recommendations, the overdue ones first; the public sees answered ones of plans in force."""
    filters = Filters(
        of_unit=unit is not None,
        of_plan=plan is not None,
        of_evaluation=evaluation is not None,
        in_state=state is not None,
    )
    return await reads.page(
        repository.recommendations(filters),
        page,
        unit_id=unit,
        plan_id=plan,
        evaluation_id=evaluation,
        state=state.value if state else None,
        **_viewer(caller),
    )


@recommendations.get("/{recommendation_id}", response_model=RecommendationOut, dependencies=[public()])
async def get_recommendation(reads: Reads, caller: Caller, recommendation_id: UUID) -> Response:
    found = await reads.one(repository.ONE, recommendation_id=recommendation_id, **_viewer(caller))
    if found is None:
        raise RecommendationUnknown
    return found


@recommendations.get("/{recommendation_id}/replies", response_model=ReplyList, dependencies=[logged_in()])
async def list_replies(reads: Reads, caller: Caller, page: Page, recommendation_id: UUID) -> Response:
    """List every reply there was, the oldest first; for units of the plan and the Agency."""
    if await reads.row(repository.ONE, recommendation_id=recommendation_id, **_viewer(caller)) is None:
        raise RecommendationUnknown
    return await reads.page(repository.REPLIES, page, recommendation_id=recommendation_id, **_viewer(caller))


@recommendations.post("/{recommendation_id}/answer", dependencies=[OWNERS])
async def answer_recommendation(
    tx: Tx, recommendation_id: UUID, body: ReplyIn, expected: ExpectedVersion, response: Response
) -> RecommendationState:
    """Answer for the owner of the plan, or answer anew until it is fulfilled; every answer is kept."""
    replied = await use_cases.answer_recommendation(tx, recommendation_id, body.reply(), expected=expected)
    return _state(tx, replied, response)


@recommendations.post("/{recommendation_id}/fulfilment", dependencies=[OWNERS])
async def fulfil_recommendation(
    tx: Tx, recommendation_id: UUID, body: FulfilmentIn, expected: ExpectedVersion, response: Response
) -> RecommendationState:
    """Report an accepted recommendation as fulfilled, with what shows it."""
    replied = await use_cases.fulfil_recommendation(
        tx,
        recommendation_id,
        fulfilled_on=body.fulfilled_on,
        evidence=body.evidence,
        node_ids=body.node_ids,
        expected=expected,
    )
    return _state(tx, replied, response)


def _viewer(caller: Caller) -> dict[str, object]:
    return {**caller.sees(), "today": today()}


def _state(tx: Tx, replied: Recommendation, response: Response) -> RecommendationState:
    response.headers.update(etag(replied.version))
    return RecommendationState(id=replied.id, version=replied.version, state=replied.state(tx.today))
