"""The JSON of consultations."""

from datetime import date, datetime, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from planning.consultations.advice import Severity, Warned
from planning.consultations.domain import (
    SETTLEMENT_DAYS,
    Channel,
    Consultation,
    ConsultationStatus,
    DeadlineRule,
    Hearing,
)
from shared.contracts.planning import PlanKind
from shared.days import day_of
from shared.http import ApiModel, Day, Flag, Instant, LongText, Reason, ShortText, Title


class HearingIn(ApiModel):
    held_at: Instant
    place: Title
    minutes: ShortText = Field(default="", description="Where the minutes are, once it was held")

    def hearing(self) -> Hearing:
        return Hearing(held_at=self.held_at, place=self.place, minutes=self.minutes)


class ConsultationIn(ApiModel):
    title: Title = Field(examples=["Připomínky k návrhu plánu sociálního začleňování Obrnice 2026–2030"])
    opens_at: Instant
    closes_at: Instant = Field(description="The first instant that is late")
    deadline_rule: DeadlineRule = DeadlineRule.DELIVERED
    channels: Annotated[frozenset[Channel], Field(min_length=1)] = frozenset(
        {Channel.WEB, Channel.EMAIL, Channel.POST, Channel.IN_PERSON}
    )
    form_required: Flag = Field(default=False, description="The form asks for a name and a contact")
    settle_by_on: Day | None = Field(
        default=None, description=f"By default {SETTLEMENT_DAYS} days after the last day for comments"
    )
    contact: ShortText = Field(default="", description="Public: the office or the person who takes comments")
    paper_place: ShortText = Field(default="", description="Where the draft and forms lie on paper")
    instructions: LongText = ""
    hearing: HearingIn | None = None

    def consultation(self, consultation_id: UUID, plan_id: UUID) -> Consultation:
        last_day = day_of(self.closes_at - timedelta(microseconds=1))
        return Consultation(
            id=consultation_id,
            version=1,
            plan_id=plan_id,
            revision=1,
            unit_ids=(),
            title=self.title,
            status=ConsultationStatus.PREPARATION,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            deadline_rule=self.deadline_rule,
            channels=self.channels,
            form_required=self.form_required,
            settle_by_on=self.settle_by_on or last_day + timedelta(days=SETTLEMENT_DAYS),
            contact=self.contact,
            paper_place=self.paper_place,
            instructions=self.instructions,
            hearing=self.hearing.hearing() if self.hearing else None,
        )


class NewConsultationIn(ConsultationIn):
    plan_id: UUID


class ProlongationIn(ApiModel):
    closes_at: Instant
    reason: Reason


class CancellationIn(ApiModel):
    reason: Reason


class HearingOfIn(ApiModel):
    hearing: HearingIn | None = Field(description="Null where there is none after all")


class WarningOut(ApiModel):
    code: str
    severity: Severity
    detail: str

    @classmethod
    def of(cls, warned: Warned, language: str) -> Self:
        detail = warned.cs if language == "cs" else warned.en
        return cls(code=warned.code, severity=warned.severity, detail=detail)


class ConsultationState(ApiModel):
    """What a change made of the consultation, and what the field advises."""

    id: UUID
    version: int
    status: ConsultationStatus
    opens_at: datetime
    closes_at: datetime
    settle_by_on: date
    digest: str | None
    warnings: tuple[WarningOut, ...]


class UnitOfConsultation(ApiModel):
    id: UUID
    name: str


class HearingOut(ApiModel):
    held_at: datetime
    place: str
    minutes: str


class ProlongationOut(ApiModel):
    prolonged_at: datetime
    closed_at: datetime = Field(description="When it would have closed")
    closes_at: datetime
    reason: str


class ConsultationSummary(ApiModel):
    id: UUID
    version: int
    plan_id: UUID
    plan_kind: PlanKind
    revision: int
    units: tuple[UnitOfConsultation, ...]
    title: str
    status: ConsultationStatus
    opens_at: datetime
    closes_at: datetime
    settle_by_on: date
    comments: int = Field(description="How many came, with the withdrawn and the late ones")
    digest: str | None = Field(description="SHA-256 of the frozen draft")
    opened_at: datetime | None
    settled_at: datetime | None
    published_at: datetime | None


class ConsultationOut(ConsultationSummary):
    deadline_rule: DeadlineRule
    channels: tuple[Channel, ...]
    form_required: bool
    contact: str
    paper_place: str
    instructions: str
    hearing: HearingOut | None
    prolongations: tuple[ProlongationOut, ...]
    cancel_reason: str


class ConsultationList(ApiModel):
    items: tuple[ConsultationSummary, ...]
    next: str | None
