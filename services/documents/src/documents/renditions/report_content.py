"""A frozen evaluation report as far as the paper shows it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    evaluation_id: UUID
    title: str = ""
    organisation: str = ""
    contract: str = ""
    authors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    region: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeName:
    code: str
    cs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnit:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    cs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    unit_id: UUID
    regime: str | None
    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    plan_id: UUID | None = None
    title: str
    revision: int
    valid_from: date
    valid_until: date
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    period: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    number: str
    name: str
    unit: str
    owner: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    series: tuple[Point, ...]
    wording: str
    actual: Decimal | None
    progress: Decimal | None
    light: str
    reason: str
    measured_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    number: str
    name: str
    state: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityArea:
    area: str
    start: Decimal | None
    now: Decimal | None
    shift: Decimal | None
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    unit_id: UUID
    assessed_on: date | None
    shift: Decimal | None
    counts: dict[str, int]
    areas: tuple[QualityArea, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What software knows of a section; which of it there is depends on the section."""

    cooperations: tuple[Cooperation, ...] | None = None
    plan: Plan | None = None
    indicators: tuple[Indicator, ...] | None = None
    measures: tuple[Measure, ...] = ()
    quality: tuple[Quality, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    number: int
    code: str
    title_cs: str
    text: str
    computed: Computed | None = None
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    kind: str
    reference: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    code: str
    criterion: str
    cs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    question: Question
    answer: str
    verdict: str | None
    strength: str | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    number: str
    text: str
    question: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    number: str
    text: str
    addressee: str
    priority: str
    response_due_on: date
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    name: str
    unit: str
    period: str
    supported: Decimal | None
    peers: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    reference: str
    peers: tuple[str, ...]
    figures: tuple[Figure, ...]
    note: str = ""
    caveat_cs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """`form` may grow: what a later one adds is passed over."""

    form: int
    evaluation: Head
    type: TypeName
    edition: int
    reason: str
    as_of: date
    units: tuple[NamedUnit, ...]
    sections: tuple[Section, ...]
    matrix: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    comparison: Comparison | None = None
    gaps: tuple[Gap, ...] = field(default=())
