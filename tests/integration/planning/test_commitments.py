"""The pulse of ownership: words under amendments, absences, alarms, proposals, adoption."""

import asyncio
from datetime import timedelta

import httpx
from sqlalchemy import text

from planning.commitments.pulse_use_cases import report_lapsed_owners
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.planning import OwnerLapsed, OwnerTrouble
from shared.http import today
from shared.ids import uuid7
from tests.support.planning import Json, PlanUnderWay, a_goal, a_measure, a_problem, a_tree, an_approved_plan
from tests.support.recommendations import without_numbers
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE, OBRNICE, PARTNER, an_actor

TOWN, PARTNERS_NAME, CHARITY = "Město Obrnice", "Společně, z. s.", "Charita Most"
AT_CHARITY = an_actor(Role.PARTNER, units=[OBRNICE], affiliation=CHARITY, sub="charita")


def three_measures() -> Json:
    measures = [
        a_measure(),
        a_measure(title="Dluhová poradna", owner=CHARITY, partners=[]),
        a_measure(title="Bytový fond", owner=TOWN, partners=[PARTNERS_NAME, "Azyl"]),
    ]
    return a_tree(a_problem(goals=[a_goal(measures=measures)]))


async def measures_of(plan: PlanUnderWay) -> list[Json]:
    problems = (await plan.get(COORDINATOR)).json()["problems"]
    measures: list[Json] = problems[0]["goals"][0]["measures"]
    return measures


async def say(
    plan: PlanUnderWay,
    measure: Json,
    actor: Actor = COORDINATOR,
    *,
    party: object = None,
    side: str = "owner",
    version: int = 0,
    **changes: object,
) -> httpx.Response:
    body = {"side": side, "party": party or measure["owner"], "word": "accepted", **changes}
    async with plan.planning.client(actor) as client:
        return await client.post(
            f"/plans/{plan.id}/measures/{measure['id']}/answers",
            json=body,
            headers={"If-Match": f'"{version}"'},
        )


async def standings_of(plan: PlanUnderWay, query: str = "") -> dict[tuple[str, str], Json]:
    listed = (await plan.get(CONSULTANT, f"/commitments{query}")).json()["measures"]
    return {(each["title"], party["party"]): party for each in listed for party in each["parties"]}


async def test_a_revision_ends_the_words_of_who_is_gone_and_asks_who_came(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning, tree=three_measures())
    housing, debts, flats = await measures_of(plan)
    for measure in (housing, debts, flats):
        assert (await say(plan, measure)).status_code == 201
    assert (await say(plan, housing, party=PARTNERS_NAME, side="partner")).status_code == 201
    assert (await plan.post("revisions", COORDINATOR, reason="Evaluace")).status_code == 201
    tree = without_numbers({"problems": (await plan.get(COORDINATOR)).json()["problems"]})
    goal = tree["problems"][0]["goals"][0]  # type: ignore[index]
    goal["measures"] = [goal["measures"][0], goal["measures"][2]]
    goal["measures"][1] |= {"owner": "Azyl", "partners": [PARTNERS_NAME]}
    assert (await plan.write_tree(tree)).status_code == 200
    drafted = await standings_of(plan, "?edition=draft")
    budgets = [
        [each["number"] for each in (await plan.get(CONSULTANT, f"/budget{query}")).json()["measures"]]
        for query in ("", "?edition=draft")
    ]
    assert budgets == [["1.1.1", "1.1.2", "1.1.3"], ["1.1.1", "1.1.2"]]
    assert (await plan.get(None, "/budget?edition=draft")).status_code == 404
    assert drafted["Bytový fond", "Azyl"]["state"] == "proposed"
    assert (await say(plan, {**flats, "owner": "Azyl"})).status_code == 201, "the new owner may accept ahead"
    await plan.submit()
    with planning.counted_statements() as statements:
        approved = await plan.approve(approved_on="2026-09-09", resolution_number="55/2026")
    assert approved.status_code == 200, approved.text
    assert len([each for each in statements if "INSERT INTO commitment" in each]) == 1
    now = await standings_of(plan)
    assert now["Zabydlování s podporou", TOWN]["state"] == "accepted"
    assert now["Zabydlování s podporou", PARTNERS_NAME]["state"] == "accepted"
    assert now["Bytový fond", "Azyl"]["state"] == "accepted"
    async with planning.transaction() as tx:
        ended = await tx.session.execute(
            text("SELECT party, version, note FROM commitment WHERE word = 'ended' ORDER BY party")
        )
        assert [tuple(row) for row in ended] == [
            (CHARITY, 2, "Revize 2: opatření v plánu už není."),
            (TOWN, 2, "Revize 2: plán u opatření uvádí jiného realizátora."),
        ]
    refused = await say(plan, housing, version=1, word="ended", note="x")
    assert refused.status_code == 422, "only a revision ends a word"


async def test_a_deputy_answers_for_who_is_away_and_for_nobody_else(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning, tree=three_measures())
    housing, debts, _ = await measures_of(plan)
    assert (await say(plan, debts, PARTNER)).status_code == 403
    day = today()
    absence: Json = {
        "party": CHARITY,
        "deputy": PARTNERS_NAME,
        "reason": "Rodičovská dovolená vedoucí",
        "starts_on": str(day),
        "ends_on": str(day + timedelta(days=30)),
    }
    async with planning.client(COORDINATOR) as client:
        path = f"/plans/{plan.id}/absences"
        first, second = await asyncio.gather(client.post(path, json=absence), client.post(path, json=absence))
        assert sorted((first.status_code, second.status_code)) == [201, 409]
        made = first if first.status_code == 201 else second
        for wrong, status in (
            ({**absence, "party": "Nikdo"}, 422),
            ({**absence, "deputy": CHARITY}, 422),
            ({**absence, "ends_on": str(day - timedelta(days=1))}, 422),
            ({**absence, "party": TOWN, "deputy": CHARITY}, 409),
        ):
            assert (await client.post(path, json=wrong)).status_code == status
        own: Json = {**absence, "party": PARTNERS_NAME, "deputy": TOWN}
        async with planning.client(PARTNER) as partner:
            assert (
                await partner.post(path, json={**own, "party": TOWN, "deputy": "Azyl"})
            ).status_code == 403
            late = {"starts_on": "2090-01-01", "ends_on": "2090-01-02"}
            assert (await partner.post(path, json={**own, **late})).status_code == 201
        shown = (await standings_of(plan))["Dluhová poradna", CHARITY]
        assert (shown["deputy"], shown["away_until"]) == (PARTNERS_NAME, absence["ends_on"])
        assert (await say(plan, debts, PARTNER)).json()["affiliation"] == PARTNERS_NAME
        assert (await say(plan, housing, PARTNER)).status_code == 403
        end = f"{path}/{made.json()['id']}/end"
        called_off = await client.post(
            end, json={"ends_on": str(day - timedelta(days=1))}, headers={"If-Match": '"1"'}
        )
        assert called_off.json()["is_called_off"] is True
        again = await client.post(end, json={"ends_on": str(day)}, headers={"If-Match": '"2"'})
        assert again.status_code == 409
        listed = (await client.get(path)).json()["items"]
    assert [each["is_called_off"] for each in listed] == [True, False]
    assert (await say(plan, debts, PARTNER, version=1)).status_code == 403
    async with planning.client(COORDINATOR_OF_TRMICE) as client:
        assert (await client.get(f"/plans/{uuid7()}/absences")).status_code == 404
        assert (await client.get(path)).json()["items"] == []
        assert (await client.post(path, json=absence)).status_code == 403


async def test_an_owner_who_falls_silent_is_reported_once_for_each_word(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning, tree=three_measures())
    housing, debts, flats = await measures_of(plan)
    await say(plan, housing)
    await say(plan, debts, word="declined", note="Nemáme lidi.")
    await say(plan, flats)
    long_ago = today() - timedelta(days=400)
    async with planning.transaction() as tx:
        await tx.session.execute(
            text("UPDATE commitment SET decided_on = :day WHERE measure_id = :id"),
            {"day": long_ago, "id": housing["id"]},
        )

    async def tick() -> None:
        async with planning.transaction() as tx:
            await report_lapsed_owners(tx)

    await asyncio.gather(tick(), tick())
    await tick()
    told = {
        each.number: (each.trouble, each.owner, each.version) for each in await planning.told(OwnerLapsed)
    }
    assert told == {
        "1.1.1": (OwnerTrouble.LAPSED, TOWN, 2),
        "1.1.2": (OwnerTrouble.DECLINED, CHARITY, 2),
    }
    assert len(await planning.told(OwnerLapsed)) == 2
    assert (await say(plan, housing, version=1)).status_code == 201, "the owner says it again"
    assert (await say(plan, debts, version=1, word="declined", note="Stále nemáme lidi.")).status_code == 201
    await tick()
    assert [each.number for each in await planning.told(OwnerLapsed)][2:] == ["1.1.2"]


async def test_an_owner_who_never_answered_is_reported_two_months_after_the_approval(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    async with planning.transaction() as tx:
        await report_lapsed_owners(tx)
    (told,) = await planning.told(OwnerLapsed)
    assert (told.trouble, told.said_on, told.version) == (OwnerTrouble.SILENT, None, 1)
    assert str(told.plan_id) == plan.id
    assert told.unit_ids == (OBRNICE,)


async def test_partners_are_proposed_as_owners_before_owners_of_neighbours(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning, tree=three_measures())
    _, _, flats = await measures_of(plan)
    await say(plan, flats, party="Azyl", side="partner")
    proposed = (await plan.get(COORDINATOR, f"/measures/{flats['id']}/candidates")).json()["items"]
    assert [(each["name"], each["ground"], each["owns"]) for each in proposed] == [
        ("Azyl", "accepted-partner", 0),
        (PARTNERS_NAME, "partner", 0),
        (CHARITY, "same-goal", 1),
    ]
    assert (await plan.get(COORDINATOR, f"/measures/{plan.id}/candidates")).status_code == 404


async def test_adoption_counts_accepting_owners_and_the_age_of_their_words(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning, tree=three_measures())
    housing, debts, _ = await measures_of(plan)
    await say(plan, housing)
    await say(plan, debts, AT_CHARITY, word="declined", note="Nemáme lidi.")
    found = (await plan.get(COORDINATOR, "/adoption")).json()
    assert (found["measures"], found["owned"], found["unowned"], found["share_percent"]) == (3, 1, 0, "33.3")
    assert (found["states"]["proposed"], found["states"]["declined"], found["median_days"]) == (1, 1, "0.0")
    assert (await plan.get(COORDINATOR_OF_TRMICE, "/adoption")).status_code == 403
