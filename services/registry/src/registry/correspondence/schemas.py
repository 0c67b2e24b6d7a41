"""JSON of correspondence and promises."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.correspondence.domain import Attachment, Channel, Direction, Entry, Substance
from registry.correspondence.promises import (
    PROCEDURE,
    Pledge,
    Promise,
    PromiseMove,
    PromiseSide,
    PromiseStatus,
)
from shared.http import ApiModel, Day, Digest, LongText, ShortText, Storable, Title

Person = Annotated[str, StringConstraints(min_length=1, max_length=255), Storable]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Storable]
MessageId = Annotated[
    str, StringConstraints(pattern="^[0-9]{0,20}$"), Field(description="Id of a message in ISDS")
]
OnDay = Annotated[
    Day | None, Field(description="The day when it took effect; the Agency may write down a past one")
]


class EnclosureIn(ApiModel):
    document_id: UUID
    file_name: Title
    digest: Digest = Field(description="SHA-256 of the file, in hex")
    label: ShortText = ""


class PledgeIn(ApiModel):
    """The Agency's promiser is a `person` (subject of tokens), the unit's a `contact_id`."""

    what: Title
    side: PromiseSide
    person: Person | None = None
    contact_id: UUID | None = None
    due_on: Day | None = Field(default=None, description="By when, where it was agreed")

    def pledge(self) -> Pledge:
        return Pledge(
            what=self.what,
            side=self.side,
            person=self.person,
            contact_id=self.contact_id,
            due_on=self.due_on,
        )


class SubstanceIn(ApiModel):
    unit_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50)]
    occurred_on: Day
    direction: Direction = Field(description="Internal entries are for the Agency alone")
    channel: Channel
    subject: Title
    summary: LongText = ""
    contact_ids: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()
    others: ShortText = Field(default="", description="People who are no contacts")
    reference_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable] = ""
    message_id: MessageId = ""
    documents: Annotated[tuple[EnclosureIn, ...], Field(max_length=20)] = ()

    def substance(self) -> Substance:
        return Substance(
            unit_ids=self.unit_ids,
            occurred_on=self.occurred_on,
            direction=self.direction,
            channel=self.channel,
            subject=self.subject,
            summary=self.summary,
            contact_ids=self.contact_ids,
            others=self.others,
            reference_number=self.reference_number,
            message_id=self.message_id,
            documents=tuple(Attachment(**each.model_dump()) for each in self.documents),
        )


class CorrespondenceIn(SubstanceIn):
    promises: Annotated[tuple[PledgeIn, ...], Field(max_length=20)] = ()
    on: OnDay = None


class CorrespondenceCorrectionIn(SubstanceIn):
    """Promises are corrected one by one, by their own addresses."""

    reason: Reason
    on: OnDay = None


class PromiseIn(PledgeIn):
    on: OnDay = None


class PromiseCorrectionIn(PledgeIn):
    reason: Reason
    on: OnDay = None


class SettlementIn(ApiModel):
    note: ShortText = ""
    on: OnDay = None


class AbandonmentIn(ApiModel):
    note: Reason = Field(description="Why it will not be done")
    on: OnDay = None


class EnclosureOut(ApiModel):
    document_id: UUID
    file_name: str
    digest: str
    label: str


class PromiseHead(ApiModel):
    id: UUID
    version: int
    correspondence_id: UUID
    promised_on: date
    what: str
    side: PromiseSide
    person: str | None
    contact_id: UUID | None
    due_on: date | None
    status: PromiseStatus
    settled_on: date | None
    settlement_note: str


class PromiseOut(PromiseHead):
    allowed_moves: list[PromiseMove]

    @classmethod
    def of(cls, promise: Promise) -> "PromiseOut":
        values = {field.name: getattr(promise, field.name) for field in fields(promise)}
        return cls.model_validate({**values, "allowed_moves": PROCEDURE.allowed(promise.status)})


class PromiseListed(PromiseHead):
    overdue: bool
    subject: str = Field(description="Of the entry in which it was made")
    unit_ids: list[UUID]


class PromiseList(ApiModel):
    items: list[PromiseListed]
    next: str | None


class CorrespondenceHead(ApiModel):
    id: UUID
    version: int
    unit_ids: list[UUID]
    occurred_on: date
    direction: Direction
    channel: Channel
    subject: str
    summary: str
    contact_ids: list[UUID]
    others: str
    reference_number: str
    message_id: str
    documents: list[EnclosureOut]
    recorded_by: str
    recorded_at: datetime


class CorrespondenceOut(CorrespondenceHead):
    promises: list[PromiseOut]

    @classmethod
    def of(cls, entry: Entry, promises: Sequence[Promise]) -> "CorrespondenceOut":
        values = {field.name: getattr(entry, field.name) for field in fields(entry)}
        return cls.model_validate({**values, "promises": [PromiseOut.of(each) for each in promises]})


class CorrectedCorrespondenceOut(CorrespondenceHead):
    """The entry without its promises: a correction does not touch them."""

    @classmethod
    def of(cls, entry: Entry) -> "CorrectedCorrespondenceOut":
        return cls.model_validate({field.name: getattr(entry, field.name) for field in fields(entry)})


class CorrespondenceList(ApiModel):
    items: list[CorrespondenceHead]
    next: str | None
