"""The sub-scores of one indicator: the value, the bounds, and how far it is to the next point."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from registry.exclusion.method import Bounds, Indicator, Method
from registry.exclusion.scoring import Ratio, cuts, quotient
from registry.explanation.standing import Evidence


class SubScore(StrEnum):
    """What a sub-score looks at."""

    ABSOLUTE = "absolute"
    SHARE = "share"
    QUOTIENT = "quotient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One of the three sub-scores of an indicator.

    `value` and `bounds` in the same unit: persons or benefits, percent, or a quotient. `more` is by how
    much the count must grow at least for a point to be gained, `fewer` by how much it must fall for one
    to be lost: in persons or benefits, the reference and the population held; None where no count that
    can be does it. `reference` is the share in percent to which the quotient compares.
    """

    kind: SubScore
    value: Fraction
    reference: Fraction
    bounds: Bounds
    points: int
    more: Fraction | None
    fewer: Fraction | None


def components(method: Method, indicator: Indicator, evidence: Evidence) -> Sequence[Component]:
    """Return the sub-scores A, S, L."""
    ratio = evidence.ratio
    reference = evidence.reference(method, indicator)
    limits = cuts(indicator, denominator=ratio.denominator, reference=reference)
    scores = limits.score(ratio.numerator)
    values = (
        (SubScore.ABSOLUTE, Fraction(ratio.numerator, indicator.parts), indicator.absolute, limits.absolute),
        (SubScore.SHARE, evidence.share(indicator), indicator.share, limits.share),
        (SubScore.QUOTIENT, quotient(indicator, ratio, reference), indicator.quotient, limits.quotient),
    )
    return [
        Component(
            kind=kind,
            value=value,
            reference=reference,
            bounds=bounds,
            points=points,
            more=_in_whole(more_needed(ratio, limit, parts=indicator.parts), indicator.parts),
            fewer=_in_whole(fewer_needed(ratio, limit), indicator.parts),
        )
        for (kind, value, bounds, limit), points in zip(values, scores, strict=True)
    ]


def more_needed(ratio: Ratio, limit: Bounds | None, *, parts: int) -> int | None:
    """Return the smallest growth of the numerator, in parts, that gains a point.

    None where there is no more to gain, or where the count would exceed the population.
    """
    if limit is None or ratio.numerator > limit.second:
        return None
    reached = ceil(limit.first) if ratio.numerator < limit.first else floor(limit.second) + 1
    return reached - ratio.numerator if reached <= parts * ratio.denominator else None


def fewer_needed(ratio: Ratio, limit: Bounds | None) -> int | None:
    """Return the smallest fall of the numerator, in parts, that loses a point; None where it cannot."""
    if limit is None or ratio.numerator < limit.first:
        return None
    left = floor(limit.second) if ratio.numerator > limit.second else ceil(limit.first) - 1
    return ratio.numerator - left if left >= 0 else None


def _in_whole(parts: int | None, of: int) -> Fraction | None:
    return None if parts is None else Fraction(parts, of)
