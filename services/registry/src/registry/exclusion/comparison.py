"""The computed Index beside the published one: what agrees, what does not, and from whom points came."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from registry.exclusion.donors import nearest_schools
from registry.exclusion.frame import UNKNOWN, Inputs, Results, Way
from registry.exclusion.method import Method

_BY_DONOR = frozenset({Way.CHOSEN, Way.IMPORTED, Way.NEAREST})
_MOST_INHERITED = 5
"""In no year known has a municipality inherited 6 points: a larger remainder speaks of a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """A municipality whose points would be taken over, and the Index that would follow."""

    position: int
    distance_m: float
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A municipality (its position) whose Index was published otherwise than it is computed."""

    position: int
    published: int
    computed: int
    way: Way
    donor: Giver | None
    second_nearest: Giver | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`equal` and `different` among municipalities with data of their own; the rest inherits.

    `inherited` counts all that inherit, published or not. `inherited_equal` those whose published Index
    comes out with a donor's points. `inherited_out_of_range` those of which the published Index less the
    indicators of their own does not leave 0–5 points.
    """

    published: int
    equal: int
    different: int
    inherited: int
    inherited_equal: int
    inherited_out_of_range: int
    differences: tuple[Difference, ...]


def compare(method: Method, inputs: Inputs, results: Results) -> Comparison:
    """Compare a year with what was published of it; municipalities with an unknown Index count nowhere."""
    own = np.array([way is Way.OWN for way in results.ways], dtype=bool)
    by_donor = np.array([way in _BY_DONOR for way in results.ways], dtype=bool)
    told = inputs.published != UNKNOWN
    known = told & (results.index != UNKNOWN)
    same = known & (inputs.published == results.index)
    differs = known & ~same
    return Comparison(
        published=int(told.sum()),
        equal=int((own & same).sum()),
        different=int((own & differs).sum()),
        inherited=int((~own).sum()),
        inherited_equal=int((by_donor & same).sum()),
        inherited_out_of_range=_out_of_range(method, inputs, results, ~own & told),
        differences=tuple(_difference(method, inputs, results, i) for i in np.flatnonzero(differs).tolist()),
    )


def _out_of_range(method: Method, inputs: Inputs, results: Results, heirs: NDArray[np.bool_]) -> int:
    if method.inheritable is None:
        return 0
    others = np.delete(results.points, method.inheritable, axis=1)
    heirs = heirs & (others != UNKNOWN).all(axis=1)
    remainders = inputs.published[heirs] - others[heirs].sum(axis=1, dtype=np.int16)
    return int(((remainders < 0) | (remainders > _MOST_INHERITED)).sum())


def _difference(method: Method, inputs: Inputs, results: Results, position: int) -> Difference:
    column, donor = method.inheritable, int(results.donors[position])
    nearest: list[tuple[int, float]] = []
    if column is not None and donor != UNKNOWN:
        nearest = nearest_schools(inputs, column, position, 2)

    def giver(at: int, distance_m: float) -> Giver:
        inherited = results.points[at, column] - results.points[position, column]
        return Giver(position=at, distance_m=distance_m, index=int(results.index[position] + inherited))

    return Difference(
        position=position,
        published=int(inputs.published[position]),
        computed=int(results.index[position]),
        way=results.ways[position],
        donor=giver(donor, float(results.distances[position])) if donor != UNKNOWN else None,
        second_nearest=giver(*nearest[1]) if len(nearest) == 2 else None,
    )
