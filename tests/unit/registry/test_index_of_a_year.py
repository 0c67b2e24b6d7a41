from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from registry.exclusion.frame import UNKNOWN, Inputs
from registry.exclusion.mass import compute
from registry.exclusion.method import Bounds, Method
from registry.exclusion.scoring import Ratio, reference, sub_scores
from tests.support.exclusion import a_method, some_inputs

_COUNTS = st.integers(min_value=-1, max_value=400)
_LARGE = st.integers(min_value=0, max_value=10**9)


@st.composite
def years(draw: st.DrawFn, counts: st.SearchStrategy[int] = _COUNTS) -> Inputs:
    size = draw(st.integers(min_value=1, max_value=12))
    inputs = some_inputs(size, regions=("CZ010", "CZ020"))
    column = st.lists(counts, min_size=5, max_size=5)
    rows = st.lists(column, min_size=size, max_size=size)
    return replace(inputs, numerators=np.array(draw(rows)), denominators=np.array(draw(rows)))


@st.composite
def methods(draw: st.DrawFn) -> Method:
    """Bounds that are met exactly often enough."""
    number = st.fractions(min_value=0, max_value=300, max_denominator=12)
    bounds = st.builds(lambda pair: Bounds(first=min(pair), second=max(pair)), st.tuples(number, number))
    weight = draw(st.fractions(min_value=0, max_value=1, max_denominator=8))
    indicators = tuple(
        replace(each, absolute=draw(bounds), share=draw(bounds), quotient=draw(bounds))
        for each in a_method().indicators
    )
    return a_method(indicators=indicators, state_weight=weight, region_weight=1 - weight)


@given(years(), methods())
def test_a_whole_year_scores_as_each_municipality_by_fractions(inputs: Inputs, method: Method) -> None:
    assert_exact(inputs, method)


@given(years(_LARGE))
def test_large_counts_are_compared_exactly_too(inputs: Inputs) -> None:
    assert_exact(inputs, a_method())


def assert_exact(inputs: Inputs, method: Method) -> None:
    results = compute(method, inputs)
    for i, indicator in enumerate(method.indicators):
        for row, region in enumerate(inputs.regions.tolist()):
            ratio = Ratio(int(inputs.numerators[row, i]), int(inputs.denominators[row, i]))
            if min(ratio) < 0:
                continue
            base = reference(method, indicator, state=results.state[i], region=results.regions[region][i])
            expected = sub_scores(indicator, ratio, base)
            assert tuple(results.scores[row, 3 * i : 3 * i + 3]) == expected, (row, indicator.code)


def test_a_share_that_floats_would_put_on_the_wrong_side_is_decided_by_fractions() -> None:
    """12.6 % of 1 000 is 126, but 1000 * 0.126 is a float; 2.1 % of 1 000 000 000 is 21 000 000."""
    method = a_method()
    inputs = some_inputs(3, regions=("CZ010",))
    numerators, denominators = inputs.numerators.copy(), inputs.denominators.copy()
    denominators[:, 1] = 10**9
    numerators[:, 1] = [12 * 21 * 10**6 - 1, 12 * 21 * 10**6, 12 * 30 * 10**6 + 1]

    results = compute(method, replace(inputs, numerators=numerators, denominators=denominators))

    assert results.scores[:, 4].tolist() == [0, 1, 2]


def test_the_sums_leave_out_municipalities_without_data_of_their_own() -> None:
    inputs = some_inputs(40, seed=7)
    results = compute(a_method(), inputs)

    schools = inputs.denominators[:, 4] > 0
    assert 0 < schools.sum() < 40
    assert results.state[4] == Ratio(
        int(inputs.numerators[schools, 4].sum()), int(inputs.denominators[schools, 4].sum())
    )


def test_held_references_do_not_move_with_the_inputs() -> None:
    inputs, method = some_inputs(30), a_method()
    before = compute(method, inputs)
    doubled = replace(
        inputs, numerators=np.where(inputs.numerators > 0, inputs.numerators * 2, inputs.numerators)
    )

    assert compute(method, doubled, held=before).state == before.state
    assert compute(method, doubled).state != before.state


@given(st.integers(0, 29), st.integers(0, 4), st.integers(1, 500))
def test_the_index_never_falls_when_a_numerator_grows_and_the_reference_is_held(
    row: int, column: int, more: int
) -> None:
    inputs, method = some_inputs(30), a_method()
    before = compute(method, inputs)
    numerators = inputs.numerators.copy()
    if numerators[row, column] != UNKNOWN:
        numerators[row, column] += more
    after = compute(method, replace(inputs, numerators=numerators), held=before)

    assert (after.index >= before.index).all()


def test_an_unknown_count_makes_the_index_unknown_and_nothing_else() -> None:
    inputs = some_inputs(30, without_school=0)
    numerators = inputs.numerators.copy()
    numerators[4, 0] = UNKNOWN
    results = compute(a_method(), replace(inputs, numerators=numerators))

    assert results.index[4] == UNKNOWN
    assert results.bands[4] == UNKNOWN
    assert results.points[4, 1:].min() >= 0
    assert (np.delete(results.index, 4) >= 0).all()


def test_where_nobody_lives_there_is_no_share_and_no_quotient() -> None:
    inputs = some_inputs(5, without_school=0)
    numerators, denominators = inputs.numerators.copy(), inputs.denominators.copy()
    numerators[0], denominators[0] = 0, 0
    results = compute(a_method(), replace(inputs, numerators=numerators, denominators=denominators))

    assert results.index[0] == 0
    assert results.bands[0] == 1


def test_bands_of_the_index_are_those_of_the_method() -> None:
    method = a_method()
    results = compute(method, some_inputs(300))
    known = results.index >= 0

    assert {method.band_of(int(index)).number for index in results.index[known]} == set(results.bands[known])
    assert Fraction(1, 2) == method.state_weight
