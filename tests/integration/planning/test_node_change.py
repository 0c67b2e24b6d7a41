"""One node of a draft changed over HTTP, of a new plan and of an amendment."""

import asyncio

import httpx

from shared.auth import Actor
from tests.support.planning import Json, PlanUnderWay, a_draft, a_tree, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, COORDINATOR_OF_TRMICE, PARTNER


async def change(
    plan: PlanUnderWay, node_id: object, values: Json, *, actor: Actor = COORDINATOR, version: str = ""
) -> httpx.Response:
    async with plan.planning.client(actor) as client:
        return await client.patch(
            f"/plans/{plan.id}/nodes/{node_id}",
            json={"values": values},
            headers={"If-Match": version or plan.etag},
        )


async def test_a_value_of_one_node_changes_and_the_rest_of_the_tree_stays(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree())
    before = (await plan.get()).json()["problems"]
    measure = before[0]["goals"][0]["measures"][0]
    changed = await change(plan, measure["id"], {"title": "Bydlení předně", "cost_czk": "1300000"})
    assert changed.status_code == 200, changed.text
    assert changed.json()["changes"] == [
        {"field": "title", "before": "Zabydlování s podporou", "after": "Bydlení předně"},
        {"field": "cost_czk", "before": "1250000.00", "after": "1300000.00"},
    ]
    measure |= {"title": "Bydlení předně", "cost_czk": "1300000.00"}
    assert (await plan.get()).json()["problems"] == before
    same = await change(plan, measure["id"], {"title": "Bydlení předně"}, version=changed.headers["etag"])
    assert same.json()["changes"] == []
    assert same.headers["etag"] == changed.headers["etag"]


async def test_what_a_node_does_not_know_and_who_may_not_change_it_change_nothing(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree())
    before = (await plan.get()).json()
    goal = before["problems"][0]["goals"][0]
    refused = await change(plan, goal["id"], {"measures": [], "title": "X"})
    assert refused.status_code == 422
    assert [e["pointer"] for e in refused.json()["errors"]] == ["/values/measures"]
    assert (await change(plan, plan.id, {"title": "X"})).status_code == 404
    assert (await change(plan, goal["id"], {"title": "X"}, actor=PARTNER)).status_code == 403
    of_another_town = await change(plan, goal["id"], {"title": "X"}, actor=COORDINATOR_OF_TRMICE)
    assert of_another_town.status_code == 404
    assert (await plan.get()).json() == before


async def test_of_two_that_change_at_once_one_must_look_again(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree())
    goal = (await plan.get()).json()["problems"][0]["goals"][0]["id"]
    answers = await asyncio.gather(*(change(plan, goal, {"title": f"Cíl {n}"}) for n in range(2)))
    assert sorted(each.status_code for each in answers) == [200, 412]


async def test_a_plan_in_force_changes_by_its_amendment_alone(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    goal = (await plan.get()).json()["problems"][0]["goals"][0]
    refused = await change(plan, goal["id"], {"title": "X"})
    assert refused.json()["type"] == "urn:pospolu:problem:plan-not-editable"
    assert (await plan.post("revisions", COORDINATOR, reason="Nový cíl")).status_code == 201
    changed = await change(plan, goal["id"], {"title": "Nikdo na ubytovně"})
    assert changed.status_code == 200, changed.text
    drafted = (await plan.get(COORDINATOR, "/draft")).json()["content"]["problems"][0]["goals"][0]
    assert (drafted["title"], drafted["measures"][0]["title"]) == (
        "Nikdo na ubytovně",
        "Zabydlování s podporou",
    )
    assert (await plan.get()).json()["problems"][0]["goals"][0]["title"] == goal["title"]
