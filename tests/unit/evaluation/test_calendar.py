"""For which periods an indicator is reported, and when."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.monitoring.calendar import (
    CalendarTooLong,
    collection_calendar,
    due_on,
    obligation_id,
    obligations_of,
    periods,
)
from shared.contracts.planning import Periodicity
from shared.working_days import is_working_day
from tests.support.evaluation import an_indicator

PERIODICITIES = st.sampled_from(Periodicity)
FIRST = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
LENGTH = st.integers(min_value=0, max_value=366 * 6).map(lambda days: timedelta(days=days))
FIVE_YEARS = (date(2026, 1, 1), date(2030, 12, 31))


@given(PERIODICITIES, FIRST, LENGTH)
def test_periods_tile_the_validity_without_gap_or_overlap(
    periodicity: Periodicity, first: date, length: timedelta
) -> None:
    tiles = periods(periodicity, first, first + length)
    assert tiles[0].starts_on == first
    assert tiles[-1].ends_on == first + length
    for one, following in pairwise(tiles):
        assert following.starts_on == one.ends_on + timedelta(days=1)
    assert all(tile.starts_on <= tile.ends_on for tile in tiles)
    assert len({tile.label for tile in tiles}) == len(tiles)


@given(PERIODICITIES, FIRST, LENGTH)
def test_values_are_due_on_a_working_day_after_their_period(
    periodicity: Periodicity, first: date, length: timedelta
) -> None:
    for tile in periods(periodicity, first, first + length):
        assert is_working_day(tile.due_on)
        assert tile.due_on > tile.ends_on


@given(PERIODICITIES, FIRST, LENGTH, LENGTH)
def test_a_longer_validity_keeps_the_labels_of_the_shorter_one(
    periodicity: Periodicity, first: date, length: timedelta, more: timedelta
) -> None:
    shorter = periods(periodicity, first, first + length)
    longer = periods(periodicity, first, first + length + more)
    assert [tile.label for tile in longer[: len(shorter)]] == [tile.label for tile in shorter]


@pytest.mark.parametrize(
    ("periodicity", "count", "first_label", "last_label"),
    [
        (Periodicity.MONTHLY, 60, "2026-01", "2030-12"),
        (Periodicity.QUARTERLY, 20, "2026-Q1", "2030-Q4"),
        (Periodicity.HALF_YEARLY, 10, "2026-H1", "2030-H2"),
        (Periodicity.YEARLY, 5, "2026", "2030"),
    ],
)
def test_five_calendar_years_have_their_periods(
    periodicity: Periodicity, count: int, first_label: str, last_label: str
) -> None:
    tiles = periods(periodicity, *FIVE_YEARS)
    assert len(tiles) == count
    assert (tiles[0].label, tiles[-1].label) == (first_label, last_label)


def test_periods_are_those_of_the_calendar_even_when_the_validity_begins_in_the_middle() -> None:
    tiles = periods(Periodicity.QUARTERLY, date(2026, 5, 20), date(2026, 10, 5))
    assert [(tile.label, tile.starts_on, tile.ends_on) for tile in tiles] == [
        ("2026-Q2", date(2026, 5, 20), date(2026, 6, 30)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 10, 5)),
    ]


@pytest.mark.parametrize(
    ("periodicity", "ends_on", "expected"),
    [
        (Periodicity.YEARLY, date(2025, 12, 31), date(2026, 3, 31)),
        (Periodicity.YEARLY, date(2023, 12, 31), date(2024, 4, 2)),  # 31 March 2024 is Easter Sunday
        (Periodicity.YEARLY, date(2029, 6, 15), date(2030, 4, 1)),  # 31 March 2030 is a Sunday
        (Periodicity.MONTHLY, date(2026, 3, 31), date(2026, 4, 23)),  # over Easter
        (Periodicity.QUARTERLY, date(2026, 9, 30), date(2026, 10, 21)),
        (Periodicity.HALF_YEARLY, date(2026, 6, 30), date(2026, 8, 12)),  # 6 July is a Monday
    ],
)
def test_due_dates_know_weekends_and_holidays(
    periodicity: Periodicity, ends_on: date, expected: date
) -> None:
    assert due_on(periodicity, ends_on) == expected


def test_monitoring_begins_with_the_later_of_validity_and_baseline() -> None:
    indicator = an_indicator(baseline_on=date(2027, 6, 30))
    found = list(obligations_of(indicator, valid_from=FIVE_YEARS[0], valid_until=FIVE_YEARS[1]))
    assert [each.period.label for each in found] == ["2027", "2028", "2029", "2030"]
    assert found[0].period.starts_on == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("target_on", "last"), [(date(2028, 6, 30), date(2028, 6, 30)), (date(2035, 12, 31), date(2030, 12, 31))]
)
def test_monitoring_ends_with_the_earlier_of_validity_and_target(target_on: date, last: date) -> None:
    indicator = an_indicator(target_on=target_on)
    *_, final = obligations_of(indicator, valid_from=FIVE_YEARS[0], valid_until=FIVE_YEARS[1])
    assert final.period.ends_on == last


def test_an_indicator_whose_target_date_has_passed_has_no_obligations() -> None:
    indicator = an_indicator(target_on=date(2025, 1, 1))
    assert collection_calendar([indicator], valid_from=FIVE_YEARS[0], valid_until=FIVE_YEARS[1]) == ()


@given(st.uuids(), st.uuids(), PERIODICITIES)
def test_ids_are_the_same_for_the_same_indicator_and_period_and_no_other(
    one: UUID, other: UUID, periodicity: Periodicity
) -> None:
    labels = [tile.label for tile in periods(periodicity, *FIVE_YEARS)]
    indicators = {one, other}
    ids = [obligation_id(indicator, label) for indicator in indicators for label in labels]
    assert ids == [obligation_id(indicator, label) for indicator in indicators for label in labels]
    assert len(set(ids)) == len(indicators) * len(labels)


def test_a_validity_beyond_thirty_years_is_refused() -> None:
    with pytest.raises(CalendarTooLong):
        periods(Periodicity.MONTHLY, date(2026, 1, 1), date(2057, 1, 1))
