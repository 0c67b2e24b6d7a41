"""Count what was published, count back what was withdrawn, assign documents to promised outputs."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from evaluation.programmes import repository
from evaluation.programmes.domain import Assignment, assign, expect_approval
from evaluation.programmes.refusals import (
    AssignmentUnknown,
    DocumentAssignedAlready,
    DocumentNotPublished,
    OutputUnknown,
    UnitHasItsDocument,
)
from evaluation.projects.use_cases import expect_own
from shared.contracts.documents import DocumentKind, DocumentPublished, DocumentWithdrawn
from shared.errors import expect_version
from shared.transaction import Transaction


async def count_deliverables(tx: Transaction, events: Sequence[DocumentPublished]) -> None:
    """Count each version once; a part or another form of a plan is counted with the plan itself."""
    whole = [event for event in events if event.kind is not DocumentKind.CAST]
    if not whole:
        return
    await repository.add_deliverables(tx.session, whole, now=tx.now)
    named = [event.document_id for event in whole if event.output_id is not None]
    if named:
        await repository.assign_as_told(tx.session, named, actor=tx.actor, now=tx.now)


async def withdraw_deliverables(tx: Transaction, events: Sequence[DocumentWithdrawn]) -> None:
    await repository.add_withdrawals(tx.session, events)


async def assign_document(tx: Transaction, project_id: UUID, wanted: Assignment) -> None:
    """Let a published document fulfil an output.

    Raises DocumentNotPublished, OutputUnknown, UnitHasItsDocument, DocumentAssignedAlready.
    """
    await expect_own(tx, project_id)
    known = await repository.newest(tx.session, wanted.document_id)
    if known is None:
        raise DocumentNotPublished
    output = await repository.lock_output(tx.session, project_id, wanted.output_id)
    if output is None:
        raise OutputUnknown(pointer="/output_id")
    assigned = assign(wanted, output, of_units=known.unit_ids, output_kind=known.output_kind, today=tx.today)
    if output.per_unit and await repository.taken_by(tx.session, output.id, assigned.unit_id):
        raise UnitHasItsDocument(output=output.code)
    if not await repository.add_assignment(tx.session, assigned, output, actor=tx.actor, now=tx.now):
        raise DocumentAssignedAlready


async def approve_document(
    tx: Transaction,
    project_id: UUID,
    document_id: UUID,
    *,
    approved_by: str,
    approved_on: date,
    expected: int,
) -> int:
    """Note who approved a document that does not tell so itself; return the assignment's new version."""
    await _lock(tx, project_id, document_id, expected)
    expect_approval(approved_by, approved_on, today=tx.today)
    await repository.save_approval(
        tx.session, document_id, approved_by=approved_by, approved_on=approved_on, version=expected + 1
    )
    return expected + 1


async def remove_document(tx: Transaction, project_id: UUID, document_id: UUID, *, expected: int) -> None:
    await _lock(tx, project_id, document_id, expected)
    await repository.remove_assignment(tx.session, document_id)


async def _lock(tx: Transaction, project_id: UUID, document_id: UUID, expected: int) -> None:
    await expect_own(tx, project_id)
    version = await repository.lock_assignment(tx.session, project_id, document_id)
    if version is None:
        raise AssignmentUnknown
    expect_version(expected, version)
