"""HTTP of states of measures: owners and coordinators say how they go, all of the plan read it."""

from uuid import UUID

from fastapi import Response

from planning.measures import use_cases
from planning.measures.repository import WORDS
from planning.measures.schemas import GoingsOut, SaidList, StateIn, StateOut
from planning.plans.refusals import PlanUnknown
from planning.plans.repository import KNOWN
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, router

measures = router("/plans", tag="measures")


@measures.get("/{plan_id}/measure-states", dependencies=[logged_in()])
async def list_measure_states(tx: Tx, plan_id: UUID) -> GoingsOut:
    """List the measures in force with the last word on each: for units of the plan and the Agency."""
    return GoingsOut.of(await use_cases.list_goings(tx, plan_id), today=tx.today)


@measures.post(
    "/{plan_id}/measures/{measure_id}/states",
    status_code=201,
    dependencies=[allow(Role.PARTNER, Role.COORDINATOR)],
)
async def say_measure_state(
    tx: Tx, plan_id: UUID, measure_id: UUID, body: StateIn, expected: ExpectedVersion, response: Response
) -> StateOut:
    """Say how a measure goes; If-Match is the version of the last word on it, 0 before the first.

    A partner speaks of measures that its organisation owns or stands in for, a coordinator of all.
    """
    word = await use_cases.say_state(tx, plan_id, measure_id, body.said(), expected=expected)
    response.headers.update(etag(word.version))
    return StateOut.of(word)


@measures.get("/{plan_id}/measures/{measure_id}/states", response_model=SaidList, dependencies=[logged_in()])
async def list_words_on_measure(
    reads: Reads, caller: Caller, page: Page, plan_id: UUID, measure_id: UUID
) -> Response:
    """List all that was said of a measure, the newest first."""
    if await reads.row(KNOWN, plan_id=plan_id, **caller.sees()) is None:
        raise PlanUnknown
    return await reads.page(WORDS, page, plan_id=plan_id, measure_id=measure_id, **caller.sees())
