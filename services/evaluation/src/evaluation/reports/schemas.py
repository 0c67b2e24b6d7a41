"""JSON of reports: the parts that people write, and the report as it is read."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from evaluation.reports.content import (
    ComparedFigure,
    Comparison,
    Evidence,
    EvidenceKind,
    Finding,
    Judgement,
    Measure,
    Proposal,
    SectionCode,
    Strength,
    Verdict,
)
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.measures import MeasureState
from shared.contracts.reports import EvaluationType
from shared.http import ApiModel, Count, Day, DecimalText, LongText, ShortText, Storable, Title

Code = Annotated[str, Field(max_length=10), Storable]
Words = Annotated[LongText, Field(min_length=1)]


class TextIn(ApiModel):
    """The text of one section; an empty one takes it away."""

    text: Annotated[str, Field(max_length=100_000), Storable]


class EvidenceIn(ApiModel):
    kind: EvidenceKind
    reference: Title = Field(description="An id or a number: indicator, measure, reading, document, meeting")
    note: ShortText = ""

    def evidence(self) -> Evidence:
        return Evidence(kind=self.kind, reference=self.reference, note=self.note)


Proofs = Annotated[tuple[EvidenceIn, ...], Field(max_length=50)]


class JudgementIn(ApiModel):
    """A question chosen; without an answer it is yet to be judged."""

    code: Code = Field(examples=["EQ3"])
    answer: LongText = ""
    verdict: Verdict | None = None
    strength: Strength | None = None
    evidence: Proofs = ()

    def judgement(self) -> Judgement:
        return Judgement(
            code=self.code,
            edition=0,
            answer=self.answer,
            verdict=self.verdict,
            strength=self.strength,
            evidence=tuple(each.evidence() for each in self.evidence),
        )


class FindingIn(ApiModel):
    """Without an id it is a new one."""

    id: UUID | None = None
    text: Words
    question: Code | None = None
    evidence: Proofs = ()

    def finding(self, new_id: UUID) -> Finding:
        return Finding(
            id=self.id or new_id,
            text=self.text,
            question=self.question,
            evidence=tuple(each.evidence() for each in self.evidence),
        )


class ProposalIn(ApiModel):
    """A recommendation; the addressee is an office or an organisation, never a person."""

    id: UUID | None = None
    text: Words
    addressee: Title
    priority: RecommendationPriority
    response_due_on: Day
    finding_ids: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()
    node_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()

    def proposal(self, new_id: UUID) -> Proposal:
        return Proposal(
            id=self.id or new_id,
            text=self.text,
            addressee=self.addressee,
            priority=self.priority,
            response_due_on=self.response_due_on,
            finding_ids=tuple(dict.fromkeys(self.finding_ids)),
            node_ids=tuple(dict.fromkeys(self.node_ids)),
        )


class MeasureIn(ApiModel):
    number: ShortText
    name: Title
    state: MeasureState
    source: Title = Field(description="Where the evaluator found it out")
    node_id: UUID | None = None
    note: ShortText = ""

    def measure(self) -> Measure:
        return Measure(**dict(self))


class FigureIn(ApiModel):
    """A figure of the supported unit beside the mean of its peers; null where it is not known."""

    name: Title
    unit: ShortText
    period: ShortText
    supported: DecimalText | None = None
    peers: DecimalText | None = None

    def figure(self) -> ComparedFigure:
        return ComparedFigure(**dict(self))


class ComparisonIn(ApiModel):
    """Similar units that were not supported, as the registry gave them to the analyst."""

    reference: Title = Field(description="Where the peers come from: the address or the file, and its day")
    peers: Annotated[list[Title], Field(max_length=100)]
    figures: Annotated[list[FigureIn], Field(max_length=100)]
    note: LongText = ""

    def comparison(self) -> Comparison:
        return Comparison(
            reference=self.reference,
            peers=tuple(self.peers),
            figures=tuple(each.figure() for each in self.figures),
            note=self.note,
        )


class SimilarIn(ApiModel):
    """Whose like are asked for, by the figures of which year: one before the support began, best."""

    unit_id: UUID
    year: Annotated[Count, Field(ge=2000, le=2100)]
    count: Annotated[Count, Field(ge=1, le=50)] = 10


class GapOut(ApiModel):
    section: SectionCode
    code: str
    cs: str
    en: str


class SectionOut(ApiModel):
    """`computed` is what software knows; null where people alone write."""

    number: int
    code: SectionCode
    title_cs: str
    title_en: str
    text: str
    computed: dict[str, object] | None
    gaps: list[GapOut]


class TypeName(ApiModel):
    code: EvaluationType
    cs: str
    en: str


class NamedUnitOut(ApiModel):
    id: UUID
    name: str


class ReportOut(ApiModel):
    """The whole report. What is frozen is sent byte by byte: its SHA-256 is the digest that was told."""

    form: int
    evaluation: dict[str, object]
    type: TypeName
    edition: int
    reason: str
    as_of: date
    units: list[NamedUnitOut]
    sections: list[SectionOut]
    matrix: list[dict[str, object]]
    findings: list[dict[str, object]]
    recommendations: list[dict[str, object]]
    comparison: dict[str, object] | None
    gaps: list[GapOut]
    similar_units: dict[str, object] | None = None


class EditionOut(ApiModel):
    edition: int
    digest: str
    reason: str
    gaps: int
    affiliation: str
    completed_on: date
    completed_at: datetime


class EditionList(ApiModel):
    items: list[EditionOut]
    next: str | None


class Verification(ApiModel):
    """Whether the kept bytes have the digest that was told, and whether the same inputs give them again."""

    digest: str
    is_intact: bool
    is_reproducible: bool


class JudgementOut(ApiModel):
    """How one report answered the question."""

    evaluation_id: UUID
    edition: int
    type: EvaluationType
    title: str
    plan_title: str | None
    question_edition: int
    answer: str
    verdict: Verdict
    strength: Strength
    evidence: int = Field(description="How many pieces of evidence it stands on")
    completed_on: date


class JudgementList(ApiModel):
    items: list[JudgementOut]
    next: str | None
