"""How measures go: the word of owners, deputies and coordinators, kept, told and never overwritten."""

import asyncio
from datetime import timedelta

import httpx

from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.measures import MeasureState, MeasureStateChanged
from shared.contracts.planning import PlanApproved
from shared.http import today
from shared.ids import uuid7
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
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, OBRNICE, an_actor

CHARITY = "Charita Most"
AT_CHARITY = an_actor(Role.PARTNER, units=[OBRNICE], affiliation=CHARITY, sub="charita")
AT_SHELTER = an_actor(Role.PARTNER, units=[OBRNICE], affiliation="Azyl", sub="azyl")


def two_measures() -> Json:
    budget = [
        {"year": year, "funder": funder, "amount_czk": amount}
        for year, funder, amount in (
            (2026, "eu", "1160000"),
            (2027, "municipality", "90000"),
            (2028, "eu", "0"),
        )
    ]
    measures = [a_measure(owner=CHARITY, budget=budget), a_measure(title="Dluhová poradna")]
    return a_tree(a_problem(goals=[a_goal(measures=measures)]))


async def measures_of(plan: PlanUnderWay, actor: Actor = CONSULTANT) -> list[Json]:
    answer = await plan.get(actor, "/measure-states")
    assert answer.status_code == 200, answer.text
    measures: list[Json] = answer.json()["measures"]
    return measures


async def say(
    plan: PlanUnderWay, measure_id: object, actor: Actor = COORDINATOR, *, version: int = 0, **changes: object
) -> httpx.Response:
    body = {"state": "running", "state_on": today().isoformat(), "note": "", **changes}
    async with plan.planning.client(actor) as client:
        return await client.post(
            f"/plans/{plan.id}/measures/{measure_id}/states",
            json=body,
            headers={"If-Match": f'"{version}"'},
        )


async def test_owners_and_coordinators_say_how_measures_go_and_every_word_is_kept(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning, tree=two_measures())
    (approved,) = await planning.told(PlanApproved)
    housing, debts = approved.measures
    assert (housing.number, housing.owner, housing.funded_until, housing.funders) == (
        *("1.1.1", CHARITY, 2027),
        ("eu", "municipality"),
    )
    with planning.counted_statements() as statements:
        listed = await measures_of(plan)
    assert len(statements) <= 5
    assert [(each["version"], each["state"]) for each in listed] == [(0, None), (0, None)]
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert (await say(plan, housing.measure_id, AT_CHARITY, state_on=yesterday)).status_code == 201
    said = await say(
        plan, housing.measure_id, version=1, state="delayed", note="Čeká se na stavební povolení."
    )
    assert (said.status_code, said.headers["etag"]) == (201, '"2"')
    events = await planning.told(MeasureStateChanged)
    assert [(each.version, each.previous, each.state) for each in events] == [
        (1, None, MeasureState.RUNNING),
        (2, MeasureState.RUNNING, MeasureState.DELAYED),
    ]
    assert "povolení" not in repr(events), "what people write stays in planning"
    async with planning.client(AT_CHARITY) as client:
        words = (await client.get(f"/plans/{plan.id}/measures/{housing.measure_id}/states")).json()["items"]
    assert [(each["version"], each["affiliation"]) for each in words] == [
        (2, COORDINATOR.affiliation),
        (1, CHARITY),
    ]
    shown = await plan.get(CONSULTANT, "/measure-states")
    assert shown.json()["without_word"] == [str(debts.measure_id)]


async def test_a_word_needs_its_reason_its_day_and_who_may_say_it(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning, tree=two_measures())
    housing, debts = (each["measure_id"] for each in await measures_of(plan))
    tomorrow = (today() + timedelta(days=1)).isoformat()
    past = (today() - timedelta(days=9)).isoformat()
    assert (await say(plan, debts, AT_CHARITY)).status_code == 403, "of a measure that another one owns"
    assert (await say(plan, housing, AT_SHELTER)).status_code == 403
    assert (await say(plan, housing, COORDINATOR_OF_TRMICE)).status_code == 403
    assert (await say(plan, uuid7())).status_code == 404
    refused = await say(plan, housing, state="abandoned", note="  ")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/note")
    refused = await say(plan, housing, state_on=tomorrow)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/state_on")
    assert (await say(plan, housing)).status_code == 201
    assert (await say(plan, housing, version=1, state_on=past)).status_code == 422, "older than the last"
    assert (await say(plan, housing, version=0)).status_code == 412
    assert (await say(plan, housing, version=0, state_on=past)).status_code == 412, "a form that is stale"
    twice = await asyncio.gather(*(say(plan, housing, version=1, state="done") for _ in range(2)))
    assert sorted(each.status_code for each in twice) == [201, 412]
    absence = {"party": CHARITY, "deputy": "Azyl", "reason": "Stěhování", "starts_on": today().isoformat()}
    async with planning.client(AT_CHARITY) as client:
        body = {**absence, "ends_on": tomorrow}
        assert (await client.post(f"/plans/{plan.id}/absences", json=body)).status_code == 201
    assert (await say(plan, housing, AT_SHELTER, version=2)).status_code == 201, "the deputy speaks"


async def test_states_are_told_of_plans_in_force_alone(planning: ServiceUnderTest) -> None:
    draft = await a_draft(planning)
    assert (await draft.write_tree(two_measures())).status_code == 200
    (housing, _) = (each["measure_id"] for each in await measures_of(draft, COORDINATOR))
    refused = await say(draft, housing)
    assert (refused.status_code, refused.json()["state"]) == (409, "draft")
    assert "návrh" in refused.json()["title"]
    async with planning.client(COORDINATOR_OF_TRMICE) as client:
        assert (await client.get(f"/plans/{draft.id}/measure-states")).status_code == 404
        assert (await client.get(f"/plans/{draft.id}/measures/{housing}/states")).status_code == 404
