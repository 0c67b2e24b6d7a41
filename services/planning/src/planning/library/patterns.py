"""What a library entry puts into a plan: a pattern of a measure, of a goal or of a problem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planning.plans.parts import Category
from planning.plans.tree import Indicator, Measure
from shared.contracts.planning import Direction, Periodicity


class PatternKind(StrEnum):
    PROBLEM = "problem"
    GOAL = "goal"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPattern:
    """An indicator without values; `code` is that of the catalogue of indicators, where it has one."""

    name: str
    code: str = ""
    unit: str = ""
    direction: Direction = Direction.INCREASE
    periodicity: Periodicity = Periodicity.YEARLY
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePattern:
    """`budget` names what such a measure usually costs money for; amounts are the plan's own."""

    title: str
    description: str = ""
    activities: tuple[str, ...] = ()
    indicators: tuple[IndicatorPattern, ...] = ()
    budget: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPattern:
    title: str
    target_state: str = ""
    indicators: tuple[IndicatorPattern, ...] = ()
    measures: tuple[MeasurePattern, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPattern:
    title: str
    description: str = ""
    causes: str = ""
    consequences: str = ""
    affected_group: str = ""
    goals: tuple[GoalPattern, ...] = ()


Pattern = ProblemPattern | GoalPattern | MeasurePattern
KINDS: Final[Mapping[type[Pattern], PatternKind]] = {
    ProblemPattern: PatternKind.PROBLEM,
    GoalPattern: PatternKind.GOAL,
    MeasurePattern: PatternKind.MEASURE,
}
TYPES: Final[Mapping[PatternKind, type[Pattern]]] = {kind: pattern for pattern, kind in KINDS.items()}


def pattern_of_measure(measure: Measure) -> MeasurePattern:
    """Copy what others can use: neither amounts, nor days, nor who did it."""
    return MeasurePattern(
        title=measure.title,
        description=measure.description,
        activities=tuple(activity.title for activity in measure.activities),
        indicators=tuple(_pattern_of_indicator(each) for each in measure.indicators),
        budget=tuple(dict.fromkeys(line.category for line in measure.budget)),
    )


def _pattern_of_indicator(indicator: Indicator) -> IndicatorPattern:
    return IndicatorPattern(
        name=indicator.name,
        unit=indicator.unit,
        direction=indicator.direction,
        periodicity=indicator.periodicity,
        source=indicator.source,
    )


def words_of(pattern: Pattern) -> Iterator[str]:
    """Yield the texts by which an entry is found, its title first."""
    yield pattern.title
    match pattern:
        case MeasurePattern():
            yield pattern.description
            yield from pattern.activities
            yield from (each.name for each in pattern.indicators)
        case GoalPattern():
            yield pattern.target_state
            yield from (each.name for each in pattern.indicators)
            for measure in pattern.measures:
                yield from words_of(measure)
        case ProblemPattern():
            yield from (pattern.description, pattern.causes, pattern.consequences, pattern.affected_group)
            for goal in pattern.goals:
                yield from words_of(goal)
