"""A year as it might be: its figures changed, its method amended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

from registry.exclusion.frame import Counts, Inputs
from registry.exclusion.method import Indicator, Method
from registry.explanation.distances import SubScore
from registry.scenarios.domain import (
    Change,
    CountBelowZero,
    CountTooLarge,
    FigureSide,
    IndicatorUnknown,
    NothingToChange,
    Operation,
    Threshold,
    ThresholdTwice,
)

LARGEST = 10**9
Positions = NDArray[np.int64]
_AMOUNTS: dict[Operation, Callable[[int, Fraction, int], Fraction]] = {
    Operation.FACTOR: lambda count, amount, _parts: count * amount,
    Operation.ADD: lambda count, amount, parts: count + amount * parts,
    Operation.SET: lambda _count, amount, parts: amount * parts,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """How many figures a change changed, and of which indicators."""

    municipalities: int
    indicators: tuple[str, ...]


def change_figures(
    method: Method, inputs: Inputs, changes: Sequence[tuple[Change, Positions]]
) -> tuple[Inputs, list[Touched]]:
    """Return the inputs after the changes, one after another, at the positions given with each.

    Counts are rounded half up to the parts in which the indicator counts. What is not known stays so.
    Raises IndicatorUnknown, NothingToChange, CountBelowZero, CountTooLarge, with a pointer.
    """
    numerators, denominators = inputs.numerators.copy(), inputs.denominators.copy()
    touched = []
    for number, (change, positions) in enumerate(changes):
        pointer = f"/changes/{number}"
        columns = _columns(method, change, pointer)
        counts = numerators if change.side is FigureSide.NUMERATOR else denominators
        known = positions[counts[positions, columns[0]] >= 0]
        if not len(known):
            raise NothingToChange(pointer=pointer)
        for column in columns:
            parts = method.indicators[column].parts if change.side is FigureSide.NUMERATOR else 1
            after = _changed(change, counts[known, column], parts)
            _expect_possible(after, [inputs.codes[at] for at in known.tolist()], parts, pointer)
            counts[known, column] = after
        codes = tuple(method.indicators[column].code for column in columns)
        touched.append(Touched(municipalities=len(known), indicators=codes))
    return replace(inputs, numerators=numerators, denominators=denominators), touched


def amend(method: Method, thresholds: Sequence[Threshold], state_weight: Fraction | None) -> Method:
    """Return the method with other bounds and weights. Raises IndicatorUnknown, ThresholdTwice."""
    for number, threshold in enumerate(thresholds):
        asked = (threshold.indicator, threshold.sub_score)
        if asked in {(each.indicator, each.sub_score) for each in thresholds[:number]}:
            raise ThresholdTwice(
                pointer=f"/thresholds/{number}", indicator=asked[0], sub_score=asked[1].value
            )
        at = _position(method, threshold.indicator, f"/thresholds/{number}/indicator")
        amended = _amended(method.indicators[at], threshold)
        method = replace(method, indicators=(*method.indicators[:at], amended, *method.indicators[at + 1 :]))
    if state_weight is None:
        return method
    return replace(method, state_weight=state_weight, region_weight=1 - state_weight)


def _amended(indicator: Indicator, threshold: Threshold) -> Indicator:
    match threshold.sub_score:
        case SubScore.ABSOLUTE:
            return replace(indicator, absolute=threshold.bounds)
        case SubScore.SHARE:
            return replace(indicator, share=threshold.bounds)
        case SubScore.QUOTIENT:
            return replace(indicator, quotient=threshold.bounds)


def _columns(method: Method, change: Change, pointer: str) -> list[int]:
    """Return the columns of all indicators that count the same series."""
    at = _position(method, change.indicator, f"{pointer}/indicator")

    def series(indicator: Indicator) -> str:
        is_numerator = change.side is FigureSide.NUMERATOR
        return indicator.numerator if is_numerator else indicator.denominator

    wanted = series(method.indicators[at])
    same = [i for i, each in enumerate(method.indicators) if series(each) == wanted]
    return [at, *(i for i in same if i != at)]


def _position(method: Method, code: str, pointer: str) -> int:
    for position, indicator in enumerate(method.indicators):
        if indicator.code == code:
            return position
    raise IndicatorUnknown(pointer=pointer, indicator=code)


def _changed(change: Change, counts: Counts, parts: int) -> list[int]:
    by = _AMOUNTS[change.operation]
    return [floor(by(count, change.amount, parts) + Fraction(1, 2)) for count in counts.tolist()]


def _expect_possible(counts: Sequence[int], codes: Sequence[str], parts: int, pointer: str) -> None:
    below = [code for code, count in zip(codes, counts, strict=True) if count < 0]
    if below:
        raise CountBelowZero(pointer=pointer, municipalities=len(below), code=below[0])
    large = [code for code, count in zip(codes, counts, strict=True) if count > LARGEST * parts]
    if large:
        raise CountTooLarge(pointer=pointer, code=large[0])
