"""What changed between revisions over HTTP; and that no route changes what was approved."""

import hashlib

import pytest

from planning.app import SERVICE
from planning.plans.draft_repository import frozen_edition
from planning.plans.revision_schemas import DifferenceOut
from shared.contracts.base import Role
from tests.architecture.guards.routes import declarations
from tests.support.planning import (
    Json,
    PlanUnderWay,
    a_goal,
    a_head,
    a_measure,
    a_problem,
    a_tree,
    an_approved_plan,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import BY_ROLE, COORDINATOR

BODIES: dict[str, Json] = {
    "": a_head(),
    "tree": a_tree(a_problem(title="Jiný", goals=[a_goal(measures=[a_measure(title="Jiné")])])),
    "approval": {"body": "Rada", "approved_on": "2026-06-01", "resolution_number": "1"},
    "closure": {"closed_on": "2026-09-30", "reason": "Konec."},
}
REASON = {"reason": "Proto."}


async def a_plan_with_a_draft(planning: ServiceUnderTest) -> PlanUnderWay:
    plan = await an_approved_plan(planning)
    await plan.post("revisions", COORDINATOR, reason="Změna.")
    await plan.write_tree(BODIES["tree"])
    return plan


async def test_the_difference_is_told_to_machines_and_to_people(planning: ServiceUnderTest) -> None:
    plan = await a_plan_with_a_draft(planning)
    told = await plan.get(COORDINATOR, "/difference?from=1&to=draft")
    found = DifferenceOut.model_validate_json(told.content)
    assert (found.form, found.from_revision, found.to_revision) == ("pospolu.plan-diff/1", 1, "draft")
    assert [each.kind for each in found.removed][:2] == ["problem", "goal"]
    async with planning.client(COORDINATOR) as client:
        text = {"Accept": "text/plain"}
        czech = await client.get(f"/plans/{plan.id}/difference", headers=text)
        english = await client.get(f"/plans/{plan.id}/difference", headers=text | {"Accept-Language": "en"})
    assert czech.headers["content-type"] == "text/plain; charset=utf-8"
    assert czech.text.startswith("Změny plánu „Plán sociálního začleňování Obrnice 2026–2030“: revize 1 → 2")
    assert "Přidává se problém" in czech.text
    assert "Added: problem" in english.text


async def test_two_approved_revisions_are_compared_by_everybody(planning: ServiceUnderTest) -> None:
    plan = await a_plan_with_a_draft(planning)
    await plan.submit()
    await plan.approve(approved_on="2026-06-01")
    with planning.counted_statements() as statements:
        there = await plan.get(None, "/difference?from=1&to=2")
    assert len(statements) == 1
    back = await plan.get(None, "/difference?from=2&to=1")
    assert [each["id"] for each in there.json()["added"]] == [each["id"] for each in back.json()["removed"]]
    nothing = (await plan.get(None, "/difference")).json()
    assert (nothing["from"], nothing["to"], nothing["added"]) == (2, 2, [])


@pytest.mark.parametrize("asked", ["?from=3", "?from=1&to=9", "?to=draft"])
async def test_a_revision_that_is_not_there_is_not_compared(planning: ServiceUnderTest, asked: str) -> None:
    plan = await an_approved_plan(planning)
    assert (await plan.get(COORDINATOR, f"/difference{asked}")).status_code == 404


async def test_the_frozen_text_says_what_the_tree_said(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    edition = frozen_edition((await plan.get(None, "/revisions/1")).text)
    [measure] = edition.problems[0].goals[0].measures
    assert (measure.title, str(measure.cost_czk)) == ("Zabydlování s podporou", "1250000.00")
    assert [str(unit) for unit in edition.unit_ids] == a_head()["unit_ids"]


async def test_no_route_as_any_role_changes_an_approved_revision(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    digest = hashlib.sha256((await plan.get(None, "/revisions/1")).content).hexdigest()
    places = [
        each
        for each in declarations(SERVICE.routers)
        if each.method != "GET" and each.path.startswith("/plans/{plan_id}") and "}" not in each.path[16:]
    ]
    assert len(places) >= 8
    answered: set[str] = set()
    for _ in range(2):
        for place in sorted(places, key=lambda each: each.path == "/plans/{plan_id}/closure"):
            for role in (*(role for role in Role if role is not Role.MAYOR), Role.MAYOR, None):
                step = place.path.removeprefix("/plans/{plan_id}").strip("/")
                async with planning.client(BY_ROLE[role] if role else None) as client:
                    plan.etag = (await plan.get()).headers["etag"]
                    body = {"title": "Jiný"} if place.method == "PATCH" else BODIES.get(step, REASON)
                    answer = await client.request(
                        place.method,
                        place.path.replace("{plan_id}", plan.id),
                        json=body,
                        headers={"If-Match": plan.etag},
                    )
                if answer.is_success:
                    answered.add(step)
                frozen = (await plan.get(None, "/revisions/1")).content
                assert hashlib.sha256(frozen).hexdigest() == digest, place.place
    assert {"revisions", "discarding", "closure"} <= answered
