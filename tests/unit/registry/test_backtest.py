from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.forecasts import panel as of
from registry.forecasts.backtest import (
    CLASSES,
    choose,
    errors_at,
    gains_of,
    horizons,
)
from registry.forecasts.models import LAST_VALUE, Family
from registry.forecasts.outlook import Outlook, Trial, outlook
from registry.forecasts.projection import Quantity, holds, part
from tests.support.forecasts import a_panel, a_series, with_last_year

EVERYBODY = np.array([True, True])


def trial(found: Outlook, indicator: int, quantity: Quantity, horizon: int = 1, size: int = 0) -> Trial:
    about = (indicator, quantity, horizon, size)
    return next(
        each for each in found.trials if (each.indicator, each.quantity, each.horizon, each.size) == about
    )


@pytest.fixture(scope="module")
def trending() -> Outlook:
    return outlook(a_panel(municipalities=1500, trend=0.08, seed=11))


@pytest.fixture(scope="module")
def walking() -> Outlook:
    return outlook(a_panel(municipalities=1500, walk=0.2, chance=False, seed=12))


def test_mase_is_the_error_over_the_mean_change_of_the_past() -> None:
    series = a_series([10, 12, 10, 14, 20], [5, 6, 7, 8, 8])

    errors = errors_at(series, np.array([17.0, 9.0]), EVERYBODY, horizon=1, origin=3)

    # changes 2, 2, 4 and 1, 1, 1; errors 3 and 1, of the last value 6 and 0
    assert errors.mase == pytest.approx((3 / (8 / 3) + 1 / 1) / 2)
    assert errors.mase_of_last_year == pytest.approx((6 / (8 / 3) + 0) / 2)
    assert [errors.mae, errors.mae_of_last_year, errors.bias] == pytest.approx([2, 3, -1])


def test_what_never_changed_has_no_scale_and_is_counted() -> None:
    series = a_series([3, 3, 3, 3, 5], [1, 2, 1, 2, 1])

    errors = errors_at(series, np.array([3.0, 1.0]), EVERYBODY, horizon=1, origin=3)

    assert (errors.series, errors.unchanging) == (2, 1)
    assert errors.mase == 0
    assert errors.mae == 1


def test_who_has_too_short_a_past_is_not_tried() -> None:
    series = a_series([1, 2, 1, 2, 1], [None, 2, 1, 2, 1])

    assert errors_at(series, np.array([1.0, 1.0]), EVERYBODY, horizon=1, origin=3).series == 1


def test_where_nothing_could_be_tried_nothing_beats_last_year() -> None:
    series = a_series([1, 1, 1, 1, 1], [2, 2, 2, 2, 2])

    errors = errors_at(series, np.array([1.0, 2.0]), EVERYBODY, horizon=1, origin=3)

    assert np.isnan(errors.mase)
    assert not errors.beats_last_year


@pytest.mark.parametrize(("years", "ahead"), [(4, 0), (5, 1), (6, 2), (7, 3), (12, 3)])
def test_only_as_many_years_ahead_as_can_be_tried(years: int, ahead: int) -> None:
    assert list(horizons(years)) == list(range(1, ahead + 1))


@pytest.mark.parametrize("indicator", range(4))
def test_where_regions_have_trends_the_forecast_beats_last_year(trending: Outlook, indicator: int) -> None:
    found = trial(trending, indicator, Quantity.SHARE)

    assert found.errors.mase < 1
    assert found.errors.mase < found.errors.mase_of_last_year
    assert found.errors.mae < found.errors.mae_of_last_year
    assert found.errors.beats_last_year


@pytest.mark.parametrize("indicator", range(4))
@pytest.mark.parametrize("horizon", [1, 2, 3])
def test_of_random_walks_it_is_said_that_last_year_is_not_beaten(
    walking: Outlook, indicator: int, horizon: int
) -> None:
    found = trial(walking, indicator, Quantity.SHARE, horizon)

    assert not found.errors.beats_last_year
    panel = walking.panel
    last = of.shares(panel, indicator).values[:, -1]
    np.testing.assert_array_equal(walking.projections[indicator, Quantity.SHARE, horizon].values, last)


def test_a_model_that_failed_is_named_and_not_used() -> None:
    panel = a_panel(municipalities=1500, trend=0.08, seed=11)
    tripled = np.where(panel.numerators[:, :, -2] >= 0, panel.numerators[:, :, -2] * 3, -1)
    turned = with_last_year(
        panel, np.minimum(tripled, panel.denominators[:, :, -2]), panel.denominators[:, :, -2]
    )

    found = [each for each in outlook(turned).trials if each.quantity is Quantity.SHARE and each.size == 2]

    assert any(each.tested != LAST_VALUE for each in found)
    assert all(each.published == LAST_VALUE for each in found)


def test_each_size_class_has_a_model_small_ones_that_of_all() -> None:
    panel = a_panel(municipalities=1500, trend=0.08, seed=11)
    gains = gains_of(of.shares(panel, 0))
    nearly_all = np.full(1500, 3)
    nearly_all[:10] = 8

    choice = choose(gains, nearly_all, known=8)

    assert set(choice) == set(CLASSES)
    assert choice[8] == choice[1]
    assert choice[3].family is not Family.LAST_VALUE


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.sampled_from([0, 1, 5]))
def test_the_held_out_year_never_touches_the_choice_of_models(seed: int, factor: int) -> None:
    panel = a_panel(years=6, municipalities=120, trend=0.1, seed=3)
    dice = np.random.default_rng(seed)
    known = panel.numerators[:, :, -1] >= 0
    people = np.where(known, panel.denominators[:, :, -1] + dice.integers(0, 50, known.shape), -1)
    events = np.where(known, np.minimum(panel.numerators[:, :, -1] * factor, people), -1)
    other = with_last_year(panel, events, people)
    for i in (0, 4):
        for quantity, build in ((Quantity.SHARE, of.shares), (Quantity.DENOMINATOR, of.people)):
            first, second = (part(quantity, build(each, i), each).choices for each in (panel, other))
            assert first == second


@pytest.mark.parametrize("quantity", [Quantity.SHARE, Quantity.NUMERATOR])
@pytest.mark.parametrize("indicator", range(4))
def test_intervals_cover_about_as_much_as_they_say(
    trending: Outlook, indicator: int, quantity: Quantity
) -> None:
    for horizon in (1, 2, 3):
        coverage = trial(trending, indicator, quantity, horizon).coverage
        assert 75 <= coverage[80] <= 88
        assert 92 <= coverage[95] <= 99


def test_intervals_stay_where_values_can_be(trending: Outlook) -> None:
    for (_, quantity, _), projection in trending.projections.items():
        known = ~np.isnan(projection.values)
        for bounds in projection.bounds.values():
            assert (bounds.low[known] >= 0).all()
            if quantity is Quantity.SHARE:
                assert (bounds.high[known] <= 100).all()
        assert (projection.bounds[95].low[known] <= projection.bounds[80].low[known]).all()


def test_the_same_panel_gives_the_same_forecast(trending: Outlook) -> None:
    again = outlook(a_panel(municipalities=1500, trend=0.08, seed=11))

    assert repr(again.trials) == repr(trending.trials)
    for about, projection in again.projections.items():
        np.testing.assert_array_equal(projection.values, trending.projections[about].values)


def test_the_numerator_is_the_share_of_the_denominator(trending: Outlook) -> None:
    made = {quantity: trending.projections[1, quantity, 2].values for quantity in list(Quantity)[:3]}

    np.testing.assert_allclose(
        made[Quantity.NUMERATOR], made[Quantity.SHARE] * made[Quantity.DENOMINATOR] / 100
    )


def test_indicators_of_the_same_people_share_their_forecast(trending: Outlook) -> None:
    first, second = (trending.projections[i, Quantity.DENOMINATOR, 1].values for i in (0, 1))

    np.testing.assert_array_equal(first, second)


def test_a_municipality_without_one_indicator_still_has_the_others() -> None:
    panel = a_panel(years=6, municipalities=60)
    numerators = panel.numerators.copy()
    numerators[7, 0] = -2

    found = outlook(replace(panel, numerators=numerators))

    assert np.isnan(found.projections[0, Quantity.NUMERATOR, 1].values[7])
    assert not np.isnan(found.projections[1, Quantity.NUMERATOR, 1].values[7])


def test_a_class_that_was_right_where_all_together_were_not_shows_the_last_value() -> None:
    better = errors_at(a_series([1, 2, 1, 2, 1]), np.array([1.0]), np.array([True]), horizon=1, origin=3)
    worse = replace(better, mase=better.mase_of_last_year + 1)

    assert holds({(1, 0): better, (1, 3): better}, 1, 3)
    assert not holds({(1, 0): worse, (1, 3): better}, 1, 3)
    assert not holds({(1, 0): better, (1, 3): worse}, 1, 3)
    assert not holds({(1, 0): worse, (1, 3): better, (2, 0): better, (2, 3): better}, 2, 3)
