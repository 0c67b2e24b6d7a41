"""HTTP of decisions: the register, and what becomes of each."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Response

from planning.decisions import repository, use_cases
from planning.decisions.refusals import DecisionUnknown
from planning.decisions.repository import State
from planning.decisions.schemas import DecisionIn, DecisionList, DecisionOut, DecisionState, SettlementIn
from shared.contracts.base import Role
from shared.http import Caller, Day, ExpectedVersion, Page, Reads, Tx, allow, etag, public, router, today

decisions = router("/decisions", tag="meetings")
taken = router("/meetings", tag="meetings")
_WRITE: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT)


@taken.post("/{meeting_id}/decisions", status_code=201, dependencies=[_WRITE])
async def take_decision(tx: Tx, meeting_id: UUID, body: DecisionIn, response: Response) -> DecisionState:
    """Write down a decision of a meeting that has a quorum; it gets the next number of the body's year."""
    decision = await use_cases.take_decision(tx, meeting_id, body.wording())
    response.headers.update(etag(decision.version))
    return DecisionState.of(decision)


@decisions.get("", response_model=DecisionList, dependencies=[public()])
async def list_decisions(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    body: Annotated[UUID | None, Query(alias="filter[body]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    meeting: Annotated[UUID | None, Query(alias="filter[meeting]")] = None,
    state: Annotated[State | None, Query(alias="filter[state]")] = None,
    due: Annotated[Day | None, Query(alias="filter[due]", description="Due on that day or before")] = None,
) -> Response:
    """List decisions, the overdue ones first; the public sees those of approved minutes of public bodies."""
    query = repository.register(
        of_body=body is not None,
        of_unit=unit is not None,
        of_meeting=meeting is not None,
        due=due is not None,
        state=state,
    )
    return await reads.page(
        query,
        page,
        body_id=body,
        unit_id=unit,
        meeting_id=meeting,
        state=state,
        due=due,
        **_reader(caller),
    )


@decisions.get("/{decision_id}", response_model=DecisionOut, dependencies=[public()])
async def get_decision(reads: Reads, caller: Caller, decision_id: UUID) -> Response:
    found = await reads.one(repository.ONE, decision_id=decision_id, **_reader(caller))
    if found is None:
        raise DecisionUnknown
    return found


@decisions.put("/{decision_id}", dependencies=[_WRITE])
async def word_decision_anew(
    tx: Tx, decision_id: UUID, body: DecisionIn, expected: ExpectedVersion, response: Response
) -> DecisionState:
    """Correct a decision until the minutes are approved; the number stays."""
    decision = await use_cases.word_anew(tx, decision_id, body.wording(), expected=expected)
    response.headers.update(etag(decision.version))
    return DecisionState.of(decision)


@decisions.post("/{decision_id}/settlement", dependencies=[_WRITE])
async def settle_decision(
    tx: Tx, decision_id: UUID, body: SettlementIn, expected: ExpectedVersion, response: Response
) -> DecisionState:
    """Say that it is done, or why it will not be."""
    decision = await use_cases.settle(
        tx, decision_id, body.status, settled_on=body.settled_on, note=body.note, expected=expected
    )
    response.headers.update(etag(decision.version))
    return DecisionState.of(decision)


def _reader(caller: Caller) -> dict[str, object]:
    return {**caller.sees(), "day": today()}
