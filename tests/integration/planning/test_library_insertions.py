"""Entries of the library in plans: new nodes, their origin, how often they are used; the first entries."""

import asyncio

from planning.seed import id_of
from tests.support.library import (
    a_drafted_template,
    a_published_template,
    insert,
)
from tests.support.planning import a_draft, a_goal, a_problem, a_tree, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR


async def test_a_measure_of_the_library_stands_under_the_goal_and_remembers_where_it_came_from(
    planning: ServiceUnderTest,
) -> None:
    entry = await a_published_template(planning)
    plan = await a_draft(planning)
    await plan.write_tree(a_tree(a_problem(goals=[a_goal(), a_goal(title="Druhý cíl")])))
    before = (await plan.get()).json()["problems"][0]
    goal = before["goals"][1]["id"]
    answer = await insert(plan, entry.id, goal)
    assert answer.status_code == 201, answer.text
    after = (await plan.get()).json()
    assert after["version"] == answer.json()["version"]
    assert after["problems"][0]["goals"][0] == before["goals"][0]
    measures = after["problems"][0]["goals"][1]["measures"]
    assert [measure["id"] for measure in measures[:1]] == [before["goals"][1]["measures"][0]["id"]]
    assert measures[1]["id"] == answer.json()["node_id"]
    assert [activity["title"] for activity in measures[1]["activities"]] == [
        "Výběr bytů",
        "Podpora v prvním roce",
    ]
    assert measures[1]["indicators"][0]["baseline"] is None
    (origin,) = (await plan.get(path="/insertions")).json()["items"]
    assert (origin["entry_id"], origin["edition"], origin["stands"]) == (entry.id, 1, True)
    again = await insert(plan, entry.id, goal)
    assert again.json()["node_id"] != answer.json()["node_id"]
    shown = (await entry.get()).json()
    assert (shown["used_in_plans"], shown["used_in_units"]) == (1, 1)
    async with planning.client(COORDINATOR) as client:
        mine = (await client.get(f"/library/{entry.id}/uses")).json()["items"]
    async with planning.client() as client:
        public = (await client.get(f"/library/{entry.id}/uses")).json()["items"]
    assert [(use["id"], use["units"][0]["name"], use["edition"]) for use in mine] == [(plan.id, "Obrnice", 1)]
    assert public == []
    await plan.write_tree({"problems": []})
    assert (await entry.get()).json()["used_in_plans"] == 0


async def test_an_insertion_is_refused_where_it_does_not_belong(planning: ServiceUnderTest) -> None:
    entry = await a_published_template(planning)
    draft = await a_drafted_template(planning)
    plan = await a_draft(planning)
    await plan.write_tree(a_tree())
    problem = (await plan.get()).json()["problems"][0]
    goal = problem["goals"][0]["id"]
    stale = plan.etag
    unpublished = await insert(plan, draft.id, goal, CONSULTANT)
    assert unpublished.json()["type"].endswith("entry-not-published")
    assert (await insert(plan, draft.id, goal)).status_code == 404
    for wrong, code in ((problem["id"], "parent-of-another-kind"), (None, "parent-not-named")):
        refused = await insert(plan, entry.id, wrong)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/parent_id")
        assert refused.json()["type"].endswith(code)
    assert (await insert(plan, entry.id, goal, COORDINATOR_OF_TRMICE)).status_code == 404
    assert (await insert(plan, entry.id, goal, MAYOR)).status_code == 403
    async with planning.client(COORDINATOR, **{"If-Match": stale}) as client:
        body = {"entry_id": entry.id, "parent_id": goal}
        answers = await asyncio.gather(
            *(client.post(f"/plans/{plan.id}/insertions", json=body) for _ in range(3))
        )
    assert sorted(answer.status_code for answer in answers) == [201, 412, 412]
    assert len((await plan.get()).json()["problems"][0]["goals"][0]["measures"]) == 2
    plan.etag = f'"{(await plan.get()).json()["version"]}"'
    assert (await plan.submit()).status_code == 200
    late = await insert(plan, entry.id, goal)
    assert (late.status_code, late.json()["type"].rpartition("/")[2][-17:]) == (409, "plan-not-editable")


async def test_the_draft_of_the_next_revision_takes_an_entry_and_only_its_authors_see_it(
    planning: ServiceUnderTest,
) -> None:
    entry = await a_published_template(planning)
    plan = await an_approved_plan(planning)
    goal = (await plan.get()).json()["problems"][0]["goals"][0]["id"]
    assert (await insert(plan, entry.id, goal)).status_code == 409
    await plan.post("revisions", COORDINATOR, reason="Nové opatření")
    answer = await insert(plan, entry.id, goal)
    assert answer.status_code == 201, answer.text
    drafted = (await plan.get(COORDINATOR, "/draft")).json()["content"]["problems"][0]["goals"][0]["measures"]
    assert drafted[1]["id"] == answer.json()["node_id"]
    assert len((await plan.get(None)).json()["problems"][0]["goals"][0]["measures"]) == 1
    assert (await plan.get(None, "/insertions")).json()["items"] == []
    (origin,) = (await plan.get(COORDINATOR, "/insertions")).json()["items"]
    assert (origin["revision"], origin["stands"]) == (2, False)


async def test_a_new_library_has_templates_in_all_areas_and_no_verified_practice(
    planning: ServiceUnderTest,
) -> None:
    assert planning.service.seed is not None
    for _ in range(2):
        async with planning.transaction() as tx:
            await planning.service.seed(tx)
    async with planning.client() as client:
        items = (await client.get("/library?limit=200")).json()["items"]
        found = (await client.get("/library?q=zabydlovani&filter[kind]=problem")).json()["items"]
    assert len({item["code"] for item in items}) == len(items) >= 8
    assert {area for item in items for area in item["areas"]} == {
        "BYD",
        "DLU",
        "ZAM",
        "BEZ",
        "ZDR",
        "VZD",
        "SLU",
        "ROD",
    }
    assert {item["sort"] for item in items} == {"template"}
    assert [item["code"] for item in found] == ["BYD-4"]
    plan = await a_draft(planning)
    made = await insert(plan, str(id_of("BYD-4")), None)
    assert made.status_code == 201, made.text
    problem = (await plan.get()).json()["problems"][0]
    assert (problem["id"], problem["area"]) == (made.json()["node_id"], "BYD")
    assert problem["goals"][0]["measures"][0]["indicators"][0]["name"].startswith("Domácnosti zabydlené")
