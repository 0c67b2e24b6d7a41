"""A pattern becomes nodes of a plan, with ids of their own, in a place of the tree."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

from planning.insertions.refusals import (
    NoRoomForInsertion,
    ParentNotNamed,
    ParentOfAnotherKind,
)
from planning.library.patterns import GoalPattern, IndicatorPattern, MeasurePattern, Pattern, ProblemPattern
from planning.plans.tree import Activity, Goal, Indicator, Measure, Problem

NewId = Callable[[], UUID]
MOST_PROBLEMS: Final = 50
MOST_GOALS: Final = 50
MOST_MEASURES: Final = 100
"""As many as a tree may be sent with; one more could not be sent back."""


def plant(
    problems: tuple[Problem, ...], pattern: Pattern, *, parent_id: UUID | None, area: str, new_id: NewId
) -> tuple[tuple[Problem, ...], UUID]:
    """Return the tree with the pattern as the last under its parent, and the id of the new node.

    Raises ParentNotNamed, ParentOfAnotherKind, NoRoomForInsertion.
    """
    match pattern:
        case ProblemPattern():
            if parent_id is not None:
                raise ParentOfAnotherKind(pointer="/parent_id")
            problem = problem_of(pattern, area=area, new_id=new_id)
            _expect_room(len(problems), MOST_PROBLEMS)
            return (*problems, problem), problem.id
        case GoalPattern():
            goal = goal_of(pattern, new_id=new_id)
            return _under_problem(problems, goal, _named(parent_id)), goal.id
        case MeasurePattern():
            measure = measure_of(pattern, new_id=new_id)
            return _under_goal(problems, measure, _named(parent_id)), measure.id


def _named(parent_id: UUID | None) -> UUID:
    if parent_id is None:
        raise ParentNotNamed(pointer="/parent_id")
    return parent_id


def _under_problem(problems: tuple[Problem, ...], goal: Goal, parent_id: UUID) -> tuple[Problem, ...]:
    parent = next((problem for problem in problems if problem.id == parent_id), None)
    if parent is None:
        raise ParentOfAnotherKind(pointer="/parent_id")
    _expect_room(len(parent.goals), MOST_GOALS)
    grown = replace(parent, goals=(*parent.goals, goal))
    return tuple(grown if problem is parent else problem for problem in problems)


def _under_goal(problems: tuple[Problem, ...], measure: Measure, parent_id: UUID) -> tuple[Problem, ...]:
    found = ((problem, goal) for problem in problems for goal in problem.goals if goal.id == parent_id)
    problem, parent = next(found, (None, None))
    if problem is None or parent is None:
        raise ParentOfAnotherKind(pointer="/parent_id")
    _expect_room(len(parent.measures), MOST_MEASURES)
    grown = replace(parent, measures=(*parent.measures, measure))
    goals = tuple(grown if goal is parent else goal for goal in problem.goals)
    return tuple(replace(problem, goals=goals) if each is problem else each for each in problems)


def _expect_room(taken: int, most: int) -> None:
    if taken >= most:
        raise NoRoomForInsertion(most=most)


def problem_of(pattern: ProblemPattern, *, area: str, new_id: NewId) -> Problem:
    return Problem(
        id=new_id(),
        area=area,
        title=pattern.title,
        description=pattern.description,
        causes=pattern.causes,
        consequences=pattern.consequences,
        affected_group=pattern.affected_group,
        goals=tuple(goal_of(goal, new_id=new_id) for goal in pattern.goals),
    )


def goal_of(pattern: GoalPattern, *, new_id: NewId) -> Goal:
    return Goal(
        id=new_id(),
        title=pattern.title,
        target_state=pattern.target_state,
        indicators=tuple(_indicator(each, new_id) for each in pattern.indicators),
        measures=tuple(measure_of(each, new_id=new_id) for each in pattern.measures),
    )


def measure_of(pattern: MeasurePattern, *, new_id: NewId) -> Measure:
    return Measure(
        id=new_id(),
        title=pattern.title,
        description=pattern.description,
        activities=tuple(Activity(id=new_id(), title=title) for title in pattern.activities),
        indicators=tuple(_indicator(each, new_id) for each in pattern.indicators),
    )


def _indicator(pattern: IndicatorPattern, new_id: NewId) -> Indicator:
    return Indicator(
        id=new_id(),
        name=pattern.name,
        unit=pattern.unit,
        direction=pattern.direction,
        periodicity=pattern.periodicity,
        source=pattern.source,
    )
