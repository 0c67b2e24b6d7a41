"""From whom a municipality without a school takes its points over.

Source: note of the ministry's workbook: the nearest municipality with a school, seen from the centre of
the built-up area; definition points stand for the centres here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from registry.exclusion.frame import UNKNOWN, Inputs, Way

Metres = NDArray[np.float64]
Positions = NDArray[np.int64]

_AT_FIRST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Donors:
    """For each municipality the way, the position of its donor or `UNKNOWN`, and metres to it or NaN."""

    ways: list[Way]
    positions: Positions
    distances: Metres

    @classmethod
    def of_nobody(cls, count: int) -> "Donors":
        return cls(
            ways=[Way.OWN] * count,
            positions=np.full(count, UNKNOWN, dtype=np.int64),
            distances=np.full(count, np.nan),
        )


def find_donors(inputs: Inputs, column: int) -> Donors:
    """Return the donors for the indicator in `column`.

    A donor that was set goes first if it has data of its own that year; else the nearest that has them,
    by distance to the centimetre, then by code; else the way is `UNKNOWN`.
    """
    numerators, denominators = inputs.numerators[:, column], inputs.denominators[:, column]
    owns = (numerators >= 0) & (denominators >= 0)
    heirs = ~owns & ((numerators == UNKNOWN) | (denominators == UNKNOWN))
    donors = Donors.of_nobody(len(owns))
    set_by = np.where(inputs.chosen >= 0, inputs.chosen, 0)
    was_set = heirs & (inputs.chosen >= 0) & owns[set_by]
    donors.positions[was_set] = inputs.chosen[was_set]
    seeking = np.flatnonzero(heirs & ~was_set & np.isfinite(inputs.x) & np.isfinite(inputs.y))
    giving = np.flatnonzero(owns & np.isfinite(inputs.x) & np.isfinite(inputs.y))
    if len(seeking) and len(giving):
        donors.positions[seeking] = _nearest(inputs, seeking, giving)
    found = np.flatnonzero(donors.positions != UNKNOWN)
    donors.distances[found] = _metres(inputs, found, donors.positions[found])
    for i in np.flatnonzero(~owns).tolist():
        donors.ways[i] = Way.UNKNOWN
    for i in seeking.tolist() if len(giving) else ():
        donors.ways[i] = Way.NEAREST
    for i in np.flatnonzero(was_set).tolist():
        donors.ways[i] = inputs.chosen_ways[i]
    return donors


def nearest_schools(inputs: Inputs, column: int, position: int, count: int) -> list[tuple[int, float]]:
    """Return the nearest municipalities with data of their own and the metres to them, nearest first."""
    owns = (inputs.numerators[:, column] >= 0) & (inputs.denominators[:, column] >= 0)
    owns &= np.isfinite(inputs.x) & np.isfinite(inputs.y)
    owns[position] = False
    givers = np.flatnonzero(owns)
    if not len(givers) or not np.isfinite(inputs.x[position]):
        return []
    metres = _metres(inputs, np.full(len(givers), position), givers)
    order = np.lexsort((np.array(inputs.codes)[givers], metres))[:count]
    return [(int(givers[i]), float(metres[i])) for i in order]


def _nearest(inputs: Inputs, seeking: Positions, giving: Positions) -> Positions:
    """Ask for ever more neighbours until the last one is farther than the first: ties are all seen."""
    by_code = giving[np.argsort(np.array(inputs.codes)[giving], kind="stable")]
    tree = cKDTree(np.column_stack([inputs.x[by_code], inputs.y[by_code]]))
    best = np.empty(len(seeking), dtype=np.int64)
    open_, asked = np.arange(len(seeking)), min(_AT_FIRST, len(by_code))
    while len(open_):
        here = seeking[open_]
        metres, found = tree.query(np.column_stack([inputs.x[here], inputs.y[here]]), k=asked)
        metres = np.round(metres.reshape(len(here), asked), 2)
        found = found.reshape(len(here), asked)
        nearest = metres[:, :1].min(axis=1, keepdims=True)
        best[open_] = np.where(metres == nearest, found, len(by_code)).min(axis=1)
        unsure = metres[:, -1] == nearest[:, 0]
        if asked == len(by_code):
            break
        open_, asked = open_[unsure], min(4 * asked, len(by_code))
    return by_code[best]


def _metres(inputs: Inputs, first: Positions, second: Positions) -> Metres:
    """Distances in S-JTSK, to the centimetre."""
    across, along = inputs.x[first] - inputs.x[second], inputs.y[first] - inputs.y[second]
    metres: Metres = np.hypot(across, along)
    return metres.round(2)
