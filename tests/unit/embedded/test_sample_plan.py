"""The sample plan is complete, at any size."""

from collections.abc import Iterator

import pytest

from embedded.sample_plan import Json, sample_plan


def _children(node: dict[str, Json], name: str) -> list[dict[str, Json]]:
    found = node[name]
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, dict)]


def _levels(
    plan: dict[str, Json],
) -> tuple[list[dict[str, Json]], list[dict[str, Json]], list[dict[str, Json]]]:
    goals = [goal for problem in _children(plan, "problems") for goal in _children(problem, "goals")]
    measures = [measure for goal in goals for measure in _children(goal, "measures")]
    indicators = [each for node in (*goals, *measures) for each in _children(node, "indicators")]
    return goals, measures, indicators


@pytest.mark.parametrize("sizes", [(1, 1, 2), (6, 20, 60), (7, 7, 14), (20, 60, 120)])
def test_the_sample_plan_has_exactly_the_asked_numbers(sizes: tuple[int, int, int]) -> None:
    goals, measures, indicators = sizes
    plan = sample_plan(goals=goals, measures=measures, indicators=indicators)
    assert tuple(len(level) for level in _levels(plan)) == sizes


@pytest.mark.parametrize("sizes", [(1, 1, 2), (6, 20, 60), (20, 60, 120)])
def test_every_goal_has_a_measure_and_every_goal_and_measure_an_indicator(
    sizes: tuple[int, int, int],
) -> None:
    goals, measures, _ = _levels(sample_plan(goals=sizes[0], measures=sizes[1], indicators=sizes[2]))
    assert all(_children(goal, "measures") for goal in goals)
    assert all(_children(node, "indicators") for node in (*goals, *measures))


def test_names_of_indicators_and_titles_of_siblings_do_not_repeat() -> None:
    goals, _, indicators = _levels(sample_plan(goals=12, measures=120, indicators=300))
    assert len({str(each["name"]) for each in indicators}) == 300
    for goal in goals:
        titles = [str(measure["title"]) for measure in _children(goal, "measures")]
        assert len(set(titles)) == len(titles)


def test_nothing_lies_outside_the_validity_of_the_plan() -> None:
    plan = sample_plan(years=3)
    assert (plan["valid_from"], plan["valid_until"]) == ("2026-01-01", "2028-12-31")
    dates = [date for date in _texts(plan) if date[:2] == "20" and date[4:5] == "-"]
    assert max(dates) == "2028-12-31"


def _texts(node: Json) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
    elif isinstance(node, str):
        yield node


def test_sizes_that_cannot_make_a_complete_plan_are_refused() -> None:
    with pytest.raises(ValueError, match="goals <= measures"):
        sample_plan(goals=6, measures=20, indicators=25)
