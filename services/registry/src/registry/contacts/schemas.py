"""JSON of contacts: personal data of officials, for the Agency and the unit's own people."""

import re
from dataclasses import fields
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.contacts.domain import (
    PROCEDURE,
    Contact,
    ContactMove,
    ContactRole,
    ContactStatus,
    EmailMalformed,
    ErasureGround,
    Person,
    PhoneMalformed,
)
from shared.http import ApiModel, Day, ShortText, Storable, Title

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"(\+|00)?\d{9,15}", re.ASCII)
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Storable]
OnDay = Annotated[
    Day | None, Field(description="The day when it took effect; the Agency may write down a past one")
]


class PersonIn(ApiModel):
    role: ContactRole
    name: Title
    function: ShortText = ""
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), Storable] = ""
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Storable] = ""
    note: ShortText = ""
    valid_from: Day
    valid_until: Day | None = None

    def person(self) -> Person:
        """Raise EmailMalformed, PhoneMalformed: neither is told back."""
        if self.email and not _EMAIL.fullmatch(self.email):
            raise EmailMalformed(pointer="/email")
        if self.phone and not _PHONE.fullmatch(re.sub(r"[\s().-]", "", self.phone)):
            raise PhoneMalformed(pointer="/phone")
        return Person(
            role=self.role,
            name=self.name,
            function=self.function,
            email=self.email,
            phone=self.phone,
            note=self.note,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


class UnitContactIn(PersonIn):
    unit_id: UUID
    on: OnDay = None


class ContactCorrectionIn(PersonIn):
    reason: Reason = Field(description="Stays in the journal for ever: no personal data here")
    on: OnDay = None


class ContactEndIn(ApiModel):
    valid_until: Day = Field(description="The last day")
    reason: Reason = Field(description="Stays in the journal for ever: no personal data here")
    on: OnDay = None


class ErasureIn(ApiModel):
    ground: ErasureGround
    on: OnDay = None


class ContactHead(ApiModel):
    """An erased contact has an empty name and nothing else of the person."""

    id: UUID
    version: int
    unit_id: UUID
    status: ContactStatus
    role: ContactRole
    name: str
    function: str
    email: str
    phone: str
    note: str
    valid_from: date
    valid_until: date | None


class UnitContactOut(ContactHead):
    allowed_moves: list[ContactMove]

    @classmethod
    def of(cls, contact: Contact) -> "UnitContactOut":
        values = {field.name: getattr(contact, field.name) for field in fields(contact)}
        return cls.model_validate({**values, "allowed_moves": PROCEDURE.allowed(contact.status)})


class UnitContactList(ApiModel):
    items: list[ContactHead]
    next: str | None


class ReadingOut(ApiModel):
    """Who read what: a list of a unit, of all units (no `unit_id`), or one contact."""

    at: datetime
    actor: str
    affiliation: str
    unit_id: UUID | None
    contact_id: UUID | None
    as_of: date | None


class ReadingList(ApiModel):
    items: list[ReadingOut]
    next: str | None
