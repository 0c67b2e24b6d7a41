"""Distance travelled: levels now against the baseline; what was not assessed is counted, never taken for 0.

Means are exact: of the criteria of an area, then of the areas. They are rounded once, to hundredths, half
away from zero, when they are shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final
from uuid import UUID

from shared.contracts.registry import ThematicArea

_HUNDREDTHS: Final = 100


class Change(StrEnum):
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSENED = "worsened"
    NOT_ASSESSED = "not-assessed"


class StartSource(StrEnum):
    """Where the level at the start comes from."""

    BASELINE = "baseline"
    ENTRY_READING = "entry-reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A criterion of a set, by one edition: at the start, and as it was agreed last."""

    criterion_id: UUID
    area: ThematicArea
    code: str
    name: str
    edition: int
    baseline: int | None
    entry: int | None
    now: int | None

    @property
    def start(self) -> int | None:
        """The locked baseline; where it was not assessed, what an entry reading agreed on."""
        return self.entry if self.baseline is None else self.baseline

    @property
    def start_source(self) -> StartSource | None:
        if self.baseline is not None:
            return StartSource.BASELINE
        return None if self.entry is None else StartSource.ENTRY_READING

    @property
    def shift(self) -> int | None:
        return None if self.start is None or self.now is None else self.now - self.start

    @property
    def change(self) -> Change:
        shift = self.shift
        if shift is None:
            return Change.NOT_ASSESSED
        if shift == 0:
            return Change.UNCHANGED
        return Change.IMPROVED if shift > 0 else Change.WORSENED


@dataclass(frozen=True, slots=True, kw_only=True)
class Travelled:
    """Means over what has both levels, and how many criteria changed how; no mean of nothing."""

    start: Fraction | None
    now: Fraction | None
    shift: Fraction | None
    counts: Mapping[Change, int]


def by_area(measured: Iterable[Measured]) -> dict[ThematicArea, Travelled]:
    """Return what each area came to, as the mean of its criteria, in the order of areas."""
    criteria: dict[ThematicArea, list[Measured]] = {}
    for each in measured:
        criteria.setdefault(each.area, []).append(each)
    return {area: _of_criteria(criteria[area]) for area in ThematicArea if area in criteria}


def whole(parts: Iterable[Travelled]) -> Travelled:
    """Return what areas (or cooperations) come to, each of the same weight.

    One without any comparison adds its counts alone.
    """
    given = list(parts)
    return Travelled(
        start=mean([each.start for each in given]),
        now=mean([each.now for each in given]),
        shift=mean([each.shift for each in given]),
        counts=summed(given),
    )


def summed(given: Iterable[Travelled]) -> dict[Change, int]:
    counts: Counter[Change] = Counter()
    for each in given:
        counts.update(each.counts)
    return {change: counts[change] for change in Change}


def mean(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction()) / len(known) if known else None


def rounded(value: Fraction | None) -> Decimal | None:
    """Return hundredths, half away from zero."""
    if value is None:
        return None
    hundredths = Decimal(value.numerator * _HUNDREDTHS) / Decimal(value.denominator)
    whole_hundredths = hundredths.quantize(Decimal(1), ROUND_HALF_UP)
    return (whole_hundredths / _HUNDREDTHS).quantize(Decimal("0.01")) + Decimal(0)


def _of_criteria(measured: Sequence[Measured]) -> Travelled:
    pairs = [(each.start, each.now) for each in measured]
    compared = [
        (Fraction(start), Fraction(now)) for start, now in pairs if start is not None and now is not None
    ]
    changes = Counter(each.change for each in measured)
    return Travelled(
        start=mean([start for start, _ in compared]),
        now=mean([now for _, now in compared]),
        shift=mean([now - start for start, now in compared]),
        counts={change: changes[change] for change in Change},
    )
