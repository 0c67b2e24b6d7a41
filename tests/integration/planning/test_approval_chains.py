"""Plans approved step by step, over HTTP, on a real database: chains, rounds, quiet periods, time-outs."""

import asyncio
from datetime import timedelta

import pytest

from planning.app import SERVICE
from shared.clock import run_once
from shared.contracts.planning import ApprovalDue, ApprovalOverdue, PlanApproved, PlanReturned
from shared.http import today
from tests.support.approvals import (
    CHAIR,
    KRECANY,
    MAYOR_OF_KRECANY,
    MAYOR_OF_RUMBURK,
    RUMBURK,
    SECOND,
    RoundUnderWay,
    chain_json,
    let_days_pass,
    set_chain,
)
from tests.support.partnerships import a_body_at_work, a_chair, a_member
from tests.support.planning import (
    PlanUnderWay,
    a_draft,
    a_goal,
    a_head,
    a_problem,
    a_registered_unit,
    a_started_cooperation,
    a_submitted_plan,
    a_tree,
)
from tests.support.recommendations import a_recommendation, an_acceptance
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ADMINISTRATOR,
    ANALYST,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    DIRECTOR,
    MAYOR,
    OBRNICE,
    PARTNER,
)


async def under_chain(
    planning: ServiceUnderTest, *levels: str, **changes: object
) -> tuple[PlanUnderWay, RoundUnderWay]:
    """Have a plan of Obrnice submitted under a chain of its kind."""
    answer = await set_chain(planning, chain_json(*levels, **changes))
    assert answer.status_code == 201, answer.text
    plan = await a_submitted_plan(planning)
    return plan, RoundUnderWay(planning, plan.id)


async def tick(planning: ServiceUnderTest) -> None:
    for every in SERVICE.clock:
        await run_once(planning.resources.engine, SERVICE.name, every)


async def status_of(plan: PlanUnderWay) -> object:
    return (await plan.get()).json()["status"]


async def test_a_plan_goes_through_its_chain_and_every_decision_is_in_its_history(
    planning: ServiceUnderTest,
) -> None:
    plan, course = await under_chain(planning, "partnership", "council", "agency")
    early = await plan.approve()
    assert (early.status_code, early.json()["type"].rpartition(":")[2]) == (409, "step-not-council")
    agreed = await course.decide(SECOND, body="Lokální partnerství", reference="zápis z 10. 2.")
    assert (agreed.status_code, agreed.json()["position"]) == (200, 1)
    refused = await course.decide(MAYOR, body="", reference="")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/body")
    council = await course.decide(MAYOR, decided_on="2026-02-11")
    assert (council.json()["status"], await status_of(plan)) == ("running", "submitted")
    assert (await course.decide(COORDINATOR)).status_code == 403
    assert (await course.decide(DIRECTOR, decided_on="2026-02-12")).json()["status"] == "approved"
    [event] = await planning.told(PlanApproved)
    assert (event.approved_on.isoformat(), event.body, event.resolution_number) == (
        "2026-02-11",
        "Zastupitelstvo",
        "7/2026",
    )
    steps = (await plan.get(COORDINATOR, "/steps")).json()["items"]
    assert [step["status"] for step in steps] == ["draft", "submitted", "decided", "decided", "approved"]
    assert steps[2]["note"] == "Projednání v lokálním partnerství: Lokální partnerství, zápis z 10. 2."
    whole = await course.whole()
    assert [step["state"] for step in whole["steps"]] == ["approved"] * 3  # type: ignore[attr-defined]


async def test_a_returned_round_stays_readable_and_the_next_submission_opens_another(
    planning: ServiceUnderTest,
) -> None:
    plan, course = await under_chain(planning, "partnership", "council")
    assert (await course.send_back(PARTNER)).status_code == 403
    assert (await course.send_back(COORDINATOR_OF_TRMICE)).status_code == 404
    assert (await course.send_back(SECOND)).json()["status"] == "returned"
    assert (await status_of(plan), len(await planning.told(PlanReturned))) == ("returned", 1)
    plan.etag = (await plan.get()).headers["etag"]
    assert (await plan.submit()).status_code == 200
    async with planning.client(COORDINATOR) as client:
        listed = (await client.get("/approvals", params={"filter[plan]": plan.id})).json()["items"]
    assert [(item["number"], item["status"]) for item in listed] == [(2, "running"), (1, "returned")]
    assert listed[1]["reason"] == "Chybí rozpočet na rok 2027."
    assert (await plan.post("return", COORDINATOR, reason="Ještě počkáme.")).status_code == 200
    assert (await course.head())["status"] == "withdrawn"


async def test_two_councils_of_a_joint_plan_decide_in_any_order(planning: ServiceUnderTest) -> None:
    await planning.hear(
        a_registered_unit(RUMBURK, name="Rumburk"),
        a_registered_unit(KRECANY, name="Staré Křečany"),
        a_started_cooperation(RUMBURK),
        a_started_cooperation(KRECANY),
    )
    async with planning.client(CONSULTANT) as client:
        head = a_head(unit_ids=[str(RUMBURK), str(KRECANY)], kind="SPSZ")
        made = await client.post("/plans", json=head)
    plan = PlanUnderWay(planning, made.json()["id"], made.headers["etag"])
    await plan.write_tree(a_tree(), CONSULTANT)
    assert (await plan.submit(CONSULTANT)).status_code == 200
    seen = plan.etag
    first = await plan.approve(MAYOR_OF_KRECANY, body="Zastupitelstvo obce Staré Křečany")
    assert first.json()["status"] == "submitted"
    stale = PlanUnderWay(planning, plan.id, seen)
    assert (await stale.approve(MAYOR_OF_RUMBURK)).status_code == 412
    assert (await plan.approve(MAYOR_OF_KRECANY)).status_code == 403
    last = await plan.approve(
        MAYOR_OF_RUMBURK,
        body="Zastupitelstvo města Rumburk",
        approved_on="2026-03-01",
        resolution_number="40/2026",
    )
    assert last.json()["status"] == "approved"
    [event] = await planning.told(PlanApproved)
    assert set(event.body.split("; ")) == {
        "Zastupitelstvo obce Staré Křečany",
        "Zastupitelstvo města Rumburk",
    }
    assert event.approved_on.isoformat() == "2026-03-01"


async def test_of_two_who_decide_at_once_one_does(planning: ServiceUnderTest) -> None:
    plan, course = await under_chain(planning, "partnership", "council")
    version = (await course.head())["version"]
    answers = await asyncio.gather(
        course.decide(SECOND, version=version), course.send_back(SECOND, version=version)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert await status_of(plan) in {"submitted", "returned"}


async def test_what_a_council_approved_is_published_after_the_quiet_period_alone(
    planning: ServiceUnderTest,
) -> None:
    plan, course = await under_chain(planning, quiet_days=3)
    assert (await plan.approve()).json()["status"] == "submitted"
    assert (await course.head())["status"] == "quiet"
    await tick(planning)
    assert await planning.told(PlanApproved) == []
    await let_days_pass(planning, 20)
    await asyncio.gather(tick(planning), tick(planning))
    await tick(planning)
    [event] = await planning.told(PlanApproved)
    assert (event.body, event.approved_on.isoformat()) == ("Zastupitelstvo obce Obrnice", "2026-02-11")
    assert (await status_of(plan), (await course.head())["status"]) == ("approved", "approved")


async def test_what_came_up_in_the_quiet_period_holds_the_publication_until_it_is_settled(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_submitted_plan(planning)
    await plan.approve()
    await set_chain(planning, chain_json(quiet_days=2))
    await plan.post("revisions", COORDINATOR, reason="Dotace byla navýšena.")
    await plan.write_tree(a_tree())
    await plan.submit()
    assert (await plan.approve(approved_on="2026-06-01")).status_code == 200
    asked = a_recommendation(plan.id)
    await planning.hear(asked)
    await let_days_pass(planning, 20)
    await tick(planning)
    course = RoundUnderWay(planning, plan.id)
    assert (await course.head())["hindered_by"] == "recommendations-unanswered"
    assert len(await planning.told(PlanApproved)) == 1
    async with planning.client(COORDINATOR) as client:
        path = f"/recommendations/{asked.recommendation_id}/answer"
        answered = await client.post(path, json=an_acceptance(), headers={"If-Match": '"1"'})
    assert answered.status_code in {200, 201}, answered.text
    await tick(planning)
    assert [event.revision for event in await planning.told(PlanApproved)] == [1, 2]
    assert (await course.head())["hindered_by"] == ""


async def test_of_a_stop_and_the_end_of_the_quiet_period_at_once_one_happens(
    planning: ServiceUnderTest,
) -> None:
    plan, course = await under_chain(planning, quiet_days=3)
    await plan.approve()
    await let_days_pass(planning, 20)
    version = (await course.head())["version"]
    stopped, _ = await asyncio.gather(course.send_back(DIRECTOR, version=version), tick(planning))
    published = len(await planning.told(PlanApproved))
    assert (stopped.status_code == 200) == (published == 0)
    assert await status_of(plan) == ("returned" if stopped.status_code == 200 else "approved")


async def test_a_round_keeps_the_chain_that_it_began_with(planning: ServiceUnderTest) -> None:
    day = today() + timedelta(days=1)
    plan, course = await under_chain(planning, "council", "agency")
    longer = await set_chain(
        planning, chain_json("working-group", "council", "agency", starts_on=day.isoformat())
    )
    assert longer.status_code == 201
    whole = await course.whole()
    assert [step["level"] for step in whole["steps"]] == ["council", "agency"]  # type: ignore[attr-defined]
    async with planning.client(ANALYST) as client:
        held = (await client.get("/approvals/chains", params={"as_of": today().isoformat()})).json()["items"]
        chains = (await client.get("/approvals/chains")).json()["items"]
    assert ([len(chain["steps"]) for chain in held], held[0]["ends_on"]) == ([2], today().isoformat())
    assert [len(chain["steps"]) for chain in chains] == [3, 2]
    async with planning.client(DIRECTOR) as client:
        address = longer.headers["location"]
        assert (await client.delete(address, headers={"If-Match": '"1"'})).status_code == 204
        begun = f"/approvals/chains/{held[0]['id']}"
        assert (await client.delete(begun, headers={"If-Match": '"2"'})).status_code == 409
        ended = await client.post(
            f"{begun}/end", json={"ends_on": today().isoformat()}, headers={"If-Match": '"2"'}
        )
    assert ended.json()["type"].rpartition(":")[2] == "chain-ended"
    assert (await plan.approve()).status_code == 200


async def test_an_overdue_step_is_escalated_once_and_never_approved_by_silence(
    planning: ServiceUnderTest,
) -> None:
    plan, course = await under_chain(planning, "partnership", "council")
    await tick(planning)
    assert await planning.told(ApprovalDue) == []
    due_on = (await course.head())["step"]["due_on"]  # type: ignore[index]
    await let_days_pass(planning, (type(today()).fromisoformat(due_on) - today()).days)
    await asyncio.gather(tick(planning), tick(planning))
    assert len(await planning.told(ApprovalDue)) == 1
    await let_days_pass(planning, 30)
    await asyncio.gather(tick(planning), tick(planning))
    [overdue] = await planning.told(ApprovalOverdue)
    assert (overdue.level, overdue.escalated_to, str(overdue.plan_id)) == (
        "partnership",
        "coordinator",
        plan.id,
    )
    assert len(await planning.told(ApprovalDue)) == 1
    async with planning.client(CONSULTANT) as client:
        with planning.counted_statements() as statements:
            listed = (await client.get("/approvals", params={"filter[overdue]": "true"})).json()["items"]
        assert len(statements) == 1
    assert (listed[0]["is_overdue"], await status_of(plan)) == (True, "submitted")


async def test_the_chair_of_a_body_decides_its_step_and_is_warned_of_as_the_only_one(
    planning: ServiceUnderTest,
) -> None:
    body = await a_body_at_work(
        planning, a_chair(person="chair-obrnice", name="Petra Vedoucí"), a_member(person="partner-obrnice")
    )
    meeting = await body.plan()
    await meeting.write_down()
    decision = (await meeting.decide("Skupina s plánem souhlasí.")).json()
    steps = [
        {"level": "working-group", "body_id": body.id, "roles": [], "working_days": 5},
        {"level": "council", "working_days": 20},
    ]
    own = chain_json(unit_id=str(OBRNICE), steps=steps)
    assert (await set_chain(planning, own, COORDINATOR_OF_TRMICE)).status_code == 403
    assert (await set_chain(planning, own, COORDINATOR)).status_code == 201
    plan = await a_submitted_plan(planning)
    course = RoundUnderWay(planning, plan.id)

    async def mine(actor: object) -> list[str]:
        async with planning.client(actor) as client:  # type: ignore[arg-type]
            listed = (await client.get("/approvals", params={"filter[mine]": "true"})).json()["items"]
        return [item["plan_id"] for item in listed]

    waiting = [await mine(actor) for actor in (CHAIR, PARTNER, MAYOR, COORDINATOR, COORDINATOR_OF_TRMICE)]
    assert waiting == [[plan.id], [], [], [], []]
    async with planning.client(COORDINATOR) as client:
        insight = (await client.get("/approvals/insight")).json()
    async with planning.client(MAYOR) as client:
        assert (await client.get("/approvals/insight")).json() == insight
    assert [(thin["level"], thin["known_deciders"]) for thin in insight["thin"]] == [("working-group", 1)]
    assert (insight["figures"][0]["pending"], insight["figures"][0]["median_pending_days"]) == (1, "0.0")
    assert (await course.decide(PARTNER)).status_code == 403
    foreign = await course.decide(CHAIR, decision_id=plan.id)
    assert (foreign.status_code, foreign.json()["errors"][0]["pointer"]) == (422, "/decision_id")
    agreed = await course.decide(CHAIR, decision_id=decision["id"], body="", reference="1/2026")
    assert (agreed.status_code, agreed.json()["position"]) == (200, 1)
    assert [await mine(actor) for actor in (CHAIR, MAYOR)] == [[], [plan.id]]
    party = (await course.whole())["steps"][0]["parties"][0]  # type: ignore[index]
    assert (party["body"], party["decision_id"]) == ("Pracovní skupina Bydlení", decision["id"])


async def test_an_incomplete_plan_passes_the_group_and_is_stopped_before_the_council(
    planning: ServiceUnderTest,
) -> None:
    await set_chain(planning, chain_json("working-group", "council", "agency"))
    plan = await a_submitted_plan(planning, tree=a_tree(a_problem(goals=[a_goal(indicators=[])])))
    course = RoundUnderWay(planning, plan.id)
    assert (await course.decide(SECOND)).status_code == 200
    refused = await course.decide(MAYOR)
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (409, "plan-incomplete")
    assert (await course.head())["step"]["level"] == "council"  # type: ignore[index]


async def test_a_round_of_a_discarded_amendment_or_a_closed_plan_waits_for_nobody(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_submitted_plan(planning)
    course = RoundUnderWay(planning, plan.id)
    await plan.approve()
    await set_chain(planning, chain_json("council", "agency", quiet_days=2))
    await plan.post("revisions", COORDINATOR, reason="Dotace byla navýšena.")
    await plan.write_tree(a_tree())
    assert (await plan.submit()).status_code == 200
    assert (await course.head())["revision"] == 2
    assert (await plan.post("discarding", COORDINATOR, reason="Peníze nepřišly.")).status_code == 200
    assert (await course.head())["status"] == "withdrawn"
    await plan.post("revisions", COORDINATOR, reason="Znovu.")
    await plan.write_tree(a_tree())
    assert (await plan.submit()).status_code == 200
    assert ((await course.head())["number"], (await course.head())["revision"]) == (2, 2)
    await plan.approve(approved_on="2026-06-01")
    await course.decide(DIRECTOR, decided_on="2026-06-02")
    await let_days_pass(planning, 20)
    await tick(planning)
    assert [event.revision for event in await planning.told(PlanApproved)] == [1, 2]


@pytest.mark.parametrize(
    ("actor", "changes", "status", "code"),
    [
        (COORDINATOR, {}, 403, "chain-not-yours"),
        (ADMINISTRATOR, {"starts_on": "2026-01-01"}, 422, "chain-begins-in-the-past"),
        (ADMINISTRATOR, {"unit_id": str(KRECANY)}, 422, "chain-unit-unknown"),
        (ADMINISTRATOR, {"steps": [{"level": "agency"}]}, 422, "chain-without-council"),
        (ADMINISTRATOR, {"steps": []}, 422, "malformed"),
        (ADMINISTRATOR, {"ends_on": "2026-01-01"}, 422, "chain-ends-before-it-begins"),
        (COORDINATOR, {"unit_id": str(OBRNICE)}, 422, "chain-drops-step"),
    ],
)
async def test_a_chain_that_cannot_be_is_refused(
    planning: ServiceUnderTest, actor: object, changes: dict[str, object], status: int, code: str
) -> None:
    await a_draft(planning)
    assert (await set_chain(planning, chain_json("partnership", "council"))).status_code == 201
    refused = await set_chain(planning, chain_json(**changes), actor)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (status, code)


async def test_two_chains_set_at_once_are_one(planning: ServiceUnderTest) -> None:
    answers = await asyncio.gather(
        set_chain(planning, chain_json()), set_chain(planning, chain_json("council", "agency"))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


@pytest.mark.parametrize("level", ["working-group", "partnership"])
async def test_a_town_with_one_coordinator_gets_through_every_usual_step(
    planning: ServiceUnderTest, level: str
) -> None:
    plan, under_way = await under_chain(planning, level, "council")
    refused = await under_way.decide(COORDINATOR)
    assert refused.json()["type"].endswith(":submitter-cannot-approve")
    refused = await under_way.decide(MAYOR)
    assert refused.json()["title"].endswith("Rozhoduje: konzultant Agentury, koordinátor.")
    assert (await under_way.decide(CONSULTANT)).status_code == 200
    assert (await under_way.decide(MAYOR)).status_code == 200
    assert (await plan.get(COORDINATOR)).json()["status"] == "approved"
