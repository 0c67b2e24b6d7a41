"""An edition laid out once for all pages of its municipalities: who is where, sizes with their means."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from uuid import UUID

import numpy as np

from registry.exclusion.frame import Edition
from registry.explanation.sizes import CLASSES, SizeClass, SizeMean, size_class_of
from registry.peers.domain import POPULATION, Candidate, Landscape, landscape_of, nearest

_KEPT: Final = 12
_laid_out: OrderedDict[tuple[int, str, str], "Surroundings"] = OrderedDict()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What does not depend on which municipality is asked for."""

    landscape: Landscape
    positions: Mapping[UUID, int]
    means: Mapping[SizeClass, SizeMean]

    def nearest_to(self, unit_id: UUID, *, count: int) -> Sequence[Candidate]:
        """Return similar municipalities; none where nobody lives in this one."""
        position = self.positions.get(unit_id)
        if position is None or np.isnan(self.landscape.values[position, 0]):
            return []
        return nearest(self.landscape, position, count=count)

    def size_mean(self, population_15_plus: int | None) -> SizeMean | None:
        """Return the mean of the municipalities of that size whose Index is known."""
        return None if population_15_plus is None else self.means.get(size_class_of(population_15_plus))


def surroundings_of(edition: Edition) -> Surroundings | None:
    """Return what lies around each municipality, kept in memory: editions never change.

    None where the method has no population by which sizes could be told.
    """
    if POPULATION not in [indicator.denominator for indicator in edition.method.indicators]:
        return None
    key = (edition.computation_id, edition.inputs_digest, edition.results_digest)
    if key not in _laid_out:
        _laid_out[key] = _lay_out(edition)
    _laid_out.move_to_end(key)
    while len(_laid_out) > _KEPT:
        _laid_out.popitem(last=False)
    return _laid_out[key]


def _lay_out(edition: Edition) -> Surroundings:
    return Surroundings(
        landscape=landscape_of(edition),
        positions={unit_id: position for position, unit_id in enumerate(edition.inputs.unit_ids)},
        means={mean.size: mean for mean in _means(edition)},
    )


def _means(edition: Edition) -> Sequence[SizeMean]:
    at = [indicator.denominator for indicator in edition.method.indicators].index(POPULATION)
    population, index = edition.inputs.denominators[:, at], edition.results.index
    found = []
    for size in CLASSES:
        of_size = (population >= size.lowest) & (index >= 0)
        if size.highest is not None:
            of_size &= population <= size.highest
        known = int(of_size.sum())
        if known:
            mean = Fraction(int(index[of_size].sum(dtype=np.int64)), known)
            found.append(SizeMean(size=size, municipalities=known, mean=mean))
    return found
