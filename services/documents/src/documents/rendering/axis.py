"""The scale of a chart: round numbers that the values lie between."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

STEPS: Final = 5
"""About so many lines across a chart; one or two more where round numbers ask for it."""
HEIGHT: Final = 10_000
_ROUND: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """`ticks` ascend from the lowest number of the scale to the highest; there are two at least."""

    ticks: tuple[Decimal, ...]

    def place(self, value: Decimal) -> int:
        """Return how high a value lies, from 0 to `HEIGHT`."""
        low, high = self.ticks[0], self.ticks[-1]
        return int(((value - low) * HEIGHT / (high - low)).to_integral_value(ROUND_HALF_UP))


def axis_over(values: Iterable[Decimal | None], *, from_zero: bool = True) -> Axis:
    """Return the scale for the values; bars begin at zero, or their lengths would lie."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(0), Decimal(1))
    if from_zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        low, high = min(low - 1, low), high + 1
        low = max(low, Decimal(0)) if known and min(known) >= 0 else low
    step = _step((high - low) / STEPS)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return Axis(ticks=tuple(step * number for number in range(int(first), int(last) + 1)))


def _step(least: Decimal) -> Decimal:
    power = Decimal(10) ** least.adjusted()
    return next(power * each for each in _ROUND if power * each >= least)
