"""Every statement on requirements and their subjects; `list_repository` tells what is there and missing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ScalarSelect, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.requirements.domain import (
    Milestone,
    Need,
    Requirement,
    RequirementEdition,
    Subject,
    SubjectKind,
)
from documents.requirements.tables import (
    MilestoneRow,
    RequirementEditionRow,
    RequirementRow,
    RequiringSubjectRow,
)
from shared.contracts.documents import DocumentKind
from shared.transaction import Transaction

E = RequirementEditionRow.__table__.c
Q = RequirementRow.__table__.c
S = RequiringSubjectRow.__table__.c
M = MilestoneRow.__table__.c


async def save_subject(session: AsyncSession, subject: Subject) -> None:
    """Keep the newest word on a cooperation or a plan, and the day of a plan's first approval.

    Its end may have been told before its beginning, or is being told right now.
    """
    await _lock(session, subject.id)
    values: dict[str, object] = {
        "version": subject.version,
        "variant": subject.variant,
        "title": subject.title,
        "unit_ids": list(subject.unit_ids),
        "begins_on": subject.begins_on,
        "ends_on": subject.ends_on,
    }
    statement = upsert(RequiringSubjectRow).values(
        id=subject.id, kind=subject.kind.value, ended_on=_end_of(subject.id), **values
    )
    kept = {"begins_on"} if subject.kind is SubjectKind.PLAN else set()
    fresh = {name: value for name, value in values.items() if name not in kept}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[S.id], set_=fresh, where=S.version < statement.excluded.version
        )
    )


async def end_subject(session: AsyncSession, subject_id: UUID, *, version: int, ended_on: date) -> None:
    """Note that it is over, even before its beginning is told, or after a later word on it."""
    await _lock(session, subject_id)
    await save_milestone(
        session, subject_id, Milestone.END, version=version, reached_on=ended_on, source_id=subject_id
    )
    await session.execute(
        update(RequiringSubjectRow)
        .where(S.id == subject_id)
        .values(version=func.greatest(S.version, version), ended_on=_end_of(subject_id))
    )


def _end_of(subject_id: UUID) -> ScalarSelect[date]:
    told = select(M.reached_on).where(M.source_id == subject_id, M.milestone == Milestone.END.value)
    return told.scalar_subquery()


async def _lock(session: AsyncSession, subject_id: UUID) -> None:
    """Wait for whoever tells of the same subject: an end and a beginning told at once would not meet."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(subject_id), 0))))


async def save_milestone(
    session: AsyncSession,
    of_id: UUID,
    milestone: Milestone,
    *,
    version: int,
    reached_on: date,
    source_id: UUID,
) -> None:
    """Keep the newest word on what brought it."""
    fresh = {"of_id": of_id, "version": version, "reached_on": reached_on}
    statement = upsert(MilestoneRow).values(source_id=source_id, milestone=milestone.value, **fresh)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[M.source_id, M.milestone],
            set_=fresh,
            where=M.version < statement.excluded.version,
        )
    )


async def lock_editions(session: AsyncSession) -> None:
    """Let nobody else add an edition until we commit."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("requirement_edition"))))


async def last_edition(session: AsyncSession) -> RequirementEdition | None:
    row = (
        await session.execute(select(RequirementEditionRow.__table__).order_by(E.number.desc()).limit(1))
    ).one_or_none()
    if row is None:
        return None
    found = await session.execute(
        select(RequirementRow.__table__).where(Q.edition == row.number).order_by(Q.subject, Q.kind)
    )
    requirements = tuple(
        Requirement(
            subject=SubjectKind(each.subject),
            kind=DocumentKind(each.kind),
            milestone=Milestone(each.milestone),
            due_days=each.due_days,
            need=Need(each.need),
            applies_to=tuple(each.applies_to),
        )
        for each in found
    )
    return RequirementEdition(
        number=row.number, valid_from=row.valid_from, note=row.note, requirements=requirements
    )


async def add_edition(tx: Transaction, edition: RequirementEdition) -> None:
    await tx.session.execute(
        insert(RequirementEditionRow).values(
            number=edition.number,
            valid_from=edition.valid_from,
            note=edition.note,
            created_by=tx.actor.id,
            created_at=tx.now,
        )
    )
    await tx.session.execute(insert(RequirementRow), list(_rows(edition)))


def _rows(edition: RequirementEdition) -> Iterable[dict[str, object]]:
    for each in edition.requirements:
        yield {
            "edition": edition.number,
            "subject": each.subject.value,
            "kind": each.kind.value,
            "milestone": each.milestone.value,
            "due_days": each.due_days,
            "need": each.need.value,
            "applies_to": list(each.applies_to),
        }
