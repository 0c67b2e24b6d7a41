"""Values are reported by the town, approved by the Agency, and every act is kept."""

import asyncio
from datetime import date

import pytest

from evaluation.monitoring.calendar import obligation_id
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.evaluation import ReportSubmitted, ValueApproved
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    EVALUATOR,
    NEIGHBOUR,
    a_plan_approved,
    a_plan_closed,
    a_report_in,
    decide,
    indicator_id,
    report_value,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, an_actor

THE_FIRST = obligation_id(indicator_id(1), "2026")


@pytest.fixture
async def monitored(evaluation: ServiceUnderTest) -> ServiceUnderTest:
    await evaluation.hear(a_plan_approved())
    return evaluation


async def test_a_value_is_reported_and_approved(monitored: ServiceUnderTest) -> None:
    reported = await decide(
        monitored, THE_FIRST, "report", actor=COORDINATOR, body=a_report_in(value="20.50")
    )
    assert (reported.status_code, reported.headers["etag"]) == (200, '"2"')
    assert reported.json() == {
        "id": str(THE_FIRST),
        "status": "submitted",
        "value": "20.50",
        "wording": None,
        "measured_on": "2026-06-30",
        "version": 2,
    }
    approved = await decide(monitored, THE_FIRST, "approval", actor=CONSULTANT)
    assert (approved.status_code, approved.json()["status"], approved.json()["value"]) == (
        200,
        "approved",
        "20.50",
    )
    (submitted,) = await monitored.told(ReportSubmitted)
    (told,) = await monitored.told(ValueApproved)
    assert (submitted.obligation_id, submitted.version) == (THE_FIRST, 2)
    assert (told.obligation_id, str(told.value), told.version) == (THE_FIRST, "20.50", 3)


async def test_a_returned_value_is_reported_again_and_the_trail_keeps_all_of_it(
    monitored: ServiceUnderTest,
) -> None:
    await report_value(monitored, THE_FIRST, value="200")
    body: dict[str, object] = {"reason": "Hodnota je za okres."}
    returned = await decide(monitored, THE_FIRST, "return", actor=EVALUATOR, body=body)
    assert (returned.status_code, returned.json()["status"]) == (200, "returned")
    await report_value(monitored, THE_FIRST, value="20")
    async with monitored.client(COORDINATOR) as client:
        found = (await client.get(f"/obligations/{THE_FIRST}")).json()
    acts = found["acts"]
    assert [(act["act"], act["value"], act["reason"], act["version"]) for act in acts] == [
        ("reported", "200", None, 2),
        ("returned", "200", "Hodnota je za okres.", 3),
        ("reported", "20", None, 4),
    ]
    assert {act["actor_affiliation"] for act in acts} == {"Obec Obrnice", "Agentura"}
    assert (found["status"], found["value"], found["plan_title"]) == (
        "submitted",
        "20",
        "Plán sociálního začleňování obce Obrnice",
    )


async def test_a_stale_form_is_refused(monitored: ServiceUnderTest) -> None:
    await report_value(monitored, THE_FIRST, value="20")
    stale = await decide(monitored, THE_FIRST, "approval", actor=CONSULTANT, version=1)
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:pospolu:problem:version-is-stale")


async def test_a_decision_without_a_version_is_refused(monitored: ServiceUnderTest) -> None:
    async with monitored.client(COORDINATOR) as client:
        answer = await client.post(f"/obligations/{THE_FIRST}/report", json=a_report_in())
    assert answer.status_code == 428


async def test_two_reports_at_once_are_one_report(monitored: ServiceUnderTest) -> None:
    answers = await asyncio.gather(
        *(
            decide(
                monitored, THE_FIRST, "report", actor=COORDINATOR, version=1, body=a_report_in(value=value)
            )
            for value in ("20", "30")
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len(await monitored.told(ReportSubmitted)) == 1


async def test_the_same_request_sent_again_is_done_once(monitored: ServiceUnderTest) -> None:
    headers = {"If-Match": '"1"', "Idempotency-Key": "abc"}
    async with monitored.client(COORDINATOR) as client:
        first = await client.post(f"/obligations/{THE_FIRST}/report", json=a_report_in(), headers=headers)
        second = await client.post(f"/obligations/{THE_FIRST}/report", json=a_report_in(), headers=headers)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert len(await monitored.told(ReportSubmitted)) == 1


async def test_a_colleague_of_another_town_does_not_know_of_it(monitored: ServiceUnderTest) -> None:
    answer = await decide(monitored, THE_FIRST, "report", actor=NEIGHBOUR, version=1, body=a_report_in())
    assert answer.status_code == 404
    async with monitored.client(NEIGHBOUR) as client:
        assert (await client.get(f"/obligations/{THE_FIRST}")).status_code == 404
    assert await monitored.told(ReportSubmitted) == []


@pytest.mark.parametrize(
    ("decision", "actor"), [("report", CONSULTANT), ("approval", COORDINATOR), ("return", COORDINATOR)]
)
async def test_towns_report_and_the_agency_decides(
    monitored: ServiceUnderTest, decision: str, actor: Actor
) -> None:
    answer = await decide(monitored, THE_FIRST, decision, actor=actor, body=a_report_in())
    assert answer.status_code == 403


async def test_who_reported_cannot_approve_even_with_both_roles(monitored: ServiceUnderTest) -> None:
    both = an_actor(Role.COORDINATOR, Role.CONSULTANT, units=[OBRNICE], sub="oba.dva")
    reported = await decide(monitored, THE_FIRST, "report", actor=both, body=a_report_in())
    assert reported.status_code == 200
    answer = await decide(monitored, THE_FIRST, "approval", actor=both)
    assert (answer.status_code, answer.json()["type"]) == (
        409,
        "urn:pospolu:problem:approver-reported-the-value",
    )


async def test_the_agency_does_not_report_for_a_town(monitored: ServiceUnderTest) -> None:
    outsider = an_actor(Role.COORDINATOR, Role.CONSULTANT, sub="cizi")
    answer = await decide(monitored, THE_FIRST, "report", actor=outsider, body=a_report_in())
    assert answer.status_code == 403


async def test_a_cancelled_obligation_takes_no_value(monitored: ServiceUnderTest) -> None:
    await monitored.hear(a_plan_closed(closed_on=date(2026, 1, 31)))
    of_2027 = obligation_id(indicator_id(1), "2027")
    answer = await decide(monitored, of_2027, "report", actor=COORDINATOR, body=a_report_in())
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:pospolu:problem:value-not-awaited")


@pytest.mark.parametrize(
    "changes",
    [
        {"value": "NaN"},
        {"value": "Infinity"},
        {"value": "1e40"},
        {"value": "1.0000001"},
        {"value": True},
        {"value": None},
        {"value": ""},
        {"measured_on": "2999-01-01"},
        {"measured_on": "2025-12-31"},
        {"measured_on": "včera"},
        {"source": "a\x00b"},
        {"source": ""},
        {"note": "\ud800"},
        {"unknown": 1},
    ],
    ids=str,
)
async def test_a_report_that_makes_no_sense_is_refused(
    monitored: ServiceUnderTest, changes: dict[str, object]
) -> None:
    body: dict[str, object] = {**a_report_in(), **changes}
    answer = await decide(monitored, THE_FIRST, "report", actor=COORDINATOR, version=1, body=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("1e5", "100000"),
        ("-0", "0"),
        ("-12.340", "-12.340"),
        ("-0.00", "0.00"),
        ("99999999999999.999999", "99999999999999.999999"),
        (7, "7"),
    ],
)
async def test_a_value_is_shown_the_same_everywhere(
    monitored: ServiceUnderTest, sent: object, shown: str
) -> None:
    answer = await decide(monitored, THE_FIRST, "report", actor=COORDINATOR, body=a_report_in(value=sent))
    assert answer.status_code == 200, answer.text
    async with monitored.client(CONSULTANT) as client:
        found = (await client.get(f"/obligations/{THE_FIRST}")).json()
    assert (answer.json()["value"], found["value"], found["acts"][0]["value"]) == (shown, shown, shown)


async def test_czech_texts_are_kept(monitored: ServiceUnderTest) -> None:
    body = a_report_in(note="Příliš žluťoučký kůň úpěl ďábelské ódy.")
    await decide(monitored, THE_FIRST, "report", actor=COORDINATOR, body=body)
    async with monitored.client(CONSULTANT) as client:
        (act,) = (await client.get(f"/obligations/{THE_FIRST}")).json()["acts"]
    assert act["note"] == "Příliš žluťoučký kůň úpěl ďábelské ódy."
