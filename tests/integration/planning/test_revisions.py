"""The next revision of a plan in force: drafted beside it, decided on, put in its place or discarded."""

import asyncio
import json
from datetime import date

import pytest
from httpx import Response

from shared.contracts.evaluation import EvaluationsScheduled, MonitoringSetUp
from shared.contracts.planning import ImplementationStarted, PlanApproved, PlanReturned, PlanSubmitted
from tests.support.planning import (
    Json,
    PlanUnderWay,
    a_draft,
    a_goal,
    a_measure,
    a_problem,
    a_tree,
    an_approved_plan,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR


async def begin(plan: PlanUnderWay) -> Response:
    return await plan.post("revisions", COORDINATOR, reason="Dotace byla navýšena.")


async def an_amended_plan(planning: ServiceUnderTest) -> PlanUnderWay:
    """Have a plan in force whose next revision is being drafted."""
    plan = await an_approved_plan(planning)
    answer = await begin(plan)
    assert answer.status_code == 201, answer.text
    return plan


async def drafted_problems(plan: PlanUnderWay) -> list[Json]:
    """Give the tree of the draft as it can be sent back."""
    problems = (await plan.get(COORDINATOR, "/draft")).json()["content"]["problems"]
    text = json.dumps(problems)
    found: list[Json] = json.loads(
        text, object_hook=lambda o: {name: value for name, value in o.items() if name != "number"}
    )
    return found


async def raise_cost(plan: PlanUnderWay, cost: str = "1500000.00") -> None:
    problems = await drafted_problems(plan)
    problems[0]["goals"][0]["measures"][0]["cost_czk"] = cost  # type: ignore[index]
    answer = await plan.write_tree({"problems": problems})
    assert answer.status_code == 200, answer.text


async def in_force(plan: PlanUnderWay) -> Json:
    whole: Json = (await plan.get(None)).json()
    return {name: value for name, value in whole.items() if name not in {"version", "changed_at"}}


async def test_an_amendment_goes_from_draft_through_return_to_approval(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    await raise_cost(plan)
    submitted = (await plan.submit()).json()
    assert (submitted["status"], submitted["draft"]) == ("approved", {"revision": 2, "status": "submitted"})
    returned = (await plan.post("return", CONSULTANT, reason="Doplňte důvod.")).json()
    assert returned["draft"]["status"] == "returned"
    assert (await plan.submit()).status_code == 200
    approved = (await plan.approve(approved_on="2026-06-01", resolution_number="40/2026")).json()
    assert (approved["status"], approved["revision"], approved["draft"]) == ("approved", 2, None)
    whole = (await plan.get(None)).json()
    assert whole["problems"][0]["goals"][0]["measures"][0]["cost_czk"] == "1500000.00"
    assert [event.revision for event in await planning.told(PlanApproved)] == [1, 2]
    assert [event.revision for event in await planning.told(PlanSubmitted)] == [1, 2, 2]
    assert [event.revision for event in await planning.told(PlanReturned)] == [2]


async def test_indicators_keep_their_ids_over_the_revisions(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    await raise_cost(plan)
    await plan.submit()
    await plan.approve(approved_on="2026-06-01")
    first, second = await planning.told(PlanApproved)
    assert [i.indicator_id for i in first.indicators] == [i.indicator_id for i in second.indicators]


async def test_what_is_in_force_stays_while_the_next_revision_is_drafted(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    before = await in_force(plan)
    await begin(plan)
    await raise_cost(plan)
    async with planning.client(COORDINATOR) as client:
        changes = {"title": "Plán II", "vision": "Jiná", "valid_until": "2031-12-31"}
        answer = await client.patch(f"/plans/{plan.id}", json=changes, headers={"If-Match": plan.etag})
    assert answer.status_code == 200
    assert await in_force(plan) == before
    drafted = (await plan.get(COORDINATOR, "/draft")).json()
    assert (drafted["title"], drafted["revision"], drafted["amends"]) == ("Plán II", 2, 1)
    assert drafted["units"][0]["name"] == "Obrnice"


async def test_a_draft_is_known_to_its_people_alone(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    assert (await plan.get(MAYOR)).json()["draft"] == {"revision": 2, "status": "draft"}
    for stranger in (None, COORDINATOR_OF_TRMICE):
        assert (await plan.get(stranger)).json()["draft"] is None
        assert (await plan.get(stranger, "/difference?to=draft")).status_code == 404
    assert (await plan.get(COORDINATOR_OF_TRMICE, "/draft")).status_code == 404
    steps = (await plan.get(COORDINATOR_OF_TRMICE, "/steps")).json()["items"]
    assert {step["revision"] for step in steps} == {1}
    assert {step["revision"] for step in (await plan.get(MAYOR, "/steps")).json()["items"]} == {1, 2}


async def test_an_answer_for_a_stranger_is_never_the_answer_for_its_people(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_amended_plan(planning)
    known = (await plan.get(None)).headers["etag"]
    async with planning.client(MAYOR) as client:
        answer = await client.get(f"/plans/{plan.id}", headers={"If-None-Match": known})
    assert (answer.status_code, answer.json()["draft"]["revision"]) == (200, 2)


async def test_a_plan_in_implementation_stays_so_while_its_amendment_is_drafted(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    [event] = await planning.told(PlanApproved)

    async def hear(revision: int) -> None:
        evaluated = EvaluationsScheduled(
            version=revision, plan_id=event.plan_id, revision=revision, evaluations=()
        )
        monitored = MonitoringSetUp(
            version=revision,
            plan_id=event.plan_id,
            revision=revision,
            indicators=2,
            obligations=8,
            first_due_on=None,
        )
        await planning.hear(evaluated, monitored)
        plan.etag = (await plan.get()).headers["etag"]

    await hear(1)
    await begin(plan)
    await raise_cost(plan)
    await plan.submit()
    assert (await plan.get(None)).json()["status"] == "in-implementation"
    assert (await plan.approve(approved_on="2026-06-01")).json()["status"] == "approved"
    await hear(2)
    assert (await plan.get(None)).json()["status"] == "in-implementation"
    assert [started.revision for started in await planning.told(ImplementationStarted)] == [1, 2]


async def test_a_discarded_draft_is_gone_and_the_next_one_has_its_number(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    answer = await plan.post("discarding", COORDINATOR, reason="Peníze nakonec nepřišly.")
    assert (answer.status_code, answer.json()["draft"]) == (200, None)
    assert (await plan.get(COORDINATOR, "/draft")).status_code == 404
    steps = (await plan.get(COORDINATOR, "/steps")).json()["items"]
    assert (steps[-1]["status"], steps[-1]["note"]) == ("discarded", "Peníze nakonec nepřišly.")
    assert (await begin(plan)).json()["draft"]["revision"] == 2


@pytest.mark.parametrize("step", ["revisions", "discarding"])
async def test_a_plan_that_is_not_in_force_has_no_next_revision(
    planning: ServiceUnderTest, step: str
) -> None:
    plan = await a_draft(planning)
    answer = await plan.post(step, COORDINATOR, reason="Proto.")
    assert answer.status_code == 409
    assert answer.json()["type"].rpartition(":")[2] in {"plan-not-in-force", "nothing-to-discard"}


async def test_a_plan_has_one_next_revision_at_a_time(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    refused = await begin(plan)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:pospolu:problem:amendment-under-way")


async def test_an_amendment_that_changes_nothing_cannot_be_submitted(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    refused = await plan.submit()
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:pospolu:problem:nothing-amended")


async def test_whoever_submitted_an_amendment_cannot_record_its_approval(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    await raise_cost(plan)
    await plan.submit()
    assert (await plan.approve(COORDINATOR, approved_on="2026-06-01")).status_code == 403
    early = await plan.approve(approved_on="2026-02-10")
    assert early.json()["type"] == "urn:pospolu:problem:approved-before-the-last"
    assert (await plan.approve(approved_on="2026-06-01")).status_code == 200


async def test_the_step_of_an_approval_says_how_much_changes(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    await raise_cost(plan)
    await plan.submit()
    await plan.approve(approved_on="2026-06-01")
    steps = (await plan.get(COORDINATOR, "/steps")).json()["items"]
    assert [step["changes"] is not None for step in steps] == [False, False, False, False, True, True]
    assert steps[-1]["changes"] == {
        "head": 0, "added": 0, "removed": 0, "moved": 0, "changed": 1, "targets": 0,
        "cost_before": "1250000.00", "cost_after": "1500000.00",
    }  # fmt: skip


async def test_closing_a_plan_ends_the_draft_of_its_next_revision(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    closed = await plan.post("closure", MAYOR, closed_on="2026-09-30", reason="Obec skončila.")
    assert (closed.json()["status"], closed.json()["draft"]) == ("closed", None)
    assert (await plan.get(COORDINATOR, "/draft")).status_code == 404
    assert (await begin(plan)).status_code == 409


async def test_a_node_taken_out_of_the_draft_may_come_back_under_its_id(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    problems = await drafted_problems(plan)
    assert (await plan.write_tree(a_tree(a_problem(goals=[a_goal()])))).status_code == 200
    assert (await plan.write_tree({"problems": problems})).status_code == 200
    found = (await plan.get(COORDINATOR, "/difference?to=draft")).json()
    assert (found["added"], found["removed"], found["changed"]) == ([], [], [])


async def test_two_drafts_begun_at_once_are_one(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    other = PlanUnderWay(planning, plan.id, plan.etag)
    answers = await asyncio.gather(begin(plan), begin(other))
    assert sorted(answer.status_code for answer in answers) == [201, 412]


async def test_of_an_approval_and_an_edit_at_once_one_happens(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    await raise_cost(plan)
    await plan.submit()
    other = PlanUnderWay(planning, plan.id, plan.etag)
    approval, edit = await asyncio.gather(
        plan.approve(approved_on="2026-06-01"), other.write_tree({"problems": []})
    )
    assert approval.status_code in {200, 412}
    assert edit.status_code in {409, 412}
    measure = (await plan.get(None)).json()["problems"][0]["goals"][0]["measures"][0]
    assert (measure["cost_czk"] == "1500000.00") == (approval.status_code == 200)


async def test_of_a_discarding_and_a_submission_at_once_one_happens(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    await raise_cost(plan)
    other = PlanUnderWay(planning, plan.id, plan.etag)
    discarded, submitted = await asyncio.gather(
        plan.post("discarding", COORDINATOR, reason="Ne."), other.submit()
    )
    assert sorted((discarded.status_code, submitted.status_code)) == [200, 412]
    draft = (await plan.get(COORDINATOR)).json()["draft"]
    assert draft == (None if discarded.status_code == 200 else {"revision": 2, "status": "submitted"})


async def test_a_plan_is_read_as_it_was_in_force_on_a_day(planning: ServiceUnderTest) -> None:
    plan = await an_amended_plan(planning)
    await plan.write_tree(a_tree(a_problem(goals=[a_goal(measures=[a_measure(title="Nové")])])))
    await plan.submit()
    await plan.approve(approved_on="2026-06-01")

    async def title_on(day: date) -> str:
        answer = await plan.get(None, f"?as_of={day}")
        return str(answer.json()["problems"][0]["goals"][0]["measures"][0]["title"])

    assert await title_on(date(2026, 2, 11)) == await title_on(date(2026, 5, 31)) == "Zabydlování s podporou"
    assert await title_on(date(2026, 6, 1)) == "Nové"
    assert (await plan.get(None, "?as_of=2026-02-10")).status_code == 404
    async with planning.client() as client:
        listed = [
            [item["revision"] for item in (await client.get("/plans", params=asked)).json()["items"]]
            for asked in (
                {"as_of": "2026-02-10"},
                {"as_of": "2026-05-31", "filter[unit]": (await in_force(plan))["units"][0]["id"]},  # type: ignore[index]
                {"as_of": "2026-06-01", "filter[status]": "approved", "filter[kind]": "PSZ"},
            )
        ]
    assert listed == [[], [1], [2]]
