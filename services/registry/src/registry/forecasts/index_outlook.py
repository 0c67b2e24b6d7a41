"""The Index that the forecasts give: computed as every year is, tried on the year held out, and its odds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from registry.exclusion.frame import UNKNOWN, Edition, Inputs
from registry.exclusion.mass import compute
from registry.forecasts.backtest import (
    ALL_SIZES,
    CLASSES,
    Errors,
    errors_at,
    horizons,
    testable,
)
from registry.forecasts.intervals import LEVELS, covered
from registry.forecasts.models import LAST_VALUE
from registry.forecasts.outlook import Outlook, Trial
from registry.forecasts.panel import Flags, Floats, Panel, Series, Whole
from registry.forecasts.projection import Projection, Quantity, holds
from registry.forecasts.simulation import Setting, quantiles, simulate

_MADE, _TRIED = 0, 1
"""The draws of forecasts and of trials have seeds of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexProjection:
    """The Index of a future year: `values` or `UNKNOWN`, intervals by level, `odds` [municipality, index]."""

    values: Whole
    bounds: Mapping[int, tuple[Whole, Whole]]
    odds: Whole
    by_model: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexOutlook:
    projections: Mapping[int, IndexProjection]
    trials: Sequence[Trial]


def index_outlook(editions: Sequence[Edition], found: Outlook, *, seed: int) -> IndexOutlook:
    """Compute the Index from the forecasts, with donors as in the year from which they are made.

    Where the Index so computed did not beat "same as last year" on the year held out, the last one stands.
    """
    panel = found.panel
    errors: dict[tuple[int, int], Errors] = {}
    trials: list[Trial] = []
    projections = {}
    for horizon in horizons(panel.years):
        trials += _trials(editions, found, horizon, errors, seed)
        held = np.array([holds(errors, horizon, size) for size in (ALL_SIZES, *CLASSES)])
        projections[horizon] = _projected(editions, found, horizon, held, seed)
    return IndexOutlook(projections=projections, trials=trials)


def _series(panel: Panel) -> Series:
    values = np.where(panel.index >= 0, panel.index, np.nan)
    return Series.of_counts(values, region=values, state=values)


def _projected(
    editions: Sequence[Edition], found: Outlook, horizon: int, held: Flags, seed: int
) -> IndexProjection:
    """Return the Index of a future year; `held` says for each size class whether its forecasts held."""
    panel = found.panel
    origin = panel.years - 1
    made = _of(found.projections, panel, horizon)
    sizes = panel.sizes(origin)
    by_model = held[sizes]
    computed = _index(editions, panel, made, origin)
    odds = simulate(_setting(editions, panel, made, sizes, origin), seed=(seed, horizon, _MADE))
    last = panel.index[:, origin]
    return IndexProjection(
        values=np.where(by_model & (last >= 0), computed, np.maximum(last, UNKNOWN)),
        bounds=dict(zip(LEVELS, quantiles(odds, LEVELS), strict=True)),
        odds=odds,
        by_model=by_model,
    )


def _trials(
    editions: Sequence[Edition],
    found: Outlook,
    horizon: int,
    errors: dict[tuple[int, int], Errors],
    seed: int,
) -> list[Trial]:
    """Try the Index of the year held out, over all and by size class; add to the errors found so far."""
    panel = found.panel
    series = _series(panel)
    origin = panel.years - 1 - horizon
    sizes = panel.sizes(origin)
    made = _of(found.tried, panel, horizon)
    computed = _index(editions, panel, made, origin)
    odds = simulate(_setting(editions, panel, made, sizes, origin), seed=(seed, horizon, _TRIED))
    intervals = dict(zip(LEVELS, quantiles(odds, LEVELS), strict=True))
    truth = series.values[:, panel.years - 1]
    possible = (computed >= 0) & testable(series, horizon=horizon, origin=origin)
    trials = []
    for size in (ALL_SIZES, *CLASSES):
        members = possible & ((sizes == size) if size else True)
        errors[horizon, size] = errors_at(
            series, computed.astype(np.float64), members, horizon=horizon, origin=origin
        )
        trials.append(
            Trial(
                indicator=None,
                quantity=Quantity.INDEX,
                horizon=horizon,
                size=size,
                tested=None,
                published=None if holds(errors, horizon, size) else LAST_VALUE,
                errors=errors[horizon, size],
                coverage={
                    level: covered(truth[members], low[members], high[members])
                    for level, (low, high) in intervals.items()
                },
            )
        )
    return trials


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """Numerators and denominators of all indicators: [indicator], each with values and past errors."""

    numerators: Sequence[Projection]
    denominators: Sequence[Projection]


def _of(projections: Mapping[tuple[int, Quantity, int], Projection], panel: Panel, horizon: int) -> _Made:
    indicators = range(len(panel.parts))
    return _Made(
        numerators=[projections[i, Quantity.NUMERATOR, horizon] for i in indicators],
        denominators=[projections[i, Quantity.DENOMINATOR, horizon] for i in indicators],
    )


def _counts(panel: Panel, made: _Made, origin: int) -> tuple[Floats, Floats]:
    """Return [indicator, municipality]; what is not forecast stands as it was in the last year known."""
    numerators, denominators = [], []
    for i, parts in enumerate(panel.parts):
        events, people = panel.numerators[:, i, origin], panel.denominators[:, i, origin]
        known = (events >= 0) & (people >= 0)
        there = ~np.isnan(made.numerators[i].values) & ~np.isnan(made.denominators[i].values)
        last_events = np.where(known, events / parts, np.nan)
        last_people = np.where(known, people, np.nan)
        numerators.append(np.where(there, made.numerators[i].values, last_events))
        denominators.append(np.where(there, made.denominators[i].values, last_people))
    return np.stack(numerators), np.stack(denominators)


def _index(editions: Sequence[Edition], panel: Panel, made: _Made, origin: int) -> Whole:
    last, then = editions[-1], editions[origin]
    numerators, denominators = _counts(panel, made, origin)
    donors = _donors(editions, origin)
    parts = np.array(panel.parts)
    ways = then.results.ways
    at = {unit_id: i for i, unit_id in enumerate(then.inputs.unit_ids)}
    chosen_ways = {i: ways[at[last.inputs.unit_ids[i]]] for i in np.flatnonzero(donors >= 0).tolist()}
    inputs: Inputs = replace(
        last.inputs,
        year=panel.first_year + origin,
        numerators=_rounded(numerators.T * parts),
        denominators=_rounded(denominators.T),
        published=np.full(len(donors), UNKNOWN, dtype=np.int8),
        chosen=donors,
        chosen_ways=chosen_ways,
    )
    return compute(last.method, inputs).index.astype(np.int64)


def _rounded(values: Floats) -> Whole:
    return np.where(np.isnan(values), UNKNOWN, np.rint(np.nan_to_num(values))).astype(np.int64)


def _donors(editions: Sequence[Edition], origin: int) -> Whole:
    """Return from whom each municipality took its points over in that year, by the positions of the last."""
    last, then = editions[-1].inputs, editions[origin]
    positions = {unit_id: i for i, unit_id in enumerate(last.unit_ids)}
    found = np.full(len(last.unit_ids), UNKNOWN, dtype=np.int64)
    for heir, donor in enumerate(then.results.donors.tolist()):
        here = positions.get(then.inputs.unit_ids[heir])
        if here is not None and donor >= 0:
            found[here] = positions.get(then.inputs.unit_ids[donor], UNKNOWN)
    return found


def _setting(editions: Sequence[Edition], panel: Panel, made: _Made, sizes: Whole, origin: int) -> Setting:
    numerators, denominators = _counts(panel, made, origin)
    years = min(each.errors.shape[1] for each in chain(made.numerators, made.denominators))
    return Setting(
        method=editions[-1].method,
        numerators=numerators,
        denominators=denominators,
        numerator_errors=_errors(made.numerators, years),
        denominator_errors=_errors(made.denominators, years),
        sizes=sizes,
        regions=panel.regions,
        donors=_donors(editions, origin),
    )


def _errors(projections: Sequence[Projection], years: int) -> Floats:
    """Return [past year, indicator, municipality]."""
    return np.ascontiguousarray(np.stack([each.errors[:, -years:].T for each in projections], axis=1))
