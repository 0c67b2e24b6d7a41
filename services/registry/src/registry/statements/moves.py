"""The decisions on a statement: each gives the next state or the reason why not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from registry.deadline import Deadline
from registry.statements.domain import (
    AGENCY_DATA_BOX,
    PROCEDURE,
    Draft,
    Issue,
    Move,
    Statement,
)
from registry.statements.refusals import (
    CapacityNotAsked,
    ConditionsMissing,
    ConditionsWithoutSuchOutcome,
    PreconditionsUnmet,
    ReasonsMissing,
    SenderIsTheAgency,
    SignedByItsDrafter,
)
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import StatementIssued, StatementKind, StatementOutcome
from shared.errors import Finding


def expect_sender(data_box: str | None) -> None:
    if data_box == AGENCY_DATA_BOX:
        raise SenderIsTheAgency(pointer="/applicant/data_box", data_box=data_box)


def give_back(statement: Statement, on: date) -> Statement:
    """Return the request for completion; the clock stands from the next day on."""
    return _after(statement, Move.RETURN, clock=statement.clock.pause(on) if _runs(statement) else None)


def complete(statement: Statement, on: date, form: DocumentRef | None) -> Statement:
    """Take the completed request; the clock runs on from the next day."""
    clock = None if _runs(statement) else statement.clock.resume(on)
    return _after(statement, Move.COMPLETE, clock=clock, form=form)


def propose(statement: Statement, draft: Draft, unmet: Sequence[Finding]) -> Statement:
    """Propose an outcome; a favourable one only where every precondition is met."""
    proposed = _after(statement, Move.DRAFT)
    _expect_whole(draft, statement.kind)
    expect_met(statement, draft.outcome, unmet)
    return replace(proposed, draft=draft)


def return_draft(statement: Statement) -> Statement:
    return replace(_after(statement, Move.RETURN_DRAFT), draft=None)


def expect_issuable(statement: Statement, by: str) -> Draft:
    """Return the draft to be signed; raises SignedByItsDrafter and what the procedure raises."""
    PROCEDURE.after(statement.status, Move.ISSUE)
    draft = statement.draft
    if draft is None:
        raise AssertionError("what is drafted has a draft")
    if draft.drafted_by == by:
        raise SignedByItsDrafter(PROCEDURE.facts(statement.status))
    return draft


def issue(statement: Statement, draft: Draft, signed: Issue) -> tuple[Statement, StatementIssued]:
    """Sign the draft; nothing changes any more."""
    issued = replace(_after(statement, Move.ISSUE), issue=signed)
    return issued, StatementIssued(
        version=issued.version,
        statement_id=issued.id,
        kind=issued.kind,
        number=signed.number,
        unit_ids=issued.unit_ids,
        outcome=draft.outcome,
        issued_on=signed.issued_on,
        digest=signed.digest,
    )


def withdraw(statement: Statement) -> Statement:
    """Take the request back; a draft that nobody signed stays in the journal alone."""
    return replace(_after(statement, Move.WITHDRAW), draft=None)


def refuse(statement: Statement) -> Statement:
    return _after(statement, Move.REFUSE)


def expect_met(statement: Statement, outcome: StatementOutcome, unmet: Sequence[Finding]) -> None:
    """Raise PreconditionsUnmet, which names them all, where a favourable outcome lacks any."""
    if outcome is StatementOutcome.UNFAVOURABLE or not unmet:
        return
    raise PreconditionsUnmet(
        PROCEDURE.facts(statement.status),
        findings=unmet,
        unmet=[each.code for each in unmet],
        unmet_count=len(unmet),
    )


def _expect_whole(draft: Draft, kind: StatementKind) -> None:
    if draft.outcome is StatementOutcome.UNFAVOURABLE and not draft.reasons:
        raise ReasonsMissing(pointer="/reasons")
    conditional = draft.outcome is StatementOutcome.FAVOURABLE_WITH_CONDITION
    if conditional and not draft.conditions:
        raise ConditionsMissing(pointer="/conditions")
    if draft.conditions and not conditional:
        raise ConditionsWithoutSuchOutcome(pointer="/conditions")
    if draft.has_capacity is not None and kind is not StatementKind.MAP_CONFIRMATION:
        raise CapacityNotAsked(pointer="/has_capacity")


def _runs(statement: Statement) -> bool:
    return not statement.clock.is_paused


def _after(
    statement: Statement, move: Move, *, clock: Deadline | None = None, form: DocumentRef | None = None
) -> Statement:
    return replace(
        statement,
        status=PROCEDURE.after(statement.status, move),
        version=statement.version + 1,
        clock=clock or statement.clock,
        form=form or statement.form,
    )
