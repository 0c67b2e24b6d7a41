"""Attendance becomes support by itself, and follows every correction that the registry tells."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from evaluation.participants import attendance_repository, repository
from evaluation.participants.attending import (
    Attended,
    Collecting,
    collected_by,
    differences,
    wanted_of,
)
from evaluation.participants.domain import Participant
from evaluation.participants.keys import key_digest
from evaluation.projects import repository as projects
from evaluation.projects.repository import Kept
from evaluation.projects.use_cases import expect_own
from shared.contracts.intake import ActivityRecorded
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many activities were looked at, and how many entries of support came of it."""

    activities: int
    entries: int


async def import_attendance(tx: Transaction, events: Sequence[ActivityRecorded]) -> None:
    """Keep the newest word on each activity and record what projects take of it as support."""
    newest = {event.activity_id: event for event in sorted(events, key=lambda event: event.version)}
    fresh = await attendance_repository.save_newer(tx.session, newest.values())
    for project_id in await attendance_repository.concerned_projects(tx.session, fresh):
        project = await projects.lock(tx.session, project_id, shared=True)
        if project is not None:
            await _record(tx, project, fresh)


async def take_attendance(tx: Transaction, project_id: UUID) -> Imported:
    """Record what a project takes of all attendance that is known: after it was entered or changed."""
    project = await expect_own(tx, project_id)
    activity_ids = await attendance_repository.activities_of(tx.session, project_id)
    return Imported(activities=len(activity_ids), entries=await _record(tx, project, activity_ids))


async def _record(tx: Transaction, project: Kept, activity_ids: Collection[UUID]) -> int:
    attended = await attendance_repository.lock_attended(tx.session, activity_ids)
    unit = project.attendance_unit
    taken = await _taken(tx, project, attended) if unit is not None else []
    participants = await _participants(tx, project, taken)
    wanted = {
        place: minutes
        for each, collecting in taken
        if unit is not None
        for place, minutes in wanted_of(each, collecting, unit, _present(each, participants))
    }
    recorded = await attendance_repository.recorded(tx.session, project.id, activity_ids)
    entries = differences(
        wanted,
        recorded,
        versions={each.activity_id: each.version for each in attended},
        new_id=tx.new_id,
    )
    await repository.append(tx.session, project.id, entries, actor=tx.actor, now=tx.now)
    return len(entries)


async def _taken(
    tx: Transaction, project: Kept, attended: Sequence[Attended]
) -> list[tuple[Attended, Collecting]]:
    activities = await attendance_repository.collecting(tx.session, project.id)
    found = [(each, collected_by(each, activities, unit_ids=project.unit_ids)) for each in attended]
    return [(each, collecting) for each, collecting in found if collecting is not None]


async def _participants(
    tx: Transaction, project: Kept, taken: Sequence[tuple[Attended, Collecting]]
) -> dict[str, Participant]:
    """Return the participants by key; who was erased is not known again, nor is the attendance kept."""
    roles = {key: role for each, _ in taken for key, role in each.roles.items()}
    digests = {key: key_digest(key, salt=project.salt) for key in roles}
    wanted = [
        Participant(id=tx.new_id(), version=1, project_id=project.id, key=key, role=role, legal_basis=None)
        for key, role in sorted(roles.items())
    ]
    found = await attendance_repository.lock_participants(
        tx.session, project.id, wanted, digests=digests, now=tx.now
    )
    by_key = {key: found[digest] for key, digest in digests.items()}
    erased = [key for key, participant in by_key.items() if participant.key is None]
    if erased:
        await repository.forget_attendance(tx.session, erased)
    return {key: participant for key, participant in by_key.items() if participant.key is not None}


def _present(attended: Attended, participants: dict[str, Participant]) -> dict[str, UUID]:
    """Return who of them had not left the project before the activity."""
    return {
        key: participant.id
        for key, participant in participants.items()
        if participant.withdrawn_on is None or attended.held_on <= participant.withdrawn_on
    }
