"""How far an indicator is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.definitions.bridging import Bridge, BridgeKind
from evaluation.definitions.kinds import Accumulation, Kind
from evaluation.progress.accounting import Judged, Reported, judge
from evaluation.progress.domain import (
    Aim,
    Light,
    Reading,
    Reason,
    expected_progress,
    in_order,
    progress_of,
    tolerance,
)
from shared.contracts.planning import Direction, Periodicity
from tests.support.evaluation import an_aim

HALFWAY = date(2031, 1, 1)
QUANTITIES = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=2)


def a_reading(value: str, measured_on: date = HALFWAY) -> Reading:
    return Reading(value=Decimal(value), measured_on=measured_on)


@pytest.mark.parametrize(
    ("value", "light", "reason"),
    [
        ("50", Light.GREEN, Reason.ON_TRACK),
        ("40.1", Light.GREEN, Reason.ON_TRACK),
        ("39.9", Light.AMBER, Reason.BEHIND),
        ("20.1", Light.AMBER, Reason.BEHIND),
        ("19.9", Light.RED, Reason.FAR_BEHIND),
        ("-5", Light.RED, Reason.FAR_BEHIND),
        ("150", Light.GREEN, Reason.ON_TRACK),
    ],
)
def test_the_light_compares_what_was_reached_with_what_was_expected(
    value: str, light: Light, reason: Reason
) -> None:
    found = progress_of(an_aim(), a_reading(value), today=HALFWAY)
    assert (found.light, found.reason) == (light, reason)


def test_a_decrease_is_counted_by_the_same_formula() -> None:
    aim = an_aim(direction=Direction.DECREASE, baseline=Decimal(80), target=Decimal(40))
    found = progress_of(aim, a_reading("60"), today=HALFWAY)
    assert found.progress == Decimal("0.5")
    assert found.light is Light.GREEN


def test_no_value_is_unknown_and_never_zero() -> None:
    found = progress_of(an_aim(), None, today=HALFWAY)
    assert found.progress is None
    assert (found.light, found.reason) == (Light.GREY, Reason.NO_VALUE)


@pytest.mark.parametrize(
    ("periodicity", "days"),
    [
        (Periodicity.MONTHLY, 46),
        (Periodicity.QUARTERLY, 137),
        (Periodicity.HALF_YEARLY, 274),
        (Periodicity.YEARLY, 548),
    ],
)
def test_a_value_older_than_one_and_a_half_periods_is_grey_and_keeps_its_number(
    periodicity: Periodicity, days: int
) -> None:
    aim = an_aim(periodicity=periodicity)
    last_fresh_day = HALFWAY + timedelta(days=days)
    assert progress_of(aim, a_reading("50"), today=last_fresh_day).light is Light.GREEN
    found = progress_of(aim, a_reading("50"), today=last_fresh_day + timedelta(days=1))
    assert (found.light, found.reason, found.progress) == (Light.GREY, Reason.VALUE_OUTDATED, Decimal("0.5"))


def test_a_context_indicator_has_no_progress() -> None:
    found = progress_of(an_aim(direction=Direction.NONE), a_reading("50"), today=HALFWAY)
    assert (found.progress, found.light, found.reason) == (None, Light.GREY, Reason.CONTEXT_ONLY)


@pytest.mark.parametrize(
    ("value", "light", "reason"),
    [
        ("95", Light.GREEN, Reason.WITHIN_TOLERANCE),
        ("105", Light.GREEN, Reason.WITHIN_TOLERANCE),
        ("105.01", Light.RED, Reason.OUTSIDE_TOLERANCE),
    ],
)
def test_what_is_to_be_kept_may_differ_by_five_percent(value: str, light: Light, reason: Reason) -> None:
    aim = an_aim(direction=Direction.MAINTAIN, baseline=Decimal(90))
    found = progress_of(aim, a_reading(value), today=HALFWAY)
    assert (found.light, found.reason) == (light, reason)


def test_a_target_equal_to_the_baseline_is_to_be_kept() -> None:
    aim = an_aim(baseline=Decimal(100), target=Decimal(100))
    assert progress_of(aim, a_reading("97"), today=HALFWAY).reason is Reason.WITHIN_TOLERANCE


def test_small_counts_have_no_tolerance_but_small_shares_have() -> None:
    assert tolerance(Decimal(19), "domácnost") == 0
    assert tolerance(Decimal(20), "domácnost") == 1
    assert tolerance(Decimal(10), "%") == Decimal("0.5")
    assert tolerance(Decimal(-100), "Kč") == 5


def test_expected_progress_is_linear_and_stays_between_nothing_and_all() -> None:
    begin, end = date(2026, 1, 1), date(2026, 1, 11)
    days = (date(2025, 12, 1), begin, date(2026, 1, 6), end, date(2027, 1, 1))
    assert [expected_progress(begin, end, on=day) for day in days] == [0, 0, Decimal("0.5"), 1, 1]
    assert expected_progress(end, begin, on=begin) == 1


@given(QUANTITIES, QUANTITIES, QUANTITIES)
def test_the_baseline_is_no_progress_and_the_target_is_all_of_it(
    baseline: Decimal, target: Decimal, value: Decimal
) -> None:
    aim = an_aim(baseline=baseline, target=target)
    if baseline == target:
        assert progress_of(aim, a_reading(str(value)), today=HALFWAY).progress is None
    else:
        assert progress_of(aim, a_reading(str(baseline)), today=HALFWAY).progress == 0
        assert progress_of(aim, a_reading(str(target)), today=HALFWAY).progress == 1


def test_the_largest_quantities_of_the_database_can_be_compared() -> None:
    aim = an_aim(baseline=Decimal("-99999999999999.999999"), target=Decimal("-99999999999999.999998"))
    found = progress_of(aim, a_reading("99999999999999.999999"), today=HALFWAY)
    assert found.light is Light.GREEN


def test_numbers_are_ordered_as_people_count() -> None:
    numbers = ["1.10", "1.2", "2", "A.1", "1.2.1", "1"]
    assert sorted(numbers, key=in_order) == ["1", "1.2", "1.2.1", "1.10", "2", "A.1"]


def judged(
    aim: Aim,
    *values: tuple[str, int],
    accumulation: Accumulation = Accumulation.STATE,
    bridge: Bridge | None = None,
) -> Judged:
    reported = [
        Reported(value=Decimal(value), measured_on=HALFWAY, edition=edition) for value, edition in values
    ]
    bridges = {2: bridge} if bridge else {}
    return judge(aim, reported, accumulation=accumulation, edition=1, bridges=bridges, today=HALFWAY)


def test_increments_are_added_to_the_baseline_and_a_state_is_the_last_value() -> None:
    aim = an_aim(baseline=Decimal(10), target=Decimal(110))
    values = (("20", 1), ("30", 1))
    added = judged(aim, *values, accumulation=Accumulation.INCREMENTAL)
    assert (added.actual, added.progress.progress) == (Decimal(60), Decimal("0.5"))
    assert judged(aim, *values).actual == 30


def test_baseline_and_target_cross_the_bridge_to_the_edition_of_the_last_value() -> None:
    doubled = Bridge(kind=BridgeKind.LINEAR, factor=Decimal(2), offset=Decimal(1))
    found = judged(an_aim(), ("20", 1), ("101", 2), bridge=doubled)
    assert (found.progress.progress, found.progress.light) == (Decimal("0.5"), Light.GREEN)
    summed = judged(an_aim(), ("20", 1), ("60", 2), accumulation=Accumulation.INCREMENTAL, bridge=doubled)
    assert summed.actual == 1 + 41 + 60


def test_editions_that_cannot_be_compared_give_no_progress_and_say_so() -> None:
    broken = Bridge(kind=BridgeKind.NOT_COMPARABLE)
    found = judged(an_aim(), ("50", 2), bridge=broken)
    assert (found.actual, found.progress.progress) == (None, None)
    assert (found.progress.light, found.progress.reason) == (Light.GREY, Reason.DEFINITION_CHANGED)


def test_words_have_no_progress_and_levels_no_tolerance() -> None:
    words = Reported(value=None, measured_on=HALFWAY, edition=1)
    found = judge(
        an_aim(kind=Kind.QUALITATIVE),
        [words],
        accumulation=Accumulation.STATE,
        edition=1,
        bridges={},
        today=HALFWAY,
    )
    assert (found.progress.progress, found.progress.reason) == (None, Reason.QUALITATIVE)
    assert tolerance(Decimal(300), "stupeň", kind=Kind.ORDINAL) == 0
    assert tolerance(Decimal(2), "poměr", kind=Kind.RATIO) == Decimal("0.1")
