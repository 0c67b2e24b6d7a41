"""Seats of a commission: a person once, one chair and one secretary at a time, replacements in time."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from registry.commission.assessing import Officer, expect_officer, take_part
from registry.commission.domain import (
    BODIES,
    Commission,
    Duty,
    DutyTaken,
    NominatingBody,
    PersonSeatedAlready,
    Seat,
    SeatEndedAlready,
    SeatEndsBeforeItStarts,
    SeatOutsideCommission,
    SeatUnknown,
    SecretaryNotOfTheMinistry,
    establish,
    leave_seat,
    take_seat,
)
from registry.commission.refusals import AlreadyAssesses, NotTheCommissionsOfficer
from shared.errors import Refusal
from tests.support.commission import ESTABLISHED_BY, an_assessment

FIRST_DAY, LAST_DAY = date(2021, 10, 19), date(2025, 12, 31)


def a_commission(*seats: Seat) -> Commission:
    commission = establish(
        id=UUID(int=1), established_by=ESTABLISHED_BY, starts_on=FIRST_DAY, ends_on=LAST_DAY
    )
    for seat in seats:
        commission = take_seat(commission, seat)
    return commission


def a_seat(
    person: str = "vera",
    duty: Duty = Duty.MEMBER,
    *,
    number: int = 1,
    body: NominatingBody = NominatingBody.MPSV,
    starts_on: date = FIRST_DAY,
    ends_on: date | None = None,
) -> Seat:
    return Seat(
        id=UUID(int=number),
        person=person,
        person_name=person.title(),
        body=body,
        duty=duty,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def test_seven_bodies_nominate_and_have_names_in_both_languages() -> None:
    assert len(BODIES) == len(NominatingBody) == 7
    assert all(cs and en and cs != en for cs, en in BODIES.values())


@pytest.mark.parametrize(
    ("seat", "refusal"),
    [
        (a_seat("vera", number=2), PersonSeatedAlready),
        (a_seat("ivo", Duty.CHAIR, number=2), DutyTaken),
        (a_seat("ivo", Duty.SECRETARY, number=2), SecretaryNotOfTheMinistry),
        (a_seat("ivo", number=2, starts_on=date(2021, 10, 18)), SeatOutsideCommission),
        (a_seat("ivo", number=2, ends_on=date(2026, 1, 1)), SeatOutsideCommission),
        (a_seat("ivo", number=2, ends_on=date(2021, 10, 18)), SeatEndsBeforeItStarts),
    ],
)
def test_a_seat_against_the_rules_is_refused(seat: Seat, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        take_seat(a_commission(a_seat("vera", Duty.CHAIR)), seat)


def test_another_takes_the_chair_from_the_day_after_the_last_one() -> None:
    commission = a_commission(a_seat("vera", Duty.CHAIR))
    left, seat = leave_seat(commission, UUID(int=1), date(2023, 6, 30))
    with pytest.raises(DutyTaken):
        take_seat(left, a_seat("ivo", Duty.CHAIR, number=2, starts_on=date(2023, 6, 30)))
    changed = take_seat(left, a_seat("ivo", Duty.CHAIR, number=2, starts_on=date(2023, 7, 1)))
    assert seat.ends_on == date(2023, 6, 30)
    assert [each.person for each in changed.seated_on(date(2023, 6, 30))] == ["vera"]
    assert [each.person for each in changed.seated_on(date(2023, 7, 1))] == ["ivo"]
    assert changed.version == commission.version + 2


def test_a_seat_ends_once_and_may_end_earlier() -> None:
    commission = a_commission(a_seat(ends_on=date(2024, 12, 31)))
    earlier, _ = leave_seat(commission, UUID(int=1), date(2024, 6, 30))
    with pytest.raises(SeatEndedAlready):
        leave_seat(earlier, UUID(int=1), date(2024, 6, 30))
    with pytest.raises(SeatUnknown):
        leave_seat(earlier, UUID(int=9), date(2024, 6, 30))


def test_a_new_chair_takes_over_and_the_old_one_stays_a_member() -> None:
    changed = take_part(an_assessment(), a_seat("eva", Duty.CHAIR))
    promoted = take_part(an_assessment(), a_seat("ivo", Duty.CHAIR))
    assert (changed.chair, len(changed.assessors)) == ("eva", 3)
    assert (promoted.chair, len(promoted.assessors)) == ("ivo", 2)


def test_a_new_secretary_takes_over_and_never_scores() -> None:
    seat = a_seat("eva", Duty.SECRETARY, body=NominatingBody.MMR)
    changed = take_part(an_assessment(), seat)
    assert (changed.secretary, len(changed.assessors)) == ("eva", 2)
    for person, duty in (("tereza", Duty.MEMBER), ("ivo", Duty.SECRETARY), ("ivo", Duty.MEMBER)):
        with pytest.raises(AlreadyAssesses):
            take_part(an_assessment(), replace(seat, person=person, duty=duty))


def test_only_the_officers_named_may_decide() -> None:
    assessment = an_assessment()
    expect_officer(assessment, "vera", Officer.CHAIR)
    expect_officer(assessment, "dan", Officer.CHAIR, Officer.DIRECTOR, is_director=True)
    for person, is_director in (("ivo", False), ("tereza", False), ("dan", True)):
        with pytest.raises(NotTheCommissionsOfficer):
            expect_officer(assessment, person, Officer.CHAIR, is_director=is_director)


def test_whoever_is_no_officer_reads_in_words_who_decides() -> None:
    with pytest.raises(NotTheCommissionsOfficer) as refused:
        expect_officer(an_assessment(), "ivo", *Officer)
    assert refused.value.title("cs") == "Toto v hodnocení dělá jen: předseda, tajemník, ředitel."
    assert refused.value.title("en").endswith("only by: the chair, the secretary, the director.")
