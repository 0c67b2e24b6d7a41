"""What software knows of what is evaluated, on one day: the part of a report that nobody writes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from evaluation.progress.domain import Aim, Progress, Reading, in_order, progress_of
from evaluation.shifts.domain import Measured
from shared.contracts.planning import Direction, Periodicity
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
    """An indicator of the plan with all its approved values; a qualitative one has a `wording` instead."""

    indicator_id: UUID
    number: str
    name: str
    unit: str
    direction: Direction
    periodicity: Periodicity
    owner: str
    accumulation: str | None
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    series: tuple[Point, ...]
    wording: str
    overdue: int

    @property
    def reading(self) -> Reading | None:
        """The value that counts: the last one, or the sum where values are added up."""
        if not self.series:
            return None
        last = max(self.series, key=lambda point: (point.measured_on, point.period))
        adds_up = self.accumulation == "incremental"
        value = sum((point.value for point in self.series), Decimal(0)) if adds_up else last.value
        return Reading(value=value, measured_on=last.measured_on)

    def progress(self, on: date) -> Progress:
        aim = Aim(
            direction=self.direction,
            periodicity=self.periodicity,
            unit=self.unit,
            baseline=self.baseline,
            baseline_on=self.baseline_on,
            target=self.target,
            target_on=self.target_on,
        )
        return progress_of(aim, self.reading, today=on)


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
    """Everything is as it was known on `as_of`."""

    as_of: date
    units: tuple[NamedUnit, ...]
    plan: PlanFact | None
    cooperations: tuple[CooperationFact, ...]
    indicators: tuple[IndicatorFact, ...]
    quality: tuple[QualityFact, ...]

    @property
    def indicators_in_order(self) -> list[IndicatorFact]:
        return sorted(self.indicators, key=lambda each: (in_order(each.number), each.indicator_id))
