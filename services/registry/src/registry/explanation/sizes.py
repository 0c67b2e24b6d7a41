"""Municipalities by size: the Index adds counts and shares, so that large ones have more of it.

An Index is not to be ranked or compared without the mean of its size class beside it.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeClass:
    """From `lowest` to `highest` inhabitants aged 15 or more; None: no upper end."""

    lowest: int
    highest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeMean:
    """The mean Index of the municipalities of a size class whose Index is known."""

    size: SizeClass
    municipalities: int
    mean: Fraction


_FIRST = (0, 201, 501, 1001, 2001, 5001, 10_001, 50_001)
CLASSES = (
    *(SizeClass(lowest=low, highest=high - 1) for low, high in pairwise(_FIRST)),
    SizeClass(lowest=_FIRST[-1], highest=None),
)


def size_class_of(population_15_plus: int) -> SizeClass:
    return next(each for each in reversed(CLASSES) if each.lowest <= population_15_plus)
