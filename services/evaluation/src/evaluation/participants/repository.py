"""Every statement with which participants and their support are written; `list_repository` reads them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.participants.domain import Entry, LegalBasis, Origin, Participant, SupportKind
from evaluation.participants.tables import (
    AttendanceRow,
    AttendedActivityRow,
    ParticipantRow,
    SupportEntryRow,
)
from evaluation.projects.conversion import SupportUnit
from evaluation.projects.tables import KeyActivityRow
from shared.auth import Actor


async def add(session: AsyncSession, participant: Participant, *, key_digest: str, now: datetime) -> bool:
    """Return whether it was added: a key stands in a project once."""
    statement = insert_or_not(ParticipantRow).values(
        id=participant.id,
        version=participant.version,
        project_id=participant.project_id,
        key=participant.key,
        key_digest=key_digest,
        role=participant.role,
        legal_basis=participant.legal_basis and participant.legal_basis.value,
        registered_at=now,
    )
    added = statement.on_conflict_do_nothing().returning(ParticipantRow.id)
    return (await session.execute(added)).one_or_none() is not None


async def was_erased(session: AsyncSession, project_id: UUID, key_digest: str) -> bool:
    found = select(ParticipantRow.erased_at).where(
        ParticipantRow.project_id == project_id, ParticipantRow.key_digest == key_digest
    )
    return await session.scalar(found) is not None


async def lock(
    session: AsyncSession, project_id: UUID, participant_ids: Sequence[UUID]
) -> dict[UUID, Participant]:
    """Load participants to decide, always in the same order."""
    rows = await session.scalars(
        select(ParticipantRow)
        .where(ParticipantRow.project_id == project_id, ParticipantRow.id.in_(participant_ids))
        .order_by(ParticipantRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: participant_of(row) for row in rows}


async def hold_persons(session: AsyncSession, project_id: UUID) -> None:
    """Let others who say which registrations are one person in a project wait; taken before any row."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(project_id), 9))))


async def lock_person(
    session: AsyncSession, project_id: UUID, participant_id: UUID
) -> dict[UUID, Participant]:
    """Load all registrations of the person behind one of them, in the order in which everybody locks.

    The caller holds the persons of the project, so that nobody adds a registration meanwhile.
    """
    row = ParticipantRow
    first = (
        select(func.coalesce(row.same_as, row.id))
        .where(row.id == participant_id, row.project_id == project_id)
        .scalar_subquery()
    )
    found = await session.scalars(select(row.id).where(or_(row.id == first, row.same_as == first)))
    return await lock(session, project_id, list(found))


def participant_of(row: ParticipantRow) -> Participant:
    return Participant(
        id=row.id,
        version=row.version,
        project_id=row.project_id,
        key=row.key,
        role=row.role,
        legal_basis=LegalBasis(row.legal_basis) if row.legal_basis else None,
        same_as=row.same_as,
        withdrawn_on=row.withdrawn_on,
        erased_at=row.erased_at,
    )


async def save(session: AsyncSession, participant: Participant) -> None:
    await session.execute(
        update(ParticipantRow)
        .where(ParticipantRow.id == participant.id)
        .values(
            version=participant.version,
            key=participant.key,
            same_as=participant.same_as,
            withdrawn_on=participant.withdrawn_on,
            erased_at=participant.erased_at,
        )
    )


async def has_merged(session: AsyncSession, participant_id: UUID) -> bool:
    found = select(ParticipantRow.id).where(ParticipantRow.same_as == participant_id).limit(1)
    return await session.scalar(found) is not None


async def has_key_activity(
    session: AsyncSession, project_id: UUID, key_activity_id: UUID, *, on: date
) -> bool:
    row = KeyActivityRow
    found = select(row.id).where(
        row.id == key_activity_id, row.project_id == project_id, row.starts_on <= on, row.ends_on >= on
    )
    return await session.scalar(found) is not None


async def minutes_of_day(session: AsyncSession, participant_id: UUID, on: date) -> int:
    found = await session.scalar(
        select(func.coalesce(func.sum(SupportEntryRow.amount), 0)).where(
            SupportEntryRow.participant_id == participant_id,
            SupportEntryRow.supported_on == on,
            SupportEntryRow.unit != SupportUnit.HOUSING_MONTH.value,
        )
    )
    return int(found or 0)


async def last_supported_on(session: AsyncSession, participant_id: UUID) -> date | None:
    """Return the last day on which the support, with its corrections, is more than nothing."""
    row = SupportEntryRow
    found: date | None = await session.scalar(
        select(row.supported_on)
        .where(row.participant_id == participant_id)
        .group_by(row.supported_on)
        .having(func.sum(row.credit) > 0)
        .order_by(row.supported_on.desc())
        .limit(1)
    )
    return found


async def entry_with_corrections(session: AsyncSession, participant_id: UUID, entry_id: UUID) -> list[Entry]:
    """Return the entry and then what corrected it; nothing where the participant has no such entry."""
    row = SupportEntryRow
    found = await session.scalars(
        select(row)
        .where(row.participant_id == participant_id, or_(row.id == entry_id, row.corrects_id == entry_id))
        .order_by((row.id == entry_id).desc(), row.recorded_at, row.id)
    )
    entries = [entry_of(each) for each in found]
    return entries if entries and entries[0].id == entry_id else []


def entry_of(row: SupportEntryRow) -> Entry:
    return Entry(
        id=row.id,
        participant_id=row.participant_id,
        supported_on=row.supported_on,
        kind=SupportKind(row.kind),
        unit=SupportUnit(row.unit),
        amount=row.amount,
        key_activity_id=row.key_activity_id,
        origin=Origin(row.origin),
        activity_id=row.activity_id,
        corrects_id=row.corrects_id,
        reason=row.reason,
    )


async def append(
    session: AsyncSession, project_id: UUID, entries: Sequence[Entry], *, actor: Actor, now: datetime
) -> None:
    if not entries:
        return
    rows = [
        {
            "id": entry.id,
            "project_id": project_id,
            "participant_id": entry.participant_id,
            "key_activity_id": entry.key_activity_id,
            "supported_on": entry.supported_on,
            "kind": entry.kind.value,
            "unit": entry.unit.value,
            "amount": entry.amount,
            "credit": entry.credit,
            "origin": entry.origin.value,
            "activity_id": entry.activity_id,
            "corrects_id": entry.corrects_id,
            "reason": entry.reason,
            "recorded_at": now,
            "recorded_by": actor.id,
            "affiliation": actor.affiliation,
        }
        for entry in entries
    ]
    await session.execute(insert(SupportEntryRow), rows)


async def entries_of(session: AsyncSession, participant_ids: Sequence[UUID]) -> list[Entry]:
    row = SupportEntryRow
    found = await session.scalars(
        select(row).where(row.participant_id.in_(participant_ids)).order_by(row.supported_on, row.id)
    )
    return [entry_of(each) for each in found]


async def drop_entries(session: AsyncSession, participant_ids: Sequence[UUID]) -> None:
    """Delete what is known of a person's days; only for an erasure, which leaves sums in their place."""
    await session.execute(delete(SupportEntryRow).where(SupportEntryRow.participant_id.in_(participant_ids)))


async def lock_attendance(session: AsyncSession, project_id: UUID, participant_id: UUID) -> None:
    """Lock the activities that the person behind a registration attended, before any participant.

    An event about them locks in the same order.
    """
    row, activity = ParticipantRow, AttendedActivityRow
    of_person = (
        select(func.coalesce(row.same_as, row.id))
        .where(row.id == participant_id, row.project_id == project_id)
        .scalar_subquery()
    )
    keys = select(row.key).where(or_(row.id == of_person, row.same_as == of_person))
    attended = select(AttendanceRow.activity_id).where(AttendanceRow.person.in_(keys))
    await session.execute(
        select(activity.activity_id)
        .where(activity.activity_id.in_(attended))
        .order_by(activity.activity_id)
        .with_for_update()
    )


async def forget_attendance(session: AsyncSession, keys: Sequence[str]) -> None:
    """Delete the copied attendance of persons who are known in no project any more."""
    known = select(ParticipantRow.key).where(ParticipantRow.key.in_(keys))
    await session.execute(
        delete(AttendanceRow).where(AttendanceRow.person.in_(keys), AttendanceRow.person.not_in(known))
    )
