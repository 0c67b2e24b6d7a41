"""Rules of activities, of pseudonymous keys, of contacts and promises, without a database."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.activities import domain, keys
from registry.activities.code_lists import KINDS, PEOPLE, PeopleRole
from registry.activities.refusals import LongerThanTheActivity, MonthClosed, MoreAttendedThanCounted
from registry.activities.sums import hours_of
from registry.contacts import domain as contacts
from registry.correspondence import promises
from shared.contracts.intake import ExpertActivityKind
from shared.pseudonyms import looks_like
from tests.support.activities import a_participant, residents, some_facts

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "key",
    [
        "Jana_Novakova",
        "novak-jan",
        "Novak-Jan-1985",
        "novakova85",
        "jana.nova@seznam.cz",
        "8551231234",
        "855123-1234",
        "535123123",
        "777123456",
        "420777123456",
        "tel-777123456",
        "rc8551231234",
        "short1",
        "with space1",
        "x" * 65,
        "řčšžýáíé1",
        "",
    ],
)
def test_a_key_that_looks_like_a_person_is_refused_and_not_told_back(key: str) -> None:
    with pytest.raises(keys.PersonNotPseudonymous) as refused:
        keys.expect_pseudonymous(key, pointer="/attendance/0/person")
    assert not key or key not in repr(refused.value.facts)


@pytest.mark.parametrize("key", ["p4f7Qz81Lk", "K7-42-XQ9-18", "a1b2c3d4", "f" * 31 + "0" * 31])
def test_a_random_key_is_taken(key: str) -> None:
    assert looks_like(key) is None


@given(st.uuids())
def test_every_uuid_is_a_good_key(key: UUID) -> None:
    assert looks_like(str(key)) is None


@given(st.binary(min_size=20, max_size=32))
def test_a_digest_is_a_good_key_unless_it_is_letters_or_digits_alone(content: bytes) -> None:
    key = content.hex()
    if not key.isalpha() and not key.isdigit():
        assert looks_like(key) is None


@given(st.dates(date(1920, 1, 1), date(2015, 12, 31)), st.integers(0, 999), st.booleans())
def test_no_birth_number_is_a_key_however_it_is_dressed(born_on: date, serial: int, woman: bool) -> None:  # noqa: FBT001
    month = born_on.month + (50 if woman else 0)
    nine = f"{born_on.year % 100:02}{month:02}{born_on.day:02}{serial:03}"
    number = nine if born_on.year < 1954 else nine + str(int(nine) % 11 % 10)
    assert looks_like(number) is not None
    assert looks_like(f"{number[:6]}-{number[6:]}") is not None
    assert looks_like(f"rc{number}") is not None


@pytest.mark.parametrize(
    ("held_on", "last_day"),
    [
        (date(2026, 1, 1), date(2026, 3, 2)),
        (date(2026, 1, 31), date(2026, 3, 2)),
        (date(2024, 2, 29), date(2024, 3, 30)),
        (date(2026, 12, 5), date(2027, 1, 30)),
    ],
)
def test_a_month_closes_thirty_days_after_its_end(held_on: date, last_day: date) -> None:
    assert domain.closes_on(held_on, lock_days=30) == last_day
    domain.expect_open_month(held_on, today=last_day, lock_days=30)
    with pytest.raises(MonthClosed):
        domain.expect_open_month(held_on, today=last_day + timedelta(days=1), lock_days=30)


def test_those_with_a_key_are_among_those_counted() -> None:
    two = (a_participant("p4f7Qz81Lk"), a_participant("p4f7Qz82Lk"))
    domain.expect_sound(some_facts(people=(residents(1), residents(1)), attendance=two), today=TODAY)
    with pytest.raises(MoreAttendedThanCounted) as refused:
        domain.expect_sound(some_facts(people=(residents(1),), attendance=two), today=TODAY)
    assert (refused.value.facts["attended"], refused.value.facts["counted"]) == (2, 1)


def test_nobody_is_there_longer_than_the_activity_lasts() -> None:
    facts = some_facts(minutes=60, people=(residents(1, 60),), attendance=(a_participant(minutes=61),))
    with pytest.raises(LongerThanTheActivity) as refused:
        domain.expect_sound(facts, today=TODAY)
    assert refused.value.pointer == "/attendance/0/minutes"


def test_every_kind_and_role_has_a_name_in_both_languages() -> None:
    assert KINDS.keys() == set(ExpertActivityKind)
    assert PEOPLE.keys() == set(PeopleRole)
    assert all(cs and en for cs, en in [*KINDS.values(), *PEOPLE.values()])


@given(st.lists(st.integers(1, 1440), max_size=50))
def test_hours_differ_from_minutes_by_less_than_half_a_hundredth(minutes: list[int]) -> None:
    total = sum(minutes)
    assert abs(hours_of(total) * 60 - total) * 10 <= 3


def a_contact(valid_until: date | None = None) -> contacts.Contact:
    person = contacts.Person(
        role=contacts.ContactRole.MAYOR,
        name="Karel Novotný",
        function="starosta",
        email="starosta@obrnice.test",
        phone="777123456",
        note="",
        valid_from=date(2022, 10, 20),
        valid_until=valid_until,
    )
    return contacts.introduce(person, id_=uuid4(), unit_id=uuid4())


def test_a_correction_that_takes_the_last_day_away_makes_a_contact_current_again() -> None:
    ended = a_contact(date(2026, 10, 10))
    current = contacts.correct(ended, a_contact())
    assert (ended.status, current.status) == (contacts.ContactStatus.ENDED, contacts.ContactStatus.CURRENT)


def test_on_the_last_day_of_the_retention_a_contact_is_still_kept() -> None:
    ended = a_contact(date(2023, 11, 22))
    retention = (TODAY - date(2023, 11, 22)).days
    over = contacts.ErasureGround.RETENTION_OVER
    with pytest.raises(contacts.RetentionRunsYet):
        contacts.erase(ended, over, today=TODAY, retention_days=retention)
    erased = contacts.erase(ended, over, today=TODAY, retention_days=retention - 1)
    assert (erased.name, erased.email, erased.phone, erased.role) == ("", "", "", contacts.ContactRole.MAYOR)


def test_what_the_journal_keeps_of_a_contact_has_nothing_of_the_person() -> None:
    kept = repr(contacts.mark_of(a_contact()))
    assert not [word for word in ("Novotný", "starosta", "777123456") if word in kept]


MOVES = st.lists(st.sampled_from(promises.PromiseMove), max_size=6)


@given(MOVES)
def test_no_sequence_of_moves_leads_a_promise_out_of_its_states(moves: list[promises.PromiseMove]) -> None:
    pledge = promises.Pledge(
        what="Pošleme vzor", side=promises.PromiseSide.AGENCY, person="a", contact_id=None, due_on=None
    )
    promise = promises.give(pledge, id_=uuid4(), correspondence_id=uuid4(), promised_on=TODAY, pointer="")
    for number, move in enumerate(moves):
        was_open = promise.status is promises.PromiseStatus.OPEN
        try:
            if move is promises.PromiseMove.CORRECT:
                told = promises.Pledge(
                    what=str(number), side=pledge.side, person="a", contact_id=None, due_on=None
                )
                promise = promises.correct(promise, told)
            else:
                promise = promises.settle(promise, move, on=TODAY, note="")
        except promises.PromiseSettled:
            assert not was_open
        else:
            assert was_open
    assert (promise.status is promises.PromiseStatus.OPEN) == (promise.settled_on is None)
