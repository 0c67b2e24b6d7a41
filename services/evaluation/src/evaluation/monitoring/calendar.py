"""The collection calendar: for which periods an indicator is reported, and when that is due.

| periodicity | periods     | due                                                                    |
|-------------|-------------|------------------------------------------------------------------------|
| monthly     | `2026-07`   | 15th working day after the period                                      |
| quarterly   | `2026-Q3`   | 15th working day after the period                                      |
| half-yearly | `2026-H1`   | 30th working day after the period                                      |
| yearly      | `2026`      | 31 March of the next year, or the next working day after it:           |
|             |             | administrative data of year N come in N + 1                            |
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid5

from shared.contracts.planning import Periodicity, PlannedIndicator
from shared.errors import RuleBroken
from shared.working_days import next_working_day, working_days_after

LONGEST_VALIDITY_YEARS = 30
MONTHS_IN = {
    Periodicity.MONTHLY: 1,
    Periodicity.QUARTERLY: 3,
    Periodicity.HALF_YEARLY: 6,
    Periodicity.YEARLY: 12,
}
WORKING_DAYS_TO_REPORT = {Periodicity.MONTHLY: 15, Periodicity.QUARTERLY: 15, Periodicity.HALF_YEARLY: 30}
DECEMBER = 12
NEVER_CHANGED: Final[Mapping[UUID, date]] = MappingProxyType({})


class CalendarTooLong(RuleBroken):
    cs = "Sledování od {first} do {last} je delší než {years} let."
    en = "Monitoring from {first} to {last} is longer than {years} years."


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A calendar month, quarter, half-year or year, cut to the days that are monitored."""

    label: str
    starts_on: date
    ends_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedObligation:
    """One value that somebody is to report."""

    obligation_id: UUID
    indicator_id: UUID
    period: Period
    owner: str


def obligation_id(indicator_id: UUID, label: str) -> UUID:
    """Return the same id for the same indicator and period, so that a duplicate can do no harm."""
    return uuid5(indicator_id, label)


def earlier(valid_until: date, closed_on: date | None) -> date:
    """Return the last day that is monitored."""
    return valid_until if closed_on is None else min(valid_until, closed_on)


def collection_calendar(
    indicators: Iterable[PlannedIndicator],
    *,
    valid_from: date,
    valid_until: date,
    since: Mapping[UUID, date] = NEVER_CHANGED,
) -> tuple[PlannedObligation, ...]:
    """Return all periods of the indicators; of one whose periodicity changed, those that end since then."""
    return tuple(
        obligation
        for indicator in indicators
        for obligation in obligations_of(indicator, valid_from=valid_from, valid_until=valid_until)
        if obligation.period.ends_on >= since.get(indicator.indicator_id, date.min)
    )


def obligations_of(
    indicator: PlannedIndicator, *, valid_from: date, valid_until: date
) -> Iterator[PlannedObligation]:
    """Monitor from the later of validity and baseline to the earlier of validity and target."""
    first = max(valid_from, indicator.baseline_on)
    last = min(valid_until, indicator.target_on)
    for period in periods(indicator.periodicity, first, last):
        yield PlannedObligation(
            obligation_id=obligation_id(indicator.indicator_id, period.label),
            indicator_id=indicator.indicator_id,
            period=period,
            owner=indicator.owner,
        )


@lru_cache(maxsize=1024)
def periods(periodicity: Periodicity, first: date, last: date) -> tuple[Period, ...]:
    """Tile the days from `first` to `last` inclusive; nothing where `last` is before `first`.

    Raises CalendarTooLong beyond thirty years.
    """
    if last.year - first.year > LONGEST_VALIDITY_YEARS:
        raise CalendarTooLong(first=first, last=last, years=LONGEST_VALIDITY_YEARS)
    return tuple(_tiles(periodicity, first, last))


def _tiles(periodicity: Periodicity, first: date, last: date) -> Iterator[Period]:
    months = MONTHS_IN[periodicity]
    year, month = first.year, (first.month - 1) // months * months + 1
    while date(year, month, 1) <= last:
        end_month = month + months - 1
        ends_on = min(last, date(year, end_month, monthrange(year, end_month)[1]))
        yield Period(
            label=_label(periodicity, year, month),
            starts_on=max(first, date(year, month, 1)),
            ends_on=ends_on,
            due_on=due_on(periodicity, ends_on),
        )
        year, month = (year, month + months) if end_month < DECEMBER else (year + 1, 1)


def _label(periodicity: Periodicity, year: int, month: int) -> str:
    match periodicity:
        case Periodicity.MONTHLY:
            return f"{year}-{month:02}"
        case Periodicity.QUARTERLY:
            return f"{year}-Q{(month + 2) // 3}"
        case Periodicity.HALF_YEARLY:
            return f"{year}-H{(month + 5) // 6}"
        case Periodicity.YEARLY:
            return str(year)


def due_on(periodicity: Periodicity, ends_on: date) -> date:
    """Return the working day by which the value of a period that ends on that day is due."""
    if periodicity is Periodicity.YEARLY:
        return next_working_day(date(ends_on.year + 1, 3, 31))
    return working_days_after(ends_on, WORKING_DAYS_TO_REPORT[periodicity])
