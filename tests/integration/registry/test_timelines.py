"""Three real timelines written down through the API, with the days of then."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from shared.auth import Actor
from shared.contracts.intake import ApplicationDecided, CallAnnounced, CooperationDescribed
from shared.contracts.planning import PlanApproved, PlanKind
from shared.contracts.registry import CooperationEnded, CooperationStarted
from tests.contracts.examples import EXAMPLES
from tests.support.calls import call_json, with_methodologies
from tests.support.commission import a_commission, a_member
from tests.support.memoranda import JIHLAVA, OSTRAVA, TEXT, a_description_json
from tests.support.registry import OBRNICE
from tests.support.service import ServiceUnderTest
from tests.support.timelines import Chronicle, Json
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, DIRECTOR, TRMICE

TOWNS = (("586846", "Jihlava"), ("554821", "Ostrava"), ("567337", "Obrnice"), ("553697", "Trmice"))
CONTENT: Json = {
    "form": {"need": "Dluhy a nejisté bydlení", "has_plan": False},
    "areas": ["BYD", "DLU"],
    "contact": {"name": "Jana Malinová", "function": "koordinátorka", "email": "malinova@example.org"},
    "attachments": [{"kind": "usneseni", **TEXT}],
}
RESOLUTION_OF_JIHLAVA: Json = {
    "number": "97/18-ZM",
    "adopted_on": "2018-12-10",
    "body": "assembly",
    "covers": ["filing", "memorandum"],
}


@pytest.fixture
async def chronicle(registry: ServiceUnderTest) -> Chronicle:
    await with_methodologies(registry)
    written = Chronicle(registry)
    for code, name in TOWNS:
        unit: Json = {"kind": "municipality", "code": code, "name": name, "valid_from": "1990-11-24"}
        await written.create(ADMINISTRATOR, "/units", unit)
    return written


async def test_ostrava_cooperates_from_2014_to_2018_and_anew_under_the_next_programme(
    chronicle: Chronicle,
) -> None:
    first = await chronicle.create(
        CONSULTANT,
        "/cooperations",
        {
            "unit_id": str(OSTRAVA),
            "regime": "IKP",
            "starts_on": "2014-07-01",
            "ends_on": "2018-12-31",
            "on": "2014-07-01",
        },
    )
    office: Json = {"unit_id": str(OSTRAVA), "document": TEXT, "agency_party": "office-of-government"}
    memorandum = await chronicle.create(CONSULTANT, "/memoranda", office)
    resolution = {"number": "0120/ZM1418/4", "adopted_on": "2015-01-28"}
    await chronicle.decide(CONSULTANT, memorandum, "approval", resolution=resolution, on="2015-01-28")
    await chronicle.signed(memorandum, "signatures", on="2015-01-28")
    plan = EXAMPLES[PlanApproved]
    assert isinstance(plan, PlanApproved)
    await chronicle.service.hear(
        replace(
            plan,
            kind=PlanKind.SPSZ,
            unit_ids=(OSTRAVA,),
            valid_from=date(2015, 1, 1),
            valid_until=date(2018, 12, 31),
            approved_on=date(2015, 6, 10),
        )
    )
    note = "Město pokračuje vlastními silami."
    await chronicle.decide(CONSULTANT, first, "exit", note=note, on="2018-07-01")
    await chronicle.decide(CONSULTANT, first, "end", ends_on="2018-12-31", on="2018-12-31")

    second = await _next_programme(chronicle, OSTRAVA)
    on = ["2014-06-30", "2014-07-01", "2018-12-31", "2019-01-01", "2022-03-31", "2022-04-01"]
    regimes = [
        [each["regime"] for each in await chronicle.items("/cooperations", {**_of(OSTRAVA), "as_of": day})]
        for day in on
    ]
    assert regimes == [[], ["IKP"], ["IKP"], [], [], ["KPSV21"]]
    in_force = {
        day: await chronicle.items("/memoranda", {**_of(OSTRAVA), "as_of": day})
        for day in ("2015-01-27", "2015-01-28", "2021-12-19", "2021-12-20")
    }
    assert [[each["edition"] for each in found] for found in in_force.values()] == [[], [1], [1], [2]]
    assert await _phases(chronicle, first) == [
        ("active", "2014-07-01"),
        ("exit", "2018-07-01"),
        ("ended", "2019-01-01"),
    ]
    assert (await chronicle.read(second))["status"] == "active"
    assert [event.starts_on for event in await chronicle.service.told(CooperationStarted)] == [
        date(2014, 7, 1),
        date(2022, 4, 1),
    ]
    assert [event.ended_on for event in await chronicle.service.told(CooperationEnded)] == [
        date(2018, 12, 31)
    ]


async def test_jihlava_applies_in_2018_signs_in_2019_and_concludes_anew_in_2021(chronicle: Chronicle) -> None:
    call = await chronicle.announced_call(
        call_json(
            code="KPSVL-7",
            methodology="KPSVL/1.0",
            opens_on="2018-12-01",
            closes_on="2018-12-31",
        ),
        on="2018-11-15",
    )
    content = {**CONTENT, "resolution": RESOLUTION_OF_JIHLAVA}
    application = await chronicle.delivered(call, JIHLAVA, content, "2018-12-12T09:00:00+01:00")
    checked = await chronicle.checked(application, on="2018-12-19")
    assert (checked["received_at"], checked["status"]) == ("2018-12-12T08:00:00Z", "formally-correct")
    await _recommended(chronicle, call, [application], opened_on="2019-01-07", closed_on="2019-01-21")
    await chronicle.decide(DIRECTOR, application, "approval", reasons="Doporučeno.", on="2019-02-01")

    body: Json = {
        "unit_id": str(JIHLAVA),
        "application_id": application.rpartition("/")[2],
        "document": TEXT,
        "agency_party": "office-of-government",
    }
    first = await chronicle.create(CONSULTANT, "/memoranda", body)
    await chronicle.decide(CONSULTANT, first, "approval", on="2019-02-01")
    concluded = await chronicle.signed(first, "signatures", on="2019-02-21")
    assert (concluded["concluded_on"], concluded["resolution"]["number"]) == ("2019-02-21", "97/18-ZM")  # type: ignore[index]
    assert (await chronicle.read(application))["status"] == "memorandum-signed"
    to_reconclude = await chronicle.items("/memoranda", {"filter[to_reconclude]": "true"})
    assert [each["unit_id"] for each in to_reconclude] == [str(JIHLAVA)]

    cooperation = await _next_programme(chronicle, JIHLAVA)
    inclusive: Json = {
        "cooperation_id": cooperation.rpartition("/")[2],
        "domain": "inclusive-education",
        **a_description_json(("VZD",)),
    }
    annex = await chronicle.create(CONSULTANT, "/descriptions", inclusive)
    await chronicle.decide(CONSULTANT, annex, "proposal", on="2022-03-21")
    await chronicle.signed(annex, "agreements", on="2022-03-21")
    annexes = await chronicle.items("/descriptions", {**_of(JIHLAVA), "as_of": "2022-04-01"})
    assert sorted(str(each["domain"]) for each in annexes) == ["inclusive-education", "social-inclusion"]
    states = [
        (await chronicle.read(application, {"as_of": day}))["status"]
        for day in ("2018-12-12", "2018-12-19", "2019-01-20", "2019-01-21", "2019-02-01", "2019-02-21")
    ]
    assert states == [
        *("submitted", "formally-correct", "in-evaluation"),
        *("recommended", "approved", "memorandum-signed"),
    ]
    assert await chronicle.items("/memoranda", {"filter[to_reconclude]": "true"}) == []


async def test_the_second_call_of_2023_from_its_announcement_to_the_decision(chronicle: Chronicle) -> None:
    call = await chronicle.announced_call(call_json(), on="2023-02-27")
    told = (await chronicle.service.told(CallAnnounced))[0]
    assert (told.announced_on, told.opens_on) == (date(2023, 2, 27), date(2023, 3, 20))
    assert told.closes_at.isoformat() == "2023-04-06T21:59:59.999999+00:00"

    content = {**CONTENT, "resolution": {**RESOLUTION_OF_JIHLAVA, "adopted_on": "2023-03-01"}}
    first = await chronicle.delivered(call, OBRNICE, content, "2023-03-20T00:00:00+01:00")
    last = await chronicle.delivered(call, TRMICE, content, "2023-04-06T23:59:59+02:00")
    for outside in ("2023-03-19T23:59:59+01:00", "2023-04-07T00:00:00+02:00"):
        body: Json = {"call_id": call.rpartition("/")[2], "unit_id": str(JIHLAVA), "content": content}
        draft = await chronicle.create(CONSULTANT, "/applications", body)
        status, refused = await chronicle.attempt(
            CONSULTANT, draft, "submission", received_at=outside, message_id="1"
        )
        assert (status, refused["state"]) == (409, "draft")
        await chronicle.decide(CONSULTANT, draft, "withdrawal", reason="Mimo lhůtu")

    filed = [await chronicle.read(each) for each in (first, last)]
    assert [each["number"] for each in filed] == ["KPSV21-2/001", "KPSV21-2/002"]
    # Ten working days over Good Friday and Easter Monday, 7 and 10 April.
    assert [each["due_on"] for each in filed] == ["2023-04-03", "2023-04-24"]

    items = [{"what": "Chybí podpis starosty"}]
    await chronicle.decide(CONSULTANT_WHO_CHECKS, last, "return", items=items, on="2023-04-12")
    returned = await chronicle.read(last)
    assert (returned["status"], returned["due_on"]) == ("returned", "2023-04-19")
    receipt = {"received_at": "2023-04-18T10:00:00+02:00", "message_id": "2"}
    resubmitted = await chronicle.decide(CONSULTANT, last, "resubmission", **receipt)
    assert (resubmitted["due_on"], resubmitted["received_at"]) == ("2023-04-28", "2023-04-06T21:59:59Z")
    await chronicle.checked(first, on="2023-03-30")
    await chronicle.checked(last, on="2023-04-20")
    await _recommended(chronicle, call, [first, last], opened_on="2023-04-24", closed_on="2023-05-04")
    await chronicle.decide(DIRECTOR, first, "approval", reasons="Naléhavé.", on="2023-05-15")
    await chronicle.decide(DIRECTOR, last, "rejection", reasons="Kapacita.", on="2023-05-16")
    decided = await chronicle.items("/applications/decisions")
    assert [(each["number"], each["outcome"], each["decided_on"]) for each in decided] == [
        ("KPSV21-2/001", "accepted", "2023-05-15"),
        ("KPSV21-2/002", "rejected", "2023-05-16"),
    ]
    assert len(await chronicle.service.told(ApplicationDecided)) == 2


CONSULTANT_WHO_CHECKS = replace(CONSULTANT, id="another-consultant")


def _of(unit: UUID) -> dict[str, str]:
    return {"filter[unit]": str(unit)}


async def _phases(chronicle: Chronicle, cooperation: str) -> list[tuple[str, str]]:
    phases = (await chronicle.read(f"{cooperation}/history"))["phases"]
    assert isinstance(phases, list)
    return [(each["status"], each["from_on"]) for each in phases]


async def _next_programme(chronicle: Chronicle, unit: UUID) -> str:
    """Conclude the memorandum anew with the ministry, and agree on a description of cooperation."""
    body: Json = {"unit_id": str(unit), "document": TEXT, "reason": "party-changed"}
    memorandum = await chronicle.create(CONSULTANT, "/memoranda", body)
    resolution = {"number": "12/21", "adopted_on": "2021-12-07"}
    await chronicle.decide(CONSULTANT, memorandum, "approval", resolution=resolution, on="2021-12-07")
    await chronicle.signed(memorandum, "signatures", on="2021-12-20")
    prepared: Json = {"unit_id": str(unit), "regime": "KPSV21", "on": "2022-01-10"}
    cooperation = await chronicle.create(CONSULTANT, "/cooperations", prepared)
    assert (await chronicle.read(cooperation))["status"] == "preparation"
    text: Json = {
        "cooperation_id": cooperation.rpartition("/")[2],
        "domain": "social-inclusion",
        **a_description_json(),
        "ends_on": (date(2022, 4, 1) + timedelta(days=3650)).isoformat(),
    }
    description = await chronicle.create(CONSULTANT, "/descriptions", text)
    await chronicle.decide(CONSULTANT, description, "proposal", on="2022-03-21")
    await chronicle.signed(description, "agreements", on="2022-03-21")
    told = await chronicle.service.told(CooperationDescribed)
    assert [area.value for area in told[-1].areas] == ["DLU", "BEZ", "ZAM", "ZDR", "BYD"]
    return cooperation


async def _recommended(
    chronicle: Chronicle, call: str, applications: list[str], *, opened_on: str, closed_on: str
) -> None:
    """Let a commission of three score the applications the same, without any conflict."""
    commission = await a_commission(chronicle.service, members=3, starts_on="2018-01-01")
    officer = replace(CONSULTANT, id="secretary", name="Tereza Zapsaná")
    opened: Json = {"call_id": call.rpartition("/")[2], "commission_id": str(commission), "on": opened_on}
    assessment = await chronicle.create(officer, "/assessments", opened)
    for number in (1, 2, 3):
        await _score(chronicle, assessment, a_member(number), len(applications))
    await chronicle.decide(officer, assessment, "closure", on=closed_on)
    statuses = {str((await chronicle.read(each))["status"]) for each in applications}
    assert statuses == {"recommended"}


async def _score(chronicle: Chronicle, assessment: str, member: Actor, count: int) -> None:
    marks = [{"criterion": code, "points": 8, "reason": "Doloženo."} for code in ("K1", "K2")]
    for decision, table, extra in (
        ("declarations", "declarations", {"declaration": "none"}),
        ("scores", "scores", {"marks": marks}),
        ("scores/sealing", "scores", {}),
    ):
        sheets = await chronicle.items(f"{assessment}/worklist", actor=member)
        assert len(sheets) == count
        rows = [
            {"application_id": each["application_id"], "version": each["version"], **extra} for each in sheets
        ]
        async with chronicle.service.client(member) as client:
            method = "PUT" if decision == "scores" else "POST"
            answer = await client.request(method, f"{assessment}/{decision}", json={table: rows})
        assert {row["outcome"] for row in answer.json()["rows"]} == {"done"}, answer.text
