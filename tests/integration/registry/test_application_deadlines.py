"""Receipts, returns and completions have their days; what came earlier is written down later."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shared.contracts.intake import ApplicationSubmitted
from tests.support.applications import (
    TODAY,
    Filed,
    a_call,
    announced,
    content_json,
    drafted,
    version_of,
    with_municipalities,
)
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ANALYST, CONSULTANT, COORDINATOR

SECOND_CALL = a_call(opens_on=date(2023, 3, 20), closes_on=date(2023, 4, 6))


@pytest.fixture
async def past(registry: ServiceUnderTest) -> ServiceUnderTest:
    """Have the second call of 2023, long closed."""
    await with_municipalities(registry)
    await announced(registry, SECOND_CALL)
    return registry


async def received(service: ServiceUnderTest, at: str = "2023-04-03T10:15:00+02:00") -> Filed:
    filed = await drafted(service, CONSULTANT)
    return await filed.moved("submission", CONSULTANT, received_at=at, message_id="DZ-4711")


async def test_the_formal_check_runs_in_working_days_and_stands_while_the_applicant_completes(
    past: ServiceUnderTest,
) -> None:
    filed = await received(past)
    body = filed.answer.json()
    assert (body["received_at"], body["message_id"]) == ("2023-04-03T08:15:00Z", "DZ-4711")
    assert body["due_on"] == "2023-04-19"  # Good Friday and Easter Monday are no working days
    await filed.moved("return", ANALYST, on="2023-04-05")
    body = filed.answer.json()
    assert (body["clock"]["due_on"], body["due_on"]) == (None, "2023-04-14")
    assert body["completion"]["items"] == [{"pointer": "", "what": "Chybí podpis"}]
    await filed.moved("resubmission", CONSULTANT, received_at="2023-04-14T23:59:59+02:00")
    body = filed.answer.json()
    assert (body["status"], body["due_on"], body["received_at"]) == (
        "submitted",
        "2023-04-26",
        "2023-04-03T08:15:00Z",
    )
    assert [event.received_at for event in await past.told(ApplicationSubmitted)] == [
        datetime(2023, 4, 3, 8, 15, tzinfo=UTC)
    ] * 2


async def test_a_completion_after_its_deadline_is_refused_and_rejected_formally(
    past: ServiceUnderTest,
) -> None:
    filed = await received(past)
    await filed.moved("return", ANALYST, on="2023-04-05")
    late = await filed.post("resubmission", CONSULTANT, received_at="2023-04-15T00:00:00+02:00")
    assert (late.status_code, code_of(late)) == (409, "completion-is-late")
    assert (late.json()["rule"], late.json()["due_on"]) == ("resubmit-only-until-due-on", "2023-04-14")
    await filed.moved("formal-rejection", ANALYST, on="2023-04-17")
    assert filed.answer.json()["verdict"]["decided_on"] == "2023-04-17"


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2023-03-19T23:59:59+01:00", 409),
        ("2023-03-20T00:00:00+01:00", 200),
        ("2023-04-06T23:59:59+02:00", 200),
        ("2023-04-07T00:00:00+02:00", 409),
    ],
)
async def test_the_intake_takes_its_first_and_last_instant_and_no_other(
    past: ServiceUnderTest, at: str, status: int
) -> None:
    filed = await drafted(past, CONSULTANT)
    answer = await filed.post("submission", CONSULTANT, received_at=at)
    assert answer.status_code == status, answer.text
    if status == 409:
        assert answer.json()["rule"] == "submit-only-within-the-intake"
        assert answer.json()["allowed_moves"] == ["submit", "withdraw"]


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2199-12-31T00:00:00Z", "received-in-the-future"),
        ("2023-04-03", "malformed"),
        ("2023-04-03T10:15:00", "malformed"),
        (0, "malformed"),
        ("1999-12-31T23:59:59Z", "malformed"),
    ],
)
async def test_a_receipt_is_a_past_instant_with_its_offset(
    past: ServiceUnderTest, at: object, code: str
) -> None:
    filed = await drafted(past, CONSULTANT)
    refused = await filed.post("submission", CONSULTANT, received_at=at)
    assert (refused.status_code, code_of(refused)) == (422, code)


async def test_only_the_agency_writes_down_receipts_and_past_days(registry: ServiceUnderTest) -> None:
    await with_municipalities(registry)
    await announced(registry)
    filed = await drafted(registry)
    yesterday = TODAY - timedelta(days=1)
    past = await filed.post("submission", received_at=f"{yesterday}T10:00:00Z")
    assert (past.status_code, code_of(past)) == (403, "only-the-agency-writes-down-receipts")
    withdrawn = await filed.post("withdrawal", on=yesterday.isoformat())
    assert (withdrawn.status_code, code_of(withdrawn)) == (403, "only-the-agency-backdates")


async def test_days_of_decisions_follow_each_other(past: ServiceUnderTest) -> None:
    filed = await received(past)
    early = await filed.post("formal-check", ANALYST, on="2023-04-02")
    assert (early.status_code, code_of(early)) == (409, "decided-before-the-last")
    assert (await filed.reread()).status == "submitted"


async def test_what_is_changed_in_a_returned_application_is_written_down(past: ServiceUnderTest) -> None:
    filed = await received(past)
    await filed.moved("return", ANALYST, on="2023-04-05")
    async with past.client(COORDINATOR) as client:
        changed = content_json(form={"reason": "Doplněný důvod žádosti", "localities": 4})
        changed["on"] = "2023-04-06"
        address, seen = f"/applications/{filed.id}", version_of(filed.answer)
        backdated = await client.put(address, json=changed, headers=seen)
        async with past.client(CONSULTANT) as consultant:
            edited = await consultant.put(address, json=changed, headers=seen)
        journal = await client.get("/journal", params={"filter[subject_id]": str(filed.id)})
    assert (backdated.status_code, edited.status_code) == (403, 200), edited.text
    filed.answer = edited
    await filed.moved("resubmission", CONSULTANT, received_at="2023-04-11T09:00:00+02:00")
    assert filed.answer.json()["message_id"] == "DZ-4711"
    assert [entry["action"] for entry in journal.json()["items"]] == ["edit", "return", "submit"]


async def test_an_application_is_shown_as_it_was_on_a_day(past: ServiceUnderTest) -> None:
    filed = await received(past)
    await filed.moved("return", ANALYST, on="2023-04-05")
    await filed.moved("withdrawal", CONSULTANT, on="2023-05-02")
    address = f"/applications/{filed.id}"
    async with past.client(COORDINATOR) as client:
        states = [
            (await client.get(address, params={"as_of": day})).json()
            for day in ("2023-04-04", "2023-04-05", "2023-06-01")
        ]
        before = await client.get(address, params={"as_of": "2023-04-02"})
        now = (await client.get(address)).json()
    assert [state["status"] for state in states] == ["submitted", "returned", "withdrawn"]
    assert (states[0]["days_left"], states[0]["contact"]) == (9, None)
    assert {**states[2], "contact": now["contact"]} == {**now, "days_left": None}
    assert before.status_code == 404
