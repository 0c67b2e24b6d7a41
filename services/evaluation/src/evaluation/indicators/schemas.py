"""JSON of what indicators of plans measure, of their series, and of sums over plans."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from evaluation.definitions.bridging import Bridge, bridged
from evaluation.definitions.domain import Definition
from evaluation.definitions.kinds import Accumulation, Dimension, Kind
from evaluation.indicators.domain import MonitoredIndicator
from evaluation.indicators.summing import Approved, Contribution, Counted, LeftOut, RollUp
from evaluation.indicators.use_cases import Said
from evaluation.monitoring.domain import ObligationStatus
from evaluation.values.breakdown import PartValue
from shared.http import ApiModel, DecimalText, Row, Title

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,29}$")]


class PartTargetIn(ApiModel):
    """What one part should reach, for example women."""

    dimension: Dimension
    part: Title = Field(examples=["women"])
    value: DecimalText


class MeaningIn(ApiModel):
    """What an indicator of a plan measures."""

    code: Code | None = Field(description="A code of the catalogue, null: none of it", examples=["P01"])
    accumulation: Accumulation | None = Field(None, description="Null: as the catalogue says, or a state")
    part_targets: list[PartTargetIn] = Field(default_factory=list, max_length=50)

    def said(self) -> Said:
        targets = (
            PartValue(dimension=each.dimension, part=each.part, value=each.value)
            for each in self.part_targets
        )
        return Said(code=self.code, accumulation=self.accumulation, part_targets=tuple(targets))


class PartTargetOut(ApiModel):
    dimension: Dimension
    part: str
    value: DecimalText


class MeaningState(ApiModel):
    indicator_id: UUID
    plan_id: UUID
    definition_code: str | None
    definition_edition: int | None
    accumulation: Accumulation | None
    part_targets: list[PartTargetOut]
    version: int

    @classmethod
    def of(cls, indicator: MonitoredIndicator) -> "MeaningState":
        targets = [
            PartTargetOut(dimension=each.dimension, part=each.part, value=each.value)
            for each in indicator.part_targets
        ]
        return cls(
            indicator_id=indicator.indicator_id,
            plan_id=indicator.plan_id,
            definition_code=indicator.code,
            definition_edition=indicator.edition,
            accumulation=indicator.accumulation,
            part_targets=targets,
            version=indicator.version,
        )


class StoredBreakdown(ApiModel):
    parts: list[PartTargetOut]
    not_broken_down: list[Dimension]


class StoredPoint(ApiModel):
    """A value as it was reported, under the words of its time."""

    obligation_id: UUID
    period: str
    starts_on: date
    ends_on: date
    status: ObligationStatus
    value: DecimalText | None
    wording: str | None
    measured_on: date
    definition_code: str | None
    definition_edition: int | None
    breakdown: StoredBreakdown | None


class SeriesPoint(StoredPoint):
    """`comparable` is the value under the newest edition; null where no bridge leads there.

    `breaks`: the value before this one was reported under another edition.
    """

    comparable: DecimalText | None
    breaks: bool


class StoredSeries(ApiModel):
    """An indicator with its values, as the database gives it."""

    indicator_id: UUID
    plan_id: UUID
    number: str
    name: str
    unit: str
    definition_code: str | None
    definition_edition: int | None
    defined_by: str | None
    accumulation: Accumulation | None
    part_targets: list[PartTargetOut]
    version: int
    points: list[StoredPoint]


class IndicatorSeries(ApiModel):
    """An indicator of a plan over time; where the definition changed, the series visibly breaks."""

    indicator_id: UUID
    plan_id: UUID
    number: str
    name: str
    unit: str
    definition_code: str | None
    definition_edition: int | None
    newest_edition: int | None
    defined_by: str | None
    accumulation: Accumulation | None
    part_targets: list[PartTargetOut]
    version: int
    points: list[SeriesPoint]

    @classmethod
    def of(cls, series: StoredSeries, definition: Definition | None) -> "IndicatorSeries":
        newest = definition.newest.edition if definition else None
        bridges = definition.bridges if definition else {}
        before: int | None = None
        points = []
        for index, point in enumerate(series.points):
            edition = point.definition_edition
            points.append(
                SeriesPoint(
                    **dict(point),
                    comparable=_carried(point, newest, bridges),
                    breaks=index > 0 and edition != before,
                )
            )
            before = edition
        return cls(**dict(series) | {"newest_edition": newest, "points": points})


def _carried(point: StoredPoint, newest: int | None, bridges: Mapping[int, Bridge]) -> Decimal | None:
    if point.value is None or newest is None or point.definition_edition is None:
        return point.value
    return bridged(point.value, since=point.definition_edition, until=newest, bridges=bridges)


class ContributionOut(ApiModel):
    """What a plan gives to the sum, or why it gives nothing."""

    plan_id: UUID
    plan_title: str
    indicator_id: UUID
    indicator_number: str
    unit_ids: list[UUID]
    value: DecimalText | None
    missing: int = Field(description="Values of the window that are not approved yet")
    left_out: LeftOut | None
    overlaps: list[UUID] = Field(
        default_factory=list, description="Plans that are counted and share territory with this one"
    )


class RollUpOut(ApiModel):
    """`total` is null where the kind is never summed, or where nothing was counted."""

    code: str
    edition: int
    kind: Kind
    unit: str
    accumulation: Accumulation
    is_summable: bool
    since: date
    until: date
    total: DecimalText | None
    counted: int
    left_out: int
    contributions: list[ContributionOut]


def contribution_in(row: Row) -> Contribution:
    """Read what a plan may give to a sum from its row."""
    values = json.loads(row["values"])
    return Contribution(
        plan_id=row["plan_id"],
        indicator_id=row["indicator_id"],
        unit_ids=frozenset(row["unit_ids"]),
        covered=frozenset(row["covered"]),
        accumulation=Accumulation(row["accumulation"]) if row["accumulation"] else None,
        values=tuple(
            Approved(
                measured_on=date.fromisoformat(each["measured_on"]),
                value=Decimal(each["value"]),
                edition=each["edition"],
            )
            for each in values
        ),
        crossing=row["crossing"],
        missing=row["missing"],
    )


def contributions_out(rolled: RollUp, rows: Sequence[Row]) -> list[ContributionOut]:
    """Return what was counted and what was not, by plan."""
    by_key = {(row["plan_id"], row["indicator_id"]): row for row in rows}
    return [
        _out(each, by_key[each.contribution.plan_id, each.contribution.indicator_id])
        for each in rolled.counted
    ]


def _out(counted: Counted, row: Row) -> ContributionOut:
    return ContributionOut(
        plan_id=row["plan_id"],
        plan_title=row["plan_title"],
        indicator_id=row["indicator_id"],
        indicator_number=row["number"],
        unit_ids=list(row["unit_ids"]),
        value=counted.value,
        missing=counted.contribution.missing,
        left_out=counted.left_out,
        overlaps=list(counted.overlaps),
    )
