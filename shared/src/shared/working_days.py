"""The Czech working-day calendar: weekends and the public holidays of Act No. 245/2000 Coll."""

from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    from holidays.countries.czechia import Czechia  # 11 MiB that only who counts days should hold

    return frozenset(Czechia(years=year))  # type: ignore[no-untyped-call]


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


@lru_cache(maxsize=4096)
def next_working_day(day: date) -> date:
    """Return the day itself where it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


@lru_cache(maxsize=4096)
def last_working_day(day: date) -> date:
    """Return the day itself where it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


@lru_cache(maxsize=4096)
def working_days_after(day: date, count: int) -> date:
    """Return the `count`-th working day after the day; the day itself never counts.

    Raises ValueError where `count` is less than one.
    """
    if count < 1:
        raise ValueError("count at least one working day")
    for _ in range(count):
        day = next_working_day(day + ONE_DAY)
    return day
