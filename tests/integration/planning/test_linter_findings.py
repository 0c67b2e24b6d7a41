"""What the rules find, over HTTP; and the words of owners that they listen to."""

import asyncio

import httpx
import pytest

from shared.auth import Actor
from tests.support.plan_content import a_tree_with_parts
from tests.support.planning import PlanUnderWay, a_draft, a_submitted_plan, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR, PARTNER

OWNER, PARTNERS_NAME = "Město Obrnice", "Společně, z. s."


async def measure_of(plan: PlanUnderWay) -> str:
    problems = (await plan.get(COORDINATOR)).json()["problems"]
    return str(problems[0]["goals"][0]["measures"][0]["id"])


async def answer(plan: PlanUnderWay, actor: Actor, *, version: int = 0, **body: object) -> httpx.Response:
    measure_id = await measure_of(plan)
    said = {"side": "owner", "party": OWNER, "word": "accepted", **body}
    async with plan.planning.client(actor) as client:
        return await client.post(
            f"/plans/{plan.id}/measures/{measure_id}/answers",
            json=said,
            headers={"If-Match": f'"{version}"'},
        )


async def rules_of(plan: PlanUnderWay, query: str = "") -> list[str]:
    found = (await plan.get(COORDINATOR, f"/findings{query}")).json()
    return [each["rule"] for each in found["findings"]]


async def test_warnings_and_advice_stop_no_approval_and_errors_do(planning: ServiceUnderTest) -> None:
    plan = await a_submitted_plan(planning, tree=a_tree_with_parts())
    found = (await plan.get(COORDINATOR, "/findings")).json()
    assert (found["approvable"], found["errors"]) == (True, 0)
    assert found["warnings"] > 0
    assert (await plan.approve()).status_code == 200


async def test_a_cost_that_its_lines_do_not_make_cannot_be_approved(planning: ServiceUnderTest) -> None:
    plan = await a_submitted_plan(planning, tree=a_tree_with_parts(cost_czk="1250000.01"))
    found = (await plan.get(COORDINATOR, "/findings")).json()
    assert (found["approvable"], found["findings"][0]["rule"]) == (False, "budget-not-summing")
    assert found["findings"][0]["number"] == "1.1.1"
    refused = await plan.approve()
    assert refused.status_code == 409
    assert [each["code"] for each in refused.json()["errors"]] == ["budget-not-summing"]


async def test_findings_are_explained_in_the_language_asked_for(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    async with planning.client(COORDINATOR) as client:
        czech = (await client.get(f"/plans/{plan.id}/findings")).json()
        english = (await client.get(f"/plans/{plan.id}/findings", headers={"Accept-Language": "en"})).json()
    assert czech["findings"][0]["detail"] == "plán nemá žádný problém"
    assert english["findings"][0]["explanation"] == "A plan without a problem has nothing to answer."


async def test_the_rules_are_public_each_with_its_severity_and_kinds(planning: ServiceUnderTest) -> None:
    async with planning.client() as client:
        rules = {rule["id"]: rule for rule in (await client.get("/lint-rules")).json()["items"]}
    assert rules["plan-period"]["severity"] == "error"
    assert rules["part-missing"]["kinds"] == ["SPRSS"]


@pytest.mark.parametrize("place", ["/findings", "/budget", "/budget.csv", "/commitments"])
async def test_nothing_is_computed_of_another_towns_draft(planning: ServiceUnderTest, place: str) -> None:
    plan = await a_draft(planning)
    assert (await plan.get(COORDINATOR_OF_TRMICE, place)).status_code == 404
    assert (await plan.get(COORDINATOR, place)).status_code == 200


async def test_an_accepted_owner_is_no_finding_until_the_acceptance_is_withdrawn(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree_with_parts())
    assert "owner-not-accepted" in await rules_of(plan)
    accepted = await answer(plan, COORDINATOR)
    assert (accepted.status_code, accepted.headers["etag"]) == (201, '"1"')
    assert {"owner-not-accepted", "owner-lapsed"}.isdisjoint(await rules_of(plan))
    withdrawn = await answer(plan, COORDINATOR, version=1, word="withdrawn", note="Odešel koordinátor.")
    assert withdrawn.status_code == 201
    assert "owner-lapsed" in await rules_of(plan)
    listed = (await plan.get(CONSULTANT, "/commitments")).json()
    assert listed["without_owner"] == [await measure_of(plan)]
    assert [(p["party"], p["state"]) for p in listed["measures"][0]["parties"]] == [
        (OWNER, "withdrawn"),
        (PARTNERS_NAME, "proposed"),
    ]


async def test_an_acceptance_older_than_the_plan_allows_has_lapsed(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning, valid_from="2090-01-01", valid_until="2094-12-31")
    await plan.write_tree(a_tree_with_parts())
    await answer(plan, COORDINATOR)
    listed = (await plan.get(COORDINATOR, "/commitments")).json()
    assert listed["measures"][0]["parties"][0]["state"] == "lapsed"
    assert "owner-lapsed" in await rules_of(plan)


async def test_a_partner_answers_for_its_own_organisation_alone(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    own = await answer(plan, PARTNER, side="partner", party=PARTNERS_NAME)
    assert (own.status_code, own.json()["affiliation"]) == (201, PARTNERS_NAME)
    assert (await answer(plan, PARTNER)).status_code == 403
    assert (await answer(plan, MAYOR)).status_code == 403
    assert (await answer(plan, COORDINATOR_OF_TRMICE)).status_code == 403


async def test_an_answer_is_refused_with_its_reason(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree_with_parts())
    unknown = await answer(plan, COORDINATOR, party="Nikdo")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/party")
    silent = await answer(plan, COORDINATOR, word="declined")
    assert (silent.status_code, silent.json()["errors"][0]["pointer"]) == (422, "/note")
    nothing = await answer(plan, COORDINATOR, word="withdrawn", note="x")
    assert nothing.json()["type"] == "urn:pospolu:problem:nothing-to-withdraw"
    assert (await answer(plan, COORDINATOR, version=7)).status_code == 412


async def test_of_two_answers_at_once_one_counts(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree_with_parts())
    both = await asyncio.gather(
        answer(plan, COORDINATOR), answer(plan, COORDINATOR, word="declined", note="Nemáme lidi.")
    )
    assert sorted(each.status_code for each in both) == [201, 412]


async def test_nobody_answers_on_measures_of_a_closed_plan(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    closed = await plan.post("closure", MAYOR, closed_on="2026-03-01", reason="Konec")
    assert closed.status_code == 200, closed.text
    assert (await answer(plan, COORDINATOR)).json()["type"] == "urn:pospolu:problem:commitments-closed"
