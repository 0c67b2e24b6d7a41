"""JSON of participants and of their support."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from evaluation.participants.domain import LegalBasis, Origin, Support, SupportKind
from evaluation.projects.conversion import SupportUnit
from shared.http import ApiModel, Count, Day, Reason, ShortText, Storable, Title

Key = Annotated[str, StringConstraints(min_length=8, max_length=64), Storable]
Amount = Annotated[int, Field(strict=True, ge=1, le=1440)]
Corrected = Annotated[Count, Field(le=1440)]


class ParticipantIn(ApiModel):
    key: Key = Field(
        description="Pseudonymous: made by chance or as a keyed digest where names are known; never a name",
        examples=["x7Kp2mQ9vT4d"],
    )
    role: Title = Field(examples=["social-worker"])
    legal_basis: LegalBasis


class SupportIn(ApiModel):
    supported_on: Day
    kind: SupportKind
    unit: SupportUnit = Field(
        default=SupportUnit.HOUR_60, description="In what it counts: 45 minutes of a lesson make an hour"
    )
    amount: Amount = Field(description="Minutes, or 1 for a month of housing", examples=[90])
    key_activity_id: UUID | None = None
    reason: ShortText = Field(default="", description="A note, never about the person")

    def support(self) -> Support:
        return Support(
            supported_on=self.supported_on,
            kind=self.kind,
            unit=self.unit,
            amount=self.amount,
            key_activity_id=self.key_activity_id,
            reason=self.reason,
        )


class CorrectionIn(ApiModel):
    entry_id: UUID
    amount: Corrected = Field(description="What the entry should have given; 0 takes it back")
    reason: Reason


class WithdrawalIn(ApiModel):
    withdrawn_on: Day = Field(description="The last day on which support counts")


class MergerIn(ApiModel):
    same_as: UUID = Field(description="The registration under which the hours are summed")


class ParticipantCreated(ApiModel):
    id: UUID
    version: int


class ParticipantChanged(ApiModel):
    id: UUID
    version: int
    withdrawn_on: date | None
    erased_at: datetime | None
    same_as: UUID | None


class EntryCreated(ApiModel):
    id: UUID
    supported_on: date
    unit: SupportUnit
    amount: int = Field(description="Of this entry; a correction may take away")
    corrects_id: UUID | None


class ImportedOut(ApiModel):
    activities: int = Field(description="Activities in the time of the project, and those counted before")
    entries: int = Field(description="Entries that were made: none where all was recorded already")


class ParticipantOut(ApiModel):
    """A person with the hours up to the day asked for; `counted_on` is the day of crossing the threshold."""

    id: UUID
    version: int
    key: str | None = Field(description="Null once it was erased")
    role: str
    legal_basis: LegalBasis | None = Field(description="Null where attendance brought the person in")
    registered_at: datetime
    withdrawn_on: date | None
    erased_at: datetime | None
    hours: str = Field(examples=["39:59"])
    entries: int
    counted_on: date | None
    last_supported_on: date | None


class ParticipantPage(ApiModel):
    items: list[ParticipantOut]
    next: str | None


class EntryOut(ApiModel):
    id: UUID
    participant_id: UUID = Field(description="Another registration of the same person, perhaps")
    supported_on: date
    kind: SupportKind
    unit: SupportUnit
    amount: int
    hours: str
    origin: Origin
    activity_id: UUID | None
    corrects_id: UUID | None
    key_activity: str | None
    reason: str
    recorded_at: datetime


class ParticipantDetail(ParticipantOut):
    support: list[EntryOut]
