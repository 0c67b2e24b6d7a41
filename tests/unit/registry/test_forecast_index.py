from dataclasses import replace

import numpy as np
import pytest

from registry.exclusion.frame import Edition
from registry.forecasts.history import panel_of
from registry.forecasts.index_outlook import IndexOutlook, index_outlook
from registry.forecasts.intervals import quantiles
from registry.forecasts.outlook import outlook
from registry.forecasts.simulation import DRAWS
from registry.forecasts.simulation import quantiles as of_draws
from tests.support.forecasts import an_edition, some_editions


def forecast(editions: list[Edition], seed: int = 5) -> IndexOutlook:
    return index_outlook(editions, outlook(panel_of(editions, changed={})), seed=seed)


@pytest.fixture(scope="module")
def trending() -> tuple[list[Edition], IndexOutlook]:
    editions = some_editions(municipalities=1200, trend=0.12, seed=21)
    return editions, forecast(editions)


def test_where_nothing_changes_the_index_stays_for_certain() -> None:
    first = some_editions(years=1, municipalities=80)[0]
    editions = [an_edition(replace(first.inputs, year=2015 + t), t) for t in range(6)]

    found = forecast(editions).projections[2]

    np.testing.assert_array_equal(found.values, first.results.index)
    assert (found.odds[np.arange(80), first.results.index] == DRAWS).all()
    for low, high in found.bounds.values():
        assert (low == first.results.index).all()
        assert (high == first.results.index).all()


def test_the_index_that_follows_from_trends_beats_that_of_last_year(
    trending: tuple[list[Edition], IndexOutlook],
) -> None:
    overall = [trial for trial in trending[1].trials if trial.size == 0]

    assert [trial.horizon for trial in overall] == [1, 2, 3]
    assert all(trial.errors.beats_last_year for trial in overall)
    assert overall[0].errors.mase < 1
    assert all(trial.errors.mae < trial.errors.mae_of_last_year for trial in overall)


def test_intervals_of_the_index_cover_at_least_what_they_say(
    trending: tuple[list[Edition], IndexOutlook],
) -> None:
    """More of whole numbers: an end that is reached is inside."""
    for trial in trending[1].trials:
        if trial.size == 0:
            assert 80 <= trial.coverage[80] < 97
            assert 95 <= trial.coverage[95] < 100


def test_equal_seeds_give_equal_odds_and_another_seed_others(
    trending: tuple[list[Edition], IndexOutlook],
) -> None:
    editions, found = trending

    again, other = forecast(editions), forecast(editions, seed=6)

    np.testing.assert_array_equal(again.projections[1].odds, found.projections[1].odds)
    assert (other.projections[1].odds != found.projections[1].odds).any()
    np.testing.assert_array_equal(other.projections[1].values, found.projections[1].values)


def test_every_draw_gives_everybody_an_index(trending: tuple[list[Edition], IndexOutlook]) -> None:
    editions, found = trending
    for projection in found.projections.values():
        assert (projection.odds.sum(axis=1) == DRAWS).all()
        assert projection.odds.shape == (len(editions[-1].inputs.unit_ids), 31)


def test_an_index_without_trends_repeats_last_year_where_the_model_failed() -> None:
    editions = some_editions(municipalities=400, walk=0.25, chance=False, seed=4)

    projection = forecast(editions).projections[1]

    held = ~projection.by_model
    assert held.any()
    np.testing.assert_array_equal(projection.values[held], editions[-1].results.index[held])


def test_a_municipality_without_a_school_follows_the_donor_of_the_last_year(
    trending: tuple[list[Edition], IndexOutlook],
) -> None:
    editions, found = trending
    heirs = editions[-1].results.donors >= 0

    assert heirs.any()
    assert (found.projections[1].values[heirs] >= 0).all()


def test_an_interval_reckons_with_one_error_more_than_was_seen() -> None:
    errors = np.arange(1.0, 100.0)

    assert list(quantiles(errors, 80)) == [10, 90]
    assert list(quantiles(errors, 95)) == [2, 98]
    assert list(quantiles(np.array([1.0, 2.0]), 95)) == [1, 2]
    assert list(quantiles(np.array([]), 95)) == [0, 0]


def test_the_ends_of_draws_leave_out_their_share_on_both_sides() -> None:
    counts = np.array([[10, 80, 10, 0], [0, 0, 0, 100]])

    (low, high), (lower, higher) = of_draws(counts, (80, 95))

    assert (low.tolist(), high.tolist()) == ([0, 3], [1, 3])
    assert (lower.tolist(), higher.tolist()) == ([0, 3], [2, 3])
