"""What people do with participants: register, record support, correct, merge, withdraw, erase."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from evaluation.participants import repository
from evaluation.participants.domain import (
    Entry,
    LegalBasis,
    Origin,
    Participant,
    Support,
    Terms,
    correct,
    erase,
    expect_supportable,
    expect_within_a_day,
    merge,
    withdraw,
)
from evaluation.participants.hours import summed_up
from evaluation.participants.keys import expect_pseudonymous, key_digest
from evaluation.participants.refusals import (
    EntryUnknown,
    KeyActivityUnknown,
    KeyWasErased,
    ParticipantRegistered,
    ParticipantUnknown,
)
from evaluation.projects import threshold_repository
from evaluation.projects.repository import Kept
from evaluation.projects.use_cases import expect_own
from shared.errors import expect_version
from shared.transaction import Transaction


async def register_participant(
    tx: Transaction, project_id: UUID, *, key: str, role: str, legal_basis: LegalBasis
) -> Participant:
    """Raise KeyNotPseudonymous, ParticipantRegistered, KeyWasErased."""
    project = await expect_own(tx, project_id)
    expect_pseudonymous(key, pointer="/key")
    participant = Participant(
        id=tx.new_id(), version=1, project_id=project_id, key=key, role=role, legal_basis=legal_basis
    )
    digest = key_digest(key, salt=project.salt)
    if not await repository.add(tx.session, participant, key_digest=digest, now=tx.now):
        if await repository.was_erased(tx.session, project_id, digest):
            raise KeyWasErased
        raise ParticipantRegistered
    return participant


async def record_support(tx: Transaction, project_id: UUID, participant_id: UUID, support: Support) -> Entry:
    """Record support of one day. Raises what the rules of the project and of the day say."""
    project = await expect_own(tx, project_id)
    participant = await _lock(tx, project_id, participant_id)
    expect_supportable(participant, support, terms_of(project), today=tx.today)
    on = support.supported_on
    activity = support.key_activity_id
    if activity and not await repository.has_key_activity(tx.session, project_id, activity, on=on):
        raise KeyActivityUnknown(pointer="/key_activity_id")
    minutes = await repository.minutes_of_day(tx.session, participant_id, on)
    expect_within_a_day(participant, support, minutes_of_day=minutes)
    entry = Entry(
        id=tx.new_id(),
        participant_id=participant_id,
        origin=Origin.ENTERED,
        supported_on=on,
        kind=support.kind,
        unit=support.unit,
        amount=support.amount,
        key_activity_id=activity,
        reason=support.reason,
    )
    await _append(tx, project_id, [entry])
    return entry


async def correct_support(
    tx: Transaction, project_id: UUID, participant_id: UUID, *, entry_id: UUID, amount: int, reason: str
) -> Entry:
    """Say what an entry should have given; the difference is another entry of the same day."""
    await expect_own(tx, project_id)
    participant = await _lock(tx, project_id, participant_id)
    entries = await repository.entry_with_corrections(tx.session, participant_id, entry_id)
    if not entries:
        raise EntryUnknown(pointer="/entry_id")
    correction = correct(participant, entries, amount=amount, reason=reason, entry_id=tx.new_id())
    minutes = await repository.minutes_of_day(tx.session, participant_id, correction.supported_on)
    expect_within_a_day(participant, correction, minutes_of_day=minutes)
    await _append(tx, project_id, [correction])
    return correction


async def withdraw_participant(
    tx: Transaction, project_id: UUID, participant_id: UUID, *, on: date, expected: int
) -> Participant:
    await expect_own(tx, project_id)
    participant = await _lock(tx, project_id, participant_id, expected)
    last_on = await repository.last_supported_on(tx.session, participant_id)
    return await _save(tx, withdraw(participant, on, last_supported_on=last_on, today=tx.today))


async def erase_participant(
    tx: Transaction, project_id: UUID, participant_id: UUID, *, expected: int
) -> Participant:
    """Forget the keys and the days of a person; the hours stay where they decided that the person counts.

    A person who was registered twice is erased as a whole.
    """
    project = await expect_own(tx, project_id)
    await repository.hold_persons(tx.session, project_id)
    await repository.lock_attendance(tx.session, project_id, participant_id)
    registrations = await repository.lock_person(tx.session, project_id, participant_id)
    if participant_id not in registrations:
        raise ParticipantUnknown
    expect_version(expected, registrations[participant_id].version)
    erased = {each.id: erase(each, now=tx.now) for each in registrations.values()}
    entries = await repository.entries_of(tx.session, list(erased))
    person_id = erased[participant_id].same_as or participant_id
    limits = await threshold_repository.limits_of(tx.session, project.id)
    sums = summed_up(entries, person_id=person_id, limits=limits, new_id=tx.new_id)
    await repository.drop_entries(tx.session, list(erased))
    for each in erased.values():
        await repository.save(tx.session, each)
    await _append(tx, project_id, sums)
    keys = [each.key for each in registrations.values() if each.key is not None]
    await repository.forget_attendance(tx.session, keys)
    return erased[participant_id]


async def merge_participant(
    tx: Transaction, project_id: UUID, participant_id: UUID, *, same_as: UUID, expected: int
) -> Participant:
    """Sum the hours of a second registration of the same person under the first."""
    await expect_own(tx, project_id)
    await repository.hold_persons(tx.session, project_id)
    found = await repository.lock(tx.session, project_id, [participant_id, same_as])
    if participant_id not in found or same_as not in found:
        raise ParticipantUnknown
    participant = found[participant_id]
    expect_version(expected, participant.version)
    merged_before = await repository.has_merged(tx.session, participant_id)
    return await _save(tx, merge(participant, found[same_as], has_merged=merged_before))


def terms_of(project: Kept) -> Terms:
    return Terms(starts_on=project.starts_on, ends_on=project.ends_on, support_units=project.support_units)


async def _lock(
    tx: Transaction, project_id: UUID, participant_id: UUID, expected: int | None = None
) -> Participant:
    found = await repository.lock(tx.session, project_id, [participant_id])
    if participant_id not in found:
        raise ParticipantUnknown
    if expected is not None:
        expect_version(expected, found[participant_id].version)
    return found[participant_id]


async def _save(tx: Transaction, participant: Participant) -> Participant:
    await repository.save(tx.session, participant)
    return participant


async def _append(tx: Transaction, project_id: UUID, entries: Sequence[Entry]) -> None:
    await repository.append(tx.session, project_id, entries, actor=tx.actor, now=tx.now)
