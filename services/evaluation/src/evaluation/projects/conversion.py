"""What support is worth in hours, in whole thirds of a minute: 45-minute hours divide nothing else."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final


class SupportUnit(StrEnum):
    """In what support is written down (jednotka podpory)."""

    HOUR_60 = "hour-60"  # minuty, hodina má 60
    HOUR_45 = "hour-45"  # minuty, vyučovací hodina má 45
    HOUSING_MONTH = "housing-month"  # měsíce bydlení, za 15 hodin


class Operator(StrEnum):
    """Whether a person with exactly the limit counts: the sources say both."""

    AT_LEAST = "at-least"  # ≥, minimálně 40 hodin
    MORE_THAN = "more-than"  # >, nad 40 hodin


CREDIT_PER_HOUR: Final = 180
CREDIT: Final = {
    SupportUnit.HOUR_60: 3,
    SupportUnit.HOUR_45: 4,
    SupportUnit.HOUSING_MONTH: 15 * CREDIT_PER_HOUR,
}
"""Credit of one minute, or of one month: 45 minutes of teaching and 60 others make an hour each."""
MOST: Final = {SupportUnit.HOUR_60: 1440, SupportUnit.HOUR_45: 1440, SupportUnit.HOUSING_MONTH: 1}
"""The most of one entry: a day has 1,440 minutes, and months are written down one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From how many hours of support a person counts (nebagatelní podpora)."""

    hours: int
    operator: Operator

    @property
    def credit(self) -> int:
        """Return the least credit that counts."""
        return self.hours * CREDIT_PER_HOUR + (self.operator is Operator.MORE_THAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The least credit that counts from a day on, until the next limit."""

    since: date
    credit: int


def credit_of(amount: int, unit: SupportUnit) -> int:
    return amount * CREDIT[unit]


def hours_of(credit: int) -> Fraction:
    return Fraction(credit, CREDIT_PER_HOUR)
