from dataclasses import replace

import numpy as np
import pytest

from registry.exclusion.donors import find_donors, nearest_schools
from registry.exclusion.frame import CONFIDENTIAL, UNKNOWN, Inputs, Way
from registry.exclusion.mass import compute
from tests.support.exclusion import a_method, some_inputs, with_donor

PO = 4


def a_line(*metres: float, schools: tuple[int, ...], published: tuple[int, ...] | None = None) -> Inputs:
    """Municipalities on a line, `schools` by position; codes rise with the position."""
    inputs = some_inputs(len(metres), regions=("CZ010",), without_school=0, published=published)
    numerators, denominators = inputs.numerators.copy(), inputs.denominators.copy()
    for position in range(len(metres)):
        numerators[position, PO] = position if position in schools else UNKNOWN
        denominators[position, PO] = 50 if position in schools else UNKNOWN
    return replace(
        inputs,
        numerators=numerators,
        denominators=denominators,
        x=np.array(metres, dtype=np.float64),
        y=np.zeros(len(metres)),
    )


def test_the_nearest_municipality_with_a_school_gives_its_points() -> None:
    donors = find_donors(a_line(0, 1000, 1400, 5000, schools=(0, 3)), PO)

    assert donors.ways == [Way.OWN, Way.NEAREST, Way.NEAREST, Way.OWN]
    assert donors.positions.tolist() == [UNKNOWN, 0, 0, UNKNOWN]
    assert donors.distances[1:3].tolist() == [1000, 1400]


def test_of_two_donors_equally_far_to_the_centimetre_the_lower_code_gives() -> None:
    inputs = a_line(1000.004, 0, -1000, schools=(0, 2))
    assert find_donors(inputs, PO).positions[1] == 0

    turned = replace(inputs, codes=inputs.codes[::-1])
    assert find_donors(turned, PO).positions[1] == 2


def test_however_many_are_equally_far_the_lowest_code_gives() -> None:
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    inputs = a_line(0, *([1.0] * 40), schools=tuple(range(1, 41)))
    around = replace(inputs, x=np.r_[0, np.cos(angles)] * 1000, y=np.r_[0, np.sin(angles)] * 1000)
    shuffled = replace(around, codes=[inputs.codes[0], *reversed(inputs.codes[1:])])

    assert find_donors(around, PO).positions[0] == 1
    assert find_donors(shuffled, PO).positions[0] == 40


def test_a_donor_set_by_hand_goes_before_the_nearest_one() -> None:
    inputs = with_donor(a_line(0, 100, 5000, schools=(0, 2)), 1, 2, Way.IMPORTED)
    donors = find_donors(inputs, PO)

    assert (donors.ways[1], donors.positions[1], donors.distances[1]) == (Way.IMPORTED, 2, 4900)


def test_a_donor_set_by_hand_without_a_school_that_year_gives_way_to_the_nearest_one() -> None:
    inputs = with_donor(a_line(0, 100, 5000, schools=(0,)), 1, 2)

    assert find_donors(inputs, PO).ways[1] is Way.NEAREST


def test_who_has_a_school_needs_no_donor_even_where_one_was_set() -> None:
    inputs = with_donor(a_line(0, 100, schools=(0, 1)), 1, 0)

    assert find_donors(inputs, PO).ways == [Way.OWN, Way.OWN]


def test_a_school_that_nobody_left_is_a_school() -> None:
    inputs = a_line(0, 100, schools=(0,))
    inputs.denominators[0, PO] = inputs.numerators[0, PO] = 0

    assert find_donors(inputs, PO).ways == [Way.OWN, Way.NEAREST]


def test_without_a_point_what_remains_of_the_published_index_is_inherited() -> None:
    inputs = a_line(0, float("nan"), schools=(0,), published=(UNKNOWN, 0))
    others = int(compute(a_method(), inputs).points[1, :PO].sum())
    told = replace(inputs, published=np.array([UNKNOWN, others + 4], dtype=np.int8))
    results = compute(a_method(), told)

    assert results.ways == [Way.OWN, Way.PUBLISHED]
    assert (results.points[1, PO], results.index[1]) == (4, others + 4)
    assert results.scores[1, 12:].tolist() == [UNKNOWN] * 3


@pytest.mark.parametrize("remainder", [-1, 7])
def test_a_remainder_that_cannot_be_points_leaves_the_index_unknown(remainder: int) -> None:
    inputs = a_line(0, float("nan"), schools=(0,))
    others = int(compute(a_method(), inputs).points[1, :PO].sum())
    told = replace(inputs, published=np.array([UNKNOWN, others + remainder], dtype=np.int8))
    results = compute(a_method(), told)

    assert (results.ways[1], results.index[1], results.bands[1]) == (Way.UNKNOWN, UNKNOWN, UNKNOWN)


def test_hidden_data_of_a_school_are_not_replaced_by_a_donor() -> None:
    inputs = a_line(0, 100, schools=(0, 1))
    inputs.numerators[1, PO] = CONFIDENTIAL

    assert find_donors(inputs, PO).ways == [Way.OWN, Way.UNKNOWN]


def test_points_and_sub_scores_of_the_donor_are_inherited_not_its_counts() -> None:
    inputs = some_inputs(60, seed=3)
    results = compute(a_method(), inputs)
    heirs = np.flatnonzero(results.donors != UNKNOWN)

    assert len(heirs) > 20
    givers = results.donors[heirs]
    assert (results.points[heirs, PO] == results.points[givers, PO]).all()
    assert (results.scores[heirs, 12:] == results.scores[givers, 12:]).all()
    assert (inputs.denominators[heirs, PO] == UNKNOWN).all()


def test_a_method_without_an_inheritable_indicator_has_no_donors() -> None:
    method = a_method(indicators=tuple(each for each in a_method().indicators if not each.inheritable))
    inputs = some_inputs(10)
    four = replace(inputs, numerators=inputs.numerators[:, :4], denominators=inputs.denominators[:, :4])

    assert set(compute(method, four).ways) == {Way.OWN}


def test_the_nearest_schools_are_listed_without_oneself() -> None:
    inputs = a_line(0, 100, 300, 700, schools=(0, 1, 3))

    assert nearest_schools(inputs, PO, 1, 2) == [(0, 100.0), (3, 600.0)]
