"""The day on a Czech wall, in summer time and in winter."""

from datetime import UTC, date, datetime

import pytest

from shared.days import day_of, end_of


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_is_the_one_in_prague(instant: datetime, day: date) -> None:
    assert day_of(instant) == day


@pytest.mark.parametrize("day", [date(2026, 7, 1), date(2026, 12, 31), date(2026, 3, 29)])
def test_a_day_ends_a_microsecond_before_the_next(day: date) -> None:
    end = end_of(day)
    assert day_of(end) == day
    assert (end.hour, end.minute, end.second, end.microsecond) == (23, 59, 59, 999_999)
