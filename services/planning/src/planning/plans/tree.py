"""The typed tree of a plan: problem → goal → measure → activity, indicators on goals and measures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.plans.parts import Area, Attached, BudgetLine, Chapter, FundingProject, Part, Risk, StrategyLink
from shared.contracts.planning import Direction, Periodicity, PlannedIndicator


class NodeKind(StrEnum):
    PROBLEM = "problem"
    GOAL = "goal"
    MEASURE = "measure"
    ACTIVITY = "activity"
    INDICATOR = "indicator"
    BUDGET_LINE = "budget-line"
    PROJECT = "project"
    STRATEGY = "strategy"
    RISK = "risk"
    AREA = "area"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What shows whether a goal or a measure is being met. A draft may leave out all but the name."""

    id: UUID
    name: str
    unit: str = ""
    direction: Direction = Direction.INCREASE
    periodicity: Periodicity = Periodicity.YEARLY
    owner: str = ""
    source: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    id: UUID
    title: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What will be done (opatření), by whom, from when until when, for how much and from what."""

    id: UUID
    title: str
    description: str = ""
    owner: str = ""
    partners: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    cost_czk: Decimal | None = None
    funding_source: str = ""
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    strategies: tuple[StrategyLink, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    projects: tuple[FundingProject, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    id: UUID
    title: str
    target_state: str = ""
    due_on: date | None = None
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()
    strategies: tuple[StrategyLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    id: UUID
    area: str
    title: str
    description: str = ""
    causes: str = ""
    consequences: str = ""
    affected_group: str = ""
    estimated_people: int | None = None
    source: str = ""
    goals: tuple[Goal, ...] = ()


Node = Problem | Goal | Measure | Activity | Indicator | Part
KINDS: dict[type[Node], NodeKind] = {
    Problem: NodeKind.PROBLEM,
    Goal: NodeKind.GOAL,
    Measure: NodeKind.MEASURE,
    Activity: NodeKind.ACTIVITY,
    Indicator: NodeKind.INDICATOR,
    BudgetLine: NodeKind.BUDGET_LINE,
    FundingProject: NodeKind.PROJECT,
    StrategyLink: NodeKind.STRATEGY,
    Risk: NodeKind.RISK,
    Area: NodeKind.AREA,
    Chapter: NodeKind.CHAPTER,
}
ATTACHED: Final = {"areas": NodeKind.AREA, "chapters": NodeKind.CHAPTER, "risks": NodeKind.RISK}
"""What hangs on the plan itself: the field and the kind of node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A node in its place. `number` follows from the order: 1, 1.1, 1.1.1.

    What hangs on a node has its letter: 1.1-I1 an indicator, S a strategy, B a budget line, F a project.
    """

    node: Node
    parent_id: UUID | None
    position: int
    number: str

    @property
    def kind(self) -> NodeKind:
        return KINDS[type(self.node)]


def walk(problems: tuple[Problem, ...]) -> Iterator[Placed]:
    """Yield every node before what hangs on it, in the order of reading."""
    for position, problem in enumerate(problems, start=1):
        yield Placed(node=problem, parent_id=None, position=position, number=str(position))
        for place, goal in enumerate(problem.goals, start=1):
            number = f"{position}.{place}"
            yield Placed(node=goal, parent_id=problem.id, position=place, number=number)
            yield from _hanging(goal.indicators, goal.id, f"{number}-I")
            yield from _hanging(goal.strategies, goal.id, f"{number}-S")
            yield from _measures(goal, number)


def _measures(goal: Goal, above: str) -> Iterator[Placed]:
    for position, measure in enumerate(goal.measures, start=1):
        number = f"{above}.{position}"
        yield Placed(node=measure, parent_id=goal.id, position=position, number=number)
        yield from _hanging(measure.indicators, measure.id, f"{number}-I")
        yield from _hanging(measure.strategies, measure.id, f"{number}-S")
        yield from _hanging(measure.budget, measure.id, f"{number}-B")
        yield from _hanging(measure.projects, measure.id, f"{number}-F")
        for place, activity in enumerate(measure.activities, start=1):
            yield Placed(node=activity, parent_id=measure.id, position=place, number=f"{number}.{place}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTree:
    """A tree as it comes in; what hangs on the plan itself is there by field, where it was sent."""

    problems: tuple[Problem, ...]
    attached: Mapping[str, tuple[Part, ...]]

    def walk(self) -> Iterator[Placed]:
        """Yield every node that was sent."""
        yield from walk(self.problems)
        yield from walk_attached(Attached(**self.attached))  # type: ignore[arg-type]


def walk_attached(attached: Attached) -> Iterator[Placed]:
    """Yield what hangs on the plan itself: areas A1, chapters K1, risks R1."""
    yield from _hanging(attached.areas, None, "A")
    yield from _hanging(attached.chapters, None, "K")
    yield from _hanging(attached.risks, None, "R")


def _hanging(nodes: Sequence[Node], parent_id: UUID | None, prefix: str) -> Iterator[Placed]:
    for position, node in enumerate(nodes, start=1):
        yield Placed(node=node, parent_id=parent_id, position=position, number=f"{prefix}{position}")


def planned_indicators(problems: tuple[Problem, ...]) -> tuple[PlannedIndicator, ...]:
    """Return the indicators of a complete plan, for the event that sets up their monitoring."""
    return tuple(
        _planned(placed.node, placed) for placed in walk(problems) if isinstance(placed.node, Indicator)
    )


def _planned(indicator: Indicator, placed: Placed) -> PlannedIndicator:
    if (
        placed.parent_id is None
        or indicator.baseline is None
        or indicator.baseline_on is None
        or indicator.target is None
        or indicator.target_on is None
    ):
        raise ValueError(f"indicator {placed.number} is not complete")
    return PlannedIndicator(
        indicator_id=indicator.id,
        measures=placed.parent_id,
        number=placed.number,
        name=indicator.name,
        unit=indicator.unit,
        direction=indicator.direction,
        periodicity=indicator.periodicity,
        owner=indicator.owner,
        baseline=indicator.baseline,
        baseline_on=indicator.baseline_on,
        target=indicator.target,
        target_on=indicator.target_on,
    )
