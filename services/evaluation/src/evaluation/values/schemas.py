"""JSON of obligations and their values."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, JsonValue

from evaluation.definitions.kinds import Dimension
from evaluation.monitoring.domain import CancelReason, ObligationStatus
from evaluation.sources.domain import Because
from evaluation.values.breakdown import Breakdown, PartValue
from evaluation.values.domain import Obligation, Report
from evaluation.values.life import Act
from shared.contracts.documents import DocumentRef
from shared.http import ApiModel, Day, DecimalText, Digest, LongText, Title

Late = Annotated[
    Title | None, Field(description="Why a value of a locked period moves", examples=["Chyba v podkladech"])
]


class PartIn(ApiModel):
    """The value of one part, for example of women."""

    dimension: Dimension
    part: Title = Field(examples=["women"])
    value: DecimalText

    def part_value(self) -> PartValue:
        return PartValue(dimension=self.dimension, part=self.part, value=self.value)


class EvidenceIn(ApiModel):
    """A file in the service of documents."""

    document_id: UUID
    file_name: Title
    digest: Digest = Field(description="SHA-256")


class DraftIn(ApiModel):
    """What is being prepared; nothing of it is checked before it is reported."""

    value: DecimalText | None = None
    wording: LongText | None = None
    measured_on: Day | None = None
    source: Title | None = None
    note: LongText = ""
    parts: list[PartIn] = Field(default_factory=list, max_length=50)
    not_broken_down: list[Dimension] = Field(default_factory=list, max_length=len(Dimension))
    evidence: list[EvidenceIn] = Field(default_factory=list, max_length=20)


class ReportIn(DraftIn):
    """A value for the period of the obligation: a number, or words where the indicator is qualitative."""

    value: DecimalText | None = Field(None, examples=["42.5"])
    measured_on: Day = Field(description="The day that the value describes", examples=["2026-12-31"])
    source: Title = Field(description="Where the value comes from", examples=["Úřad práce ČR"])
    late_reason: Late = None

    def report(self) -> Report:
        return Report(
            value=self.value,
            wording=self.wording or None,
            measured_on=self.measured_on,
            source=self.source,
            note=self.note,
            breakdown=Breakdown(
                parts=tuple(part.part_value() for part in self.parts),
                not_broken_down=tuple(dict.fromkeys(self.not_broken_down)),
            ),
            evidence=tuple(DocumentRef(**dict(each)) for each in self.evidence),
            late_reason=self.late_reason,
        )


class CorrectionIn(ReportIn):
    """Another value in place of one that counts, and why."""

    reason: Title = Field(examples=["Do počtu byly omylem zahrnuty i noclehárny."])


class ComputationIn(ApiModel):
    note: LongText = ""
    late_reason: Late = None


class FigureCorrectionIn(ApiModel):
    """Why the newer figures of the registry count in place of the value."""

    reason: Title = Field(examples=["Registr vydal opravené údaje."])
    note: LongText = ""


class ApprovalIn(ApiModel):
    late_reason: Late = None


class ReturnIn(ApiModel):
    reason: Title = Field(examples=["Hodnota je za okres, ne za obec."])


class ObligationState(ApiModel):
    """What a decision left behind."""

    id: UUID
    status: ObligationStatus
    value: DecimalText | None
    wording: str | None
    measured_on: date | None
    version: int

    @classmethod
    def of(cls, obligation: Obligation) -> "ObligationState":
        return cls(
            id=obligation.obligation_id,
            status=obligation.status,
            value=obligation.value,
            wording=obligation.wording,
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
    definition_code: str | None
    definition_edition: int | None
    is_locked: bool


class PartOfValue(ApiModel):
    dimension: Dimension
    part: str
    value: DecimalText


class BreakdownOut(ApiModel):
    parts: list[PartOfValue]
    not_broken_down: list[Dimension]


class EvidenceOut(ApiModel):
    document_id: UUID
    file_name: str
    digest: str


class ActOut(ApiModel):
    """What somebody did with the value; it never changes. `late`: the period was locked."""

    act: Act
    version: int
    value: DecimalText | None
    wording: str | None
    measured_on: date | None
    source: str | None
    note: str | None
    reason: str | None
    late: bool
    definition_code: str | None
    definition_edition: int | None
    breakdown: BreakdownOut | None
    evidence: list[EvidenceOut] | None
    derivation: dict[str, JsonValue] | None
    actor_id: str
    actor_affiliation: str
    at: datetime


class DraftOut(ApiModel):
    """What the plan's own people prepare."""

    content: dict[str, JsonValue]
    actor_affiliation: str
    at: datetime


class DoubtOut(ApiModel):
    """What the source of the value says now, while nobody has decided what to do about it.

    `told`: the newer figures and what they come to (null: one is missing), or why it was not recomputed.
    """

    because: Because
    told: dict[str, JsonValue]
    noted_at: datetime
    due_on: date


class ObligationDetail(ObligationOut):
    acts: list[ActOut]
    draft: DraftOut | None
    doubt: DoubtOut | None = None


class ObligationList(ApiModel):
    items: list[ObligationOut]
    next: str | None
