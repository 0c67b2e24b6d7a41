"""Mandates in time: who is where since when, never twice, never forgotten before the time."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.partnerships.domain import (
    Body,
    BodyKind,
    ErasureGround,
    Mandate,
    MemberRole,
    Quorum,
    dissolve,
    erase,
    expect_fit,
    leave,
)
from planning.partnerships.refusals import (
    AlternateOfNobody,
    BodyDissolved,
    BodyHasItsChair,
    MandateEnded,
    MandateEndsBeforeItBegins,
    MandateErased,
    MandateOutsideItsBody,
    MandateOverlaps,
    MandateRunsYet,
    MemberKeptYet,
)
from shared.errors import Refusal

FIRST = date(2024, 1, 1)
BODY = Body(
    id=UUID(int=1),
    version=1,
    kind=BodyKind.WORKING_GROUP,
    name="Pracovní skupina Bydlení",
    unit_ids=(UUID(int=2),),
    plan_id=None,
    areas=("BYD",),
    statutes="",
    is_public=True,
    quorum=Quorum(percent=50, more_than=True),
    starts_on=FIRST,
    ends_on=None,
)


def a_mandate(number: int = 1, *, name: str = "Jana Malinová", **changes: object) -> Mandate:
    mandate = Mandate(
        id=UUID(int=number),
        version=1,
        body_id=BODY.id,
        person=None,
        name=name,
        organisation="Společně, z. s.",
        role=MemberRole.MEMBER,
        email="jana@spolecne.example",
        phone="",
        alternate_for=None,
        starts_on=FIRST,
        ends_on=None,
    )
    return replace(mandate, **changes)  # type: ignore[arg-type]


days = st.integers(min_value=0, max_value=30).map(lambda n: FIRST + timedelta(days=n))
mandates = st.builds(
    lambda number, person, role, start, length: a_mandate(
        number,
        person=person,
        role=role,
        starts_on=start,
        ends_on=None if length is None else start + timedelta(days=length),
    ),
    st.integers(min_value=1, max_value=10_000),
    st.sampled_from(["eva", "petr"]),
    st.sampled_from([MemberRole.CHAIR, MemberRole.MEMBER]),
    days,
    st.none() | st.integers(min_value=0, max_value=10),
)


@given(st.lists(mandates, max_size=12, unique_by=lambda each: each.id))
def test_no_day_has_two_mandates_of_one_person_and_role_nor_two_chairs(wanted: list[Mandate]) -> None:
    taken: list[Mandate] = []
    for each in wanted:
        clash = any(
            other.role is each.role
            and (other.person == each.person or each.role is MemberRole.CHAIR)
            and any(other.holds_on(day) and each.holds_on(day) for day in _days_of(60))
            for other in taken
        )
        try:
            expect_fit(each, BODY, taken)
        except (MandateOverlaps, BodyHasItsChair):
            assert clash
        else:
            assert not clash
            taken.append(each)


def _days_of(count: int) -> list[date]:
    return [FIRST + timedelta(days=number) for number in range(count)]


@given(mandates, days)
def test_who_leaves_has_no_mandate_the_day_after_and_keeps_the_days_before(
    mandate: Mandate, last_day: date
) -> None:
    try:
        left = leave(mandate, ends_on=last_day, reason="odchod")
    except (MandateEnded, MandateEndsBeforeItBegins):
        assert mandate.last_day <= last_day or last_day < mandate.starts_on
        return
    assert left.holds_on(last_day)
    assert not left.holds_on(last_day + timedelta(days=1))
    assert left.holds_on(mandate.starts_on)
    assert (left.version, left.id) == (mandate.version + 1, mandate.id)


@pytest.mark.parametrize(
    ("mandate", "refusal"),
    [
        (a_mandate(ends_on=date(2023, 12, 31)), MandateEndsBeforeItBegins),
        (a_mandate(starts_on=date(2023, 12, 31)), MandateOutsideItsBody),
        (a_mandate(starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1)), MandateOutsideItsBody),
        (a_mandate(alternate_for=UUID(int=9)), AlternateOfNobody),
        (a_mandate(alternate_for=UUID(int=3)), AlternateOfNobody),
    ],
)
def test_a_mandate_lies_in_its_bodys_time_and_stands_in_for_a_member(
    mandate: Mandate, refusal: type[Refusal]
) -> None:
    others = [a_mandate(2, name="Eva Nová"), a_mandate(3, name="Petr Nový", alternate_for=UUID(int=2))]
    with pytest.raises(refusal):
        expect_fit(mandate, replace(BODY, ends_on=date(2026, 12, 31)), others)


def test_a_person_without_an_account_is_known_by_name_and_organisation_whatever_the_accents() -> None:
    with pytest.raises(MandateOverlaps):
        expect_fit(a_mandate(2, name="JANA  MALINOVA"), BODY, [a_mandate()])
    expect_fit(a_mandate(2, organisation="Město Most"), BODY, [a_mandate()])


def test_one_person_may_have_two_roles_at_once_and_one_role_twice_in_turn() -> None:
    expect_fit(a_mandate(2, role=MemberRole.SECRETARY), BODY, [a_mandate()])
    expect_fit(a_mandate(2, starts_on=date(2025, 1, 1)), BODY, [a_mandate(ends_on=date(2024, 12, 31))])


def test_a_body_is_dissolved_once() -> None:
    ended = dissolve(BODY, date(2026, 6, 30))
    assert (ended.ends_on, ended.version) == (date(2026, 6, 30), 2)
    with pytest.raises(BodyDissolved):
        dissolve(ended, date(2026, 7, 1))


def test_personal_data_are_erased_after_the_time_or_when_the_person_asks() -> None:
    ended = a_mandate(ends_on=date(2024, 12, 31), person="jana")
    over, request = ErasureGround.RETENTION_OVER, ErasureGround.REQUEST
    with pytest.raises(MandateRunsYet):
        erase(a_mandate(), request, today=date(2026, 1, 1), retention_days=10)
    with pytest.raises(MemberKeptYet):
        erase(ended, over, today=date(2025, 1, 10), retention_days=10)
    for ground, today in ((request, date(2025, 1, 10)), (over, date(2025, 1, 11))):
        erased = erase(ended, ground, today=today, retention_days=10)
        assert (erased.name, erased.email, erased.phone, erased.person) == ("", "", "", None)
        assert (erased.organisation, erased.starts_on, erased.ends_on) == (
            ended.organisation,
            ended.starts_on,
            ended.ends_on,
        )
    with pytest.raises(MandateErased):
        erase(erased, request, today=date(2026, 1, 1), retention_days=10)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 100), st.booleans())
def test_more_people_never_lose_a_quorum(
    present: int,
    members: int,
    percent: int,
    more_than: bool,  # noqa: FBT001
) -> None:
    rule = Quorum(percent=percent, more_than=more_than)
    if rule.is_reached(present, members):
        assert rule.is_reached(present + 1, members)
    assert not rule.is_reached(present, 0)
