"""Which evaluations a plan has, and by when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.evaluations.schedule import evaluation_schedule, months_after
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.planning import PlanKind
from shared.working_days import is_working_day
from tests.support.evaluation import PLAN

ALL = [EvaluationKind.ENTRY, EvaluationKind.MID_TERM, EvaluationKind.FINAL]
FIVE_YEARS = (date(2026, 1, 1), date(2030, 12, 31))
ONE_YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("kind", "validity", "expected"),
    [
        (PlanKind.PSZ, FIVE_YEARS, ALL),
        (PlanKind.SPSZ, FIVE_YEARS, ALL),
        (PlanKind.KPSS, FIVE_YEARS, ALL),
        (PlanKind.SPRSS, FIVE_YEARS, ALL),
        (PlanKind.PSZ, ONE_YEAR, [EvaluationKind.ENTRY, EvaluationKind.FINAL]),
        (PlanKind.TAP, ONE_YEAR, [EvaluationKind.ENTRY, EvaluationKind.FINAL]),
        (PlanKind.TAP, FIVE_YEARS, ALL),
        (PlanKind.EXIT, FIVE_YEARS, [EvaluationKind.MID_TERM, EvaluationKind.FINAL]),
        (PlanKind.EXIT, ONE_YEAR, [EvaluationKind.FINAL]),
        (PlanKind.SUPPORT, FIVE_YEARS, [EvaluationKind.FINAL]),
    ],
)
def test_kind_and_length_of_a_plan_decide_which_evaluations_it_has(
    kind: PlanKind, validity: tuple[date, date], expected: list[EvaluationKind]
) -> None:
    schedule = evaluation_schedule(PLAN, kind, valid_from=validity[0], valid_until=validity[1])
    assert [planned.kind for planned in schedule] == expected


def test_a_five_year_plan_has_its_dates() -> None:
    schedule = evaluation_schedule(PLAN, PlanKind.PSZ, valid_from=FIVE_YEARS[0], valid_until=FIVE_YEARS[1])
    assert [planned.due_on for planned in schedule] == [
        date(2026, 4, 1),
        date(2028, 7, 3),  # the middle is Saturday 1 July
        date(2031, 3, 31),
    ]


@given(
    st.sampled_from(PlanKind),
    st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)),
    st.integers(min_value=0, max_value=6 * 366),
)
def test_evaluations_are_due_on_working_days_in_order_and_the_final_one_within_three_months(
    kind: PlanKind, valid_from: date, days: int
) -> None:
    valid_until = valid_from + timedelta(days=days)
    schedule = evaluation_schedule(PLAN, kind, valid_from=valid_from, valid_until=valid_until)
    dates = [planned.due_on for planned in schedule]
    assert dates == sorted(dates)
    assert all(is_working_day(day) for day in dates)
    assert valid_until < dates[-1] <= months_after(valid_until, 3)
    assert len({planned.evaluation_id for planned in schedule}) == len(schedule)


def test_ids_are_the_same_whatever_the_dates_are() -> None:
    one = evaluation_schedule(PLAN, PlanKind.PSZ, valid_from=FIVE_YEARS[0], valid_until=FIVE_YEARS[1])
    other = evaluation_schedule(PLAN, PlanKind.PSZ, valid_from=FIVE_YEARS[0], valid_until=date(2028, 1, 31))
    assert [planned.evaluation_id for planned in one] == [planned.evaluation_id for planned in other]


def test_three_months_after_the_end_of_november_is_the_end_of_february() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2026, 12, 31), 12) == date(2027, 12, 31)
