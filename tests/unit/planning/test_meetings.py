"""Attendance, quorum, minutes and calendars of meetings, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from planning.decisions.domain import Decision, DecisionStatus, Votes, Wording, settle, word_anew
from planning.decisions.refusals import (
    DecisionSettled,
    DueBeforeDecided,
    SettledBeforeDecided,
    SettledInFuture,
)
from planning.meetings.domain import (
    AgendaItem,
    Guest,
    Invitation,
    Meeting,
    MeetingStatus,
    Record,
    approve,
    cancel,
    change,
    expect_held,
    plan,
    write_down,
)
from planning.meetings.feed import Dated, calendar_of
from planning.meetings.minutes import Approval, minutes_of
from planning.meetings.minutes_text import text_of
from planning.meetings.presence import Attendance, Presence, attendance_of, tally
from planning.meetings.refusals import (
    AbsentForMinutes,
    DecidedWithoutQuorum,
    MeetingNotHeld,
    MeetingNotPlanned,
    MeetingNotYetThere,
    MemberTwice,
    MoreVotesThanPresent,
    NotAMemberThatDay,
    NoteOutsideTheAgenda,
    OutsideTheBodysTime,
    RecordClosed,
)
from planning.partnerships.domain import Mandate, MemberRole, Quorum
from shared.canonical import canonical_json
from shared.errors import Refusal
from tests.unit.planning.test_partnerships import BODY, a_mandate

DAY = date(2026, 3, 29)
AT = datetime(2026, 3, 29, 8, 0, tzinfo=UTC)
HALF = Quorum(percent=50, more_than=True)
INVITATION = Invitation(
    title="Bydlení",
    planned_at=AT,
    minutes_planned=90,
    place="Obecní úřad",
    online_url="",
    is_training=True,
    agenda=(AgendaItem(title="Zabydlování", presenter="Jana Malinová", documents=("čj. 12/2026",)),),
)
MEMBERS = [
    a_mandate(1, name="Jana Malinová", role=MemberRole.CHAIR),
    a_mandate(2, name="Petr Nový"),
    a_mandate(3, name="Eva Stará"),
    a_mandate(4, name="Ivo Náhradník", alternate_for=UUID(int=3)),
    a_mandate(5, name="Ota Zapisovatel", role=MemberRole.SECRETARY),
]


def came(*numbers: int) -> tuple[Attendance, ...]:
    return tuple(Attendance(mandate_id=UUID(int=n), presence=Presence.PRESENT) for n in numbers)


def a_meeting() -> Meeting:
    return plan(BODY, INVITATION, UUID(int=100))


def a_held_meeting(record: Record | None = None, *numbers: int) -> Meeting:
    counted = tally(MEMBERS, came(*(numbers or (1, 2))), HALF)
    return write_down(a_meeting(), record or Record(), counted, today=DAY, most_votes=None)


@pytest.mark.parametrize(
    ("numbers", "present", "quorate"),
    [
        ((), 0, False),
        ((1,), 1, False),
        ((1, 2), 2, True),
        ((1, 4), 2, True),
        ((3, 4), 1, False),
        ((5,), 0, False),
    ],
)
def test_a_stand_in_counts_for_the_member_and_a_secretary_for_nobody(
    numbers: tuple[int, ...],
    present: int,
    quorate: bool,  # noqa: FBT001
) -> None:
    found = tally(MEMBERS, came(*numbers), HALF)
    assert (found.members, found.present, found.quorate) == (3, present, quorate)


def test_a_person_with_two_roles_is_one_person_and_a_voter_stands_in_for_nobody() -> None:
    twice = a_mandate(6, name="Petr Nový", role=MemberRole.CONTACT)
    for_eva = a_mandate(7, name="Petr Nový", role=MemberRole.GUEST, alternate_for=UUID(int=3))
    found = tally([*MEMBERS, twice, for_eva], came(2, 6, 7), HALF)
    assert (found.members, found.present) == (3, 1)


@given(st.sets(st.integers(1, 5)), st.sets(st.integers(1, 5)))
def test_nobody_who_comes_takes_away_from_those_present(some: set[int], others: set[int]) -> None:
    fewer, more = tally(MEMBERS, came(*some), HALF), tally(MEMBERS, came(*some, *others - some), HALF)
    assert fewer.present <= more.present <= more.members


def test_everybody_of_the_day_is_in_the_attendance_and_the_silent_ones_were_absent() -> None:
    told = Attendance(mandate_id=UUID(int=1), presence=Presence.ONLINE)
    late = Attendance(mandate_id=UUID(int=2), presence=Presence.PRESENT, minutes=15)
    found = attendance_of(MEMBERS, [told, late], whole=90)
    assert [(each.presence.value, each.minutes) for each in found] == [
        ("online", 90),
        ("present", 15),
        *[("absent", 0)] * 3,
    ]


@pytest.mark.parametrize(
    ("given_", "refusal"),
    [
        (came(9), NotAMemberThatDay),
        (came(1, 1), MemberTwice),
        ([Attendance(mandate_id=UUID(int=1), presence=Presence.EXCUSED, minutes=5)], AbsentForMinutes),
    ],
)
def test_an_attendance_that_makes_no_sense_is_refused(
    given_: list[Attendance], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        attendance_of(MEMBERS, given_, whole=90)


def test_a_change_and_a_cancellation_move_calendars_and_only_of_what_is_planned() -> None:
    changed = change(a_meeting(), BODY, replace(INVITATION, place="Knihovna"))
    cancelled = cancel(changed, "nemoc")
    assert [each.sequence for each in (changed, cancelled)] == [1, 2]
    for late in (cancelled, a_held_meeting()):
        with pytest.raises(MeetingNotPlanned):
            cancel(late, "nemoc")
        with pytest.raises(MeetingNotPlanned):
            change(late, BODY, INVITATION)
    with pytest.raises(OutsideTheBodysTime):
        change(a_meeting(), BODY, replace(INVITATION, planned_at=datetime(2023, 12, 31, 12, tzinfo=UTC)))


def test_a_record_is_written_from_the_day_on_until_the_minutes_are_approved() -> None:
    counted = tally(MEMBERS, came(1, 2), HALF)
    with pytest.raises(MeetingNotYetThere):
        write_down(a_meeting(), Record(), counted, today=DAY - timedelta(days=1), most_votes=None)
    with pytest.raises(NoteOutsideTheAgenda):
        write_down(a_meeting(), Record(notes=("1", "2")), counted, today=DAY, most_votes=None)
    held = a_held_meeting()
    again = write_down(held, Record(summary="Oprava"), counted, today=DAY, most_votes=2)
    approved = approve(again)
    assert (approved.status, approved.version) == (MeetingStatus.APPROVED, 4)
    with pytest.raises(RecordClosed):
        write_down(approved, Record(), counted, today=DAY, most_votes=None)
    with pytest.raises(RecordClosed):
        approve(approved)
    with pytest.raises(MeetingNotHeld):
        expect_held(a_meeting())


def test_attendance_cannot_take_the_quorum_from_under_a_decision() -> None:
    held = a_held_meeting()
    with pytest.raises(DecidedWithoutQuorum):
        write_down(held, Record(), tally(MEMBERS, came(1), HALF), today=DAY, most_votes=0)
    with pytest.raises(MoreVotesThanPresent):
        write_down(held, Record(), tally(MEMBERS, came(1, 2), HALF), today=DAY, most_votes=3)


WORDING = Wording(
    text="Vyčlenit dva byty.",
    votes=Votes(votes_for=2, votes_against=0, abstained=0),
    responsible="Bytový odbor",
    due_on=date(2026, 6, 30),
)
DECISION = Decision(
    id=UUID(int=7),
    version=1,
    meeting_id=UUID(int=100),
    body_id=BODY.id,
    year=2026,
    ordinal=3,
    wording=WORDING,
)


def test_a_decision_is_settled_once_between_its_day_and_today() -> None:
    days = (DAY, date(2026, 5, 1))
    with pytest.raises(SettledBeforeDecided):
        settle(DECISION, DecisionStatus.DONE, settled_on=date(2026, 3, 1), note="", days=days)
    with pytest.raises(SettledInFuture):
        settle(DECISION, DecisionStatus.DONE, settled_on=date(2026, 5, 2), note="", days=days)
    done = settle(DECISION, DecisionStatus.DONE, settled_on=date(2026, 5, 1), note="předáno", days=days)
    with pytest.raises(DecisionSettled):
        settle(done, DecisionStatus.DROPPED, settled_on=date(2026, 5, 1), note="", days=days)
    with pytest.raises(DueBeforeDecided):
        word_anew(DECISION, replace(WORDING, due_on=date(2026, 1, 1)), decided_on=DAY)


def minutes_text(*, czech: bool) -> tuple[str, str]:
    guests = (
        Guest(name="Tajný Host", organisation="Úřad práce", minutes=30),
        Guest(name="Druhá Hostka", organisation="Úřad práce", minutes=30),
    )
    held = a_held_meeting(Record(summary="Shoda.", notes=("Dva byty.",), guests=guests))
    people: list[tuple[Mandate, Attendance]] = list(
        zip(MEMBERS, attendance_of(MEMBERS, came(1, 2), whole=90), strict=True)
    )
    approval = Approval(chair="Jana Malinová", recorded_by="Jana Malinová", approved_on=DAY)
    minutes = minutes_of(held, BODY, people, [DECISION], approval)
    return text_of(minutes, "abc", czech=czech), canonical_json(minutes).decode()


def test_minutes_are_read_in_czech_with_everything_that_matters() -> None:
    text, _ = minutes_text(czech=True)
    for part in (
        "29.\N{NO-BREAK SPACE}3.\N{NO-BREAK SPACE}2026 v 10:00, Obecní úřad; 90 minut; vzdělávací akce",
        "Přítomno 2 z 3 členů (je třeba více než 50\N{NO-BREAK SPACE}%): jednání je usnášeníschopné.",
        "- Jana Malinová (Společně, z. s.), předseda/předsedkyně: na místě, 90\N{NO-BREAK SPACE}min",
        "- Ivo Náhradník (Společně, z. s.), náhradník, člen/členka: bez omluvy",
        "- Úřad práce: 2",
        "- 3/2026: Vyčlenit dva byty. | pro 2, proti 0, zdrželo se 0 | odpovídá: Bytový odbor",
        "Zápis schválil(a) Jana Malinová",
        "SHA-256: abc",
    ):
        assert part in text


def test_minutes_say_the_same_in_english_and_never_name_a_guest() -> None:
    text, frozen = minutes_text(czech=False)
    assert "Present: 2 of 3 members (more than 50% are needed); the meeting has a quorum." in text
    assert "29 March 2026 at 10:00" in text
    assert "due: 30 June 2026" in text
    assert "Host" not in text + frozen
    assert "jana@" not in text + frozen


def test_a_calendar_is_parsed_back_with_the_times_of_prague_on_the_day_when_clocks_move() -> None:
    dated = Dated(
        id=UUID(int=100),
        sequence=3,
        title="Bydlení",
        body_name="Skupina, 1; větší",
        planned_at=datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
        minutes_planned=120,
        place="Obecní úřad",
        online_url="https://jednani.example/1",
        agenda=("Zabydlování",),
        is_cancelled=True,
        cancelled_because="nemoc",
        changed_at=AT,
    )
    parsed = Calendar.from_ical(calendar_of("Moje jednání", [dated]))
    [zone] = parsed.walk("VTIMEZONE")
    [event] = parsed.walk("VEVENT")
    assert zone["TZID"] == "Europe/Prague"
    assert (event["SEQUENCE"], event["STATUS"], event["UID"]) == (3, "CANCELLED", f"{UUID(int=100)}@pospolu")
    assert event["SUMMARY"] == "Skupina, 1; větší: Bydlení"
    written = event.to_ical().decode()
    assert "DTSTART;TZID=Europe/Prague:20260329T003000" in written
    assert "DTEND;TZID=Europe/Prague:20260329T033000" in written
    assert event["DESCRIPTION"] == "Zrušeno: nemoc\n1. Zabydlování"
