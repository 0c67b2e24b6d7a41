"""How far raters agree: Cohen's weighted kappa, its mean over pairs, Krippendorff's alpha. Exact fractions.

Nothing is computed from nothing: where chance alone explains all (one level everywhere), there is no
number, and what a rater did not assess is left out, never taken for 0.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import Final
from uuid import UUID

Ratings = Mapping[UUID, int]
"""The levels of one rater by criterion; those assessed."""
_FEWEST: Final = 2


class Weights(StrEnum):
    """How much a disagreement weighs: by its distance, or by the square of it."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"

    def of(self, one: int, other: int) -> int:
        distance = abs(one - other)
        return distance if self is Weights.LINEAR else distance * distance


def weighted_kappa(pairs: Sequence[tuple[int, int]], weights: Weights) -> Fraction | None:
    """Return 1 - Σ w·observed / Σ w·expected of two raters (Cohen 1968); None where it is undefined."""
    observed = sum(weights.of(one, other) for one, other in pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(
        weights.of(one, other) * times * others
        for one, times in first.items()
        for other, others in second.items()
    )
    if not expected:
        return None
    return 1 - Fraction(observed * len(pairs), expected)


def mean_pairwise_kappa(raters: Sequence[Ratings], weights: Weights) -> Fraction | None:
    """Return the mean of kappa over all pairs of raters (Light 1971); of two it is Cohen's kappa."""
    found = [
        kappa
        for one, other in combinations(raters, 2)
        if (kappa := weighted_kappa(pairs_of(one, other), weights)) is not None
    ]
    return sum(found, Fraction()) / len(found) if found else None


def pairs_of(one: Ratings, other: Ratings) -> list[tuple[int, int]]:
    """Return the levels of what both raters assessed."""
    return [(one[criterion], other[criterion]) for criterion in sorted(one.keys() & other.keys())]


def ordinal_alpha(raters: Sequence[Ratings]) -> Fraction | None:
    """Return Krippendorff's alpha for ordinal levels; criteria with one rating tell nothing.

    1 - D_o / D_e over coincidences; the distance of two levels is the square of what lies between them,
    the halves of both included (Krippendorff 2011, Computing Krippendorff's alpha-reliability).
    """
    units = [unit for unit in _by_criterion(raters) if len(unit) >= _FEWEST]
    totals = Counter(level for unit in units for level in unit)
    distances = _ordinal_distances(totals)
    observed = sum(
        (Fraction(distances[one, other], len(unit) - 1) for unit in units for one, other in _ordered(unit)),
        Fraction(),
    )
    expected = sum(distances[one, other] * totals[one] * totals[other] for one in totals for other in totals)
    if not expected:
        return None
    return 1 - (totals.total() - 1) * observed / expected


def _by_criterion(raters: Sequence[Ratings]) -> list[list[int]]:
    criteria = sorted({criterion for each in raters for criterion in each})
    return [[each[criterion] for each in raters if criterion in each] for criterion in criteria]


def _ordered(unit: Sequence[int]) -> list[tuple[int, int]]:
    """Return every ordered pair of two ratings of one criterion."""
    return [(one, other) for at, one in enumerate(unit) for to, other in enumerate(unit) if at != to]


def _ordinal_distances(totals: Counter[int]) -> dict[tuple[int, int], Fraction]:
    levels = sorted(totals)
    distances = {}
    for one in levels:
        for other in levels:
            low, high = min(one, other), max(one, other)
            between = sum(totals[level] for level in levels if low <= level <= high)
            distances[one, other] = (between - Fraction(totals[low] + totals[high], 2)) ** 2
    return distances
