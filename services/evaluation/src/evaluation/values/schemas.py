"""JSON of obligations and their values."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from evaluation.monitoring.domain import CancelReason, ObligationStatus
from evaluation.values.domain import Act, Obligation, Report
from shared.http import ApiModel, Day, DecimalText, LongText, Title


class ReportIn(ApiModel):
    """A value for the period of the obligation."""

    value: DecimalText = Field(examples=["42.5"])
    measured_on: Day = Field(description="The day that the value describes", examples=["2026-12-31"])
    source: Title = Field(description="Where the value comes from", examples=["Úřad práce ČR"])
    note: LongText = ""

    def report(self) -> Report:
        return Report(value=self.value, measured_on=self.measured_on, source=self.source, note=self.note)


class ReturnIn(ApiModel):
    reason: Title = Field(examples=["Hodnota je za okres, ne za obec."])


class ObligationState(ApiModel):
    """What a decision left behind."""

    id: UUID
    status: ObligationStatus
    value: DecimalText | None
    measured_on: date | None
    version: int

    @classmethod
    def of(cls, obligation: Obligation) -> "ObligationState":
        return cls(
            id=obligation.obligation_id,
            status=obligation.status,
            value=obligation.value,
            measured_on=obligation.measured_on,
            version=obligation.version,
        )


class ObligationOut(ObligationState):
    """One value to report, with the names that a list shows."""

    plan_id: UUID
    plan_title: str
    indicator_id: UUID
    indicator_number: str
    indicator_name: str
    indicator_unit: str
    period: str
    starts_on: date
    ends_on: date
    due_on: date
    owner: str
    cancelled_reason: CancelReason | None


class ActOut(ApiModel):
    """What somebody did with the value; it never changes."""

    act: Act
    version: int
    value: DecimalText
    measured_on: date | None
    source: str | None
    note: str | None
    reason: str | None
    actor_id: str
    actor_affiliation: str
    at: datetime


class ObligationDetail(ObligationOut):
    acts: list[ActOut]


class ObligationList(ApiModel):
    items: list[ObligationOut]
    next: str | None
