"""JSON of the progress of a plan."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from uuid import UUID

from pydantic import Field

from evaluation.monitoring.domain import ObligationStatus
from evaluation.progress.domain import Aim, Light, Reading, Reason, in_order, progress_of
from shared.contracts.planning import Direction, Periodicity, PlanKind
from shared.http import ApiModel, DecimalText


class UnitName(ApiModel):
    """A unit of the plan, where registry has told us of it."""

    id: UUID
    name: str


class MonitoredIndicator(ApiModel):
    """An indicator with its last approved value; null where there is none."""

    indicator_id: UUID
    number: str
    name: str
    unit: str
    direction: Direction
    periodicity: Periodicity
    owner: str
    baseline: DecimalText
    baseline_on: date
    target: DecimalText
    target_on: date
    value: DecimalText | None
    measured_on: date | None
    period: str | None

    def aim(self) -> Aim:
        return Aim(
            direction=self.direction,
            periodicity=self.periodicity,
            unit=self.unit,
            baseline=self.baseline,
            baseline_on=self.baseline_on,
            target=self.target,
            target_on=self.target_on,
        )

    def reading(self) -> Reading | None:
        if self.value is None or self.measured_on is None:
            return None
        return Reading(value=self.value, measured_on=self.measured_on)


class IndicatorProgress(MonitoredIndicator):
    """`progress` 0 is the baseline, 1 the target; null is unknown, never 0; `reason` says why the light."""

    progress: DecimalText | None
    expected: DecimalText | None
    light: Light
    reason: Reason


class PlanMonitoring(ApiModel):
    """The monitoring of a plan without its indicators."""

    plan_id: UUID
    revision: int
    kind: PlanKind
    title: str
    valid_from: date
    valid_until: date
    closed_on: date | None
    units: list[UnitName]
    obligations: dict[ObligationStatus, int] = Field(description="How many are in which state")
    next_due_on: date | None


class MonitoredPlan(PlanMonitoring):
    """What the database gives."""

    indicators: list[MonitoredIndicator]


class PlanProgress(PlanMonitoring):
    """The monitoring of a plan on a day."""

    lights: dict[Light, int] = Field(description="How many indicators have which light")
    indicators: list[IndicatorProgress]

    @classmethod
    def of(cls, plan: MonitoredPlan, *, today: date) -> "PlanProgress":
        judged = [
            IndicatorProgress(
                **dict(indicator), **asdict(progress_of(indicator.aim(), indicator.reading(), today=today))
            )
            for indicator in sorted(plan.indicators, key=lambda indicator: in_order(indicator.number))
        ]
        lights = Counter(indicator.light for indicator in judged)
        return cls(
            **dict(plan)
            | {
                "obligations": {status: plan.obligations.get(status, 0) for status in ObligationStatus},
                "lights": {light: lights[light] for light in Light},
                "indicators": judged,
            }
        )
