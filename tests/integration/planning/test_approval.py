"""From draft to approval, over HTTP, on a real database."""

import hashlib
import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from planning.plans.schemas import PlanOut
from shared.contracts.evaluation import EvaluationsScheduled, MonitoringSetUp
from shared.contracts.planning import ImplementationStarted, PlanApproved, PlanReturned, PlanSubmitted
from tests.support.planning import (
    PlanUnderWay,
    a_draft,
    a_goal,
    a_problem,
    a_submitted_plan,
    a_tree,
    an_approved_plan,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR


async def test_a_plan_goes_from_draft_through_return_to_approval(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    assert (await plan.write_tree(a_tree())).status_code == 200
    assert (await plan.submit()).json()["status"] == "submitted"
    returned = await plan.post("return", CONSULTANT, reason="Doplňte zdroje dat.")
    assert returned.json()["status"] == "returned"
    assert (await plan.submit()).json()["status"] == "submitted"
    assert (await plan.approve()).json()["status"] == "approved"
    told = [len(await planning.told(kind)) for kind in (PlanSubmitted, PlanReturned, PlanApproved)]
    assert told == [2, 1, 1]


async def test_the_approved_revision_is_canonical_json_with_the_digest_of_the_event(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    [event] = await planning.told(PlanApproved)
    frozen = await plan.get(None, "/revisions/1")
    assert hashlib.sha256(frozen.content).hexdigest() == event.digest
    content = json.loads(frozen.content)
    assert (
        frozen.content
        == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert content["units"][0]["name"] == "Obrnice"
    assert content["problems"][0]["goals"][0]["measures"][0]["cost_czk"] == "1250000.00"
    assert [i.number for i in event.indicators] == ["1.1-I1", "1.1.1-I1"]


async def test_an_incomplete_plan_can_be_submitted_but_not_approved(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree(a_problem(goals=[a_goal(indicators=[])])))
    assert (await plan.submit()).status_code == 200
    refused = await plan.approve()
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:pospolu:problem:plan-incomplete"
    assert [e["pointer"] for e in refused.json()["errors"]] == ["/problems/0/goals/0/indicators"]
    listed = (await plan.get(COORDINATOR, "/completeness")).json()
    assert listed["complete"] is False
    assert listed["missing"][0]["code"] == "goal-without-indicator"


async def test_whoever_submitted_cannot_record_the_approval(planning: ServiceUnderTest) -> None:
    plan = await a_submitted_plan(planning)
    refused = await plan.approve(COORDINATOR)
    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:pospolu:problem:submitter-cannot-approve"


async def test_a_draft_of_another_town_does_not_exist(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    assert (await plan.get(COORDINATOR_OF_TRMICE)).status_code == 404
    assert (await plan.get(None)).status_code == 404
    assert (await plan.post("submission", COORDINATOR_OF_TRMICE)).status_code == 404
    assert (await plan.get(MAYOR)).status_code == 200


async def test_an_approved_plan_is_public(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    assert (await plan.get(None)).status_code == 200
    async with planning.client() as client:
        assert [item["id"] for item in (await client.get("/plans")).json()["items"]] == [plan.id]


async def test_a_stale_form_changes_nothing(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    seen = plan.etag
    await plan.write_tree(a_tree())
    late = PlanUnderWay(planning, plan.id, seen)
    assert (await late.write_tree({"problems": []})).status_code == 412
    assert len((await plan.get()).json()["problems"]) == 1


async def test_a_decision_without_if_match_is_428(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    async with planning.client(COORDINATOR) as client:
        assert (await client.post(f"/plans/{plan.id}/submission")).status_code == 428


async def test_the_tree_is_read_in_one_statement_and_fits_its_schema(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree(a_problem(), a_problem(goals=[a_goal(), a_goal()])))
    with planning.counted_statements() as statements:
        answer = await plan.get()
    assert len(statements) == 1
    whole = PlanOut.model_validate_json(answer.content)
    assert [goal.number for goal in whole.problems[1].goals] == ["2.1", "2.2"]
    assert json.loads(answer.content) == whole.model_dump(mode="json") | {
        "created_at": answer.json()["created_at"],
        "changed_at": answer.json()["changed_at"],
    }


async def test_nodes_keep_their_ids_when_the_tree_is_sent_back(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree())
    first = (await plan.get()).json()["problems"]
    sent_back = json.loads(
        json.dumps(first), object_hook=lambda o: {k: v for k, v in o.items() if k != "number"}
    )
    assert (await plan.write_tree({"problems": sent_back})).status_code == 200
    assert (await plan.get()).json()["problems"] == first


async def test_an_approved_revision_cannot_be_changed_even_in_the_database(
    planning: ServiceUnderTest,
) -> None:
    await an_approved_plan(planning)
    with pytest.raises(DBAPIError, match="immutable"):
        async with planning.resources.engine.begin() as connection:
            await connection.execute(text("UPDATE revision SET digest = 'x'"))


async def test_implementation_starts_once_when_monitoring_and_evaluations_stand(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    [approved] = await planning.told(PlanApproved)
    evaluated = EvaluationsScheduled(version=1, plan_id=approved.plan_id, revision=1, evaluations=())
    monitored = MonitoringSetUp(
        version=1, plan_id=approved.plan_id, revision=1, indicators=2, obligations=8, first_due_on=None
    )
    heard = await planning.hear(evaluated)
    assert (await plan.get()).json()["status"] == "approved"
    heard += await planning.hear(monitored)
    await planning.hear_again(heard)
    await planning.hear(monitored, evaluated)
    assert (await plan.get()).json()["status"] == "in-implementation"
    assert len(await planning.told(ImplementationStarted)) == 1
