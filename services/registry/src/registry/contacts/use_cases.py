"""What is done with contacts: begin, correct, end, erase; who reads them is noted."""

import os
from datetime import date
from typing import Final
from uuid import UUID

from registry.caseload.use_cases import expect_acting_for
from registry.contacts import domain, repository
from registry.contacts.domain import (
    Contact,
    ContactUnitUnknown,
    ContactUnknown,
    ErasureGround,
    Person,
    Reading,
    mark_of,
)
from registry.journal import use_cases as journal
from registry.journal.domain import Audience, Decision, Subject
from registry.units import repository as units
from shared.errors import expect_version
from shared.transaction import Transaction

RETENTION_DAYS: Final = int(os.environ.get("REGISTRY_CONTACT_RETENTION_DAYS") or 3 * 365)
"""So long a contact that ended is kept; then an administrator erases the person."""


async def begin_contact(tx: Transaction, *, unit_id: UUID, person: Person, on: date | None) -> Contact:
    """Raise ContactUnitUnknown, NotYourUnit, ContactEndsBeforeItBegins."""
    if await units.lock(tx.session, unit_id, to_lean_on=True) is None:
        raise ContactUnitUnknown(pointer="/unit_id", unit_id=unit_id)
    await expect_acting_for(tx, unit_id)
    contact = domain.introduce(person, id_=tx.new_id(), unit_id=unit_id)
    await repository.add(tx.session, contact)
    await _note(tx, "begin", before=None, after=contact, reason="", on=on)
    return contact


async def correct_contact(
    tx: Transaction, id_: UUID, person: Person, *, expected: int, reason: str, on: date | None
) -> Contact:
    """Raise ContactUnknown, NotYourUnit, VersionIsStale and what `domain.correct` raises."""
    contact = await _locked(tx, id_, expected=expected)
    corrected = domain.correct(contact, person)
    await repository.save(tx.session, corrected)
    await _note(tx, "correct", before=contact, after=corrected, reason=reason, on=on)
    return corrected


async def end_contact(
    tx: Transaction, id_: UUID, *, last_day: date, expected: int, reason: str, on: date | None
) -> Contact:
    """Raise ContactUnknown, NotYourUnit, VersionIsStale and what `domain.end` raises."""
    contact = await _locked(tx, id_, expected=expected)
    ended = domain.end(contact, last_day)
    await repository.save(tx.session, ended)
    await _note(tx, "end", before=contact, after=ended, reason=reason, on=on)
    return ended


async def erase_contact(
    tx: Transaction, id_: UUID, *, ground: ErasureGround, expected: int, on: date | None
) -> Contact:
    """Forget the person and keep that there was one; the journal never held more."""
    contact = await _locked(tx, id_, expected=expected)
    erased = domain.erase(contact, ground, today=tx.today, retention_days=RETENTION_DAYS)
    await repository.save(tx.session, erased)
    await _note(tx, "erase", before=contact, after=erased, reason=ground.value, on=on)
    return erased


async def note_reading(
    tx: Transaction, *, unit_id: UUID | None = None, contact_id: UUID | None = None, as_of: date | None = None
) -> None:
    """Note that somebody of the Agency reads personal data; a unit's people read their own."""
    if not tx.actor.is_agency:
        return
    reading = Reading(
        at=tx.now,
        actor=tx.actor.id,
        affiliation=tx.actor.affiliation,
        unit_id=unit_id,
        contact_id=contact_id,
        as_of=as_of,
    )
    await repository.note_reading(tx.session, reading, id_=tx.new_id(), correlation_id=tx.correlation_id)


async def note_reading_of_one(tx: Transaction, contact_id: UUID) -> None:
    """Note that somebody of the Agency reads one contact."""
    if tx.actor.is_agency:
        unit_of = await repository.units_of(tx.session, [contact_id])
        await note_reading(tx, unit_id=unit_of.get(contact_id), contact_id=contact_id)


async def _locked(tx: Transaction, id_: UUID, *, expected: int) -> Contact:
    contact = await repository.lock(tx.session, id_)
    if contact is None or not tx.actor.may_see([contact.unit_id]):
        raise ContactUnknown
    await expect_acting_for(tx, contact.unit_id)
    expect_version(expected, contact.version)
    return contact


async def _note(
    tx: Transaction, action: str, *, before: Contact | None, after: Contact, reason: str, on: date | None
) -> None:
    await journal.record(
        tx,
        Decision.on(
            Subject.CONTACT,
            before,
            after,
            audience=Audience.PARTIES,
            action=action,
            day=journal.decision_day(tx, on),
            reason=reason,
            kept=mark_of,
        ),
    )
