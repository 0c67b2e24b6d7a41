"""Points of one indicator, exactly: fractions, no rounding before a bound is met."""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from registry.exclusion.method import Bounds, Indicator, Method


class SubScores(NamedTuple):
    """Sub-scores 0–2: A absolute count, S share, L location quotient."""

    absolute: int
    share: int
    quotient: int

    @property
    def points(self) -> int:
        return self.absolute + self.share + self.quotient


class Ratio(NamedTuple):
    """Events among a population; the numerator counts in the indicator's parts."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """The bounds of one indicator for one population, in the parts in which its numerator counts.

    None where the sub-score is 0 whatever the numerator: nobody lives there, or the reference is 0.
    """

    absolute: Bounds
    share: Bounds | None
    quotient: Bounds | None

    def score(self, numerator: int) -> SubScores:
        return SubScores(
            _points(numerator, self.absolute),
            _points(numerator, self.share),
            _points(numerator, self.quotient),
        )


def share(indicator: Indicator, ratio: Ratio) -> Fraction:
    """Return the share in percent; 0 where nobody lives (military areas)."""
    if ratio.denominator == 0:
        return Fraction(0)
    return Fraction(100 * ratio.numerator, indicator.parts * ratio.denominator)


def reference(method: Method, indicator: Indicator, *, state: Ratio, region: Ratio) -> Fraction:
    """Return the share in percent to which a municipality of the region is compared."""
    return method.state_weight * share(indicator, state) + method.region_weight * share(indicator, region)


def quotient(indicator: Indicator, ratio: Ratio, reference: Fraction) -> Fraction:
    """Return the location quotient; 0 where the reference is 0."""
    return share(indicator, ratio) / reference if reference else Fraction(0)


def cuts(indicator: Indicator, *, denominator: int, reference: Fraction) -> Cuts:
    """Return the bounds as numerators: a count `n` is compared to them without any division."""
    whole = Fraction(indicator.parts)
    percent = whole * denominator / 100
    return Cuts(
        absolute=_times(indicator.absolute, whole),
        share=_times(indicator.share, percent) if denominator else None,
        quotient=_times(indicator.quotient, reference * percent) if denominator and reference else None,
    )


def sub_scores(indicator: Indicator, ratio: Ratio, reference: Fraction) -> SubScores:
    return cuts(indicator, denominator=ratio.denominator, reference=reference).score(ratio.numerator)


def _times(bounds: Bounds, factor: Fraction) -> Bounds:
    return Bounds(first=bounds.first * factor, second=bounds.second * factor)


def _points(numerator: int, bounds: Bounds | None) -> int:
    if bounds is None or numerator < bounds.first:
        return 0
    return 1 if numerator <= bounds.second else 2
