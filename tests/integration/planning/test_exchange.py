"""A plan in plain language for everybody, and its hierarchy in exchange with other catalogues."""

import pytest

from tests.support.hostile import assert_problem
from tests.support.plan_content import a_tree_with_parts
from tests.support.planning import PlanUnderWay, a_draft, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, PARTNER


async def a_written_draft(planning: ServiceUnderTest) -> PlanUnderWay:
    plan = await a_draft(planning)
    assert (await plan.write_tree(a_tree_with_parts())).status_code == 200
    return plan


@pytest.mark.parametrize("form", ["xml", "json"])
async def test_a_hierarchy_goes_from_one_plan_into_another(planning: ServiceUnderTest, form: str) -> None:
    source, target = (
        await an_approved_plan(planning, tree=a_tree_with_parts()),
        await a_written_draft(planning),
    )
    given = await source.get(None, f"/hierarchy?format={form}")
    assert given.status_code == 200, given.text
    async with planning.client(COORDINATOR) as client:
        address = f"/plans/{target.id}/hierarchy"
        checked = await client.post(f"{address}/check", content=given.content)
        assert checked.status_code == 200, checked.text
        assert checked.json()["problems"] == []
        assert_problem(await client.put(address, content=given.content), 428)
        done = await client.put(address, content=given.content, headers={"If-Match": target.etag})
        assert (done.status_code, done.json()["version"]) == (200, 3)
        whole = (await target.get()).json()
        assert [each["number"] for each in whole["problems"]] == ["1", "2"]
        assert whole["problems"][0]["title"] == whole["problems"][1]["title"]
        assert whole["problems"][0]["id"] != whole["problems"][1]["id"]
        again = await target.get(COORDINATOR, f"/hierarchy?format={form}")
        same = await client.post(f"{address}/check?mode=replace", content=again.content)
        assert same.json()["unchanged"] is True
        assert_problem(await client.post(f"{address}/check", content=b"<a/>"), 422, code="content-malformed")
    async with planning.client(PARTNER) as client:
        assert (await client.post(f"{address}/check", content=given.content)).status_code == 403


async def test_a_summary_is_for_everybody_once_the_plan_is_in_force(planning: ServiceUnderTest) -> None:
    draft = await a_written_draft(planning)
    assert (await draft.get(None, "/summary")).status_code == 404
    assert (await draft.get(COORDINATOR_OF_TRMICE, "/summary")).status_code == 404
    assert (await draft.get(CONSULTANT, "/summary")).status_code == 200
    plan = await an_approved_plan(planning, tree=a_tree_with_parts())
    told = (await plan.get(None, "/summary")).json()
    assert (told["language"], told["revision"]) == ("cs", 1)
    assert told["sections"][0]["sentences"][0] == "Plán je pro: Obrnice."
    assert float(told["readability"]["lix"]) > 0
    async with planning.client(None, Accept="text/html", **{"Accept-Language": "en"}) as client:
        page = await client.get(f"/plans/{plan.id}/summary")
    assert page.headers["content-type"].startswith("text/html")
    assert "What will be done, by whom and when" in page.text
    async with planning.client(None, Accept="text/plain") as client:
        text = await client.get(f"/plans/{plan.id}/summary")
    assert text.text.startswith("Plán sociálního začleňování Obrnice 2026–2030\n")
    await plan.post("revisions", COORDINATOR, reason="Další rok")
    assert (await plan.get(None, "/summary?of=draft")).status_code == 404
    assert (await plan.get(COORDINATOR, "/summary?of=draft")).json()["revision"] == 2
    assert (await plan.get(COORDINATOR, "/summary")).json()["revision"] == 1
