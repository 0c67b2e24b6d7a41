"""Intervals from the errors that were made before, in municipalities of the same size.

An error is measured in the square root of the count that was forecast, plus one: so the errors of a village
and of a town can stand in one row. Nothing is assumed about their shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from registry.forecasts.panel import Floats, Whole

LEVELS = (80, 95)
LEAST_ERRORS = 100
"""With fewer errors in a size class, those of all municipalities are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Lower and upper bounds of one level, in the order of the municipalities."""

    low: Floats
    high: Floats


def spread(counts: Floats) -> Floats:
    """Return the unit in which an error of a count is measured."""
    return np.sqrt(counts + 1)


def bounds(
    values: Floats, units: Floats, past: Floats, *, sizes: Whole, classes_of_past: Whole, ceiling: int | None
) -> Mapping[int, Bounds]:
    """Return the interval of each level around `values`.

    `units` are the units of the errors, `past` errors in such units with the size class of each.
    """
    found = {}
    for level in LEVELS:
        low, high = np.zeros_like(values), np.zeros_like(values)
        for size in np.unique(sizes):
            members = sizes == size
            errors = past[classes_of_past == size]
            below, above = quantiles(errors if len(errors) >= LEAST_ERRORS else past, level)
            low[members] = values[members] + below * units[members]
            high[members] = values[members] + above * units[members]
        found[level] = Bounds(low=np.clip(low, 0, ceiling), high=np.clip(high, 0, ceiling))
    return found


def quantiles(errors: Floats, level: int) -> tuple[np.float64, np.float64]:
    """Return the errors between which `level` percent of new ones fall; the widest seen at the ends.

    Ranks as in conformal prediction: one more error than was seen is reckoned with.
    """
    if not len(errors):
        return np.float64(0), np.float64(0)
    ordered = np.sort(errors)
    outside = (100 - level) / 200 * (len(ordered) + 1)
    below = max(int(np.floor(outside)), 1)
    above = min(int(np.ceil(len(ordered) + 1 - outside)), len(ordered))
    return ordered[below - 1], ordered[above - 1]


def covered(truth: Floats, low: Floats | Whole, high: Floats | Whole) -> np.float64:
    """Return the percentage of true values inside the interval; NaN of none."""
    return np.float64(100 * ((truth >= low) & (truth <= high)).mean()) if len(truth) else np.float64(np.nan)
