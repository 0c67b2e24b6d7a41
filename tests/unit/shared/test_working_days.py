"""Which days are working days in Czechia."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.working_days import (
    is_working_day,
    last_working_day,
    next_working_day,
    working_days_after,
)

DAYS = st.dates(min_value=date(2016, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2038, 4, 23),  # Good Friday, close to the latest Easter there is
        date(2038, 4, 26),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2028, 7, 5),
        date(2026, 7, 6),
        date(2026, 9, 28),
        date(2026, 10, 28),
        date(2026, 11, 17),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2029, 12, 26),
    ],
)
def test_a_public_holiday_is_no_working_day(day: date) -> None:
    assert day.weekday() < 5
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22)])
def test_a_weekend_is_no_working_day(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day", [date(2026, 4, 2), date(2026, 12, 23), date(2026, 12, 31), date(2026, 11, 16)]
)
def test_the_days_beside_holidays_are_working_days(day: date) -> None:
    assert is_working_day(day)


def test_the_easter_weekend_is_passed_over_whole() -> None:
    assert next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert last_working_day(date(2026, 4, 6)) == date(2026, 4, 2)
    assert working_days_after(date(2026, 4, 2), 1) == date(2026, 4, 7)


def test_christmas_is_passed_over_whole() -> None:
    assert working_days_after(date(2026, 12, 23), 1) == date(2026, 12, 28)


@given(DAYS)
def test_the_next_working_day_is_the_first_one_from_that_day(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


@given(DAYS)
def test_the_last_working_day_is_the_nearest_one_up_to_that_day(day: date) -> None:
    found = last_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(found + timedelta(days=n)) for n in range(1, (day - found).days + 1))


@given(DAYS, st.integers(min_value=1, max_value=40))
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, count: int) -> None:
    found = working_days_after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert sum(is_working_day(each) for each in between) == count
    assert is_working_day(found)


def test_less_than_one_working_day_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="at least one"):
        working_days_after(date(2026, 1, 5), 0)
