"""A contact: a person who speaks for a unit, from when until when; ended, and later erased."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused, Procedure, StandsInTheWay


class ContactUnknown(NotFound):
    cs = "Takový kontakt nemáme."
    en = "There is no such contact."


class ContactUnitUnknown(Invalid):
    cs = "Územní celek {unit_id} v registru není."
    en = "The unit {unit_id} is not in the registry."


class ContactNotInThatState(MoveRefused):
    cs = "Kontakt je ve stavu „{state_name}“ a nelze: {move_name}. {possible}"
    en = "The contact is “{state_name}” and this cannot be done: {move_name}. {possible}"


class ContactEndsBeforeItBegins(Invalid):
    cs = "Poslední den {valid_until} předchází prvnímu ({valid_from})."
    en = "The last day {valid_until} comes before the first one ({valid_from})."


class EmailMalformed(Invalid):
    cs = "E-mailová adresa nemá správný tvar."
    en = "The e-mail address is not well formed."


class PhoneMalformed(Invalid):
    cs = "Telefon nemá správný tvar: čekáme 9 až 15 číslic, případně s předvolbou +420."
    en = "The phone number is not well formed: 9 to 15 digits, with a prefix like +420 if there is one."


class ContactUnchanged(StandsInTheWay):
    cs = "Oprava nic nemění: kontakt už takový je."
    en = "The correction changes nothing: the contact is like that already."


class RetentionRunsYet(RuleBroken):
    cs = "Doba uchování kontaktu trvá do {kept_until}; dřív se maže jen na žádost osoby."
    en = "The contact is kept until {kept_until}; sooner it is erased only when the person asks for it."


class ContactRole(StrEnum):
    """What a person is at the unit."""

    MAYOR = "mayor"  # starosta, primátor, hejtman
    DEPUTY_MAYOR = "deputy-mayor"  # místostarosta, náměstek
    COORDINATOR = "coordinator"  # koordinátor, manažer sociálního začleňování
    COUNCIL_MEMBER = "council-member"  # člen rady nebo zastupitelstva
    OFFICE = "office"  # úřad
    PARTNER = "partner"  # partner (NNO, škola, ÚP…)


class ContactStatus(StrEnum):
    CURRENT = "current"
    ENDED = "ended"
    ERASED = "erased"


class ContactMove(StrEnum):
    CORRECT = "correct"
    END = "end"
    ERASE = "erase"


class ErasureGround(StrEnum):
    """Why personal data are erased."""

    RETENTION_OVER = "retention-over"  # uplynula doba uchování
    REQUEST = "request"  # žádost osoby (čl. 17 GDPR)


PROCEDURE: Final = Procedure(
    moves={
        ContactMove.CORRECT: (
            frozenset({ContactStatus.CURRENT, ContactStatus.ENDED}),
            ContactStatus.CURRENT,
        ),
        ContactMove.END: (frozenset({ContactStatus.CURRENT}), ContactStatus.ENDED),
        ContactMove.ERASE: (frozenset({ContactStatus.ENDED}), ContactStatus.ERASED),
    },
    labels={
        ContactStatus.CURRENT: ("platný", "current"),
        ContactStatus.ENDED: ("ukončený", "ended"),
        ContactStatus.ERASED: ("vymazaný", "erased"),
        ContactMove.CORRECT: ("opravit", "correct"),
        ContactMove.END: ("ukončit", "end"),
        ContactMove.ERASE: ("vymazat", "erase"),
    },
    refusal=ContactNotInThatState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of the person. `valid_until` is the last day, None while it goes on."""

    role: ContactRole
    name: str
    function: str
    email: str
    phone: str
    note: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Person):
    id: UUID
    version: int
    unit_id: UUID
    status: ContactStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the journal keeps of a contact for ever: that there was one, and nothing of the person."""

    id: UUID
    unit_id: UUID
    role: ContactRole
    valid_from: date
    valid_until: date | None
    status: ContactStatus


def mark_of(contact: Contact) -> Mark:
    return Mark(**{field.name: getattr(contact, field.name) for field in fields(Mark)})


def introduce(person: Person, *, id_: UUID, unit_id: UUID) -> Contact:
    """Raise ContactEndsBeforeItBegins."""
    _expect_in_order(person.valid_from, person.valid_until)
    told = {field.name: getattr(person, field.name) for field in fields(Person)}
    return Contact(**told, id=id_, version=1, unit_id=unit_id, status=_status_of(person.valid_until))


def correct(contact: Contact, person: Person) -> Contact:
    """Raise ContactNotInThatState, ContactEndsBeforeItBegins, ContactUnchanged."""
    PROCEDURE.after(contact.status, ContactMove.CORRECT)
    _expect_in_order(person.valid_from, person.valid_until)
    status = _status_of(person.valid_until)
    told = {field.name: getattr(person, field.name) for field in fields(Person)}
    corrected = replace(contact, **told, status=status, version=contact.version + 1)
    if replace(corrected, version=contact.version) == contact:
        raise ContactUnchanged(PROCEDURE.facts(contact.status))
    return corrected


def end(contact: Contact, last_day: date) -> Contact:
    """Raise ContactNotInThatState, ContactEndsBeforeItBegins."""
    status = PROCEDURE.after(contact.status, ContactMove.END)
    _expect_in_order(contact.valid_from, last_day)
    return replace(contact, valid_until=last_day, status=status, version=contact.version + 1)


def erase(contact: Contact, ground: ErasureGround, *, today: date, retention_days: int) -> Contact:
    """Forget the person; raises ContactNotInThatState, RetentionRunsYet."""
    status = PROCEDURE.after(contact.status, ContactMove.ERASE)
    ended_on = contact.valid_until or today
    kept_until = ended_on + timedelta(days=retention_days)
    if ground is ErasureGround.RETENTION_OVER and today <= kept_until:
        stands = PROCEDURE.facts(contact.status)
        raise RetentionRunsYet(kept_until=kept_until, **stands)
    return replace(
        contact,
        name="",
        function="",
        email="",
        phone="",
        note="",
        status=status,
        version=contact.version + 1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Somebody of the Agency read personal data: a list of a unit or of all, or one person."""

    at: datetime
    actor: str
    affiliation: str
    unit_id: UUID | None
    contact_id: UUID | None
    as_of: date | None


def _status_of(valid_until: date | None) -> ContactStatus:
    return ContactStatus.CURRENT if valid_until is None else ContactStatus.ENDED


def _expect_in_order(valid_from: date, valid_until: date | None) -> None:
    if valid_until is not None and valid_until < valid_from:
        raise ContactEndsBeforeItBegins(
            pointer="/valid_until", valid_from=valid_from, valid_until=valid_until
        )
