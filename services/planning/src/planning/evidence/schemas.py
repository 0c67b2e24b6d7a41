"""The JSON of evidence. Values are decimals as text."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from planning.evidence.domain import Citation, Claim, Evidence, Freshness, Measure, StepKind
from shared.http import ApiModel, Count, Day, DecimalText, LongText, Reasons, ShortText, Storable, Title

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,39}$"), Storable]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=2_000), Storable]
Vintage = Annotated[Count, Field(ge=1, le=2_000_000_000)]
Percent = Annotated[DecimalText, Field(ge=0, le=1000)]


def _first_of_month(day: date) -> date:
    if day.day != 1 or day.year < 1990:
        raise ValueError("a period is told by its first day, from 1990 on")
    return day


Period = Annotated[Day, AfterValidator(_first_of_month)]


class CitationIn(ApiModel):
    """What is cited. A claim holds while the value is within its bounds, and its tolerance.

    A figure, the Index, its band or a component (points of one indicator) has a unit, a period and the
    value; a figure and a component a series. An analysis has an address or a document instead.
    """

    measure: Measure
    title: Title = Field(examples=["Osoby v exekuci"])
    unit_id: UUID | None = None
    series: Code | None = Field(default=None, examples=["EXE"])
    period: Period | None = Field(default=None, description="Its first day; 1 January for a year")
    vintage: Vintage | None = Field(default=None, description="Left out: the edition in force")
    method: Code | None = Field(default=None, description="Of the Index; left out: the one in force")
    value: DecimalText | None = Field(default=None, examples=["750"])
    url: Address | None = None
    document_id: UUID | None = None
    claim: LongText = ""
    at_least: DecimalText | None = Field(default=None, description="The claim holds from this value up")
    at_most: DecimalText | None = Field(default=None, description="The claim holds up to this value")
    tolerance_percent: Percent | None = Field(
        default=None, description="How far the value may move from the cited one"
    )
    note: ShortText = Field(default="", description="Why it is cited so; kept among the steps")

    def citation(self) -> Citation:
        bounds = {"at_least", "at_most", "tolerance_percent"}
        said = {name: getattr(self, name) for name in type(self).model_fields if name not in _NOT_CITED}
        claim = Claim(text=self.claim, **{name: getattr(self, name) for name in bounds})
        return Citation(claim=claim, **said)


_NOT_CITED = frozenset({"claim", "at_least", "at_most", "tolerance_percent", "note"})


class UpholdIn(ApiModel):
    because: Reasons


class RemovalIn(ApiModel):
    reason: Reasons


class EvidenceState(ApiModel):
    """What was made of the link."""

    id: UUID
    version: int
    state: Freshness

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        return cls(id=evidence.id, version=evidence.version, state=evidence.judgement.state)


class EvidenceOut(ApiModel):
    """A link with what the last check found; `current_*` is what the newest comparable edition tells.

    `current_from` is the first day of its period.
    """

    id: UUID
    version: int
    plan_id: UUID
    plan_title: str
    node_id: UUID
    node_number: str
    node_title: str
    measure: Measure
    title: str
    unit_id: UUID | None
    unit_name: str | None
    series: str | None
    period: date | None
    vintage: int | None
    method: str | None
    value: str | None
    url: str | None
    document_id: UUID | None
    claim: str
    at_least: str | None
    at_most: str | None
    tolerance_percent: str | None
    state: Freshness
    reason_cs: str
    reason_en: str
    current_value: str | None
    current_from: date | None
    current_vintage: int | None
    checked_at: datetime | None
    created_at: datetime
    changed_at: datetime


class EvidenceList(ApiModel):
    items: tuple[EvidenceOut, ...]
    next: str | None


class EvidenceStep(ApiModel):
    version: int
    kind: StepKind
    state: Freshness
    reason_cs: str
    reason_en: str
    citation: dict[str, object] = Field(description="What was cited after the step")
    note: str
    affiliation: str
    at: datetime


class EvidenceStepList(ApiModel):
    items: tuple[EvidenceStep, ...]
    next: str | None


class FrozenClaim(ApiModel):
    text: str
    at_least: str | None
    at_most: str | None
    tolerance_percent: str | None


class FrozenEvidence(ApiModel):
    """What a problem cited when the council approved the revision."""

    id: UUID
    node_id: UUID
    number: str
    measure: Measure
    title: str
    unit_id: UUID | None
    series: str | None
    period: date | None
    vintage: int | None
    method: str | None
    value: str | None
    url: str | None
    document_id: UUID | None
    claim: FrozenClaim


class FrozenEvidenceList(ApiModel):
    """The evidence of the revision in force on a day, as its frozen text has it."""

    revision: int
    items: tuple[FrozenEvidence, ...]
