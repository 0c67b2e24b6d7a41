"""A value by its parts: women and men, ages, statuses; they add up to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from evaluation.definitions.kinds import CODES, SUMMABLE, Dimension, Kind
from evaluation.values.refusals import (
    BreakdownMissing,
    BrokenDownAndNot,
    NotBrokenDown,
    PartRepeated,
    PartsDoNotAddUp,
    PartUnknown,
)

PARTLESS: Final = frozenset({Kind.ORDINAL, Kind.QUALITATIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartValue:
    """The value of one part of a dimension."""

    dimension: Dimension
    part: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """Parts of a value, and the dimensions by which it is said not to be broken down."""

    parts: tuple[PartValue, ...] = ()
    not_broken_down: tuple[Dimension, ...] = ()

    @property
    def dimensions(self) -> frozenset[Dimension]:
        return frozenset(part.dimension for part in self.parts)


NO_BREAKDOWN: Final = Breakdown()


def expect_breakdown(
    breakdown: Breakdown, total: Decimal | None, *, kind: Kind | None, asked: Iterable[Dimension]
) -> None:
    """Raise what is wrong with the parts of a value (422); only counts and money must add up.

    `kind` is None where nobody said what the indicator is; its parts are taken to add up.
    """
    if breakdown.parts and (kind in PARTLESS or total is None):
        raise NotBrokenDown(pointer="/parts")
    expect_parts(breakdown.parts)
    both = breakdown.dimensions.intersection(breakdown.not_broken_down)
    if both:
        raise BrokenDownAndNot(pointer="/not_broken_down", dimension=min(both).value)
    said = breakdown.dimensions.union(breakdown.not_broken_down)
    missing = [dimension.value for dimension in asked if dimension not in said]
    if missing:
        raise BreakdownMissing(pointer="/parts", dimensions=", ".join(missing))
    if total is not None and (kind is None or kind in SUMMABLE):
        _expect_sums(breakdown, total)


def expect_parts(parts: Iterable[PartValue]) -> None:
    """Raise PartUnknown, PartRepeated (422)."""
    seen: set[tuple[Dimension, str]] = set()
    for index, part in enumerate(parts):
        if part.part not in CODES[part.dimension]:
            raise PartUnknown(
                pointer=f"/parts/{index}/part",
                dimension=part.dimension.value,
                part=part.part,
                parts=", ".join(sorted(CODES[part.dimension])),
            )
        if (part.dimension, part.part) in seen:
            raise PartRepeated(pointer=f"/parts/{index}", dimension=part.dimension.value, part=part.part)
        seen.add((part.dimension, part.part))


def _expect_sums(breakdown: Breakdown, total: Decimal) -> None:
    for dimension in sorted(breakdown.dimensions):
        found = sum((part.value for part in breakdown.parts if part.dimension is dimension), Decimal(0))
        if found != total:
            raise PartsDoNotAddUp(
                pointer="/parts",
                dimension=dimension.value,
                parts_sum=format(found, "f"),
                total=format(total, "f"),
            )
