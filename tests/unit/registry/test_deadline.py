"""Deadlines in working days: over holidays, and while the other side is at work."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.deadline import Deadline, Pause
from shared.working_days import is_working_day, working_days_after

DAYS = st.dates(date(2018, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("started_on", "due_on"),
    [
        (date(2026, 3, 27), date(2026, 4, 14)),  # Good Friday 3 April, Easter Monday 6 April
        (date(2026, 9, 21), date(2026, 10, 6)),  # 28 September is a Monday
        (date(2026, 10, 20), date(2026, 11, 4)),  # 28 October is a Wednesday
        (date(2026, 11, 9), date(2026, 11, 24)),  # 17 November is a Tuesday
        (date(2026, 12, 18), date(2027, 1, 6)),  # Christmas and New Year
        (date(2026, 6, 6), date(2026, 6, 19)),  # received on a Saturday
    ],
)
def test_ten_working_days_pass_over_czech_holidays(started_on: date, due_on: date) -> None:
    assert Deadline(started_on=started_on, working_days=10).due_on == due_on


def test_a_standing_clock_has_no_last_day() -> None:
    standing = Deadline(started_on=date(2026, 6, 1), working_days=10).pause(date(2026, 6, 3))
    assert (standing.is_paused, standing.due_on) == (True, None)
    assert standing.days_left(date(2026, 6, 3)) == standing.days_left(date(2026, 8, 3)) == 8


def test_days_of_a_pause_are_added_at_the_end() -> None:
    clock = Deadline(started_on=date(2026, 6, 1), working_days=10)
    resumed = clock.pause(date(2026, 6, 3)).resume(date(2026, 6, 10))
    assert clock.due_on == date(2026, 6, 15)
    assert resumed.due_on == date(2026, 6, 22)  # five working days later: 4, 5, 8, 9 and 10 June


def test_a_clock_that_stands_cannot_be_stopped_nor_one_that_runs_be_started() -> None:
    clock = Deadline(started_on=date(2026, 6, 1), working_days=10)
    with pytest.raises(ValueError, match="runs"):
        clock.resume(date(2026, 6, 2))
    with pytest.raises(ValueError, match="stands"):
        clock.pause(date(2026, 6, 2)).pause(date(2026, 6, 3))


def test_after_the_last_day_the_days_left_are_negative() -> None:
    clock = Deadline(started_on=date(2026, 6, 1), working_days=2)
    assert [clock.days_left(date(2026, 6, day)) for day in (1, 2, 3, 4)] == [2, 1, 0, -1]


@given(started_on=DAYS, count=st.integers(1, 60))
def test_without_pauses_it_is_the_nth_working_day(started_on: date, count: int) -> None:
    assert Deadline(started_on=started_on, working_days=count).due_on == working_days_after(started_on, count)


@given(
    started_on=DAYS,
    count=st.integers(1, 40),
    steps=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20)), max_size=4),
)
def test_a_pause_costs_as_many_working_days_as_it_has(
    started_on: date, count: int, steps: list[tuple[int, int]]
) -> None:
    clock, day, paused = Deadline(started_on=started_on, working_days=count), started_on, 0
    for running, standing in steps:
        day += timedelta(days=running)
        since, day = day, day + timedelta(days=standing)
        clock = clock.pause(since).resume(day)
        paused += sum(is_working_day(since + timedelta(days=each)) for each in range(1, standing + 1))
    last = clock.due_on
    assert last is not None
    if clock.pauses and last > clock.pauses[-1].since:
        days = range(1, (last - started_on).days + 1)
        assert sum(is_working_day(started_on + timedelta(days=each)) for each in days) >= count
    plain = working_days_after(started_on, count)
    assert plain <= last <= working_days_after(started_on, count + paused)
    assert clock.days_left(last) == 0


def test_a_pause_in_progress_is_part_of_the_clock() -> None:
    clock = Deadline(started_on=date(2026, 6, 1), working_days=3, pauses=(Pause(since=date(2026, 6, 2)),))
    assert clock.resume(date(2026, 6, 2)).due_on == date(2026, 6, 4)
