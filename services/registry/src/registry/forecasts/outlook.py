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
from registry.forecasts.models import Model
from registry.forecasts.panel import Flags, Floats, Panel, Series
from registry.forecasts.projection import Pair, Part, Projection, Quantity, part, projected

Projections = Mapping[tuple[int, Quantity, int], Projection]
"""By position of the indicator, quantity, horizon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a forecast erred by on the year held out, for one size class or for all (`ALL_SIZES`).

    `indicator` is its position, None for the Index. `tested` is the model that was tried, `published` the
    one that the forecast is made by; both None where there is no single one. `coverage` is the percentage
    of true values inside the published interval of each of `LEVELS`.
    """

    indicator: int | None
    quantity: Quantity
    horizon: int
    size: int
    tested: Model | None
    published: Model | None
    errors: Errors
    beats: bool
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
            members = self._tried & ((self._sizes == size) if size else True)
            for each in (self._pair.share, self._pair.people):
                errors, beats = each.trials[self._horizon, size]
                yield self._trial(each.quantity, size, members, errors, beats=beats, by=each)
            errors = self._errors_of_numerators(members)
            yield self._trial(Quantity.NUMERATOR, size, members, errors, beats=errors.beats_last_year)

    def _trial(
        self,
        quantity: Quantity,
        size: int,
        members: Flags,
        errors: Errors,
        *,
        beats: bool,
        by: Part | None = None,
    ) -> Trial:
        modelled = by if size else None
        last = max(modelled.choices) if modelled else 0
        return Trial(
            indicator=self._i,
            quantity=quantity,
            horizon=self._horizon,
            size=size,
            tested=modelled.choices[self._origin + 1][size] if modelled else None,
            published=modelled.published(self._horizon, last)[size] if modelled else None,
            errors=errors,
            beats=beats,
            coverage=self._coverage(quantity, members),
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
