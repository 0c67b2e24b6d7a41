"""Sub-scores with their bounds, and how many persons it is to the next point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exclusion.method import Bounds, Indicator
from registry.exclusion.scoring import Ratio, cuts
from registry.explanation.distances import Component, SubScore, components, fewer_needed, more_needed
from registry.explanation.standing import Evidence
from tests.support.explanation import (
    KOSMONOSY,
    OBRNICE,
    PSARY,
    evidence,
    evidences,
    indicators,
    some_bounds,
    the_method,
)


def of(found: Evidence, code: str) -> dict[SubScore, Component]:
    method = the_method()
    indicator = next(each for each in method.indicators if each.code == code)
    return {each.kind: each for each in components(method, indicator, found)}


def points(numerator: int, limit: Bounds) -> int:
    if numerator < limit.first:
        return 0
    return 1 if numerator <= limit.second else 2


some_ratios = st.builds(Ratio, st.integers(0, 900), st.integers(0, 300))


@given(ratio=some_ratios, limit=some_bounds(), parts=st.sampled_from([1, 4, 12]))
def test_exactly_that_many_more_gain_a_point_and_one_fewer_of_them_do_not(
    ratio: Ratio, limit: Bounds, parts: int
) -> None:
    now = points(ratio.numerator, limit)
    more = more_needed(ratio, limit, parts=parts)
    if more is None:
        assert now == 2 or points(parts * ratio.denominator, limit) <= now
    else:
        assert points(ratio.numerator + more, limit) > now
        assert points(ratio.numerator + more - 1, limit) == now


@given(ratio=some_ratios, limit=some_bounds())
def test_exactly_that_many_fewer_lose_a_point_and_one_fewer_of_them_do_not(
    ratio: Ratio, limit: Bounds
) -> None:
    now = points(ratio.numerator, limit)
    fewer = fewer_needed(ratio, limit)
    if fewer is None:
        assert points(0, limit) == now
    else:
        assert points(ratio.numerator - fewer, limit) < now
        assert points(ratio.numerator - fewer + 1, limit) == now


@given(found=evidences, indicator=indicators("PNB"), growth=st.integers(1, 50))
def test_points_never_fall_when_a_count_grows_and_the_reference_holds(
    found: Evidence, indicator: Indicator, growth: int
) -> None:
    reference = found.reference(the_method(), indicator)
    limits = cuts(indicator, denominator=found.ratio.denominator, reference=reference)
    less, more = limits.score(found.ratio.numerator), limits.score(found.ratio.numerator + growth)
    assert all(a <= b for a, b in zip(less, more, strict=True))


def test_two_hundred_persons_in_kosmonosy_have_one_point_and_one_more_has_two() -> None:
    absolute = of(evidence("EXE", KOSMONOSY["EXE"], region="CZ020"), "EXE")[SubScore.ABSOLUTE]
    assert absolute.value == 200
    assert absolute.points == absolute.more == 1
    assert absolute.fewer == 101


def test_one_hundred_persons_in_psary_have_one_point_and_one_fewer_has_none() -> None:
    absolute = of(evidence("EXE", PSARY["EXE"], region="CZ020"), "EXE")[SubScore.ABSOLUTE]
    assert absolute.value == 100
    assert absolute.points == absolute.fewer == 1
    assert absolute.more == 101


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EXE", ["750.0000 2 550.0000", "47.3186 2 465.0000", "4.7524 2 356.0000"]),
        ("PNB", ["195.6667 2 115.6667", "12.3449 2 148.1667", "3.6622 2 62.1667"]),
        ("PO", ["6.0000 1 1.0000", "33.3333 2 4.0000", "7.2184 2 4.0000"]),
    ],
)
def test_sub_scores_of_obrnice(code: str, expected: list[str]) -> None:
    found = of(evidence(code, OBRNICE[code]), code).values()
    lines = [f"{float(each.value):.4f} {each.points} {float(each.fewer or 0):.4f}" for each in found]
    assert lines == expected


def test_where_nobody_lives_only_the_count_has_a_distance_and_it_cannot_grow() -> None:
    found = of(evidence("EXE", Ratio(0, 0)), "EXE")
    assert [(each.points, each.more, each.fewer) for each in found.values()] == [(0, None, None)] * 3


def test_a_count_cannot_grow_beyond_the_population() -> None:
    found = of(evidence("EXE", Ratio(10, 87), region="CZ032"), "EXE")
    assert found[SubScore.ABSOLUTE].more is None
    assert found[SubScore.SHARE].more == 1
