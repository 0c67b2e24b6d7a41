"""Rules are set, holds placed and lifted, disposals proposed, decided on by another person, carried out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from documents.files import repository as files
from documents.files.acts import Act, Action
from documents.files.refusals import DocumentUnknown
from documents.files.states import DocumentMove, DocumentState, procedure_of
from documents.retention import keeping_repository, repository
from documents.retention.domain import (
    PROCEDURE,
    Basis,
    Disposal,
    DisposalMove,
    DisposalStandsAlready,
    DisposalState,
    DisposalUnknown,
    DocumentDisposedOf,
    Hold,
    Kept,
    LegalHoldLifted,
    LegalHoldUnknown,
    RetentionRuleExists,
    RetentionRuleInThePast,
    Rule,
    expect_disposable,
    expect_other_person,
)
from shared.errors import RuleBroken, expect_version
from shared.transaction import Transaction


async def set_rule(tx: Transaction, rule: Rule) -> None:
    """Add an edition; raises `RetentionRuleExists`, `RetentionRuleInThePast`: what was in force stays so."""
    latest: date | None = await repository.latest_rule(tx.session, rule.kind)
    if latest == rule.valid_from:
        raise RetentionRuleExists(kind=rule.kind, valid_from=rule.valid_from)
    if latest is not None and rule.valid_from < latest:
        raise RetentionRuleInThePast(kind=rule.kind, latest=latest)
    await repository.insert_rule(tx.session, rule, by=tx.actor.id, now=tx.now)


async def place_hold(tx: Transaction, document_id: UUID, *, reason: str) -> Hold:
    """Raise `DocumentUnknown`, `DocumentDisposedOf`: a hold must not promise what is gone."""
    await _keeping_of(tx, document_id)
    if await keeping_repository.is_disposed_of(tx.session, document_id):
        raise DocumentDisposedOf
    hold = Hold(
        id=tx.new_id(),
        document_id=document_id,
        reason=reason,
        placed_at=tx.now,
        placed_by=tx.actor.id,
        lifted_at=None,
        version=1,
    )
    await repository.insert_hold(tx.session, hold)
    return hold


async def lift_hold(tx: Transaction, hold_id: UUID, *, because: str, expected: int) -> int:
    """Return the new version; raises `LegalHoldUnknown`, `LegalHoldLifted`."""
    hold = await repository.lock_hold(tx.session, hold_id)
    if hold is None:
        raise LegalHoldUnknown
    expect_version(expected, hold.version)
    if hold.lifted_at is not None:
        raise LegalHoldLifted
    await repository.lift_hold(tx.session, hold_id, by=tx.actor.id, because=because, now=tx.now)
    return hold.version + 1


async def propose_disposal(tx: Transaction, document_id: UUID, *, basis: Basis, reason: str) -> Disposal:
    """Raise what forbids it, `DisposalStandsAlready`, `DocumentUnknown`.

    What was rendered anew since its disposal may be disposed of again.
    """
    kept = await _keeping_of(tx, document_id)
    if await keeping_repository.is_disposed_of(tx.session, document_id):
        raise DisposalStandsAlready
    expect_disposable(kept, basis, today=tx.today)
    disposal = Disposal(
        id=tx.new_id(),
        document_id=document_id,
        kind=kept.kind,
        basis=basis,
        reason=reason,
        mark=kept.mark,
        due_on=kept.due_on,
        state=DisposalState.PROPOSED,
        proposed_by=tx.actor.id,
        version=1,
    )
    if not await repository.insert_disposal(tx.session, disposal, now=tx.now):
        raise DisposalStandsAlready
    return disposal


async def approve_disposal(
    tx: Transaction, disposal_id: UUID, *, because: str | None, expected: int
) -> Disposal:
    """Raise `DisposalIsYours`, what forbids the disposal now, `DisposalMoveRefused`."""
    disposal = await _load(tx, disposal_id, expected)
    state = PROCEDURE.after(disposal.state, DisposalMove.APPROVAL)
    expect_other_person(disposal, tx.actor.id)
    expect_disposable(await _keeping_of(tx, disposal.document_id), disposal.basis, today=tx.today)
    return await _decide(tx, disposal, state, because)


async def reject_disposal(
    tx: Transaction, disposal_id: UUID, *, because: str | None, expected: int
) -> Disposal:
    """Raise `DisposalIsYours`, `DisposalMoveRefused`; what was approved can be rejected until it is done."""
    disposal = await _load(tx, disposal_id, expected)
    state = PROCEDURE.after(disposal.state, DisposalMove.REJECTION)
    expect_other_person(disposal, tx.actor.id)
    return await _decide(tx, disposal, state, because)


async def _load(tx: Transaction, disposal_id: UUID, expected: int) -> Disposal:
    disposal = await repository.lock_disposal(tx.session, disposal_id)
    if disposal is None:
        raise DisposalUnknown
    expect_version(expected, disposal.version)
    return disposal


async def _decide(tx: Transaction, disposal: Disposal, state: DisposalState, because: str | None) -> Disposal:
    decided = replace(disposal, state=state, version=disposal.version + 1)
    await repository.save_decision(tx.session, decided, by=tx.actor.id, because=because, now=tx.now)
    return decided


async def _keeping_of(tx: Transaction, document_id: UUID) -> Kept:
    kept = await keeping_repository.keeping_of(tx.session, document_id)
    if kept is None:
        raise DocumentUnknown
    return kept


async def approved_disposals(tx: Transaction) -> Sequence[UUID]:
    return await keeping_repository.approved_disposals(tx.session)


async def carry_out_disposal(tx: Transaction, disposal_id: UUID) -> None:
    """Discard the document and give its bytes free; what is held, public or kept longer by now waits.

    So does what has a version that nobody decided on.

    The bytes go with the next removal of what nothing names, unless another document names them too.
    """
    disposal = await repository.lock_disposal(tx.session, disposal_id)
    if disposal is None or disposal.state is not DisposalState.APPROVED:
        return
    try:
        expect_disposable(await _keeping_of(tx, disposal.document_id), disposal.basis, today=tx.today)
    except RuleBroken:
        return
    if await keeping_repository.has_grown(tx.session, disposal_id):
        return
    await _discard(tx, disposal)
    await repository.record_disposed(tx.session, disposal, now=tx.now)


async def _discard(tx: Transaction, disposal: Disposal) -> None:
    document = await files.lock_document(tx.session, disposal.document_id)
    if document is None or document.state is DocumentState.DISCARDED:
        return
    state = procedure_of(document.kind).after(document.state, DocumentMove.DISCARDING)
    gone = replace(document, state=state, version=document.version + 1)
    await files.save(tx, Act(document=gone, action=Action.DISCARDING, reason=disposal.reason))
