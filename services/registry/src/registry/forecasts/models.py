"""Simple models of yearly series, run over all municipalities at once.

Sources: J. Gardner, E. McKenzie (1985) on damped trends; R. J. Hyndman, B. Billah (2003): Theta is simple
exponential smoothing with half the slope of the line through the past as its drift.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from registry.forecasts.panel import Floats, Series, Whole


class Family(StrEnum):
    """From the plainest to the richest: of two that err alike the plainer is taken."""

    LAST_VALUE = "last-value"
    SMOOTHING = "smoothing"
    DAMPED_DRIFT = "damped-drift"
    THETA = "theta"
    SHRUNK_DRIFT = "shrunk-drift"
    GROUP_TREND = "group-trend"
    POOLED_LEVEL = "pooled-level"


class Group(StrEnum):
    """Whose path a municipality leans on."""

    REGION = "region"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A family with its settings, in percent.

    `smoothing` is the weight of the newest year, `damping` what is left of the trend in each further year,
    `own` the weight of the municipality's own trend beside that of its group. `prior` is how many persons
    with the share of the group are added to those of the municipality.
    """

    family: Family
    smoothing: int | None = None
    damping: int | None = None
    own: int | None = None
    prior: int | None = None
    group: Group | None = None


LAST_VALUE = Model(family=Family.LAST_VALUE)
_MEMORY = 0.7
_GROWTH_YEARS = 3


@cache
def candidates(*, of_shares: bool) -> tuple[Model, ...]:
    return (LAST_VALUE, *_on_their_own(), *_in_groups(of_shares=of_shares))


def _on_their_own() -> Iterator[Model]:
    for smoothing in (30, 50, 75):
        yield Model(family=Family.SMOOTHING, smoothing=smoothing)
    for damping in (50, 80, 100):
        yield Model(family=Family.DAMPED_DRIFT, damping=damping)
    for smoothing in (50, 80):
        yield Model(family=Family.THETA, smoothing=smoothing)


def _in_groups(*, of_shares: bool) -> Iterator[Model]:
    for own in (30, 60):
        for damping in (50, 80):
            yield Model(family=Family.SHRUNK_DRIFT, own=own, damping=damping, group=Group.REGION)
    for group in Group:
        for smoothing in (30, 50, 75, 100):
            for damping in (50, 90) if smoothing == 100 else (0, 50, 90):
                yield Model(family=Family.GROUP_TREND, smoothing=smoothing, damping=damping, group=group)
    if of_shares:
        for prior in (20, 100):
            for damping in (0, 50, 90):
                yield Model(family=Family.POOLED_LEVEL, prior=prior, damping=damping, group=Group.REGION)


def predict(series: Series, model: Model, horizon: int) -> Floats:
    """Return at [i, t] what is forecast for year t + horizon when years up to t are known; NaN from nothing.

    Never below zero, shares never above 100 %. Column t depends on columns up to t alone.
    """
    found = _predict(series, model, horizon)
    return np.clip(found, 0, series.ceiling)


def _predict(series: Series, model: Model, horizon: int) -> Floats:
    values, runs = series.values, series.runs
    smoothing, trend = _part(model.smoothing), _trend(model.damping, horizon)
    match model.family:
        case Family.LAST_VALUE:
            return values
        case Family.SMOOTHING:
            return smoothed(values, smoothing)
        case Family.DAMPED_DRIFT:
            return values + trend * _drift(values, runs)
        case Family.THETA:
            ahead = horizon - 1 + (1 - (1 - smoothing) ** runs) / smoothing
            return smoothed(values, smoothing) + ahead * _slope(values, runs) / 2
        case _:
            return _in_its_group(series, model, trend)


def _in_its_group(series: Series, model: Model, trend: np.float64) -> Floats:
    values, path = series.values, series.state if model.group is Group.STATE else series.region
    growth = _growth(path)
    if model.family is Family.SHRUNK_DRIFT:
        own = _part(model.own)
        return values + trend * (own * _drift(values, series.runs) + (1 - own) * values * growth)
    if model.family is Family.POOLED_LEVEL:
        return _pooled(series, path, np.float64(model.prior or 0)) * np.exp(trend * growth)
    relative = np.where(path > 0, values, 0 * values) / np.where(path > 0, path, 1)
    return smoothed(relative, _part(model.smoothing)) * path * np.exp(trend * growth)


def _trend(damping: int | None, horizon: int) -> np.float64:
    """Return how many yearly changes are added until then."""
    return np.float64(np.sum(_part(damping) ** np.arange(1, horizon + 1)))


def _part(percent: int | None) -> np.float64:
    return np.float64((percent or 0) / 100)


def smoothed(values: Floats, weight: np.float64) -> Floats:
    """Return the level after each year: a run begins with its first value."""
    levels = values.copy()
    for t in range(1, values.shape[1]):
        before = levels[:, t - 1]
        levels[:, t] = np.where(np.isnan(before), values[:, t], weight * values[:, t] + (1 - weight) * before)
    return levels


def _drift(values: Floats, runs: Whole) -> Floats:
    """Return the mean yearly change since the run began; 0 in its first year."""
    first = values.copy()
    for t in range(1, values.shape[1]):
        first[:, t] = np.where(runs[:, t] > 1, first[:, t - 1], values[:, t])
    return (values - first) / np.maximum(runs - 1, 1)


def _slope(values: Floats, runs: Whole) -> Floats:
    """Return the slope of the line through the run, by least squares; 0 in its first year."""
    total, weighted = np.zeros_like(values), np.zeros_like(values)
    for t in range(values.shape[1]):
        goes_on = runs[:, t] > 1
        total[:, t] = np.where(goes_on, total[:, t - 1], 0) + values[:, t]
        weighted[:, t] = np.where(goes_on, weighted[:, t - 1], 0) + runs[:, t] * values[:, t]
    spread = np.maximum(runs * (runs**2 - 1) / 12, 1)
    return np.where(runs > 1, (weighted - total * (runs + 1) / 2) / spread, 0)


def _growth(path: Floats) -> Floats:
    """Return the mean logarithm of the yearly growth over the last years known in each year."""
    steps = np.zeros_like(path)
    both = (path[:, 1:] > 0) & (path[:, :-1] > 0)
    steps[:, 1:][both] = np.log(path[:, 1:][both] / path[:, :-1][both])
    sums = np.cumsum(steps, axis=1)
    sums[:, _GROWTH_YEARS:] = sums[:, _GROWTH_YEARS:] - sums[:, :-_GROWTH_YEARS]
    return sums / np.clip(np.arange(path.shape[1]), 1, _GROWTH_YEARS)


def _pooled(series: Series, path: Floats, prior: np.float64) -> Floats:
    """Return the share among people of the last years, older ones counting less, and `prior` people more."""
    events, people = series.events.copy(), series.people.copy()
    for t in range(1, events.shape[1]):
        events[:, t] += _MEMORY * np.nan_to_num(events[:, t - 1])
        people[:, t] += _MEMORY * np.nan_to_num(people[:, t - 1])
    return (100 * events + prior * path) / (people + prior)
