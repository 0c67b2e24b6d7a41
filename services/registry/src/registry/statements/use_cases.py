"""What is done with statements: registered, returned, drafted, issued; the clock that alarms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from registry.caseload import repository as caseload
from registry.caseload.use_cases import expect_acting_for
from registry.journal.domain import Audience, Decision, Subject, expect_in_order
from registry.journal.use_cases import decision_day, record
from registry.statements import moves, repository
from registry.statements.content import Signed, content_of, digest_of
from registry.statements.domain import (
    PROCEDURE,
    Draft,
    Issue,
    Move,
    Rule,
    Statement,
    number_of,
)
from registry.statements.letter import letters_of
from registry.statements.precondition_use_cases import look_up
from registry.statements.preconditions import Findings
from registry.statements.refusals import (
    StatementUnknown,
)
from shared.canonical import canonical_json, digest, plain
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import StatementKind, StatementOutcome
from shared.errors import VersionIsStale, expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    outcome: StatementOutcome
    reasons: str
    conditions: tuple[str, ...]
    has_capacity: bool | None


async def give_back(tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None) -> Statement:
    """Return a request for completion and stop its clock."""
    statement, day = await _lock(tx, id_, expected, on)
    return await _decided(tx, Move.RETURN, day, statement, moves.give_back(statement, day), reason=reason)


async def complete(
    tx: Transaction, id_: UUID, *, expected: int, form: DocumentRef | None, note: str, on: date | None
) -> Statement:
    """Take what was completed and let the clock run on; its alarms ring anew for the new last day."""
    statement, day = await _lock(tx, id_, expected, on)
    completed = moves.complete(statement, day, form)
    await repository.quieten(tx.session, id_)
    return await _decided(tx, Move.COMPLETE, day, statement, completed, reason=note)


async def propose(
    tx: Transaction, id_: UUID, proposal: Proposal, *, expected: int, on: date | None
) -> Statement:
    """Draft an outcome over what is found on the day."""
    statement, day = await _lock(tx, id_, expected, on)
    PROCEDURE.after(statement.status, Move.DRAFT)
    findings = await look_up(tx, statement, on=day, has_capacity=proposal.has_capacity)
    found = canonical_json(findings)
    draft = Draft(
        outcome=proposal.outcome,
        reasons=proposal.reasons,
        conditions=proposal.conditions,
        has_capacity=proposal.has_capacity,
        drafted_by=tx.actor.id,
        drafted_on=day,
        unmet=tuple(each.code for each in findings.unmet),
        findings_digest=digest(found),
    )
    drafted = moves.propose(statement, draft, findings.unmet)
    return await _decided(
        tx, Move.DRAFT, day, statement, drafted, reason=draft.reasons, drafted_findings=plain(findings)
    )


async def return_draft(tx: Transaction, id_: UUID, *, expected: int, note: str, on: date | None) -> Statement:
    """Give the draft back to be drafted again; what it was stays in the journal."""
    statement, day = await _lock(tx, id_, expected, on)
    returned = moves.return_draft(statement)
    return await _decided(tx, Move.RETURN_DRAFT, day, statement, returned, reason=note, drafted_findings=None)


async def issue(
    tx: Transaction, id_: UUID, *, expected: int, signatory_function: str, on: date | None
) -> Statement:
    """Sign: look everything up again, freeze it, draw the number last so that others wait but a moment."""
    statement, day = await _lock(tx, id_, expected, on)
    draft = moves.expect_issuable(statement, tx.actor.id)
    findings = await look_up(tx, statement, on=day, has_capacity=draft.has_capacity)
    moves.expect_met(statement, draft.outcome, findings.unmet)
    corrected = await repository.load(tx, statement.replaces) if statement.replaces else None
    ordinal = await repository.next_ordinal(tx.session, statement.kind, day.year)
    signed = Signed(
        number=number_of(ordinal, day.year),
        issued_on=day,
        signatory_name=tx.actor.name,
        signatory_function=signatory_function,
        corrects=corrected.issue.number if corrected and corrected.issue else None,
    )
    content = content_of(statement, draft, findings, signed)
    content_digest = digest_of(content)
    issued, told = moves.issue(
        statement,
        draft,
        Issue(
            number=signed.number,
            issued_on=day,
            signed_by=tx.actor.id,
            signatory_function=signatory_function,
            digest=content_digest,
        ),
    )
    texts = letters_of(statement, draft, findings, signed, digest=content_digest)
    await _decided(
        *(tx, Move.ISSUE, day, statement, issued),
        year=day.year,
        ordinal=ordinal,
        content=content,
        text_cs=texts["cs"],
        text_en=texts["en"],
    )
    tx.emit(told)
    return issued


async def withdraw(tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None) -> Statement:
    """Take the request back, as the applicant wishes."""
    statement, day = await _lock(tx, id_, expected, on)
    withdrawn = moves.withdraw(statement)
    return await _decided(tx, Move.WITHDRAW, day, statement, withdrawn, reason=reason, drafted_findings=None)


async def refuse(tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None) -> Statement:
    """Refuse to deal with a request that is not the Agency's to decide."""
    statement, day = await _lock(tx, id_, expected, on)
    return await _decided(tx, Move.REFUSE, day, statement, moves.refuse(statement), reason=reason)


async def warn_of_deadlines(tx: Transaction) -> None:
    """Tell once that a clock runs out soon, and once that it has run out."""
    for overdue in (True, False):
        for warning in await repository.take_alarms(tx.session, tx.today, overdue=overdue):
            tx.emit(warning)


async def set_rule(tx: Transaction, kind: StatementKind, rule: Rule, *, expected: int) -> Rule:
    """Set the days and the bound of the Index for what is received from now on."""
    current = await repository.rule_of(tx.session, kind)
    expect_version(expected, current.version)
    following = replace(rule, version=expected + 1)
    if not await repository.save_rule(tx.session, kind, following):
        raise VersionIsStale(expected=expected, current=following.version)
    return following


async def preconditions(tx: Transaction, id_: UUID, *, on: date) -> Findings:
    """Look up what the statement would stand on; raises StatementUnknown."""
    statement = await repository.load(tx, id_)
    if statement is None:
        raise StatementUnknown
    capacity = statement.draft.has_capacity if statement.draft and tx.actor.is_agency else None
    return await look_up(tx, statement, on=on, has_capacity=capacity)


async def _lock(tx: Transaction, id_: UUID, expected: int, on: date | None) -> tuple[Statement, date]:
    """Return what is decided on, under lock, and the day of the decision."""
    statement = await repository.load(tx, id_, lock=True)
    if statement is None:
        raise StatementUnknown
    await expect_acting_for_one(tx, statement.unit_ids)
    expect_version(expected, statement.version)
    return statement, expect_past(tx, on)


async def _decided(
    tx: Transaction,
    move: Move,
    day: date,
    before: Statement,
    after: Statement,
    *,
    reason: str = "",
    **columns: object,
) -> Statement:
    await repository.save(tx.session, after, **columns)
    await write_down(tx, move.value, day, before=before, after=after, reason=reason)
    return after


async def write_down(
    tx: Transaction, action: str, day: date, *, before: Statement | None, after: Statement, reason: str = ""
) -> None:
    """Record a decision: a draft is the Agency's own until it is signed, what is issued is public."""
    own = action in {Move.DRAFT, Move.RETURN_DRAFT}
    others = Audience.PUBLIC if action == Move.ISSUE else Audience.PARTIES
    if before is not None and not own and after.draft is None:
        before = replace(before, draft=None)
    await record(
        tx,
        Decision.on(
            Subject.STATEMENT,
            before,
            after,
            audience=Audience.AGENCY if own else others,
            action=action,
            day=day,
            reason=reason,
            unit_id=after.unit_ids[0],
        ),
    )


def expect_past(tx: Transaction, on: date | None) -> date:
    """Return the day of a decision before any calendar is counted; raises DecidedInTheFuture."""
    day = decision_day(tx, on)
    expect_in_order(day, last_on=None, today=tx.today)
    return day


async def expect_acting_for_one(tx: Transaction, unit_ids: Sequence[UUID]) -> None:
    """Expect of the Agency to act for one of the units covered at least, of others to act for all."""
    if not tx.actor.is_agency:
        return await expect_acting_for(tx, *unit_ids)
    assigned = await caseload.assigned(tx.session, unit_ids, tx.today)
    own = [each for each in unit_ids if not assigned[each] or tx.actor.id in assigned[each]]
    return await expect_acting_for(tx, (own or unit_ids)[0])
