"""The JSON of a plan's tree."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from planning.plans.tree import Activity, Goal, Indicator, Measure, Problem
from shared.contracts.planning import Direction, Periodicity
from shared.http import ApiModel, Count, DecimalText, IsoDay, LongText, ShortText, Title

Area = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9.]{0,9}$")]
Cost = Annotated[DecimalText, Field(ge=0, max_digits=14, decimal_places=2)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31)), IsoDay]
NewId = Callable[[], UUID]


class NodeIn(ApiModel):
    """A node without an id is new; one with an id is the node that the plan already has."""

    id: UUID | None = None


class IndicatorIn(NodeIn):
    name: Title
    unit: ShortText = ""
    direction: Direction = Direction.INCREASE
    periodicity: Periodicity = Periodicity.YEARLY
    owner: ShortText = ""
    source: ShortText = ""
    baseline: DecimalText | None = None
    baseline_on: Day | None = None
    target: DecimalText | None = None
    target_on: Day | None = None

    def node(self, new_id: NewId) -> Indicator:
        return Indicator(**{**self.model_dump(), "id": self.id or new_id()})


class ActivityIn(NodeIn):
    title: Title
    owner: ShortText = ""
    due_on: Day | None = None

    def node(self, new_id: NewId) -> Activity:
        return Activity(**{**self.model_dump(), "id": self.id or new_id()})


class MeasureIn(NodeIn):
    title: Title
    description: LongText = ""
    owner: ShortText = ""
    partners: Annotated[tuple[Title, ...], Field(max_length=50)] = ()
    starts_on: Day | None = None
    ends_on: Day | None = None
    cost_czk: Cost | None = None
    funding_source: ShortText = ""
    indicators: Annotated[tuple[IndicatorIn, ...], Field(max_length=100)] = ()
    activities: Annotated[tuple[ActivityIn, ...], Field(max_length=100)] = ()

    def node(self, new_id: NewId) -> Measure:
        own = self.model_dump(exclude={"indicators", "activities"})
        cost = None if self.cost_czk is None else self.cost_czk.quantize(Decimal("0.01"))
        return Measure(
            **{**own, "id": self.id or new_id(), "cost_czk": cost},
            indicators=tuple(child.node(new_id) for child in self.indicators),
            activities=tuple(child.node(new_id) for child in self.activities),
        )


class GoalIn(NodeIn):
    title: Title
    target_state: LongText = ""
    due_on: Day | None = None
    indicators: Annotated[tuple[IndicatorIn, ...], Field(max_length=100)] = ()
    measures: Annotated[tuple[MeasureIn, ...], Field(max_length=100)] = ()

    def node(self, new_id: NewId) -> Goal:
        own = self.model_dump(exclude={"indicators", "measures"})
        return Goal(
            **{**own, "id": self.id or new_id()},
            indicators=tuple(child.node(new_id) for child in self.indicators),
            measures=tuple(child.node(new_id) for child in self.measures),
        )


class ProblemIn(NodeIn):
    area: Area
    title: Title
    description: LongText = ""
    causes: LongText = ""
    consequences: LongText = ""
    affected_group: ShortText = ""
    estimated_people: Annotated[Count, Field(le=11_000_000)] | None = None
    source: ShortText = ""
    goals: Annotated[tuple[GoalIn, ...], Field(max_length=50)] = ()

    def node(self, new_id: NewId) -> Problem:
        own = self.model_dump(exclude={"goals"})
        return Problem(
            **{**own, "id": self.id or new_id()}, goals=tuple(child.node(new_id) for child in self.goals)
        )


class TreeIn(ApiModel):
    problems: Annotated[tuple[ProblemIn, ...], Field(max_length=50)]

    def named_ids(self) -> frozenset[UUID]:
        """Return the ids that the caller sent."""
        return frozenset(_ids(self.problems))


def _ids(nodes: Iterable[NodeIn]) -> Iterator[UUID]:
    for node in nodes:
        if node.id is not None:
            yield node.id
        for branch in ("goals", "measures", "indicators", "activities"):
            yield from _ids(getattr(node, branch, ()))


class IndicatorOut(IndicatorIn):
    id: UUID
    number: str


class ActivityOut(ActivityIn):
    id: UUID
    number: str


class MeasureOut(MeasureIn):
    id: UUID
    number: str
    indicators: tuple[IndicatorOut, ...]
    activities: tuple[ActivityOut, ...]


class GoalOut(GoalIn):
    id: UUID
    number: str
    indicators: tuple[IndicatorOut, ...]
    measures: tuple[MeasureOut, ...]


class ProblemOut(ProblemIn):
    id: UUID
    number: str
    goals: tuple[GoalOut, ...]
