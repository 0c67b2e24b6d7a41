"""Acts ask for outputs of communication, people prove that they did them, promises are counted."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import httpx

from shared.contracts.base import Role
from shared.contracts.consultation import ConsultationOpened
from shared.contracts.intake import MemorandumConcluded
from shared.contracts.registry import CooperationRegime, CooperationStarted
from shared.http import today
from shared.working_days import working_days_after
from tests.support.documents import (
    OBRNICE,
    PLAN_ID,
    a_snapshot,
    canonical,
    plan_approved,
    unit_registered,
)
from tests.support.published import MEMORANDUM, a_published_document
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ADMINISTRATOR,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    MAYOR,
    TRMICE,
    an_actor,
)

COOPERATION = uuid5(OBRNICE, "cooperation")
PROJECT = uuid5(OBRNICE, "project")
HEARD_BY = "documents-communications-from-{}"


def a_plan(**changes: object) -> dict[str, object]:
    return {
        "title": "Komunikační plán Obrnice",
        "plan_id": str(PLAN_ID),
        "project_id": str(PROJECT),
        "unit_ids": [str(OBRNICE)],
        "responsible": "Odbor sociálních věcí",
        "channels": ["místní zpravodaj"],
        "target_groups": ["veřejnost", "zastupitelé"],
        "valid_from": "2026-01-01",
        "valid_until": "2199-12-31",
        "targets": [{"kind": "media-output", "promised": 350}, {"kind": "meeting", "promised": 40}],
        **changes,
    }


async def a_rule(documents: ServiceUnderTest, **changes: object) -> httpx.Response:
    body = {
        "act": "consultation-opened",
        "kind": "media-output",
        "title": "Oznámení o připomínkování",
        "working_days": 3,
        **changes,
    }
    async with documents.client(ADMINISTRATOR) as client:
        return await client.post("/communication-rules", json=body)


async def made(documents: ServiceUnderTest, **changes: object) -> str:
    await documents.hear(unit_registered())
    async with documents.client(COORDINATOR) as client:
        answer = await client.post("/communication-plans", json=a_plan(**changes))
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


async def outputs(documents: ServiceUnderTest, **filters: str) -> list[dict[str, object]]:
    asked = {f"filter[{name}]": value for name, value in filters.items()}
    async with documents.client(COORDINATOR) as client:
        found: list[dict[str, object]] = (await client.get("/communication-outputs", params=asked)).json()[
            "items"
        ]
    return found


def opened(at: datetime, number: int = 1) -> ConsultationOpened:
    return ConsultationOpened(
        version=1,
        consultation_id=uuid5(PLAN_ID, f"consultation {number}"),
        plan_id=PLAN_ID,
        revision=1,
        unit_ids=(OBRNICE,),
        opens_at=at,
        closes_at=at + timedelta(days=30),
        digest="0" * 64,
    )


async def test_an_act_asks_once_for_what_the_rules_want_in_working_days_of_whoever_planned_it(
    documents: ServiceUnderTest,
) -> None:
    place = await made(documents)
    assert (await a_rule(documents)).status_code == 201
    inactive = await a_rule(documents, title="Nic", is_active=False)
    assert inactive.status_code == 201
    now = datetime.now(UTC)
    envelopes = await documents.hear(opened(now), consumer=HEARD_BY.format("planning"))
    await documents.hear_again(envelopes, consumer=HEARD_BY.format("planning"))
    again = opened(now)
    await documents.hear(again, consumer=HEARD_BY.format("planning"))
    (output,) = await outputs(documents)
    assert output["due_on"] == working_days_after(today(), 3).isoformat()
    assert output["responsible"] == "Odbor sociálních věcí"
    assert place.endswith(str(output["communication_plan_id"]))
    assert (output["act"], output["state"]) == ("consultation-opened", "planned")
    await documents.hear(opened(now - timedelta(days=900), 2), consumer=HEARD_BY.format("planning"))
    assert len(await outputs(documents)) == 1, "what happened years ago asks for nothing"


async def test_acts_of_a_unit_without_a_plan_ask_too_and_a_plan_of_another_town_is_unknown(
    documents: ServiceUnderTest,
) -> None:
    await a_rule(documents, act="cooperation-started", kind="press-release", working_days=1)
    await a_rule(documents, act="plan-approved", kind="meeting", working_days=60)
    started = CooperationStarted(
        version=1,
        cooperation_id=COOPERATION,
        unit_id=OBRNICE,
        regime=CooperationRegime.KPSV21,
        starts_on=today() - timedelta(days=30),
        ends_on=None,
    )
    await documents.hear(started, consumer=HEARD_BY.format("registry"))
    approved = plan_approved(canonical(a_snapshot()), approved_on=today())
    await documents.hear(approved, consumer=HEARD_BY.format("planning"))
    late, later = await outputs(documents)
    assert (late["kind"], late["is_overdue"], late["communication_plan_id"]) == ("press-release", True, None)
    assert (later["kind"], later["is_overdue"]) == ("meeting", False)
    assert [each["id"] for each in await outputs(documents, overdue="true")] == [late["id"]]
    place = await made(documents)
    stranger = documents.client(COORDINATOR_OF_TRMICE, **{"If-Match": '"1"'})
    async with stranger as client:
        assert (await client.get("/communication-outputs")).json()["items"] == []
        assert (await client.get(place)).status_code == 404
        assert (await client.post(f"{place}/closing")).status_code == 404
        assert (await client.get(f"/communication-outputs/{late['id']}")).status_code == 404
        foreign = await client.post("/communication-plans", json=a_plan())
        assert foreign.status_code == 403
    async with documents.client(MAYOR) as client:
        assert (await client.post("/communication-plans", json=a_plan())).status_code == 403
        assert (await client.get(place)).status_code == 200


async def test_who_belongs_to_one_unit_of_a_joint_plan_plans_its_communication_for_all_of_them(
    documents: ServiceUnderTest,
) -> None:
    for unit_id in (OBRNICE, TRMICE):
        await documents.hear(unit_registered(unit_id=unit_id))
    both = {"unit_ids": [str(TRMICE), str(OBRNICE)], "targets": []}
    joint = plan_approved(canonical(a_snapshot()), approved_on=today(), unit_ids=(OBRNICE, TRMICE))
    async with documents.client(COORDINATOR, **{"If-Match": '"1"'}) as client:
        early = await client.post("/communication-plans", json=a_plan(**both))
        assert early.status_code == 403, "nobody told us yet whose plan it is"
        await documents.hear(joint, consumer=HEARD_BY.format("planning"))
        await documents.hear(joint, consumer="documents-requirements-from-planning")
        made = await client.post("/communication-plans", json=a_plan(**both))
        assert made.status_code == 201, made.text
        for other in ({"plan_id": str(uuid5(PLAN_ID, "other"))}, {"plan_id": None}):
            refused = await client.post("/communication-plans", json=a_plan(**both | other))
            assert refused.status_code == 403, other
        of_them = await client.post("/communication-plans", json=a_plan(unit_ids=[str(TRMICE)], targets=[]))
        assert of_them.status_code == 403, "not for the other town alone"
        taken = await client.put(made.headers["location"], json=a_plan(**both | {"plan_id": None}))
        assert taken.status_code == 403
    async with documents.client(COORDINATOR_OF_TRMICE, **{"If-Match": '"1"'}) as client:
        closed = await client.post(f"{made.headers['location']}/closing")
        assert closed.status_code == 200, closed.text
    async with documents.client(an_actor(Role.COORDINATOR, units=[uuid5(OBRNICE, "third")])) as client:
        assert (await client.post("/communication-plans", json=a_plan(**both))).status_code == 403


async def test_an_act_is_told_of_in_the_name_of_no_plan_of_another_town(documents: ServiceUnderTest) -> None:
    trmice = {"unit_ids": [str(TRMICE)], "responsible": "Úřad Trmice", "targets": []}
    await documents.hear(unit_registered(unit_id=TRMICE))
    async with documents.client(COORDINATOR_OF_TRMICE) as client:
        for bound in (
            {"plan_id": None, "cooperation_id": str(uuid5(TRMICE, "cooperation"))},
            {"plan_id": str(uuid5(TRMICE, "plan"))},
            {"plan_id": str(PLAN_ID)},
        ):
            made = await client.post("/communication-plans", json=a_plan(**trmice, **bound))
            assert made.status_code == 201, made.text
    for act in ("consultation-opened", "cooperation-started", "memorandum-concluded"):
        await a_rule(documents, act=act)
    started = CooperationStarted(
        version=1,
        cooperation_id=COOPERATION,
        unit_id=OBRNICE,
        regime=CooperationRegime.KPSV21,
        starts_on=today(),
        ends_on=None,
    )
    concluded = MemorandumConcluded(
        version=1,
        memorandum_id=UUID(int=5),
        unit_id=OBRNICE,
        edition=1,
        concluded_on=today(),
        digest="0" * 64,
    )
    for event in (started, concluded):
        await documents.hear(event, consumer=HEARD_BY.format("registry"))
    await documents.hear(opened(datetime.now(UTC)), consumer=HEARD_BY.format("planning"))
    found = await outputs(documents)
    assert [(each["communication_plan_id"], each["responsible"]) for each in found] == [(None, "")] * 3


async def test_an_output_is_done_with_a_proof_once_and_counts_against_what_was_promised(
    documents: ServiceUnderTest,
) -> None:
    whole = await made(
        documents,
        plan_id=None,
        title="Komunikační plán projektu",
        targets=[{"kind": "media-output", "promised": 350}, {"kind": "communication-plan", "promised": 50}],
    )
    place = await made(documents)
    await a_published_document(documents)
    async with documents.client(COORDINATOR) as client:
        body = {"kind": "media-output", "title": "Článek", "due_on": "2026-01-15"}
        places = [
            (await client.post(f"{place}/outputs", json={**body, "title": f"Článek {number}"})).headers[
                "location"
            ]
            for number in range(3)
        ]
        done_on = today().isoformat()
        bare = await client.post(
            f"{places[0]}/completion", json={"done_on": done_on}, headers={"If-Match": '"1"'}
        )
        assert (bare.status_code, bare.json()["errors"][0]["pointer"]) == (422, "/proof_url")
        tomorrow = (today() + timedelta(days=1)).isoformat()
        for wrong, pointer in (
            ({"done_on": tomorrow, "proof_url": "https://x.test"}, "/done_on"),
            ({"done_on": done_on, "proof_url": "javascript:alert(1)"}, "/proof_url"),
            ({"done_on": done_on, "document_id": str(UUID(int=7))}, "/document_id"),
        ):
            refused = await client.post(f"{places[0]}/completion", json=wrong, headers={"If-Match": '"1"'})
            assert refused.json()["errors"][0]["pointer"] == pointer
        proof = {"done_on": done_on, "proof_url": "https://tydenik.test/clanek"}
        answers = await asyncio.gather(
            *(
                client.post(f"{places[0]}/completion", json=proof, headers={"If-Match": '"1"'})
                for _ in range(2)
            )
        )
        assert sorted(each.status_code for each in answers) == [200, 412]
        same = await client.post(f"{places[2]}/completion", json=proof, headers={"If-Match": '"1"'})
        assert same.json()["type"].endswith("proof-counted-already"), "one article counts once"
        by_document = {"done_on": done_on, "document_id": str(MEMORANDUM)}
        second = await client.post(f"{places[1]}/completion", json=by_document, headers={"If-Match": '"1"'})
        assert second.status_code == 200, second.text
        cancelled = await client.post(
            f"{places[1]}/cancellation", json={"reason": "omyl"}, headers={"If-Match": '"2"'}
        )
        assert (cancelled.status_code, cancelled.json()["state"]) == (409, "done")
        with documents.counted_statements() as statements:
            plans = (await client.get("/communication-plans")).json()["items"]
        assert len(statements) <= 2
        own = next(each for each in plans if place.endswith(each["id"]))
        assert own["targets"] == [
            {"kind": "media-output", "promised": 350, "done": 2, "planned": 1, "overdue": 1},
            {"kind": "meeting", "promised": 40, "done": 0, "planned": 0, "overdue": 0},
        ]
        project = next(each for each in plans if whole.endswith(each["id"]))
        assert [(each["kind"], each["done"]) for each in project["targets"]] == [
            ("communication-plan", 1),
            ("media-output", 2),
        ]
        closed = await client.post(f"{place}/closing", headers={"If-Match": '"1"'})
        assert closed.json()["closed_on"] == done_on
        late = await client.post(f"{place}/outputs", json=body)
        assert late.status_code == 409


async def test_rules_are_changed_by_administrators_for_what_comes_next(
    documents: ServiceUnderTest,
) -> None:
    place = (await a_rule(documents)).headers["location"]
    async with documents.client(CONSULTANT) as client:
        (rule,) = (await client.get("/communication-rules")).json()["items"]
        assert (await client.put(place, json={}, headers={"If-Match": '"1"'})).status_code == 403
    changed = {name: rule[name] for name in ("act", "kind", "title")} | {"working_days": 10}
    async with documents.client(ADMINISTRATOR) as client:
        assert (await client.put(place, json=changed, headers={"If-Match": '"1"'})).status_code == 200
        assert (await client.put(place, json=changed, headers={"If-Match": '"1"'})).status_code == 412
        none = {**changed, "working_days": 0}
        assert (await client.put(place, json=none, headers={"If-Match": '"2"'})).status_code == 422
    await documents.hear(opened(datetime.now(UTC)), consumer=HEARD_BY.format("planning"))
    (output,) = await outputs(documents)
    assert date.fromisoformat(str(output["due_on"])) == working_days_after(today(), 10)


async def test_one_proof_counts_once_even_where_two_outputs_are_completed_with_it_at_once(
    documents: ServiceUnderTest,
) -> None:
    place = await made(documents)
    body = {"kind": "media-output", "title": "Článek", "due_on": "2026-01-15"}
    proof = {"done_on": today().isoformat(), "proof_url": "https://tydenik.test/clanek"}
    async with documents.client(COORDINATOR, **{"If-Match": '"1"'}) as client:
        written = [await client.post(f"{place}/outputs", json=body) for _ in range(3)]
        answers = await asyncio.gather(
            *(client.post(f"{each.headers['location']}/completion", json=proof) for each in written)
        )
        assert sorted(each.status_code for each in answers) == [200, 409, 409]
        meeting = await client.post(f"{place}/outputs", json={**body, "kind": "meeting"})
        of_another_kind = await client.post(f"{meeting.headers['location']}/completion", json=proof)
    assert of_another_kind.status_code == 200
