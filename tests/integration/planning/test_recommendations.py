"""Recommendations of evaluations: kept, answered, fulfilled, and asked for before the next revision."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from planning.plans.refusals import PlanUnknown
from planning.recommendations.domain import State
from shared.contracts.planning import RecommendationAnswer, RecommendationAnswered
from shared.http import today
from shared.ids import uuid7
from tests.support.planning import Json, an_approved_plan
from tests.support.recommendations import a_recommendation, a_rejection, an_acceptance, reply, without_numbers
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, MAYOR

FAR = date(2099, 1, 1)


async def listed(planning: ServiceUnderTest, query: str = "", actor: object = COORDINATOR) -> list[Json]:
    async with planning.client(actor) as client:  # type: ignore[arg-type]
        answer = await client.get(f"/recommendations{query}")
    assert answer.status_code == 200, answer.text
    items: list[Json] = answer.json()["items"]
    return items


async def test_a_recommendation_is_kept_by_its_version_however_often_it_comes(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    told = a_recommendation(plan.id)
    second = replace(told, version=2, text="Doplnit poradenství.")
    await planning.hear(told, a_recommendation(plan.id, number="D2", response_due_on=FAR))
    await planning.hear(second)
    await planning.hear(told)
    await planning.hear(second)
    items = await listed(planning, f"?filter[plan]={plan.id}")
    assert [(each["number"], each["version"], each["state"]) for each in items] == [
        ("D1", 2, "overdue"),
        ("D2", 1, "open"),
    ]
    assert items[0]["text"] == "Doplnit poradenství."


async def test_the_next_revision_waits_until_every_recommendation_has_its_answer(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    told = a_recommendation(plan.id)
    await planning.hear(told, a_recommendation(plan.id, number="D9", revision=2))
    tree = (await plan.get(COORDINATOR)).json()["problems"]
    begun = await plan.post("revisions", COORDINATOR, reason="Střednědobá evaluace")
    assert begun.status_code == 201, begun.text
    tree[0]["goals"][0]["measures"][0]["title"] = "Zabydlování s dluhovou poradnou"
    assert (await plan.write_tree(without_numbers({"problems": tree}))).status_code == 200
    assert (await plan.submit()).status_code == 200
    refused = await plan.approve(approved_on="2026-09-09", resolution_number="55/2026")
    assert refused.json()["type"] == "urn:pospolu:problem:recommendations-unanswered"
    assert "1 (D1)" in refused.json()["title"]
    assert (await reply(planning, told, a_rejection())).status_code == 200
    approved = await plan.approve(approved_on="2026-09-09", resolution_number="55/2026")
    assert approved.status_code == 200, approved.text


async def test_an_answer_is_told_shown_to_everybody_and_kept_under_the_later_one(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    told = a_recommendation(plan.id)
    await planning.hear(told)
    assert await listed(planning, actor=None) == []
    measure = (await plan.get()).json()["problems"][0]["goals"][0]["measures"][0]["id"]
    answered = await reply(planning, told, an_acceptance(node_ids=[measure]), MAYOR)
    assert (answered.status_code, answered.json()["state"]) == (200, "answered")
    assert (answered.headers["etag"]) == '"2"'
    anew = await reply(
        planning, told, an_acceptance(answer="partly", reasons="Jen pro nájemníky obce."), version=2
    )
    assert anew.status_code == 200
    (shown,) = await listed(planning, actor=None)
    assert (shown["answer"], shown["responsible"], shown["met_in"]) == ("partly", "Odbor sociálních věcí", [])
    async with planning.client(CONSULTANT) as client:
        replies = (await client.get(f"/recommendations/{told.recommendation_id}/replies")).json()["items"]
    assert [(each["answer"], each["met_in"]) for each in replies] == [("accepted", [measure]), ("partly", [])]
    events = await planning.told(RecommendationAnswered)
    assert [(each.version, each.answer) for each in events] == [
        (2, RecommendationAnswer.ACCEPTED),
        (3, RecommendationAnswer.PARTLY),
    ]


async def test_what_was_accepted_is_reported_as_fulfilled_with_evidence_and_then_stays(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    told = a_recommendation(plan.id)
    await planning.hear(told)
    report: Json = {"fulfilled_on": "2026-05-05", "evidence": "Usnesení rady 33/2026"}
    early = await reply(planning, told, report, step="fulfilment")
    assert early.json()["type"] == "urn:pospolu:problem:nothing-to-fulfil"
    await reply(planning, told, an_acceptance(due_on="2026-05-01"))
    (late,) = await listed(planning, "?filter[state]=late")
    assert late["due_on"] == "2026-05-01"
    for wrong in ({**report, "fulfilled_on": "2099-01-01"}, {**report, "fulfilled_on": "2026-02-28"}):
        refused = await reply(planning, told, wrong, step="fulfilment", version=2)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/fulfilled_on")
    done = await reply(planning, told, report, step="fulfilment", version=2)
    assert (done.status_code, done.json()["state"]) == (200, "fulfilled")
    again = await reply(planning, told, an_acceptance(), version=3)
    assert (again.status_code, "5.\N{NO-BREAK SPACE}5." in again.json()["title"]) == (409, True)


async def test_an_answer_is_refused_for_what_it_lacks_and_to_whom_it_does_not_belong(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    told = a_recommendation(plan.id)
    await planning.hear(told)
    for body, pointer in (
        (an_acceptance(responsible=""), "/responsible"),
        (an_acceptance(due_on=None), "/due_on"),
        (an_acceptance(due_on="2026-02-01"), "/due_on"),
        (an_acceptance(node_ids=[plan.id]), "/node_ids/0"),
        (a_rejection(reasons="  "), "/reasons"),
        (a_rejection(responsible="Rada"), "/answer"),
    ):
        refused = await reply(planning, told, body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (await reply(planning, told, a_rejection(), CONSULTANT)).status_code == 403
    assert (await reply(planning, told, a_rejection(), COORDINATOR_OF_TRMICE)).status_code == 404
    assert (await reply(planning, told, a_rejection(), version=9)).status_code == 412
    assert await listed(planning, actor=COORDINATOR_OF_TRMICE) == []


async def test_of_two_answers_at_once_one_counts_and_an_answer_waits_for_an_approval(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    told = a_recommendation(plan.id)
    await planning.hear(told)
    both = await asyncio.gather(
        reply(planning, told, an_acceptance()), reply(planning, told, a_rejection(), MAYOR)
    )
    assert sorted(each.status_code for each in both) == [200, 412]
    assert len(await planning.told(RecommendationAnswered)) == 1


async def test_the_state_that_the_list_computes_is_that_of_the_domain(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    cases: dict[State, tuple[object, ...]] = {
        State.OVERDUE: (),
        State.OPEN: (),
        State.LATE: (an_acceptance(due_on="2026-04-01"),),
        State.ANSWERED: (a_rejection(),),
        State.FULFILLED: (an_acceptance(),),
    }
    told = {
        state: a_recommendation(
            plan.id, number=state.value, response_due_on=FAR if state is State.OPEN else date(2026, 6, 30)
        )
        for state in reversed(cases)
    }
    await planning.hear(*told.values())
    for state, bodies in cases.items():
        for body in bodies:
            assert (await reply(planning, told[state], body)).status_code == 200  # type: ignore[arg-type]
    report: Json = {"fulfilled_on": str(today()), "evidence": "x"}
    await reply(planning, told[State.FULFILLED], report, step="fulfilment", version=2)
    with planning.counted_statements() as statements:
        items = await listed(planning)
    assert len(statements) <= 2
    assert [each["state"] for each in items] == [each["number"] for each in items] == list(State)
    first = (await listed(planning, "?limit=2"))[-1]
    assert first["state"] == State.OPEN
    for state in State:
        assert [each["number"] for each in await listed(planning, f"?filter[state]={state}")] == [state]


async def test_a_recommendation_that_comes_during_an_approval_stops_it_or_the_revision_after_it(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    await plan.post("revisions", COORDINATOR, reason="Evaluace")
    tree = without_numbers({"problems": (await plan.get(COORDINATOR)).json()["problems"]})
    tree["problems"][0]["title"] = "Rodiny nemají kde bydlet"  # type: ignore[index]
    assert (await plan.write_tree(tree)).status_code == 200
    assert (await plan.submit()).status_code == 200
    approved, _ = await asyncio.gather(
        plan.approve(approved_on="2026-09-09", resolution_number="55/2026"),
        planning.hear(a_recommendation(plan.id)),
    )
    (kept,) = await listed(planning)
    assert kept["state"] == "overdue"
    if approved.status_code == 200:
        assert (await plan.get()).json()["revision"] == 2
    else:
        assert approved.json()["type"] == "urn:pospolu:problem:recommendations-unanswered"
        assert (await plan.get()).json()["revision"] == 1


async def test_a_reply_is_never_rewritten(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    told = a_recommendation(plan.id)
    await planning.hear(told)
    await reply(planning, told, a_rejection())
    message = ""
    try:
        async with planning.transaction() as tx:
            await tx.session.execute(text("UPDATE reply SET reasons = ''"))
    except Exception as error:  # noqa: BLE001 - whatever the driver calls it
        message = str(error)
    assert "a reply is immutable" in message


async def test_a_recommendation_of_a_plan_that_nobody_knows_is_refused(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    with pytest.raises(PlanUnknown):
        await planning.hear(a_recommendation(plan.id), a_recommendation(uuid7(), number="D2"))
    assert await listed(planning) == []
