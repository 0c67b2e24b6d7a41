"""What is said of one indicator: models that were tried, their forecasts, intervals from past errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from registry.forecasts.backtest import (
    ALL_SIZES,
    CLASSES,
    LEAST_HISTORY,
    LEAST_TRAINING,
    Choice,
    Errors,
    choose,
    chosen,
    errors_at,
    gains_of,
    horizons,
)
from registry.forecasts.intervals import Bounds, bounds, spread
from registry.forecasts.models import LAST_VALUE
from registry.forecasts.panel import Floats, Panel, Series, Whole


class Quantity(StrEnum):
    SHARE = "share"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    INDEX = "index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """One quantity of one indicator for all municipalities, NaN where it is not forecast."""

    values: Floats
    bounds: Mapping[int, Bounds]
    errors: Floats
    """Errors of the past in their units: [municipality, origin], NaN where there is none."""


Trials = Mapping[tuple[int, int], Errors]
"""What forecasts erred by on the year held out, by horizon and size class."""


def holds(trials: Trials, horizon: int, size: int) -> bool:
    """Whether the last value was beaten at all horizons up to this, over all and in the size class."""
    every = (trials[ahead, each] for ahead in range(1, horizon + 1) for each in {ALL_SIZES, size})
    return all(errors.beats_last_year or not errors.series for errors in every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One modelled series, with `choices` of models by how many years were known."""

    quantity: Quantity
    series: Series
    choices: Mapping[int, Choice]
    trials: Trials

    def published(self, horizon: int, known: int) -> Choice:
        """Return the choice where it holds, else the last value."""
        return {
            size: model if holds(self.trials, horizon, size) else LAST_VALUE
            for size, model in self.choices[known].items()
        }


def part(quantity: Quantity, series: Series, panel: Panel) -> Part:
    """Choose the models and try each choice on the last year, of which it has not seen anything."""
    gains = gains_of(series)
    choices: dict[int, Choice] = {}
    trials: dict[tuple[int, int], Errors] = {}
    for horizon in horizons(panel.years):
        origin = panel.years - 1 - horizon
        sizes = panel.sizes(origin)
        choice = choices[origin + 1] = choose(gains, sizes, known=origin + 1)
        forecasts = chosen(series, choice, sizes, horizon)[:, origin]
        for size in (ALL_SIZES, *CLASSES):
            members = sizes == size if size else np.ones(len(sizes), dtype=bool)
            trials[horizon, size] = errors_at(series, forecasts, members, horizon=horizon, origin=origin)
    return Part(quantity=quantity, series=series, choices=choices, trials=trials)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A share and its denominator, from which the numerator follows."""

    share: Part
    people: Part

    @property
    def truth(self) -> dict[Quantity, Floats]:
        series = self.share.series
        return {
            Quantity.SHARE: series.values,
            Quantity.NUMERATOR: series.events,
            Quantity.DENOMINATOR: series.people,
        }

    def forecasts(self, sizes: Whole, horizon: int, known: int, *, as_tried: bool) -> dict[Quantity, Floats]:
        """Return what is forecast from every year by the choice of that time, or by what is published."""
        shares, people = (
            chosen(
                each.series,
                each.choices[known] if as_tried else each.published(horizon, known),
                sizes,
                horizon,
            )
            for each in (self.share, self.people)
        )
        return {
            Quantity.SHARE: shares,
            Quantity.NUMERATOR: shares * people / 100,
            Quantity.DENOMINATOR: people,
        }


def projected(
    panel: Panel, pair: Pair, *, horizon: int, origin: int, as_tried: bool = False
) -> dict[Quantity, Projection]:
    """Forecast as in year number `origin`, with intervals from the errors that were known then."""
    sizes = panel.sizes(origin)
    known = min(origin + 1, panel.years - 1)
    runs = pair.share.series.runs
    far = pair.forecasts(sizes, horizon, known, as_tried=as_tried)
    near = pair.forecasts(sizes, 1, known, as_tried=as_tried)
    least = LEAST_HISTORY if origin == panel.years - 1 else LEAST_HISTORY - 1
    found = {}
    for quantity, truth in pair.truth.items():
        past = _past_errors(truth, far[quantity], _units(quantity, far), horizon, origin, runs)
        if np.isnan(past).all():
            past = _past_errors(truth, near[quantity], _units(quantity, near), 1, origin, runs)
            past *= np.sqrt(horizon)
        values = np.where(runs[:, origin] >= least, far[quantity][:, origin], np.nan)
        seen = ~np.isnan(past)
        found[quantity] = Projection(
            values=values,
            bounds=bounds(
                values,
                _units(quantity, far)[:, origin],
                past[seen],
                sizes=sizes,
                classes_of_past=np.broadcast_to(sizes[:, None], past.shape)[seen],
                ceiling=100 if quantity is Quantity.SHARE else None,
            ),
            errors=past,
        )
    return found


def _units(quantity: Quantity, made: Mapping[Quantity, Floats]) -> Floats:
    if quantity is Quantity.SHARE:
        return 100 * spread(made[Quantity.NUMERATOR]) / np.maximum(made[Quantity.DENOMINATOR], 1)
    return spread(made[quantity])


def _past_errors(
    truth: Floats, forecasts: Floats, units: Floats, horizon: int, origin: int, runs: Whole
) -> Floats:
    """Return the errors in their units of all forecasts whose truth was known in year number `origin`."""
    first, last = LEAST_TRAINING - 1, origin - horizon + 1
    if last <= first:
        return np.full((len(truth), 1), np.nan)
    past = slice(first, last)
    errors = (truth[:, first + horizon : last + horizon] - forecasts[:, past]) / units[:, past]
    return np.where(runs[:, past] >= LEAST_TRAINING, errors, np.nan)
