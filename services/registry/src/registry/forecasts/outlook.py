"""Forecasts of all indicators with intervals, and the trials that say what they are worth.

A share and its denominator have a model each; the numerator is their product. A model that did not beat
"same as last year" on the year held out is not used: the last value is published instead, and said to be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from registry.forecasts import panel as of
from registry.forecasts.backtest import ALL_SIZES, CLASSES, Errors, errors_at, horizons, testable
from registry.forecasts.intervals import LEVELS, covered
from registry.forecasts.models import LAST_VALUE, Model
from registry.forecasts.panel import Flags, Floats, Panel, Series
from registry.forecasts.projection import Pair, Part, Projection, Quantity, holds, part, projected

Projections = Mapping[tuple[int, Quantity, int], Projection]
"""By position of the indicator, quantity, horizon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a forecast erred by on the year held out, for one size class or for all (`ALL_SIZES`).

    `indicator` is its position, None for the Index. `tested` is the model that was tried, `published` the
    one that the forecast is made by, the last value where that did not hold; None where there is no single
    one. `coverage` is the percentage of true values inside the published interval of each of `LEVELS`.
    """

    indicator: int | None
    quantity: Quantity
    horizon: int
    size: int
    tested: Model | None
    published: Model | None
    errors: Errors
    coverage: Mapping[int, np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """`projections` from the last year of the panel on; `tried` for that very year, as if not known."""

    panel: Panel
    projections: Projections
    tried: Projections
    trials: Sequence[Trial]


def outlook(panel: Panel) -> Outlook:
    """Forecast every indicator of the panel as many years ahead as its length allows."""
    projections: dict[tuple[int, Quantity, int], Projection] = {}
    tried: dict[tuple[int, Quantity, int], Projection] = {}
    trials: list[Trial] = []
    denominators: dict[str, Part] = {}
    for i, code in enumerate(panel.denominator_codes):
        if code not in denominators:
            denominators[code] = part(Quantity.DENOMINATOR, of.people(panel, i), panel)
        pair = Pair(share=part(Quantity.SHARE, of.shares(panel, i), panel), people=denominators[code])
        for horizon in horizons(panel.years):
            now = projected(panel, pair, horizon=horizon, origin=panel.years - 1)
            before = panel.years - 1 - horizon
            then = projected(panel, pair, horizon=horizon, origin=before, as_tried=True)
            projections |= {(i, quantity, horizon): each for quantity, each in now.items()}
            tried |= {(i, quantity, horizon): each for quantity, each in then.items()}
            trials += _Trials(panel, i, pair, horizon, then[Quantity.NUMERATOR].values).all()
    return Outlook(panel=panel, projections=projections, tried=tried, trials=trials)


class _Trials:
    """What one indicator erred by at one horizon, for all together and for each size class."""

    def __init__(self, panel: Panel, i: int, pair: Pair, horizon: int, numerators: Floats) -> None:
        origin = panel.years - 1 - horizon
        self._i, self._pair, self._horizon, self._numerators = i, pair, horizon, numerators
        self._origin, self._sizes = origin, panel.sizes(origin)
        self._published = projected(panel, pair, horizon=horizon, origin=origin)
        self._tried = testable(pair.share.series, horizon=horizon, origin=origin)

    def all(self) -> Iterator[Trial]:
        for size in (ALL_SIZES, *CLASSES):
            yield self._of_model(self._pair.share, size)
            yield self._of_model(self._pair.people, size)
            errors = self._errors_of_numerators(self._members(size))
            yield self._trial(Quantity.NUMERATOR, size, errors, tested=None, published=None)

    def _members(self, size: int) -> Flags:
        return self._tried & ((self._sizes == size) if size else True)

    def _of_model(self, part: Part, size: int) -> Trial:
        errors = part.trials[self._horizon, size]
        if size:
            tested = part.choices[self._origin + 1][size]
            published = part.published(self._horizon, max(part.choices))[size]
            return self._trial(part.quantity, size, errors, tested=tested, published=published)
        published_by_all = None if holds(part.trials, self._horizon, ALL_SIZES) else LAST_VALUE
        return self._trial(part.quantity, size, errors, tested=None, published=published_by_all)

    def _trial(
        self, quantity: Quantity, size: int, errors: Errors, *, tested: Model | None, published: Model | None
    ) -> Trial:
        return Trial(
            indicator=self._i,
            quantity=quantity,
            horizon=self._horizon,
            size=size,
            tested=tested,
            published=published,
            errors=errors,
            coverage=self._coverage(quantity, self._members(size)),
        )

    def _errors_of_numerators(self, members: Flags) -> Errors:
        share = self._pair.share.series
        numerators = Series.of_counts(share.events, region=share.region, state=share.state)
        return errors_at(numerators, self._numerators, members, horizon=self._horizon, origin=self._origin)

    def _coverage(self, quantity: Quantity, members: Flags) -> dict[int, np.float64]:
        truth = self._pair.truth[quantity][members, self._origin + self._horizon]
        found = self._published[quantity].bounds
        return {
            level: covered(truth, found[level].low[members], found[level].high[members]) for level in LEVELS
        }
