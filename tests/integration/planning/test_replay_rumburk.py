"""Rumburk and Staré Křečany replayed: one plan of two units, a partnership, two councils, an amendment."""

from datetime import date

import httpx

from shared.auth import Actor
from shared.contracts.planning import PlanApproved
from tests.support.clock import on
from tests.support.ostrava import call
from tests.support.planning import Json, PlanUnderWay
from tests.support.recommendations import a_recommendation, an_acceptance, reply, without_numbers
from tests.support.rumburk import (
    COORDINATOR_OF_KRECANY,
    COORDINATOR_OF_RUMBURK,
    KRECANY,
    MAYOR_OF_KRECANY,
    MAYOR_OF_RUMBURK,
    RUMBURK,
    TOWN,
    TOWN_COUNCIL,
    VILLAGE,
    VILLAGE_COUNCIL,
    a_joint_tree,
    both_cooperate,
    the_head,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR_OF_TRMICE


async def test_rumburk_and_stare_krecany_plan_together(planning: ServiceUnderTest) -> None:
    with on("2021-09-01"):
        plan = await two_units_draft_one_plan(planning)
        await one_partnership_serves_both(planning, plan)
    with on("2021-12-20"):
        await two_councils_approve(plan)
    with on("2022-02-01"):
        await each_owner_says_its_word(plan)
    with on("2024-09-02"):
        await the_evaluation_is_answered_in_the_next_revision(planning, plan)
    await the_past_stays_as_it_was(plan)
    assert [each.revision for each in await planning.told(PlanApproved)] == [1, 2]


async def two_units_draft_one_plan(planning: ServiceUnderTest) -> PlanUnderWay:
    """Draft with the Agency's consultant: no coordinator may bind the other unit alone."""
    await both_cooperate(planning)
    alone = await call(planning, "POST", "/plans", the_head(), actor=COORDINATOR_OF_RUMBURK)
    assert (alone.status_code, alone.json()["type"]) == (403, "urn:pospolu:problem:unit-not-yours")
    made = await call(planning, "POST", "/plans", the_head(), actor=CONSULTANT)
    assert made.status_code == 201, made.text
    plan = PlanUnderWay(planning, made.json()["id"], made.headers["etag"])
    written = await plan.write_tree(a_joint_tree(), COORDINATOR_OF_KRECANY)
    assert written.status_code == 200, written.text
    for reader, status in ((COORDINATOR_OF_RUMBURK, 200), (COORDINATOR_OF_TRMICE, 404), (None, 404)):
        assert (await plan.get(reader)).status_code == status
    units = (await plan.get(COORDINATOR_OF_RUMBURK)).json()["units"]
    assert [each["name"] for each in units] == ["Rumburk", "Staré Křečany"]
    return plan


async def one_partnership_serves_both(planning: ServiceUnderTest, plan: PlanUnderWay) -> None:
    body: Json = {
        "kind": "local-partnership",
        "name": "Lokální partnerství Rumburk a Staré Křečany",
        "unit_ids": [str(RUMBURK), str(KRECANY)],
        "plan_id": plan.id,
        "starts_on": "2021-03-01",
    }
    made = await call(planning, "POST", "/bodies", body, actor=CONSULTANT)
    assert made.status_code == 201, made.text
    people = f"Jméno;Organizace;Od\r\nEva Městská;{TOWN};1. 3. 2021\r\nJan Obecní;{VILLAGE};1. 3. 2021\r\n"
    path = f"/bodies/{made.json()['id']}/members/imports"
    taken = await call(planning, "POST", path, people.encode(), actor=COORDINATOR_OF_KRECANY)
    assert (taken.status_code, taken.json()["accepted"]) == (200, 2), taken.text
    for unit in (RUMBURK, KRECANY):
        found = await call(planning, "GET", f"/bodies?filter[unit]={unit}", actor=COORDINATOR_OF_RUMBURK)
        assert [each["members"] for each in found.json()["items"]] == [2]


async def approve(plan: PlanUnderWay, actor: Actor, body: str, approved_on: str) -> httpx.Response:
    return await plan.approve(
        actor, body=body, approved_on=approved_on, resolution_number=f"5/{approved_on[:4]}"
    )


async def two_councils_approve(plan: PlanUnderWay) -> None:
    """Approve in both councils; the plan is in force on the later day, by both resolutions."""
    assert (await plan.submit(COORDINATOR_OF_RUMBURK)).status_code == 200
    first = await approve(plan, MAYOR_OF_KRECANY, VILLAGE_COUNCIL, "2021-12-08")
    assert (first.status_code, first.json()["status"]) == (200, "submitted"), first.text
    again = await approve(plan, MAYOR_OF_KRECANY, VILLAGE_COUNCIL, "2021-12-08")
    assert again.status_code in {403, 409}, "one council decides once"
    assert (await plan.get(None)).status_code == 404, "half of the consent is none"
    second = await approve(plan, MAYOR_OF_RUMBURK, TOWN_COUNCIL, "2021-12-16")
    assert (second.status_code, second.json()["status"]) == (200, "approved"), second.text
    (told,) = await plan.planning.told(PlanApproved)
    assert set(told.unit_ids) == {RUMBURK, KRECANY}
    assert told.approved_on == date(2021, 12, 16)
    assert TOWN_COUNCIL in told.body
    assert VILLAGE_COUNCIL in told.body


async def each_owner_says_its_word(plan: PlanUnderWay) -> None:
    """Accept for all three measures: the village its own, the town its two."""
    measures = (await plan.get(CONSULTANT)).json()["problems"][0]["goals"][0]["measures"]
    for measure in measures:
        actor = COORDINATOR_OF_KRECANY if measure["owner"] == VILLAGE else COORDINATOR_OF_RUMBURK
        said = await call(
            plan.planning,
            "POST",
            f"/plans/{plan.id}/measures/{measure['id']}/answers",
            {"party": measure["owner"], "word": "accepted"},
            actor=actor,
            version='"0"',
        )
        assert said.status_code == 201, said.text
    adoption = (await plan.get(COORDINATOR_OF_RUMBURK, "/adoption")).json()
    assert (adoption["measures"], adoption["owned"], adoption["share_percent"]) == (3, 3, "100.0")


async def the_evaluation_is_answered_in_the_next_revision(
    planning: ServiceUnderTest, plan: PlanUnderWay
) -> None:
    """Amend after the mid-term evaluation: the laundry goes, both councils decide once it is answered."""
    told = a_recommendation(
        plan.id,
        unit_ids=(RUMBURK, KRECANY),
        text="Pračku vypustit, peníze dát do bytů.",
        issued_on=date(2024, 6, 28),
        response_due_on=date(2024, 8, 31),
    )
    await planning.hear(told)
    waiting = await call(planning, "GET", f"/recommendations?filter[unit]={KRECANY}&filter[state]=overdue")
    assert waiting.json()["items"] == [], "Ostrava's coordinator does not know of it"
    waiting = await call(
        planning, "GET", f"/recommendations?filter[unit]={KRECANY}", actor=COORDINATOR_OF_KRECANY
    )
    assert [each["state"] for each in waiting.json()["items"]] == ["overdue"]
    plan.etag = (await plan.get(CONSULTANT)).headers["etag"]
    begun = await plan.post("revisions", COORDINATOR_OF_KRECANY, reason="Střednědobá evaluace")
    assert begun.status_code == 201, begun.text
    tree = without_numbers({"problems": (await plan.get(CONSULTANT)).json()["problems"]})
    goal = tree["problems"][0]["goals"][0]  # type: ignore[index]
    goal["measures"] = goal["measures"][:2]
    goal["measures"][0]["cost_czk"] = "3050000"
    assert (await plan.write_tree(tree, COORDINATOR_OF_RUMBURK)).status_code == 200
    assert (await plan.submit(COORDINATOR_OF_RUMBURK)).status_code == 200
    refused = await approve(plan, MAYOR_OF_RUMBURK, TOWN_COUNCIL, "2024-08-28")
    assert refused.json()["type"] == "urn:pospolu:problem:recommendations-unanswered"
    flats = goal["measures"][0]["id"]
    accepted = an_acceptance(node_ids=[flats], responsible=TOWN, due_on="2024-12-31")
    assert (await reply(planning, told, accepted, COORDINATOR_OF_RUMBURK)).status_code == 200
    await what_changes_can_be_read(plan)
    first = await approve(plan, MAYOR_OF_RUMBURK, TOWN_COUNCIL, "2024-08-28")
    assert first.status_code == 200, first.text
    assert (await plan.get(None)).json()["revision"] == 1, "the first revision is in force until both agree"
    second = await approve(plan, MAYOR_OF_KRECANY, VILLAGE_COUNCIL, "2024-08-30")
    assert (second.status_code, second.json()["revision"]) == (200, 2), second.text


async def what_changes_can_be_read(plan: PlanUnderWay) -> None:
    async with plan.planning.client(COORDINATOR_OF_KRECANY) as client:
        told = await client.get(f"/plans/{plan.id}/difference", headers={"Accept": "text/plain"})
    text = told.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Vypouští se opatření 1.1.3 „Společná pračka“" in text
    assert "z 3 000 000 Kč na 3 050 000 Kč" in text
    assert "Náklady opatření celkem" not in text, "what one measure saves another one costs"


async def the_past_stays_as_it_was(plan: PlanUnderWay) -> None:
    """Read the plan as of 2023, and see the word on the dropped measure ended with its reason."""
    then = (await plan.get(None, "?as_of=2023-05-05")).json()
    now = (await plan.get(None)).json()
    counts = [len(each["problems"][0]["goals"][0]["measures"]) for each in (then, now)]
    assert ([each["revision"] for each in (then, now)], counts) == ([1, 2], [3, 2])
    adoption = (await plan.get(COORDINATOR_OF_KRECANY, "/adoption")).json()
    assert (adoption["measures"], adoption["owned"]) == (2, 2), "who stays under its measure keeps the word"
    shown = (await call(plan.planning, "GET", "/recommendations", actor=COORDINATOR_OF_TRMICE)).json()[
        "items"
    ]
    assert [(each["answer"], each["responsible"]) for each in shown] == [("accepted", TOWN)]
