"""An entry of the log of correspondence: who wrote or said what to whom; corrected, never deleted."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Invalid, NotFound, RuleBroken


class CorrespondenceUnknown(NotFound):
    cs = "Takový záznam korespondence nemáme."
    en = "There is no such entry of correspondence."


class CorrespondenceUnitUnknown(Invalid):
    cs = "Územní celek {unit_id} v registru není."
    en = "The unit {unit_id} is not in the registry."


class CorrespondenceUnitTwice(Invalid):
    cs = "Územní celek {unit_id} je uveden dvakrát."
    en = "The unit {unit_id} is given twice."


class CorrespondentUnknown(Invalid):
    cs = "Kontakt {contact_id} u těchto celků nemáme."
    en = "There is no contact {contact_id} at these units."


class OccurredInTheFuture(Invalid):
    cs = "Den {occurred_on} ještě nenastal."
    en = "The day {occurred_on} has not come yet."


class MessageOfAnotherChannel(Invalid):
    cs = "Číslo datové zprávy patří jen k datové schránce."
    en = "The id of a data message belongs to the channel of data boxes alone."


class CorrespondenceUnchanged(RuleBroken):
    cs = "Oprava nic nemění: záznam už takový je."
    en = "The correction changes nothing: the entry is like that already."


class DirectionOfPromises(RuleBroken):
    cs = "Záznam se sliby celku nemůže být interní: celek by o svém slibu nevěděl."
    en = "An entry with promises of the unit cannot be internal: the unit would not know of its promise."


class Direction(StrEnum):
    """Internal entries are for the Agency alone."""

    IN = "in"  # přijatá
    OUT = "out"  # odeslaná
    INTERNAL = "internal"  # interní


class Channel(StrEnum):
    DATA_BOX = "data-box"  # datová schránka
    EMAIL = "e-mail"
    PHONE = "phone"  # telefon
    MEETING = "meeting"  # jednání
    LETTER = "letter"  # dopis
    OTHER = "other"  # jinak


CORRECT: Final = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A document, kept by the service of documents."""

    document_id: UUID
    file_name: str
    digest: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """What an entry says; `others` names people who are no contacts, in free text."""

    unit_ids: tuple[UUID, ...]
    occurred_on: date
    direction: Direction
    channel: Channel
    subject: str
    summary: str
    contact_ids: tuple[UUID, ...]
    others: str
    reference_number: str
    message_id: str
    documents: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Substance):
    id: UUID
    version: int
    recorded_by: str
    recorded_at: datetime

    @property
    def is_internal(self) -> bool:
        return self.direction is Direction.INTERNAL

    @property
    def journal_unit_id(self) -> UUID | None:
        """The unit whose people read the journal of it; None where there are several."""
        return self.unit_ids[0] if len(self.unit_ids) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the journal keeps of an entry: all but the names of people."""

    id: UUID
    unit_ids: tuple[UUID, ...]
    occurred_on: date
    direction: Direction
    channel: Channel
    subject: str
    summary: str
    contact_ids: tuple[UUID, ...]
    reference_number: str
    message_id: str
    documents: tuple[Attachment, ...]
    recorded_by: str
    recorded_at: datetime


def kept_of(entry: Entry) -> Kept:
    return Kept(**{field.name: getattr(entry, field.name) for field in fields(Kept)})


def expect_sound(substance: Substance, *, today: date) -> None:
    """Raise what is wrong with an entry alone."""
    if substance.occurred_on > today:
        raise OccurredInTheFuture(pointer="/occurred_on", occurred_on=substance.occurred_on)
    for at, unit_id in enumerate(substance.unit_ids):
        if unit_id in substance.unit_ids[:at]:
            raise CorrespondenceUnitTwice(pointer=f"/unit_ids/{at}", unit_id=unit_id)
    if substance.message_id and substance.channel is not Channel.DATA_BOX:
        raise MessageOfAnotherChannel(pointer="/message_id")


def correct(entry: Entry, substance: Substance) -> Entry:
    """Raise CorrespondenceUnchanged."""
    told = {field.name: getattr(substance, field.name) for field in fields(Substance)}
    corrected = replace(entry, **told, version=entry.version + 1)
    if replace(corrected, version=entry.version) == entry:
        raise CorrespondenceUnchanged(state="recorded", allowed_moves=[CORRECT])
    return corrected
