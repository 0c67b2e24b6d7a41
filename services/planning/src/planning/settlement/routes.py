"""HTTP of settlements: decide on comments, reopen, approve, and see how far it is."""

from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from planning.comments.refusals import CommentUnknown
from planning.consultations.refusals import ConsultationUnknown
from planning.settlement import disposition_use_cases, list_repository, use_cases
from planning.settlement.change_schemas import BulkOut, BulkRow
from planning.settlement.domain import Disposition, Result
from planning.settlement.list_repository import Filters, State
from planning.settlement.schemas import (
    BulkIn,
    DispositionIn,
    DispositionList,
    DispositionOut,
    DispositionState,
    ReopeningIn,
    SettlementApprovalIn,
    SettlementOut,
    SettlementState,
    StepList,
)
from shared.contracts.base import Role
from shared.http import (
    Caller,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    language_of,
    logged_in,
    router,
    today,
)

settlement = router("/consultations", tag="settlement")
_SETTLE: Final = allow(Role.COORDINATOR, Role.CONSULTANT)
_APPROVE: Final = allow(Role.MAYOR, Role.COORDINATOR, Role.CONSULTANT)
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]


@settlement.put("/{consultation_id}/comments/{number}/disposition", dependencies=[_SETTLE])
async def settle_comment(
    tx: Tx,
    consultation_id: UUID,
    number: Number,
    body: DispositionIn,
    *,
    expected: ExpectedVersion,
    response: Response,
) -> DispositionState:
    """Decide on a comment; with `change` the node of the draft changes in the same step."""
    made = await disposition_use_cases.settle_comment(
        tx, consultation_id, number, body.wanted(), expected=expected
    )
    return _state(made, response)


@settlement.post("/{consultation_id}/comments/{number}/reopening", dependencies=[_SETTLE])
async def reopen_comment(
    tx: Tx,
    consultation_id: UUID,
    number: Number,
    body: ReopeningIn,
    *,
    expected: ExpectedVersion,
    response: Response,
) -> DispositionState:
    """Take a decision back; the comment waits again, the history stays."""
    made = await disposition_use_cases.reopen_comment(
        tx, consultation_id, number, reason=body.reason, expected=expected
    )
    return _state(made, response)


@settlement.get(
    "/{consultation_id}/comments/{number}/disposition",
    response_model=DispositionOut,
    dependencies=[logged_in()],
)
async def get_disposition(reads: Reads, caller: Caller, consultation_id: UUID, number: Number) -> Response:
    """Give what was decided on a comment, to its town and the Agency; its ETag is what to decide with."""
    found = await reads.one(
        list_repository.DISPOSITION, consultation_id=consultation_id, number=number, **_reader(caller)
    )
    if found is None:
        raise CommentUnknown
    return found


@settlement.get(
    "/{consultation_id}/comments/{number}/disposition/steps",
    response_model=StepList,
    dependencies=[logged_in()],
)
async def list_disposition_steps(
    reads: Reads, caller: Caller, page: Page, consultation_id: UUID, number: Number
) -> Response:
    """List each state that the disposition had, the oldest first."""
    return await reads.page(
        list_repository.STEPS, page, consultation_id=consultation_id, number=number, **_reader(caller)
    )


@settlement.post("/{consultation_id}/dispositions", dependencies=[_SETTLE])
async def settle_many_comments(
    tx: Tx, consultation_id: UUID, body: BulkIn, expected: ExpectedVersion, request: Request
) -> BulkOut:
    """Reject or note many comments at once, those that nobody decided on yet; each with its result."""
    numbers = tuple(dict.fromkeys(body.numbers))
    outcomes = await disposition_use_cases.settle_many(
        tx, consultation_id, numbers, body.wanted(), expected=expected
    )
    rows = tuple(BulkRow.of(each, language_of(request)) for each in outcomes)
    settled = sum(each.settled for each in rows)
    return BulkOut(settled=settled, refused=len(rows) - settled, rows=rows)


@settlement.get("/{consultation_id}/dispositions", response_model=DispositionList, dependencies=[logged_in()])
async def list_dispositions(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    consultation_id: UUID,
    *,
    state: Annotated[State | None, Query(alias="filter[state]")] = None,
    result: Annotated[Result | None, Query(alias="filter[result]")] = None,
    node: Annotated[UUID | None, Query(alias="filter[node]")] = None,
) -> Response:
    """List comments by number with what was decided; an empty list to who is not of the town."""
    filters = Filters(state=state, of_result=result is not None, of_node=node is not None)
    return await reads.page(
        list_repository.dispositions(filters),
        page,
        consultation_id=consultation_id,
        result=result,
        node_id=node,
        **_reader(caller),
    )


@settlement.get("/{consultation_id}/settlement", response_model=SettlementOut, dependencies=[logged_in()])
async def get_settlement(reads: Reads, caller: Caller, consultation_id: UUID) -> Response:
    """Tell how far the settlement is: what waits, what is overdue, what ended how."""
    found = await reads.one(
        list_repository.PROGRESS, consultation_id=consultation_id, day=today(), **_reader(caller)
    )
    if found is None:
        raise ConsultationUnknown
    return found


@settlement.post("/{consultation_id}/settlement", dependencies=[_APPROVE])
async def approve_settlement(
    tx: Tx, consultation_id: UUID, body: SettlementApprovalIn, expected: ExpectedVersion, response: Response
) -> SettlementState:
    """Record that the management team approved the settlement. Not by whoever settled a comment."""
    settled = await use_cases.approve_settlement(tx, consultation_id, body.approval(), expected=expected)
    response.headers.update(etag(settled.version))
    return SettlementState(id=settled.id, version=settled.version, status=settled.status)


def _state(made: Disposition, response: Response) -> DispositionState:
    response.headers.update(etag(made.version))
    return DispositionState.of(made)


def _reader(caller: Caller) -> dict[str, object]:
    return {**caller.sees(), "now": datetime.now(UTC)}
