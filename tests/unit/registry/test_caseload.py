"""Capacity day by day, and what becomes of assignments when a person leaves or somebody stands in."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.caseload.capacity import (
    DEFAULT_CAPACITY,
    Capacity,
    Excess,
    Span,
    capacity_on,
    first_excess,
    load_on,
)
from registry.caseload.domain import (
    AssignedAlready,
    Assignment,
    AssignmentEndsBeforeItStarts,
    Duty,
    NothingToTransfer,
    SubstituteNeedsAnEnd,
    TransferToOneself,
    UnitDoesNotLast,
    UnitHasItsConsultant,
    expect_fit,
)
from registry.caseload.transfer import Takeover, Transfer, hand_over
from tests.support.caseload import BILINA, FIRST_DAY, JANA, PETR, TRMICE, an_assignment
from tests.support.registry import OBRNICE, a_place

JULY = date(2026, 7, 1)
UNITS = [UUID(int=number) for number in range(1, 5)]


def a_span(unit: UUID = OBRNICE, starts_on: date = FIRST_DAY, ends_on: date | None = None) -> Span:
    return Span(unit_id=unit, starts_on=starts_on, ends_on=ends_on)


def taken_over(
    *given: Assignment,
    kept: tuple[Assignment, ...] = (),
    from_on: date = JULY,
    until_on: date | None = None,
    to: str = JANA,
) -> Transfer:
    takeover = Takeover(person=to, person_name="Jana Nová", from_on=from_on, until_on=until_on)
    return hand_over(PETR, takeover, given=given, kept=kept, new_id=uuid4)


def test_a_unit_held_twice_is_one_unit_of_the_load() -> None:
    assert load_on([a_span(), a_span(), a_span(TRMICE)], JULY) == 2


def test_the_last_day_of_an_assignment_still_counts_the_next_one_does_not() -> None:
    span = a_span(ends_on=JULY)
    assert (load_on([span], JULY), load_on([span], JULY + timedelta(days=1))) == (1, 0)


def test_capacity_is_five_until_something_else_was_decided_and_the_later_word_for_a_day_holds() -> None:
    decided = [Capacity(starts_on=JULY, units=2), Capacity(starts_on=JULY, units=3)]
    assert capacity_on(decided, JULY - timedelta(days=1)) == DEFAULT_CAPACITY == 5
    assert capacity_on(decided, JULY) == 3


def test_a_capacity_that_falls_later_is_met_by_what_is_added_now() -> None:
    found = first_excess([a_span()], [a_span(TRMICE)], [Capacity(starts_on=JULY, units=1)])
    assert found == Excess(day=JULY, load=2, capacity=1)


def test_who_carries_too_much_already_is_not_judged_again_for_days_on_which_nothing_is_added() -> None:
    capacities = [Capacity(starts_on=FIRST_DAY, units=1)]
    carried = [a_span(ends_on=JULY), a_span(TRMICE, ends_on=JULY)]
    assert first_excess(carried, [a_span(BILINA, starts_on=date(2026, 8, 1))], capacities) is None


spans = st.builds(
    lambda unit, start, length: Span(
        unit_id=unit,
        starts_on=FIRST_DAY + timedelta(days=start),
        ends_on=None if length is None else FIRST_DAY + timedelta(days=start + length),
    ),
    st.sampled_from(UNITS),
    st.integers(0, 20),
    st.none() | st.integers(0, 15),
)
capacities = st.builds(
    lambda start, units: Capacity(starts_on=FIRST_DAY + timedelta(days=start), units=units),
    st.integers(0, 25),
    st.integers(0, 4),
)


@given(
    carried=st.lists(spans, max_size=6),
    added=st.lists(spans, min_size=1, max_size=3),
    decided=st.lists(capacities, max_size=3),
)
def test_an_excess_is_found_exactly_where_counting_every_day_finds_one(
    carried: list[Span], added: list[Span], decided: list[Capacity]
) -> None:
    days = [FIRST_DAY + timedelta(days=each) for each in range(60)]
    over = [
        day
        for day in days
        if load_on([*carried, *added], day) > max(capacity_on(decided, day), load_on(carried, day))
    ]
    found = first_excess(carried, added, decided)
    assert (found.day if found else None) == (over[0] if over else None)


def test_a_unit_has_one_local_consultant_at_a_time_and_as_many_others_as_it_takes() -> None:
    place = a_place()
    jana = an_assignment(number=2, person=JANA, starts_on=JULY)
    with pytest.raises(UnitHasItsConsultant):
        expect_fit(jana, place, [an_assignment(ends_on=JULY)])
    expect_fit(jana, place, [an_assignment(ends_on=JULY - timedelta(days=1))])
    adviser = an_assignment(number=2, person=JANA, duty=Duty.PROJECT_ADVISER)
    expect_fit(adviser, place, [an_assignment(duty=Duty.PROJECT_ADVISER), an_assignment(number=3)])


@pytest.mark.parametrize(
    ("assignment", "refusal"),
    [
        (an_assignment(ends_on=date(2025, 12, 31)), AssignmentEndsBeforeItStarts),
        (an_assignment(duty=Duty.SUBSTITUTE), SubstituteNeedsAnEnd),
        (an_assignment(starts_on=date(1999, 12, 31)), UnitDoesNotLast),
        (an_assignment(starts_on=date(2027, 1, 1)), UnitDoesNotLast),
        (an_assignment(ends_on=date(2027, 1, 1)), UnitDoesNotLast),
    ],
)
def test_an_assignment_has_its_days_in_order_and_within_those_of_the_unit(
    assignment: Assignment, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        expect_fit(assignment, a_place(last_day=date(2026, 12, 31)), [])


def test_for_good_what_runs_ends_the_day_before_and_what_is_to_begin_goes_over_as_it_is() -> None:
    later = an_assignment(number=2, unit=TRMICE, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31))
    ended = an_assignment(number=3, unit=BILINA, ends_on=date(2026, 6, 30))
    done = taken_over(an_assignment(), later, ended)
    assert [(after.person, after.ends_on) for _, after in done.changed] == [
        (PETR, date(2026, 6, 30)),
        (JANA, date(2026, 12, 31)),
    ]
    (begun,) = done.begun
    assert (begun.person, begun.starts_on, begun.ends_on) == (JANA, JULY, None)
    assert {each.unit_id for each in done.taken} == {OBRNICE, TRMICE}


def test_for_a_time_nothing_ends_and_the_other_one_is_a_substitute_for_each_unit() -> None:
    until = date(2026, 8, 31)
    both = an_assignment(number=2, duty=Duty.RESEARCHER, ends_on=date(2026, 7, 15))
    later = an_assignment(number=3, unit=TRMICE, starts_on=date(2026, 8, 1))
    done = taken_over(an_assignment(), both, later, until_on=until)
    assert done.changed == []
    assert {(each.unit_id, each.duty, each.starts_on, each.ends_on) for each in done.begun} == {
        (OBRNICE, Duty.SUBSTITUTE, JULY, until),
        (TRMICE, Duty.SUBSTITUTE, date(2026, 8, 1), until),
    }


def test_what_the_other_one_has_anyway_is_not_given_twice() -> None:
    research = an_assignment(duty=Duty.RESEARCHER)
    done = taken_over(research, kept=(an_assignment(number=9, person=JANA, duty=Duty.RESEARCHER),))
    assert (len(done.changed), done.begun) == (1, [])
    part = an_assignment(number=9, person=JANA, duty=Duty.RESEARCHER, starts_on=date(2026, 9, 1))
    with pytest.raises(AssignedAlready):
        taken_over(research, kept=(part,))


def test_a_transfer_to_oneself_of_nothing_or_backwards_is_refused() -> None:
    with pytest.raises(TransferToOneself):
        taken_over(an_assignment(), to=PETR)
    with pytest.raises(NothingToTransfer):
        taken_over(an_assignment(ends_on=date(2026, 6, 30)))
    with pytest.raises(AssignmentEndsBeforeItStarts):
        taken_over(an_assignment(), until_on=date(2026, 6, 30))
