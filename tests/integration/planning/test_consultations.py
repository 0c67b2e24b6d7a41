"""Consultations over HTTP: the draft frozen at the opening, windows only prolonged, who knows of what."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.contracts.consultation import ConsultationOpened
from tests.support.consultations import a_prepared_consultation, an_announcement, an_open_consultation
from tests.support.planning import a_problem, a_tree, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, OBRNICE


async def test_the_draft_is_frozen_at_the_opening_and_its_authors_go_on(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    frozen = await consultation.get("/draft", None)
    assert (await consultation.plan.write_tree(a_tree(a_problem(title="Jinak")))).status_code == 200
    again = await consultation.get("/draft", None)
    assert again.content == frozen.content
    digest = hashlib.sha256(frozen.content).hexdigest()
    assert frozen.headers["etag"] == f'"{digest}"'
    assert frozen.json()["problems"][0]["title"] == "Rodiny žijí na ubytovnách"
    unchanged = await consultation.get("/draft", None, **{"If-None-Match": frozen.headers["etag"]})
    assert unchanged.status_code == 304
    [event] = await planning.told(ConsultationOpened)
    assert (event.digest, event.unit_ids, str(event.consultation_id)) == (digest, (OBRNICE,), consultation.id)
    shown = (await consultation.get("", None)).json()
    assert (shown["status"], shown["comments"], shown["digest"]) == ("open", 0, digest)
    async with planning.resources.engine.begin() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(text("UPDATE consultation SET content = '{}'"))


async def test_one_in_preparation_is_known_to_its_own_people_alone(planning: ServiceUnderTest) -> None:
    consultation = await a_prepared_consultation(planning)
    for stranger in (None, COORDINATOR_OF_TRMICE):
        assert (await consultation.get("", stranger)).status_code == 404
        async with planning.client(stranger) as client:
            assert (await client.get("/consultations")).json()["items"] == []
    assert (await consultation.get("/draft", CONSULTANT)).status_code == 404
    refused = await consultation.send("POST", "/opening", None, COORDINATOR_OF_TRMICE, **{"If-Match": '"1"'})
    assert refused.status_code == 404
    assert (await consultation.send("POST", "/opening")).status_code == 428
    assert (await consultation.decide("opening")).status_code == 200
    with planning.counted_statements() as statements:
        async with planning.client() as client:
            found = await client.get(f"/consultations?filter[unit]={OBRNICE}&filter[status]=open")
    assert len(statements) == 1
    assert [each["id"] for each in found.json()["items"]] == [consultation.id]
    refused = await consultation.send(
        "POST", "/cancellation", {"reason": "omyl"}, COORDINATOR_OF_TRMICE, **{"If-Match": '"2"'}
    )
    assert refused.status_code == 403


async def test_a_window_is_prolonged_with_a_reason_and_never_made_shorter(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    before = (await consultation.get()).json()
    closes_at = datetime.fromisoformat(before["closes_at"])
    shorter = {"closes_at": (closes_at - timedelta(days=1)).isoformat(), "reason": "spěch"}
    refused = await consultation.decide("prolongation", shorter)
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:pospolu:problem:window-only-prolonged")
    longer = {"closes_at": (closes_at + timedelta(days=7)).isoformat(), "reason": "svátky"}
    assert (await consultation.decide("prolongation", longer)).status_code == 200
    after = (await consultation.get("", None)).json()
    assert [each["reason"] for each in after["prolongations"]] == ["svátky"]
    moved = [datetime.fromisoformat(each["settle_by_on"]) for each in (before, after)]
    assert moved[1] - moved[0] == timedelta(days=7)
    refused = await consultation.decide("cancellation", {"reason": "omyl"})
    assert refused.status_code == 200
    late = await consultation.decide("prolongation", longer)
    assert late.status_code == 409
    assert late.json()["title"].startswith("Připomínkové řízení je ve stavu „zrušeno“")


async def test_a_consultation_to_which_comments_came_cannot_be_cancelled(planning: ServiceUnderTest) -> None:
    consultation = await an_open_consultation(planning)
    assert (await consultation.comment()).status_code == 201
    refused = await consultation.decide("cancellation", {"reason": "omyl"})
    assert refused.json()["type"] == "urn:pospolu:problem:comments-sent-already"


async def test_of_two_consultations_of_a_plan_one_is_refused_also_at_once(planning: ServiceUnderTest) -> None:
    first = await a_prepared_consultation(planning)
    assert (await first.decide("cancellation", {"reason": "omyl"})).status_code == 200

    async def prepare() -> int:
        async with planning.client(COORDINATOR) as client:
            body = {**an_announcement(), "plan_id": first.plan.id}
            return (await client.post("/consultations", json=body)).status_code

    assert sorted(await asyncio.gather(prepare(), prepare())) == [201, 409]


async def test_only_what_is_being_worked_on_is_consulted(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    async with planning.client(COORDINATOR) as client:
        refused = await client.post("/consultations", json={**an_announcement(), "plan_id": plan.id})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:pospolu:problem:nothing-to-consult")


async def test_warnings_are_data_and_stop_nobody(planning: ServiceUnderTest) -> None:
    now = datetime.now(UTC)
    consultation = await a_prepared_consultation(planning)
    short = an_announcement(closes_at=(now + timedelta(days=5)).isoformat(), channels=["web"])
    changed = await consultation.send("PUT", "", short, COORDINATOR, **{"If-Match": consultation.etag})
    assert {(each["code"], each["severity"]) for each in changed.json()["warnings"]} == {
        ("window-very-short", "strong"),
        ("hearing-missing", "advice"),
        ("online-only", "advice"),
    }
    consultation.etag = changed.headers["etag"]
    hearing = {"held_at": (now + timedelta(days=2)).isoformat(), "place": "Kulturní dům"}
    heard = await consultation.decide("hearing", {"hearing": hearing}, method="PUT")
    assert {"hearing-too-soon", "hearing-too-late"} <= {each["code"] for each in heard.json()["warnings"]}
    assert (await consultation.decide("opening")).status_code == 200
    minutes = {"hearing": {**hearing, "minutes": "zápis č. 4/2026"}}
    assert (await consultation.decide("hearing", minutes, method="PUT")).status_code == 200
    assert (await consultation.get("", None)).json()["hearing"]["minutes"] == "zápis č. 4/2026"


async def test_one_that_opens_later_is_announced_with_its_text_and_takes_no_comments_yet(
    planning: ServiceUnderTest,
) -> None:
    opens_at = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    consultation = await an_open_consultation(planning, opens_at=opens_at)
    assert (await consultation.get("", None)).json()["status"] == "announced"
    assert (await consultation.get("/draft", None)).status_code == 200
    refused = await consultation.comment()
    assert refused.status_code == 409
    assert refused.json()["state"] == "announced"
