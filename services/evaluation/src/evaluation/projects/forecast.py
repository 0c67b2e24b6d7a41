"""What an output or an indicator comes to by the end, by one simple rule that everybody can check."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

SOONEST_SHARE: Final = Decimal("0.1")
"""Before a tenth of the time has passed nothing is forecast."""


def forecast(actual: int, *, starts_on: date, ends_on: date, on: date) -> int | None:
    """Return `actual × days / days passed`, half up: the pace so far goes on to the end.

    Days of the beginning and of the end count. After the end it is the actual number itself; None before
    a tenth of the time has passed.
    """
    days = (ends_on - starts_on).days + 1
    passed = (min(on, ends_on) - starts_on).days + 1
    if on >= ends_on:
        return actual
    if passed <= 0 or Decimal(passed) / days < SOONEST_SHARE:
        return None
    return int((Decimal(actual) * days / passed).quantize(Decimal(1), ROUND_HALF_UP))
