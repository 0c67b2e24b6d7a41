"""Which model, and how much it errs: chosen on rolling origins, tried on a year that it has never seen.

MASE after R. J. Hyndman, A. B. Koehler (2006): the error divided by the mean error that "same as last year"
made in the past of the same series. Series that never changed have no such scale: left out and counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from registry.forecasts.models import LAST_VALUE, Model, candidates, predict
from registry.forecasts.panel import SIZES, Flags, Floats, Series, Whole

LEAST_HISTORY = 5
"""Years in a row without which nothing is forecast: four to learn from and one to be tried on."""
LEAST_TRAINING = 3
LEAST_CLASS = 30
LONGEST_HORIZON = 3
CLEARLY = 2
"""Standard errors by which a model must be ahead of the last value to be preferred to it."""
ALL_SIZES = 0
CLASSES = range(1, len(SIZES) + 2)

Choice = Mapping[int, Model]
"""The model of each size class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """How forecasts `horizon` years ahead did on one year, over some municipalities.

    The scaled ones are divided by the mean yearly change in the past of the same municipality, whatever the
    horizon; `unchanging` of the `series` had none and are left out of them.
    """

    horizon: int
    series: int
    unchanging: int
    mase: np.float64
    mase_of_last_year: np.float64
    mae: np.float64
    mae_of_last_year: np.float64
    bias: np.float64

    @property
    def beats_last_year(self) -> bool:
        """Below the error of "same as last year" that year, and one year ahead below its past error too."""
        better = bool(self.mase < self.mase_of_last_year)
        return better and (self.horizon > 1 or bool(self.mase < 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """By how much each model was closer than the last value, in units of the past yearly change.

    `values` is [model, municipality, origin] from the first origin on; NaN where it was not tried.
    """

    models: tuple[Model, ...]
    values: Floats


def horizons(years: int) -> range:
    """Return how many years ahead can be forecast: only as many as can be tried."""
    return range(1, min(LONGEST_HORIZON, years - LEAST_HISTORY + 1) + 1)


def gains_of(series: Series) -> Gains:
    """Forecast one year ahead from every year with enough past, by every model.

    What is gained at one origin depends on the years up to the one after it alone.
    """
    origins = slice(LEAST_TRAINING - 1, series.values.shape[1] - 1)
    truth, scale = series.values[:, LEAST_TRAINING:], past_change(series)[:, origins]
    usable = (series.runs[:, origins] >= LEAST_TRAINING) & (scale > 0) & ~np.isnan(truth)
    unit = np.where(usable, scale, np.nan)
    plain = np.abs(predict(series, LAST_VALUE, 1)[:, origins] - truth)
    models = candidates(of_shares=series.ceiling is not None)[1:]
    errors = (np.abs(predict(series, model, 1)[:, origins] - truth) for model in models)
    return Gains(models=models, values=np.stack([(plain - each) / unit for each in errors]))


def choose(gains: Gains, sizes: Whole, *, known: int) -> Choice:
    """Return the best model of each size class by what was gained within the first `known` years.

    Small classes take the choice of all together.
    """
    tried = gains.values[:, :, : known - LEAST_TRAINING]
    count = (~np.isnan(tried[0])).sum(axis=1)
    means = np.nansum(tried, axis=2) / np.where(count > 0, count, np.nan)
    overall = _best(gains.models, means, np.ones(len(sizes), dtype=bool))
    return {
        size: _best(gains.models, means, members)
        if (members := sizes == size).sum() >= LEAST_CLASS
        else overall
        for size in CLASSES
    }


def _best(models: tuple[Model, ...], gains: Floats, members: Flags) -> Model:
    """Return the model that gains most on the last value, if it does so clearly; of equals the plainer."""
    inside = gains[:, members & ~np.isnan(gains[0])]
    if inside.shape[1] < 2:
        return LAST_VALUE
    means = np.round(inside.mean(axis=1), 9)
    best = int(np.argmax(means))
    doubt = inside[best].std(ddof=1) / np.sqrt(inside.shape[1])
    return models[best] if means[best] > CLEARLY * doubt else LAST_VALUE


def chosen(series: Series, choice: Choice, sizes: Whole, horizon: int) -> Floats:
    """Return the forecasts of each municipality by the model of its size class, as `predict` does."""
    found = np.full(series.values.shape, np.nan)
    for model in dict.fromkeys(choice.values()):
        members = np.isin(sizes, [size for size, each in choice.items() if each == model])
        found[members] = predict(series, model, horizon)[members]
    return found


def errors_at(series: Series, forecasts: Floats, members: Flags, *, horizon: int, origin: int) -> Errors:
    """Compare what was forecast in year number `origin` to the truth `horizon` years later."""
    truth, last = series.values[:, origin + horizon], series.values[:, origin]
    tried = members & testable(series, horizon=horizon, origin=origin)
    scale = past_change(series)[:, origin]
    scaled = tried & (scale > 0)
    errors, plain = forecasts - truth, last - truth
    return Errors(
        horizon=horizon,
        series=int(tried.sum()),
        unchanging=int((tried & ~scaled).sum()),
        mase=_average(np.abs(errors[scaled]) / scale[scaled]),
        mase_of_last_year=_average(np.abs(plain[scaled]) / scale[scaled]),
        mae=_average(np.abs(errors[tried])),
        mae_of_last_year=_average(np.abs(plain[tried])),
        bias=_average(errors[tried]),
    )


def testable(series: Series, *, horizon: int, origin: int) -> Flags:
    """Return whose past was long enough in year number `origin` and whose truth is known."""
    long_enough: Flags = series.runs[:, origin] >= LEAST_HISTORY - 1
    return long_enough & ~np.isnan(series.values[:, origin + horizon])


def _average(values: Floats) -> np.float64:
    return np.float64(np.round(values.mean(), 9)) if len(values) else np.float64(np.nan)


def past_change(series: Series) -> Floats:
    """Return for each year the mean absolute yearly change since the run began; NaN in its first year."""
    runs = series.runs
    sums = np.zeros_like(series.values)
    for t in range(1, sums.shape[1]):
        change = np.abs(series.values[:, t] - series.values[:, t - 1])
        sums[:, t] = np.where(runs[:, t] > 1, np.nan_to_num(change) + sums[:, t - 1], 0)
    return np.where(runs > 1, sums / np.maximum(runs - 1, 1), np.nan)
