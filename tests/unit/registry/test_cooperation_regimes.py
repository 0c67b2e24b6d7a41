"""The regimes of support as data: durations to the day, what each needs, what it excludes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cooperation.domain import Approval
from registry.cooperation.refusals import (
    ApprovedAfterTheStart,
    DaysComeWithTheDescription,
    GroundsUnexplained,
    RegimeHasNo,
    RegimeNeeds,
    StartMissing,
)
from registry.cooperation.regimes import REGIMES, Form, Grounds, last_day_of
from registry.cooperation.terms import Terms
from shared.contracts.registry import CooperationRegime
from shared.errors import Refusal

IKP, VIP, VDP = CooperationRegime.IKP, CooperationRegime.VIP, CooperationRegime.VDP
VEX, KPSV21 = CooperationRegime.VEX, CooperationRegime.KPSV21
FIRST = date(2019, 7, 1)
APPROVAL = Approval(body="Monitorovací výbor Agentury", approved_on=date(2019, 6, 20), reference="4/2019")


@pytest.mark.parametrize(
    ("starts_on", "months", "last"),
    [
        (date(2014, 7, 1), 36, date(2017, 6, 30)),
        (date(2019, 1, 1), 12, date(2019, 12, 31)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_a_duration_in_months_ends_on_the_day_before(starts_on: date, months: int, last: date) -> None:
    assert last_day_of(starts_on, months) == last


@given(st.dates(max_value=date(9900, 1, 1)), st.integers(min_value=1, max_value=60))
def test_periods_of_months_follow_each_other_in_order(starts_on: date, months: int) -> None:
    last = last_day_of(starts_on, months)
    assert starts_on + timedelta(days=27 * months) <= last <= starts_on + timedelta(days=31 * months)
    assert last < last_day_of(starts_on, months + 1)


def test_what_excludes_is_excluded_too() -> None:
    assert all(
        regime.code in REGIMES[other].excludes for regime in REGIMES.values() for other in regime.excludes
    )
    assert set(REGIMES) == set(CooperationRegime)


def test_the_usual_durations_are_those_of_the_methodologies() -> None:
    proposed = {code: regime.proposed_end(FIRST) for code, regime in REGIMES.items()}
    assert proposed == {
        IKP: date(2022, 6, 30),
        VIP: date(2020, 6, 30),
        VDP: date(2020, 6, 30),
        VEX: None,
        KPSV21: None,
    }


@pytest.mark.parametrize(
    ("terms", "starts_on", "refusal", "pointer"),
    [
        (Terms(regime=IKP), None, StartMissing, "/starts_on"),
        (Terms(regime=KPSV21), FIRST, DaysComeWithTheDescription, "/starts_on"),
        (Terms(regime=VDP), FIRST, RegimeNeeds, "/form"),
        (Terms(regime=VDP, form=Form.STANDARD), FIRST, RegimeNeeds, "/grounds"),
        (
            Terms(regime=VDP, form=Form.STANDARD, grounds=Grounds.NEW_HOSTEL),
            FIRST,
            RegimeNeeds,
            "/approval",
        ),
        (
            Terms(regime=VDP, form=Form.PRE_ENTRY, grounds=Grounds.OTHER, approval=APPROVAL),
            FIRST,
            GroundsUnexplained,
            "/grounds_note",
        ),
        (
            Terms(regime=VDP, form=Form.PRE_ENTRY, grounds=Grounds.NEW_HOSTEL, approval=APPROVAL),
            date(2019, 6, 19),
            ApprovedAfterTheStart,
            "/approval/approved_on",
        ),
        (Terms(regime=IKP, form=Form.STANDARD), FIRST, RegimeHasNo, "/form"),
        (Terms(regime=VEX, approval=APPROVAL), FIRST, RegimeHasNo, "/approval"),
    ],
)
def test_a_regime_says_what_it_needs_and_what_it_has_no_use_for(
    terms: Terms, starts_on: date | None, refusal: type[Refusal], pointer: str
) -> None:
    with pytest.raises(refusal) as refused:
        terms.expect_complete(starts_on=starts_on, ends_on=None)
    assert refused.value.pointer == pointer
    assert "{" not in refused.value.title("cs") + refused.value.title("en")


def test_an_end_that_is_left_out_is_the_usual_one_unless_it_is_over() -> None:
    today = date(2026, 11, 22)
    assert Terms(regime=IKP).last_day(date(2026, 1, 1), None, today=today) == date(2028, 12, 31)
    assert Terms(regime=IKP).last_day(date(2014, 7, 1), None, today=today) is None
    assert Terms(regime=VDP).last_day(FIRST, None, today=today) == date(2020, 6, 30)
    assert Terms(regime=IKP).last_day(FIRST, date(2019, 7, 2), today=today) == date(2019, 7, 2)
