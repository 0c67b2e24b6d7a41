"""Meetings over HTTP: attendance, quorum, decisions without gaps, minutes that nobody rewrites, calendars."""

import asyncio
from datetime import timedelta
from hashlib import sha256

import pytest
from icalendar import Calendar
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.http import today
from tests.support.partnerships import YESTERDAY, a_body_at_work, a_chair, a_held_meeting, a_member
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    MAYOR,
    PARTNER,
)


async def test_a_meeting_goes_from_the_invitation_to_minutes_of_which_the_digest_is_true(
    planning: ServiceUnderTest,
) -> None:
    meeting = await a_held_meeting(planning)
    assert (await meeting.decide()).json()["number"] == f"1/{YESTERDAY.year}"
    assert (await meeting.approve(MAYOR)).status_code == 412
    await meeting.reload()
    approved = await meeting.approve(MAYOR)
    assert (approved.status_code, approved.json()["status"]) == (200, "approved")
    frozen = await meeting.get("/minutes")
    assert frozen.headers["etag"] == f'"{sha256(frozen.content).hexdigest()}"'
    assert frozen.json()["decisions"][0]["text"] == "Město vyčlení dva byty."
    czech = await meeting.get("/minutes.txt")
    english = await meeting.get("/minutes.txt", CONSULTANT, language="en")
    assert "Zápis schválil(a) Karel Starosta" in czech.text
    assert "Approved by Karel Starosta" in english.text
    for answer in (await meeting.write_down(), await meeting.decide(), await meeting.approve(MAYOR)):
        assert answer.status_code == 409


async def test_approved_minutes_cannot_be_changed_even_in_the_database(planning: ServiceUnderTest) -> None:
    meeting = await a_held_meeting(planning)
    await meeting.approve(MAYOR)
    for statement in ("UPDATE protocol SET content = '{}'", "DELETE FROM protocol"):
        async with planning.resources.engine.connect() as connection:
            with pytest.raises(IntegrityError, match="immutable"):
                await connection.execute(text(statement))


async def test_of_two_approvals_at_once_one_freezes_the_minutes(planning: ServiceUnderTest) -> None:
    meeting = await a_held_meeting(planning)
    answers = await asyncio.gather(meeting.approve(MAYOR), meeting.approve(MAYOR))
    assert sorted(answer.status_code for answer in answers) in ([200, 409], [200, 412])


async def test_numbers_of_decisions_are_unbroken_however_many_come_at_once(
    planning: ServiceUnderTest,
) -> None:
    meeting = await a_held_meeting(planning)
    other = await meeting.body.plan()
    other.body.mandates = meeting.body.mandates
    await other.write_down()
    votes = {"votes_for": 9}
    answers = await asyncio.gather(
        *(each.decide(f"Rozhodnutí {n}") for n in range(5) for each in (meeting, other)),
        *(each.decide("Příliš mnoho hlasů", votes=votes) for each in (meeting, other)),
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [409] * 2
    numbers = {answer.json()["number"] for answer in answers if answer.status_code == 201}
    assert numbers == {f"{ordinal}/{YESTERDAY.year}" for ordinal in range(1, 11)}


async def test_without_a_quorum_nothing_is_decided(planning: ServiceUnderTest) -> None:
    meeting = await a_held_meeting(planning)
    chair, member = meeting.body.mandates
    alone = [{"mandate_id": chair, "presence": "online"}, {"mandate_id": member, "presence": "excused"}]
    held = await meeting.write_down(attendance=alone)
    assert (held.json()["present"], held.json()["members"], held.json()["quorate"]) == (1, 2, False)
    assert (await meeting.decide()).json()["type"] == "urn:pospolu:problem:decided-without-quorum"
    found = (await meeting.get("/attendance")).json()["items"]
    assert [(each["name"], each["presence"], each["minutes"]) for each in found] == [
        ("Karel Starosta", "online", 90),
        ("Šárka Nováková", "excused", 0),
    ]


async def test_only_the_chair_approves_and_the_office_for_one_without_an_account(
    planning: ServiceUnderTest,
) -> None:
    meeting = await a_held_meeting(planning)
    for actor in (COORDINATOR, CONSULTANT, PARTNER):
        assert (await meeting.approve(actor)).status_code == 403
    assert (await meeting.approve(COORDINATOR_OF_TRMICE)).status_code == 404
    body = await a_body_at_work(planning, a_chair(person=None), a_member(), name="Řídící skupina")
    quiet = await body.plan()
    await quiet.write_down()
    assert (await quiet.approve(PARTNER)).status_code == 403
    assert (await quiet.approve(COORDINATOR)).status_code == 200
    assert "do evidence zapsal(a) Jana Malinová" in (await quiet.get("/minutes.txt")).text


async def test_the_public_reads_approved_minutes_of_public_bodies_and_no_guest(
    planning: ServiceUnderTest,
) -> None:
    meeting = await a_held_meeting(planning, is_public=True)
    await meeting.write_down(guests=[{"name": "Tajný Host", "organisation": "Úřad práce"}])
    await meeting.decide()
    for path in ("", "/minutes", "/minutes.txt"):
        assert (await meeting.get(path, None)).status_code == 404
    assert (await meeting.body.get("/decisions", None)).json()["items"] == []
    await meeting.reload()
    await meeting.approve(MAYOR)
    for path in ("", "/minutes", "/minutes.txt"):
        read = await meeting.get(path, None)
        assert read.status_code == 200
        assert "Tajný" not in read.text
        assert "sarka@" not in read.text
    assert len((await meeting.body.get("/decisions", None)).json()["items"]) == 1
    assert (await meeting.get("", COORDINATOR)).json()["guests"][0]["name"] == "Tajný Host"
    assert (await meeting.get("/attendance", None)).status_code == 401


async def test_nothing_of_a_meeting_of_another_town_is_there(planning: ServiceUnderTest) -> None:
    meeting = await a_held_meeting(planning)
    decision = (await meeting.decide()).json()["id"]
    stranger = COORDINATOR_OF_TRMICE
    for path in ("", "/attendance", "/minutes", "/minutes.txt"):
        assert (await meeting.get(path, stranger)).status_code == 404
    for path in (f"/decisions/{decision}", f"/bodies/{meeting.body.id}/calendar.ics"):
        assert (await meeting.body.get(path, stranger)).status_code == 404
    cancel = await meeting.body.post(
        f"/meetings/{meeting.id}/cancellation", {"reason": "x"}, stranger, version=meeting.etag
    )
    settled = {"status": "done", "settled_on": str(today())}
    settle = await meeting.body.post(f"/decisions/{decision}/settlement", settled, stranger, version='"1"')
    assert (cancel.status_code, settle.status_code) == (404, 404)


async def test_the_register_shows_overdue_decisions_first_and_settled_ones_last(
    planning: ServiceUnderTest,
) -> None:
    meeting = await a_held_meeting(planning)
    later = str(today() + timedelta(days=30))
    names: dict[str, dict[str, str]] = {
        "bez termínu": {},
        "později": {"due_on": later},
        "po termínu": {"due_on": str(YESTERDAY)},
    }
    made = {name: (await meeting.decide(name, **due)).json() for name, due in names.items()}
    hotovo = (await meeting.decide("hotovo")).json()
    settled = {"status": "done", "settled_on": str(today()), "note": "předáno"}
    path = f"/decisions/{hotovo['id']}/settlement"
    assert (await meeting.body.post(path, settled, version='"1"')).status_code == 200
    assert (await meeting.body.post(path, settled, version='"2"')).status_code == 409
    with planning.counted_statements() as statements:
        found = (await meeting.body.get(f"/decisions?filter[body]={meeting.body.id}")).json()["items"]
    assert len(statements) <= 2
    assert [each["text"] for each in found] == ["po termínu", "později", "bez termínu", "hotovo"]
    assert [each["is_overdue"] for each in found] == [True, False, False, False]
    [overdue] = (await meeting.body.get("/decisions?filter[state]=overdue")).json()["items"]
    assert overdue["id"] == made["po termínu"]["id"]
    assert len((await meeting.body.get(f"/decisions?filter[due]={later}")).json()["items"]) == 2


async def test_a_decision_is_worded_anew_until_the_minutes_are_approved(planning: ServiceUnderTest) -> None:
    meeting = await a_held_meeting(planning)
    made = (await meeting.decide()).json()
    path, body = f"/decisions/{made['id']}", {"text": "Město vyčlení tři byty."}
    changed = await meeting.body.send("PUT", path, body, version='"1"')
    assert (changed.status_code, changed.json()["number"]) == (200, made["number"])
    await meeting.reload()
    await meeting.approve(MAYOR)
    assert (await meeting.body.send("PUT", path, body, version='"2"')).status_code == 409


async def test_a_calendar_follows_a_meeting_that_moves_and_is_cancelled(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning, a_chair(), a_member(person="partner-obrnice"))
    tomorrow = today() + timedelta(days=1)
    meeting = await body.plan(planned_at=f"{tomorrow}T10:00:00+01:00")
    assert (await meeting.write_down()).status_code == 409
    await meeting.change(planned_at=f"{tomorrow}T14:00:00+01:00", place="Knihovna")
    await meeting.cancel("nemoc předsedajícího")
    for path, actor in (
        (f"/bodies/{body.id}/calendar.ics", COORDINATOR),
        ("/meetings/calendar.ics", PARTNER),
    ):
        answer = await body.get(path, actor)
        assert answer.headers["content-type"].startswith("text/calendar")
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")
        assert (event["UID"], event["SEQUENCE"]) == (f"{meeting.id}@pospolu", 2)
        assert (event["STATUS"], event["LOCATION"]) == ("CANCELLED", "Knihovna")
        assert "DTSTART;TZID=Europe/Prague:" in event.to_ical().decode()
    assert Calendar.from_ical((await body.get("/meetings/calendar.ics", MAYOR)).content).walk("VEVENT")
    strange = await body.get("/meetings/calendar.ics", COORDINATOR_OF_TRMICE)
    assert Calendar.from_ical(strange.content).walk("VEVENT") == []


async def test_minutes_at_a_training_are_summed_for_each_member(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning, a_chair(), a_member())
    for is_training in (True, False):
        meeting = await body.plan(is_training=is_training)
        await meeting.write_down()
    found = (await body.get(f"/bodies/{body.id}/attendance")).json()["items"]
    assert [(each["there"], each["minutes"], each["training_minutes"]) for each in found] == [
        (2, 180, 90)
    ] * 2
    outside = await body.get(f"/bodies/{body.id}/attendance?filter[until]=2024-01-01")
    assert outside.json()["items"] == []


async def test_lists_of_meetings_take_two_statements_and_their_filters(planning: ServiceUnderTest) -> None:
    meeting = await a_held_meeting(planning)
    await meeting.body.plan(planned_at=f"{today() + timedelta(days=9)}T10:00:00+01:00")
    with planning.counted_statements() as statements:
        found = (await meeting.body.get(f"/meetings?filter[body]={meeting.body.id}")).json()["items"]
    assert len(statements) <= 2
    assert [each["status"] for each in found] == ["planned", "held"]
    [only] = (
        await meeting.body.get(f"/meetings?filter[status]=held&filter[until]={today()}", PARTNER)
    ).json()["items"]
    assert only["id"] == meeting.id
