"""What software knows of what is evaluated, on one day: the part of a report that nobody writes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from evaluation.measures.domain import MeasureFact
from evaluation.participants.attending import HeldActivities
from evaluation.progress.domain import Light, Reason, in_order
from evaluation.recommendations.domain import OpenRecommendation
from evaluation.shifts.domain import Measured
from shared.contracts.planning import Direction
from shared.contracts.reports import EvaluationType


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnit:
    """`name` is empty where registry has not told of the unit."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFact:
    plan_id: UUID
    kind: str
    title: str
    revision: int
    valid_from: date
    valid_until: date
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationFact:
    """A cooperation of one of the units; `areas` are the themes that both parties agreed on."""

    unit_id: UUID
    regime: str | None
    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An approved value: one point of a chart."""

    period: str
    measured_on: date
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFact:
    """An indicator of the plan, its approved values, the oldest first, and how it was judged that day.

    `actual` is what is compared with the target; a qualitative one has a `wording` instead. The judgement
    is kept with the facts: the arithmetic may change, what a report said may not.
    """

    indicator_id: UUID
    number: str
    name: str
    unit: str
    direction: Direction
    owner: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    series: tuple[Point, ...]
    wording: str
    actual: Decimal | None
    progress: Decimal | None
    expected: Decimal | None
    light: Light
    reason: Reason
    overdue: int

    @property
    def measured_on(self) -> date | None:
        return self.series[-1].measured_on if self.series else None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFact:
    """The criteria of quality of one unit: at the start, and as they were agreed last."""

    unit_id: UUID
    domain: str
    assessed_on: date | None
    criteria: tuple[Measured, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the report is about and who made it."""

    evaluation_id: UUID
    type: EvaluationType
    title: str
    due_on: date
    mode: str
    organisation: str
    contract: str
    authors: tuple[str, ...]
    themes: tuple[str, ...]
    region: str
    project: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything is as it was known on `as_of`; the first form of reports did not have what has a default."""

    as_of: date
    units: tuple[NamedUnit, ...]
    plan: PlanFact | None
    cooperations: tuple[CooperationFact, ...]
    indicators: tuple[IndicatorFact, ...]
    quality: tuple[QualityFact, ...]
    measures: tuple[MeasureFact, ...] = ()
    activities: tuple[HeldActivities, ...] = ()
    recommendations: tuple[OpenRecommendation, ...] = ()

    @property
    def indicators_in_order(self) -> list[IndicatorFact]:
        return sorted(self.indicators, key=lambda each: (in_order(each.number), each.indicator_id))
