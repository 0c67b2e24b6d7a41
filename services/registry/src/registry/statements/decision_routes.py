"""HTTP of decisions on statements: drafted by consultants, signed by the director."""

from uuid import UUID

from fastapi import Response

from registry.statements import use_cases
from registry.statements.domain import Statement
from registry.statements.schemas import (
    StatementCompletionIn,
    StatementDraftIn,
    StatementIssueIn,
    StatementOut,
    StatementReasonIn,
    StatementWithdrawalIn,
)
from shared.contracts.base import Role
from shared.http import ExpectedVersion, Tx, allow, etag, router

statement_decisions = router("/statements", tag="statements")

_STAFF = (Role.CONSULTANT, Role.ADMINISTRATOR)
_FILE = allow(*_STAFF, Role.COORDINATOR, Role.MAYOR)
_HANDLE = allow(*_STAFF)
_REFUSE = allow(*_STAFF, Role.DIRECTOR)
_SIGN = allow(Role.DIRECTOR)


@statement_decisions.post("/{statement_id}/return", response_model=StatementOut, dependencies=[_HANDLE])
async def return_statement(
    tx: Tx, statement_id: UUID, body: StatementReasonIn, expected: ExpectedVersion, response: Response
) -> StatementOut:
    """Return the request for completion; the clock stands meanwhile."""
    done = await use_cases.give_back(tx, statement_id, expected=expected, reason=body.reason, on=body.on)
    return _told(tx, done, response)


@statement_decisions.post("/{statement_id}/completion", response_model=StatementOut, dependencies=[_FILE])
async def complete_statement(
    tx: Tx, statement_id: UUID, body: StatementCompletionIn, expected: ExpectedVersion, response: Response
) -> StatementOut:
    """Complete the request; the clock runs on from the next day."""
    form = body.form.form() if body.form else None
    done = await use_cases.complete(
        tx, statement_id, expected=expected, form=form, note=body.note, on=body.on
    )
    return _told(tx, done, response)


@statement_decisions.post("/{statement_id}/draft", response_model=StatementOut, dependencies=[_HANDLE])
async def draft_statement(
    tx: Tx, statement_id: UUID, body: StatementDraftIn, expected: ExpectedVersion, response: Response
) -> StatementOut:
    """Propose an outcome; a favourable one only where every precondition is met."""
    done = await use_cases.propose(tx, statement_id, body.proposal(), expected=expected, on=body.on)
    return _told(tx, done, response)


@statement_decisions.post("/{statement_id}/draft-return", response_model=StatementOut, dependencies=[_SIGN])
async def return_draft_of_statement(
    tx: Tx, statement_id: UUID, body: StatementReasonIn, expected: ExpectedVersion, response: Response
) -> StatementOut:
    """Give the draft back to the drafter with a note."""
    done = await use_cases.return_draft(tx, statement_id, expected=expected, note=body.reason, on=body.on)
    return _told(tx, done, response)


@statement_decisions.post("/{statement_id}/issue", response_model=StatementOut, dependencies=[_SIGN])
async def issue_statement(
    tx: Tx, statement_id: UUID, body: StatementIssueIn, expected: ExpectedVersion, response: Response
) -> StatementOut:
    """Sign and number it; not by the one who drafted it. It never changes afterwards."""
    done = await use_cases.issue(
        tx, statement_id, expected=expected, signatory_function=body.signatory_function, on=body.on
    )
    return _told(tx, done, response)


@statement_decisions.post("/{statement_id}/withdrawal", response_model=StatementOut, dependencies=[_FILE])
async def withdraw_statement(
    tx: Tx, statement_id: UUID, body: StatementWithdrawalIn, expected: ExpectedVersion, response: Response
) -> StatementOut:
    done = await use_cases.withdraw(tx, statement_id, expected=expected, reason=body.reason, on=body.on)
    return _told(tx, done, response)


@statement_decisions.post("/{statement_id}/refusal", response_model=StatementOut, dependencies=[_REFUSE])
async def refuse_statement(
    tx: Tx, statement_id: UUID, body: StatementReasonIn, expected: ExpectedVersion, response: Response
) -> StatementOut:
    """Refuse to deal with what is not the Agency's to decide."""
    done = await use_cases.refuse(tx, statement_id, expected=expected, reason=body.reason, on=body.on)
    return _told(tx, done, response)


def _told(tx: Tx, statement: Statement, response: Response) -> StatementOut:
    response.headers.update(etag(statement.version))
    return StatementOut.of(statement, tx.today)
