"""Every statement with which the ledger is written; `list_repository` reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Text, and_, case, delete, false, func, literal, null, or_, select, true, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.programmes.domain import Assignment, Output
from evaluation.programmes.tables import DeliverableRow, DocumentWithdrawalRow, OutputDocumentRow
from evaluation.projects.tables import ProjectOutputRow, ProjectRow
from shared.auth import Actor
from shared.contracts.documents import DocumentPublished, DocumentWithdrawn, OutputKind


async def add_deliverables(
    session: AsyncSession, events: Sequence[DocumentPublished], *, now: datetime
) -> None:
    """Add versions of documents, each once."""
    rows = [
        {
            "document_id": event.document_id,
            "version": event.version,
            "kind": event.kind.value,
            "title": event.title,
            "plan_id": event.plan_id,
            "revision": event.revision,
            "unit_ids": list(event.unit_ids),
            "media_type": event.media_type,
            "size_bytes": event.size_bytes,
            "digest": event.digest,
            "published_at": event.published_at,
            "counted_at": now,
            "approved_by": event.approved_by,
            "approved_on": event.approved_on,
            "output_kind": event.output_kind and event.output_kind.value,
            "output_id": event.output_id,
        }
        for event in events
    ]
    await session.execute(insert(DeliverableRow).values(rows).on_conflict_do_nothing())


async def add_withdrawals(session: AsyncSession, events: Sequence[DocumentWithdrawn]) -> None:
    rows = [
        {
            "document_id": event.document_id,
            "version": event.version,
            "withdrawn_at": event.withdrawn_at,
            "reason": event.reason,
        }
        for event in events
    ]
    await session.execute(insert(DocumentWithdrawalRow).values(rows).on_conflict_do_nothing())


async def assign_as_told(
    session: AsyncSession, document_ids: Sequence[UUID], *, actor: Actor, now: datetime
) -> None:
    """Let documents fulfil the outputs that they name, where kind and unit agree and the place is free."""
    row = DeliverableRow
    unit_id = case((func.cardinality(row.unit_ids) == 1, row.unit_ids[1]))
    told = (
        select(
            row.document_id,
            literal(1),
            ProjectOutputRow.id,
            ProjectOutputRow.per_unit,
            unit_id,
            null(),
            null(),
            literal(now),
            literal(actor.id, Text),
            literal(actor.affiliation, Text),
        )
        .ext(distinct_on(row.document_id))
        .join(
            ProjectOutputRow,
            and_(ProjectOutputRow.id == row.output_id, ProjectOutputRow.kind == row.output_kind),
        )
        .join(ProjectRow, ProjectRow.id == ProjectOutputRow.project_id)
        .where(
            row.document_id.in_(document_ids),
            or_(
                ProjectOutputRow.per_unit.is_(false()),
                func.coalesce(unit_id == ProjectRow.unit_ids.any_(), false()),
            ),
        )
        .order_by(row.document_id, row.version.desc())
    )
    names = [
        *("document_id", "version", "output_id", "per_unit", "unit_id", "approved_by", "approved_on"),
        *("assigned_at", "assigned_by", "affiliation"),
    ]
    await session.execute(insert(OutputDocumentRow).from_select(names, told).on_conflict_do_nothing())


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a document to be assigned: its units, and the kind of output that it says it is."""

    unit_ids: tuple[UUID, ...]
    output_kind: OutputKind | None


async def newest(session: AsyncSession, document_id: UUID) -> Known | None:
    """Return what the newest version of a document tells; None where nothing of it was ever published."""
    found = await session.execute(
        select(DeliverableRow.unit_ids, DeliverableRow.output_kind)
        .where(DeliverableRow.document_id == document_id)
        .order_by(DeliverableRow.version.desc())
        .limit(1)
    )
    row = found.one_or_none()
    if row is None:
        return None
    kind = OutputKind(row.output_kind) if row.output_kind else None
    return Known(unit_ids=tuple(row.unit_ids), output_kind=kind)


async def lock_output(session: AsyncSession, project_id: UUID, output_id: UUID) -> Output | None:
    """Return an output of the project; until we commit it takes no other document, nor changes."""
    found = await session.execute(
        select(
            ProjectOutputRow.id,
            ProjectOutputRow.code,
            ProjectOutputRow.kind,
            ProjectOutputRow.per_unit,
            ProjectRow.unit_ids,
        )
        .join(ProjectRow, ProjectRow.id == ProjectOutputRow.project_id)
        .where(ProjectOutputRow.id == output_id, ProjectRow.id == project_id)
        .with_for_update(of=ProjectOutputRow)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return Output(
        id=row.id,
        code=row.code,
        kind=OutputKind(row.kind),
        per_unit=row.per_unit,
        unit_ids=frozenset(row.unit_ids),
    )


async def taken_by(session: AsyncSession, output_id: UUID, unit_id: UUID | None) -> UUID | None:
    """Return the document that fulfils the output in the unit already."""
    found: UUID | None = await session.scalar(
        select(OutputDocumentRow.document_id).where(
            OutputDocumentRow.output_id == output_id,
            OutputDocumentRow.unit_id == unit_id,
            OutputDocumentRow.per_unit.is_(true()),
        )
    )
    return found


async def add_assignment(
    session: AsyncSession, assignment: Assignment, output: Output, *, actor: Actor, now: datetime
) -> bool:
    """Return whether it was added: a document that fulfils an output already stays where it is."""
    statement = insert(OutputDocumentRow).values(
        document_id=assignment.document_id,
        version=1,
        output_id=output.id,
        per_unit=output.per_unit,
        unit_id=assignment.unit_id,
        approved_by=assignment.approved_by,
        approved_on=assignment.approved_on,
        assigned_at=now,
        assigned_by=actor.id,
        affiliation=actor.affiliation,
    )
    added = statement.on_conflict_do_nothing().returning(OutputDocumentRow.document_id)
    return (await session.execute(added)).one_or_none() is not None


async def lock_assignment(session: AsyncSession, project_id: UUID, document_id: UUID) -> int | None:
    """Lock the assignment of a document within the project; return its version, None where there is none."""
    found = await session.execute(
        select(OutputDocumentRow.version)
        .join(ProjectOutputRow, ProjectOutputRow.id == OutputDocumentRow.output_id)
        .where(OutputDocumentRow.document_id == document_id, ProjectOutputRow.project_id == project_id)
        .with_for_update(of=OutputDocumentRow)
    )
    version: int | None = found.scalar_one_or_none()
    return version


async def save_approval(
    session: AsyncSession, document_id: UUID, *, approved_by: str, approved_on: date, version: int
) -> None:
    await session.execute(
        update(OutputDocumentRow)
        .where(OutputDocumentRow.document_id == document_id)
        .values(approved_by=approved_by, approved_on=approved_on, version=version)
    )


async def remove_assignment(session: AsyncSession, document_id: UUID) -> None:
    await session.execute(delete(OutputDocumentRow).where(OutputDocumentRow.document_id == document_id))
