"""Agreement of raters: equal to reference implementations, and no number where there is none."""

import math
import warnings
from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from evaluation.readings.kappa import (
    Ratings,
    Weights,
    mean_pairwise_kappa,
    ordinal_alpha,
    pairs_of,
    weighted_kappa,
)

SCALE = [0, 1, 2, 3, 4]
levels = st.integers(min_value=0, max_value=4)


def ratings_of(given_levels: Sequence[int | None]) -> Ratings:
    return {UUID(int=at): level for at, level in enumerate(given_levels) if level is not None}


@pytest.mark.parametrize("weights", Weights)
@given(pairs=st.lists(st.tuples(levels, levels), min_size=1, max_size=60))
def test_weighted_kappa_is_that_of_scikit_learn(weights: Weights, pairs: list[tuple[int, int]]) -> None:
    found = weighted_kappa(pairs, weights)
    one, other = zip(*pairs, strict=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = cohen_kappa_score(one, other, labels=SCALE, weights=weights.value)
    if math.isnan(expected):
        assert found is None
    else:
        assert found is not None
        assert float(found) == pytest.approx(expected, abs=1e-12)


@given(raters=st.lists(st.lists(st.none() | levels, min_size=6, max_size=6), min_size=2, max_size=5))
def test_ordinal_alpha_is_that_of_the_reference_package(raters: list[list[int | None]]) -> None:
    table = np.array([[np.nan if level is None else level for level in rater] for rater in raters])
    rated_twice = [column for column in table.T if np.count_nonzero(~np.isnan(column)) > 1]
    assume(len({level for column in rated_twice for level in column[~np.isnan(column)]}) > 1)
    expected = krippendorff.alpha(table, level_of_measurement="ordinal", value_domain=SCALE)
    found = ordinal_alpha([ratings_of(rater) for rater in raters])
    assert found is not None
    assert float(found) == pytest.approx(expected, abs=1e-9)


def test_kappa_of_a_published_table() -> None:
    """Two readers of fifty applications, 20-5-10-15: of two levels any weights come to kappa 0.4."""
    table = {(0, 0): 20, (0, 1): 5, (1, 0): 10, (1, 1): 15}
    pairs = [pair for pair, times in table.items() for _ in range(times)]
    assert weighted_kappa(pairs, Weights.LINEAR) == Fraction(2, 5)
    assert weighted_kappa(pairs, Weights.QUADRATIC) == Fraction(2, 5)


@pytest.mark.parametrize("weights", Weights)
def test_where_chance_explains_all_there_is_no_kappa(weights: Weights) -> None:
    assert weighted_kappa([], weights) is None
    assert weighted_kappa([(2, 2)] * 5, weights) is None
    assert mean_pairwise_kappa([ratings_of([1, 2, 3])], weights) is None
    assert weighted_kappa([(0, 4), (4, 0)], weights) == -1


def test_of_more_raters_kappa_is_the_mean_of_pairs_that_have_one() -> None:
    one, other, third = ratings_of([0, 1, 2]), ratings_of([0, 1, 2]), ratings_of([2, 2, 2])
    of_pairs = [weighted_kappa(pairs_of(one, each), Weights.LINEAR) for each in (other, third)]
    assert of_pairs == [1, 0]
    assert mean_pairwise_kappa([one, other, third], Weights.LINEAR) == Fraction(1, 3)
    blank = ratings_of([None, None, None])
    assert mean_pairwise_kappa([one, other, blank], Weights.LINEAR) == 1


def test_what_one_rater_left_out_is_no_disagreement() -> None:
    one, other = ratings_of([0, 4, None, 3]), ratings_of([0, None, 2, 3])
    assert pairs_of(one, other) == [(0, 0), (3, 3)]
    assert mean_pairwise_kappa([one, other], Weights.QUADRATIC) == 1
    assert ordinal_alpha([one, other]) == 1
    assert ordinal_alpha([one]) is None
    assert ordinal_alpha([]) is None
