"""The JSON of a plan's tree."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from planning.plans.part_schemas import (
    AreaIn,
    BudgetLineIn,
    BudgetLineOut,
    ChapterIn,
    NewId,
    NodeIn,
    ProjectIn,
    ProjectOut,
    RiskIn,
    StrategyIn,
    StrategyOut,
)
from planning.plans.tree import Activity, Goal, Indicator, Measure, Problem, SentTree
from shared.contracts.planning import Direction, Periodicity
from shared.http import ApiModel, Count, DecimalText, IsoDay, LongText, ShortText, Title

Area = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9.]{0,9}$")]
Cost = Annotated[DecimalText, Field(ge=0, max_digits=14, decimal_places=2)]
Strategies = Annotated[tuple[StrategyIn, ...], Field(max_length=50)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31)), IsoDay]


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
    strategies: Strategies = ()
    budget: Annotated[tuple[BudgetLineIn, ...], Field(max_length=100)] = ()
    projects: Annotated[tuple[ProjectIn, ...], Field(max_length=20)] = ()

    def node(self, new_id: NewId) -> Measure:
        own = self.model_dump(exclude={"indicators", "activities", "strategies", "budget", "projects"})
        cost = None if self.cost_czk is None else self.cost_czk.quantize(Decimal("0.01"))
        return Measure(
            **{**own, "id": self.id or new_id(), "cost_czk": cost},
            indicators=tuple(child.node(new_id) for child in self.indicators),
            activities=tuple(child.node(new_id) for child in self.activities),
            strategies=tuple(child.node(new_id) for child in self.strategies),
            budget=tuple(child.node(new_id) for child in self.budget),
            projects=tuple(child.node(new_id) for child in self.projects),
        )


class GoalIn(NodeIn):
    title: Title
    target_state: LongText = ""
    due_on: Day | None = None
    indicators: Annotated[tuple[IndicatorIn, ...], Field(max_length=100)] = ()
    measures: Annotated[tuple[MeasureIn, ...], Field(max_length=100)] = ()
    strategies: Strategies = ()

    def node(self, new_id: NewId) -> Goal:
        own = self.model_dump(exclude={"indicators", "measures", "strategies"})
        return Goal(
            **{**own, "id": self.id or new_id()},
            indicators=tuple(child.node(new_id) for child in self.indicators),
            measures=tuple(child.node(new_id) for child in self.measures),
            strategies=tuple(child.node(new_id) for child in self.strategies),
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
    """The whole tree. Areas, chapters and risks stay as they are unless they are sent."""

    problems: Annotated[tuple[ProblemIn, ...], Field(max_length=50)]
    areas: Annotated[tuple[AreaIn, ...], Field(max_length=50)] | None = None
    chapters: Annotated[tuple[ChapterIn, ...], Field(max_length=50)] | None = None
    risks: Annotated[tuple[RiskIn, ...], Field(max_length=100)] | None = None

    def named_ids(self) -> frozenset[UUID]:
        """Return the ids that the caller sent."""
        attached = (*(self.areas or ()), *(self.chapters or ()), *(self.risks or ()))
        return frozenset(_ids((*self.problems, *attached)))

    def content(self, new_id: NewId) -> SentTree:
        """Return what was sent; each node without an id gets one."""
        sent: dict[str, tuple[AreaIn | ChapterIn | RiskIn, ...] | None] = {
            "areas": self.areas,
            "chapters": self.chapters,
            "risks": self.risks,
        }
        return SentTree(
            problems=tuple(problem.node(new_id) for problem in self.problems),
            attached={
                field: tuple(part.node(new_id) for part in parts)
                for field, parts in sent.items()
                if parts is not None
            },
        )


def _ids(nodes: Iterable[NodeIn]) -> Iterator[UUID]:
    for node in nodes:
        if node.id is not None:
            yield node.id
        for branch in ("goals", "measures", "indicators", "activities", "strategies", "budget", "projects"):
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
    strategies: tuple[StrategyOut, ...]
    budget: tuple[BudgetLineOut, ...]
    projects: tuple[ProjectOut, ...]


class GoalOut(GoalIn):
    id: UUID
    number: str
    indicators: tuple[IndicatorOut, ...]
    measures: tuple[MeasureOut, ...]
    strategies: tuple[StrategyOut, ...]


class ProblemOut(ProblemIn):
    id: UUID
    number: str
    goals: tuple[GoalOut, ...]
