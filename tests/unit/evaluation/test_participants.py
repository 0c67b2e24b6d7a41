"""Hours of participants: conversion, the day of crossing, corrections, withdrawal and erasure."""

from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.participants.attending import Attended, Collecting, Place, collected_by, differences
from evaluation.participants.card import CARDS, csv_of
from evaluation.participants.domain import (
    Entry,
    Origin,
    Terms,
    correct,
    erase,
    expect_supportable,
    merge,
    withdraw,
)
from evaluation.participants.hours import by_day, crossed_on, summed_up
from evaluation.participants.keys import expect_pseudonymous, key_digest
from evaluation.participants.refusals import (
    CorrectedByTheRegistry,
    CorrectionOfACorrection,
    KeyNotPseudonymous,
    MoreThanOneEntryHolds,
    NothingToCorrect,
    ParticipantDoesNotAllow,
    PersonMergedAlready,
    SupportAfterWithdrawal,
    SupportedSince,
    SupportInTheFuture,
    SupportOutsideTheProject,
    UnitNotRecognised,
)
from evaluation.projects.conversion import Limit, Operator, SupportUnit, Threshold, credit_of
from shared.contracts.intake import ExpertActivityKind
from shared.errors import Refusal
from shared.ids import uuid7
from tests.support.participants import PERSON, a_participant, an_entry

FIRST = date(2023, 1, 1)
FORTY_HOURS = Threshold(hours=40, operator=Operator.AT_LEAST)
OVER_FORTY = Threshold(hours=40, operator=Operator.MORE_THAN)
TERMS = Terms(starts_on=FIRST, ends_on=date(2024, 12, 31), support_units=frozenset({SupportUnit.HOUR_60}))


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def limits(enough: int, *later: Limit) -> list[Limit]:
    return [Limit(since=date.min, credit=enough), *later]


@pytest.mark.parametrize(
    ("minutes", "unit", "at_least", "more_than"),
    [
        (2399, SupportUnit.HOUR_60, False, False),  # 39:59
        (2400, SupportUnit.HOUR_60, True, False),  # 40:00
        (2401, SupportUnit.HOUR_60, True, True),  # 40:01
        (1799, SupportUnit.HOUR_45, False, False),
        (1800, SupportUnit.HOUR_45, True, False),  # 40 lessons of 45 minutes
        (1801, SupportUnit.HOUR_45, True, True),
        (2, SupportUnit.HOUSING_MONTH, False, False),  # 30 hours
        (3, SupportUnit.HOUSING_MONTH, True, True),  # 45 hours
    ],
)
def test_forty_hours_are_enough_or_not_by_the_operator_of_the_project(
    minutes: int, unit: SupportUnit, *, at_least: bool, more_than: bool
) -> None:
    credit = credit_of(minutes, unit)
    assert (credit >= FORTY_HOURS.credit, credit >= OVER_FORTY.credit) == (at_least, more_than)


def test_lessons_of_45_minutes_hours_and_months_of_housing_are_summed() -> None:
    entries = [
        an_entry(450, day(1), SupportUnit.HOUR_45),  # 10 hours
        an_entry(1, day(31), SupportUnit.HOUSING_MONTH),  # 15
        an_entry(840, day(40)),  # 14: 39 together
        an_entry(45, day(50), SupportUnit.HOUR_45),  # the fortieth
    ]
    assert crossed_on(entries[:3], limits=limits(FORTY_HOURS.credit)) is None
    assert crossed_on(entries, limits=limits(FORTY_HOURS.credit)) == day(50)
    assert crossed_on(entries, limits=limits(OVER_FORTY.credit)) is None


def test_a_correction_moves_the_day_of_crossing_as_if_it_was_recorded_right_at_once() -> None:
    entries = [an_entry(1200, day(1)), an_entry(1200, day(2)), an_entry(60, day(9))]
    correction = correct(
        a_participant(), entries[1:2], amount=1140, reason="Skončilo se o hodinu dřív.", entry_id=uuid7()
    )
    assert (correction.amount, correction.supported_on, correction.corrects_id) == (
        -60,
        day(2),
        entries[1].id,
    )
    assert crossed_on(entries, limits=limits(FORTY_HOURS.credit)) == day(2)
    assert crossed_on([*entries, correction], limits=limits(FORTY_HOURS.credit)) == day(9)


amounts = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 600)), max_size=30)


@given(amounts, st.randoms(use_true_random=False), st.integers(1, 20_000))
def test_the_day_of_crossing_does_not_depend_on_the_order_of_recording(
    said: list[tuple[int, int]], random: object, enough: int
) -> None:
    entries = [an_entry(minutes, day(number)) for number, minutes in said]
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    crossing = crossed_on(entries, limits=limits(enough))
    assert crossed_on(shuffled, limits=limits(enough)) == crossing
    total = sum(entry.credit for entry in entries)
    assert (crossing is not None) == (total >= enough)
    if crossing is not None:
        before = sum(entry.credit for entry in entries if entry.supported_on < crossing)
        assert before < enough <= before + by_day(entries)[crossing]


@given(amounts, st.integers(1, 20_000), st.tuples(st.integers(0, 300), st.integers(1, 20_000)))
def test_an_erasure_keeps_hours_and_the_day_of_crossing(
    said: list[tuple[int, int]], enough: int, changed: tuple[int, int]
) -> None:
    entries = [an_entry(minutes, day(number)) for number, minutes in said]
    in_time = limits(enough, Limit(since=day(changed[0]), credit=changed[1]))
    left = summed_up(entries, person_id=PERSON, limits=in_time, new_id=uuid7)
    assert sum(entry.credit for entry in left) == sum(entry.credit for entry in entries)
    assert crossed_on(left, limits=in_time) == crossed_on(entries, limits=in_time)
    assert len(left) <= 2
    assert {entry.origin for entry in left} <= {Origin.ERASURE}


def refused(kind: type[Refusal], entry: Entry, **participant: object) -> None:
    with pytest.raises(kind):
        expect_supportable(a_participant(**participant), entry, TERMS, today=date(2023, 6, 1))


def test_support_is_recorded_within_the_project_and_the_rules_of_its_call() -> None:
    expect_supportable(a_participant(), an_entry(1440), TERMS, today=date(2023, 6, 1))
    refused(SupportInTheFuture, an_entry(on=date(2023, 6, 2)))
    refused(SupportOutsideTheProject, an_entry(on=date(2022, 12, 31)))
    refused(UnitNotRecognised, an_entry(unit=SupportUnit.HOUR_45))
    refused(MoreThanOneEntryHolds, an_entry(1441))
    refused(SupportAfterWithdrawal, an_entry(on=day(9)), withdrawn_on=day(8))
    refused(ParticipantDoesNotAllow, an_entry(), key=None, erased_at=datetime(2023, 5, 1, tzinfo=UTC))


def test_only_an_entry_of_a_person_is_corrected_and_only_to_another_amount() -> None:
    entry = an_entry(90)
    correction = correct(a_participant(), [entry], amount=30, reason="Přepis", entry_id=uuid7())
    for entries, amount, refusal in (
        ([entry, correction], 30, NothingToCorrect),
        ([correction], 20, CorrectionOfACorrection),
        ([an_entry(origin=Origin.ATTENDANCE)], 20, CorrectedByTheRegistry),
    ):
        with pytest.raises(refusal):
            correct(a_participant(), entries, amount=amount, reason="Přepis", entry_id=uuid7())
    again = correct(a_participant(), [entry, correction], amount=0, reason="Zrušeno", entry_id=uuid7())
    assert again.amount == -30


def test_a_person_leaves_after_the_last_support_and_once() -> None:
    left = withdraw(a_participant(), day(9), last_supported_on=day(9), today=day(20))
    assert (left.withdrawn_on, left.version) == (day(9), 2)
    with pytest.raises(SupportedSince):
        withdraw(a_participant(), day(8), last_supported_on=day(9), today=day(20))
    with pytest.raises(ParticipantDoesNotAllow) as refusal:
        withdraw(left, day(10), last_supported_on=None, today=day(20))
    assert refusal.value.facts["allowed_moves"] == ["support", "correction", "merger", "erasure"]
    assert "odešel z projektu" in refusal.value.title("cs")


def test_registrations_are_merged_in_one_step_and_an_erased_one_never() -> None:
    first = a_participant(id=uuid5(PERSON, "first"))
    assert merge(a_participant(), first, has_merged=False).same_as == first.id
    with pytest.raises(PersonMergedAlready):
        merge(a_participant(), first, has_merged=True)
    with pytest.raises(PersonMergedAlready):
        merge(a_participant(), a_participant(id=uuid5(PERSON, "2"), same_as=first.id), has_merged=False)
    with pytest.raises(ParticipantDoesNotAllow):
        merge(a_participant(), erase(first, now=datetime(2023, 5, 1, tzinfo=UTC)), has_merged=False)


@pytest.mark.parametrize("key", ["x7Kp2mQ9vT4d", "a" * 31 + "1f", "0192f0c1-0000-7000-8000-000000000001"])
def test_a_random_key_is_taken(key: str) -> None:
    expect_pseudonymous(key, pointer="/key")
    assert key_digest(key, salt="ab" * 32) != key_digest(key, salt="cd" * 32)


@pytest.mark.parametrize(
    "key",
    ["jan.novak", "jan-novak-75", "Novakova1975", "novakova", "7551010009", "755101/0009", "777123456",
     "jan@obec.cz", "abc1", "x" * 65, "žížala12", "klic\x00abc1"],
)  # fmt: skip
def test_what_gives_a_person_away_is_no_key_and_is_not_told_back(key: str) -> None:
    with pytest.raises(KeyNotPseudonymous) as refusal:
        expect_pseudonymous(key, pointer="/key")
    assert key not in refusal.value.title("cs") + str(refusal.value.facts)


def attended(**changes: object) -> Attended:
    facts: dict[str, object] = {
        "activity_id": uuid7(),
        "version": 1,
        "kind": ExpertActivityKind.VZA,
        "unit_ids": frozenset({PERSON}),
        "held_on": day(5),
        "struck_out": False,
        "minutes": {},
        "roles": {},
    }
    return Attended(**{**facts, **changes})  # type: ignore[arg-type]


def test_attendance_belongs_to_the_first_key_activity_of_its_kind_and_day() -> None:
    first, second = (
        Collecting(id=uuid7(), starts_on=day(0), ends_on=day(end), activity_kinds=frozenset(kinds))
        for end, kinds in (
            (4, {ExpertActivityKind.VZA}),
            (9, {ExpertActivityKind.VZA, ExpertActivityKind.ODP}),
        )
    )
    everywhere: frozenset[object] = frozenset()
    assert collected_by(attended(), [first, second], unit_ids=everywhere) is second  # type: ignore[arg-type]
    assert collected_by(attended(held_on=day(4)), [first, second], unit_ids=frozenset({PERSON})) is first
    for left_out in (
        attended(struck_out=True),
        attended(kind=ExpertActivityKind.EVA),
        attended(held_on=day(10)),
        attended(unit_ids=frozenset({uuid7()})),
    ):
        assert collected_by(left_out, [first, second], unit_ids=frozenset({PERSON})) is None


places = st.builds(
    lambda activity, person, number: (
        uuid5(PERSON, f"a{activity}"), uuid5(PERSON, f"p{person}"), day(number), SupportUnit.HOUR_60, PERSON
    ),
    st.integers(0, 2), st.integers(0, 2), st.integers(0, 2),
)  # fmt: skip
recordings = st.dictionaries(places, st.integers(1, 480), max_size=8)


@given(recordings, recordings)
def test_what_is_recorded_after_the_differences_is_what_is_wanted(
    wanted: dict[Place, int], recorded: dict[Place, int]
) -> None:
    versions = {place[0]: 2 for place in {**wanted, **recorded}}
    entries = differences(wanted, recorded, versions=versions, new_id=uuid7)
    after = dict(recorded)
    for entry in entries:
        assert entry.activity_id is not None
        place = (
            entry.activity_id,
            entry.participant_id,
            entry.supported_on,
            entry.unit,
            entry.key_activity_id,
        )
        assert entry.reason if place in recorded else entry.origin is Origin.ATTENDANCE
        after[place] = after.get(place, 0) + entry.amount
    assert {place: amount for place, amount in after.items() if amount} == wanted
    assert differences(wanted, after, versions=versions, new_id=uuid7) == []


def test_a_file_for_is_esf_holds_no_formula_and_speaks_czech() -> None:
    row: dict[str, object] = dict.fromkeys(CARDS) | {
        "role": "=HYPERLINK(1)",
        "hours": "-1:30",
        "counted": True,
        "counted_on": date(2023, 5, 1),
    }
    lines = csv_of(CARDS, [row], language="cs").decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Registrační číslo projektu;Klíč účastníka;Role")
    assert lines[1] == ";;'=HYPERLINK(1);;;;-1:30;ano;2023-05-01;"


def test_days_of_entries_sum_up_in_order() -> None:
    entries = [an_entry(30, day(2)), an_entry(20, day(1)), an_entry(-10, day(2))]
    assert list(accumulate(by_day(entries).values())) == [60, 120]
