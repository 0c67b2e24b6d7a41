"""What the log comes to: hours from minutes, and by what it is summed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from shared.errors import Forbidden, Invalid


class SummaryTooFine(Invalid):
    cs = "Souhrn by měl víc než {most} řádků. Zužte výběr nebo sčítejte podle méně hledisek."
    en = "The summary would have more than {most} lines. Narrow it, or sum by fewer things."


class SummedTwiceByTime(Invalid):
    cs = "Sčítejte jen podle jednoho období: měsíce, čtvrtletí, nebo roku."
    en = "Sum by one period only: month, quarter or year."


class StaffForTheAgency(Forbidden):
    cs = "Hodiny jednotlivých pracovníků Agentury čte jen Agentura."
    en = "The hours of single members of the Agency's staff are read by the Agency alone."


class SummedBy(StrEnum):
    KIND = "kind"
    AREA = "area"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNIT = "unit"
    STAFF = "staff"


PERIODS = frozenset({SummedBy.MONTH, SummedBy.QUARTER, SummedBy.YEAR})
OVERLAPPING = frozenset({SummedBy.AREA, SummedBy.UNIT, SummedBy.STAFF})
"""Of these an activity may have several: it counts in the line of each, and once in the total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Activities that have in common what is summed by; what is not summed by is None.

    `minutes` are those of the activities; where it is summed by staff, those of the person.
    """

    kind: str | None = None
    area: str | None = None
    period: str | None = None
    unit_id: UUID | None = None
    staff: str | None = None
    activities: int
    minutes: int

    @property
    def hours(self) -> Decimal:
        return hours_of(self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """People of one role: how many times somebody took part, and how long together."""

    role: str
    people: int
    minutes: int

    @property
    def hours(self) -> Decimal:
        return hours_of(self.minutes)


def expect_summable(by: Sequence[SummedBy], *, is_agency: bool) -> None:
    """Raise SummedTwiceByTime, StaffForTheAgency."""
    if len(PERIODS.intersection(by)) > 1:
        raise SummedTwiceByTime(pointer="query/by")
    if SummedBy.STAFF in by and not is_agency:
        raise StaffForTheAgency


def hours_of(minutes: int) -> Decimal:
    """Return hours of 60 minutes with two places, a half goes up."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
