"""JSON of the progress of a plan."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from uuid import UUID

from pydantic import Field

from evaluation.definitions.bridging import Bridge, BridgeKind
from evaluation.definitions.kinds import Accumulation, Kind
from evaluation.monitoring.domain import ObligationStatus
from evaluation.progress.accounting import Judged, Reported, judge
from evaluation.progress.domain import Aim, Light, Reason, in_order
from shared.contracts.planning import Direction, Periodicity, PlanKind
from shared.http import ApiModel, Day, DecimalText, Title


class UnitName(ApiModel):
    """A unit of the plan, where registry has told us of it."""

    id: UUID
    name: str


class PlannedAim(ApiModel):
    """What the plan says of an indicator, and what people said that it measures."""

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
    definition_code: str | None
    definition_edition: int | None
    version: int


class ApprovedValue(ApiModel):
    value: DecimalText | None
    wording: str | None
    measured_on: date
    period: str
    edition: int | None

    def reported(self) -> Reported:
        return Reported(value=self.value, measured_on=self.measured_on, edition=self.edition)


class KnownEdition(ApiModel):
    """What progress needs of an edition of the definition."""

    edition: int
    kind: Kind
    accumulation: Accumulation
    bridge: BridgeKind | None
    factor: DecimalText | None
    offset: DecimalText | None


class JudgedIndicator(ApiModel):
    """What an indicator is judged by: its approved values, the oldest first, or the last alone."""

    unit: str
    direction: Direction
    periodicity: Periodicity
    baseline: DecimalText
    baseline_on: date
    target: DecimalText
    target_on: date
    definition_edition: int | None
    accumulation: Accumulation | None
    values: list[ApprovedValue]
    editions: list[KnownEdition]

    def kind(self) -> Kind | None:
        """Return the kind in the edition of the last value, or else in that of the plan."""
        edition = (self.values[-1].edition if self.values else None) or self.definition_edition
        return next((each.kind for each in self.editions if each.edition == edition), None)

    def accumulates(self) -> Accumulation:
        said = self.accumulation or (self.editions[-1].accumulation if self.editions else None)
        return said or Accumulation.STATE

    def judged(self, *, today: date) -> Judged:
        names = ("direction", "periodicity", "unit", "baseline", "baseline_on", "target", "target_on")
        return judge(
            Aim(**{name: getattr(self, name) for name in names}, kind=self.kind()),
            [each.reported() for each in self.values],
            accumulation=self.accumulates(),
            edition=self.definition_edition,
            bridges={
                each.edition: Bridge(kind=each.bridge, factor=each.factor, offset=each.offset)
                for each in self.editions
                if each.bridge is not None
            },
            today=today,
        )


@lru_cache(maxsize=16_384)
def light_of(indicator: str, today: date) -> Light:
    """Judge an indicator by its JSON; kept, as the same facts have the same light and few change in a day."""
    return JudgedIndicator.model_validate_json(indicator).judged(today=today).progress.light


class MonitoredIndicator(PlannedAim, JudgedIndicator):
    """An indicator with all its approved values, as the database gives it."""


class IndicatorProgress(PlannedAim):
    """`progress` 0 is the baseline, 1 the target; null is unknown, never 0; `reason` says why the light.

    `value` is the last approved one; `actual` is what is compared: for increments, all of them.
    """

    accumulation: Accumulation
    kind: Kind | None
    value: DecimalText | None
    wording: str | None
    measured_on: date | None
    period: str | None
    actual: DecimalText | None
    progress: DecimalText | None
    expected: DecimalText | None
    light: Light
    reason: Reason

    @classmethod
    def of(cls, indicator: MonitoredIndicator, *, today: date) -> "IndicatorProgress":
        judged = indicator.judged(today=today)
        last = indicator.values[-1] if indicator.values else None
        return cls(
            **{name: getattr(indicator, name) for name in PlannedAim.model_fields},
            accumulation=indicator.accumulates(),
            kind=indicator.kind(),
            value=last.value if last else None,
            wording=last.wording if last else None,
            measured_on=last.measured_on if last else None,
            period=last.period if last else None,
            actual=judged.actual,
            **asdict(judged.progress),
        )


class PlanMonitoring(ApiModel):
    """The monitoring of a plan without its indicators."""

    plan_id: UUID
    revision: int
    kind: PlanKind
    title: str
    valid_from: date
    valid_until: date
    closed_on: date | None
    locked_until: date | None = Field(description="Until then values move only with a reason")
    version: int
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
            IndicatorProgress.of(indicator, today=today)
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


class LockIn(ApiModel):
    """Lock periods that end until a day; null unlocks them all."""

    locked_until: Day | None = Field(examples=["2026-12-31"])
    reason: Title = Field(examples=["Výroční zpráva za rok 2026 byla zveřejněna."])


class LockState(ApiModel):
    plan_id: UUID
    locked_until: date | None
    version: int
