import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from registry.forecasts import panel as of
from registry.forecasts.models import Family, Group, Model, candidates, predict
from registry.forecasts.panel import Panel, runs_of
from tests.support.forecasts import a_panel, a_series, cut

PAST = [12.0, 15.0, 11.0, 18.0, 21.0, 19.0, 25.0, 24.0, 30.0]


@pytest.mark.parametrize(
    ("model", "expected"),
    [  # the first three by statsforecast 2.1.1, slope and drift of Theta by statsmodels 0.15.0
        (Model(family=Family.DAMPED_DRIFT, damping=100), [32.25, 34.5, 36.75]),
        (Model(family=Family.SMOOTHING, smoothing=30), [23.54092017] * 3),
        (Model(family=Family.SMOOTHING, smoothing=75), [28.47212219] * 3),
        (Model(family=Family.THETA, smoothing=80), [30.12716817, 31.19383484, 32.26050150]),
        (Model(family=Family.DAMPED_DRIFT, damping=50), [31.125, 31.6875, 31.96875]),
        (Model(family=Family.LAST_VALUE), [30.0] * 3),
    ],
)
def test_models_forecast_what_their_definitions_say(model: Model, expected: list[float]) -> None:
    found = [predict(a_series(PAST), model, horizon)[0, -1] for horizon in (1, 2, 3)]

    assert found == pytest.approx(expected)


def test_a_municipality_keeps_its_ratio_while_its_region_grows() -> None:
    series = a_series([10, 20, 40, 80], [30, 60, 120, 240])

    found = predict(
        series, Model(family=Family.GROUP_TREND, smoothing=100, damping=100, group=Group.REGION), 1
    )

    assert found[:, -1] == pytest.approx([160, 480])


def test_a_small_municipality_leans_on_its_region_more_than_a_large_one() -> None:
    panel = a_panel(years=5, municipalities=200)
    shares = of.shares(panel, 0)
    pooled = Model(family=Family.POOLED_LEVEL, prior=100, damping=0, group=Group.REGION)

    found = predict(shares, pooled, 1)[:, -1]

    drawn = np.abs(found - shares.region[:, -1]) / np.maximum(
        np.abs(shares.values[:, -1] - shares.region[:, -1]), 0.1
    )
    small, large = panel.population[:, -1] < 200, panel.population[:, -1] > 2000
    assert np.median(drawn[small]) < np.median(drawn[large])


def test_after_a_gap_a_run_begins_anew() -> None:
    series = a_series([100, 100, None, 1, 2, 3])

    assert runs_of(~np.isnan(series.values)).tolist() == [[1, 2, 0, 1, 2, 3]]
    assert predict(series, Model(family=Family.DAMPED_DRIFT, damping=100), 1)[0, -1] == pytest.approx(4)
    assert predict(series, Model(family=Family.SMOOTHING, smoothing=50), 1)[0, -1] == pytest.approx(2.25)
    assert np.isnan(predict(series, Model(family=Family.SMOOTHING, smoothing=50), 1)[0, 2])


counts = arrays(np.int64, (6, 5, 7), elements=st.integers(-1, 50))


def a_wild_panel(numerators: of.Whole, extra: of.Whole) -> Panel:
    """Return a panel of whatever was drawn: holes, zeros, everybody counted."""
    people = np.where(extra < 0, -1, np.maximum(numerators, 0) + extra)
    return Panel(
        first_year=2015,
        unit_ids=[],
        regions=np.array([0, 0, 1, 1, 2, 2]),
        parts=(1, 1, 1, 1, 1),
        denominator_codes=("A", "B", "C", "D", "E"),
        numerators=numerators,
        denominators=people,
        population=people[:, 0],
        index=numerators[:, 0],
    )


@settings(max_examples=25, deadline=None)
@given(numerators=counts, extra=counts, known=st.integers(1, 6), horizon=st.integers(1, 3))
def test_no_forecast_knows_what_comes_after_it(
    numerators: of.Whole, extra: of.Whole, known: int, horizon: int
) -> None:
    whole = a_wild_panel(numerators, extra)
    past = cut(whole, known)
    for i in range(2):
        for build in (of.shares, of.people):
            for model in candidates(of_shares=build is of.shares):
                seen = predict(build(whole, i), model, horizon)[:, :known]
                np.testing.assert_array_equal(seen, predict(build(past, i), model, horizon))


@settings(max_examples=40, deadline=None)
@given(numerators=counts, extra=counts, horizon=st.integers(1, 3))
def test_counts_are_never_negative_and_shares_at_most_a_hundred(
    numerators: of.Whole, extra: of.Whole, horizon: int
) -> None:
    panel = a_wild_panel(numerators, extra)
    for model in candidates(of_shares=True):
        shares = predict(of.shares(panel, 0), model, horizon)
        assert not ((shares < 0) | (shares > 100)).any()
    for model in candidates(of_shares=False):
        assert not (predict(of.people(panel, 0), model, horizon) < 0).any()


@settings(max_examples=40, deadline=None)
@given(numerators=counts, extra=counts)
def test_every_model_forecasts_whatever_is_known(numerators: of.Whole, extra: of.Whole) -> None:
    panel = a_wild_panel(numerators, extra)
    shares = of.shares(panel, 0)
    for model in candidates(of_shares=True):
        forecast = ~np.isnan(predict(shares, model, 1))
        assert (forecast == ~np.isnan(shares.values)).all(), model


def test_where_nobody_lives_the_share_is_zero() -> None:
    panel = a_wild_panel(np.zeros((6, 5, 7), np.int64), np.zeros((6, 5, 7), np.int64))

    assert (of.shares(panel, 0).values == 0).all()
