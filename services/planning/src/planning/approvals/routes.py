"""HTTP of approval: what waits, one round with its steps, the decisions in it."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Query, Response

from planning.approvals import insight_repository, list_repository, use_cases
from planning.approvals.refusals import RoundUnknown
from planning.approvals.rounds import Round, RoundStatus
from planning.approvals.schemas import (
    InsightOut,
    LevelFigures,
    RoundList,
    RoundOut,
    RoundReturnIn,
    RoundState,
    StepDecisionIn,
    ThinStep,
)
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, router, today

approvals = router("/approvals", tag="approvals")
_DECIDE: Final = allow(Role.MAYOR, Role.COORDINATOR, Role.CONSULTANT, Role.DIRECTOR, Role.PARTNER)
_INSIGHT: Final = allow(
    *(Role.COORDINATOR, Role.MAYOR),
    *(Role.CONSULTANT, Role.DIRECTOR, Role.ADMINISTRATOR, Role.ANALYST, Role.EVALUATOR),
)


@approvals.get("", response_model=RoundList, dependencies=[logged_in()])
async def list_rounds(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    status: Annotated[RoundStatus | None, Query(alias="filter[status]")] = None,
    overdue: Annotated[Literal["true"] | None, Query(alias="filter[overdue]")] = None,
    mine: Annotated[
        Literal["true"] | None, Query(alias="filter[mine]", description="What waits for me to decide")
    ] = None,
) -> Response:
    """List rounds of approval of one's units, overdue ones first, then by the day on which they are due."""
    query = list_repository.rounds(
        of_plan=plan is not None,
        of_unit=unit is not None,
        of_status=status is not None,
        overdue=overdue is not None,
        mine=mine is not None,
    )
    return await reads.page(
        query, page, plan_id=plan, unit_id=unit, status=status and status.value, **_reader(caller)
    )


@approvals.get("/insight", dependencies=[_INSIGHT])
async def approval_insight(reads: Reads, caller: Caller) -> InsightOut:
    """Tell where approvals wait, how long they take, and which steps hang on one person or nobody."""
    figures = await reads.rows(insight_repository.FIGURES, **_reader(caller))
    thin = await reads.rows(insight_repository.THIN, **_reader(caller))
    return InsightOut(
        figures=tuple(LevelFigures.model_validate(dict(row)) for row in figures),
        thin=tuple(ThinStep.model_validate(dict(row)) for row in thin),
    )


@approvals.get("/{round_id}", response_model=RoundOut, dependencies=[logged_in()])
async def get_round(reads: Reads, caller: Caller, round_id: UUID) -> Response:
    found = await reads.one(list_repository.ROUND, round_id=round_id, **_reader(caller))
    if found is None:
        raise RoundUnknown
    return found


@approvals.post("/{round_id}/decisions", dependencies=[_DECIDE])
async def decide_step(
    tx: Tx, round_id: UUID, body: StepDecisionIn, expected: ExpectedVersion, response: Response
) -> RoundState:
    """Record that the body of the present step agreed; its chair, its manager or a role of the step does.

    After the last step the quiet period begins, or the revision is approved at once.
    """
    return _state(await use_cases.decide_step(tx, round_id, body.said(), expected=expected), response)


@approvals.post("/{round_id}/return", dependencies=[_DECIDE])
async def return_round(
    tx: Tx, round_id: UUID, body: RoundReturnIn, expected: ExpectedVersion, response: Response
) -> RoundState:
    """Give the plan back to its authors, or stop it in the quiet period; the round ends."""
    ended = await use_cases.return_round(tx, round_id, reason=body.reason, expected=expected)
    return _state(ended, response)


def _reader(caller: Caller) -> dict[str, object]:
    return {
        **caller.sees(),
        "caller": caller.id,
        "roles": sorted(role.value for role in caller.roles),
        "today": today(),
    }


def _state(current: Round, response: Response) -> RoundState:
    response.headers.update(etag(current.version))
    return RoundState.of(current)
