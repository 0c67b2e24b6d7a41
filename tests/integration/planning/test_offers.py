"""Offers, needs and exchanges between units: who may, what suits, and that capacity is kept."""

import asyncio
from datetime import timedelta

from shared.http import today
from shared.ids import uuid7
from tests.support.library import a_drafted_practice, the_measure_of
from tests.support.peers import a_need, an_offer, peers_at_work
from tests.support.planning import a_draft, a_problem, a_registered_unit, a_tree, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ANALYST,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    OBRNICE,
    PARTNER,
)

TOMORROW = str(today() + timedelta(days=1))


async def test_an_exchange_is_proposed_agreed_given_a_day_and_judged_by_who_learnt(
    planning: ServiceUnderTest,
) -> None:
    peers = await peers_at_work(planning)
    offer, need = await peers.offer(), await peers.need()
    assert (await peers.propose(offer, need, COORDINATOR)).status_code == 403
    assert (await peers.propose(offer, need, form="online")).json()["type"].endswith("form-not-offered")
    proposed = await peers.propose(offer, need)
    assert proposed.status_code == 201, proposed.text
    path = proposed.headers["location"]
    assert (await peers.propose(offer, need)).json()["exchange_id"] == proposed.json()["id"]
    assert (await peers.post(f"{path}/agreement", COORDINATOR_OF_TRMICE)).status_code == 403
    early = await peers.post(f"{path}/day", COORDINATOR, planned_on=TOMORROW)
    assert (early.status_code, early.json()["allowed_moves"]) == (409, ["agree", "cancel"])
    assert (await peers.post(f"{path}/agreement", COORDINATOR)).json()["status"] == "agreed"
    late = await peers.post(f"{path}/day", COORDINATOR, planned_on="2099-01-01")
    assert late.json()["type"].endswith("planned-after-offer")
    past = await peers.post(f"{path}/day", COORDINATOR, planned_on="2026-01-01")
    assert past.json()["type"].endswith("planned-in-past")
    dated = await peers.post(f"{path}/day", COORDINATOR_OF_TRMICE, planned_on=TOMORROW)
    assert dated.json()["status"] == "dated"
    held = {"held_on": str(today()), "note": "Začít smlouvou s ubytovnou.", "usefulness": 5}
    assert (await peers.post(f"{path}/completion", COORDINATOR, **held)).status_code == 403
    early = await peers.post(f"{path}/completion", COORDINATOR_OF_TRMICE, **{**held, "held_on": TOMORROW})
    assert early.json()["type"].endswith("held-in-future")
    done = await peers.post(f"{path}/completion", COORDINATOR_OF_TRMICE, **held)
    assert done.json()["status"] == "done"
    after = await peers.post(f"{path}/cancellation", COORDINATOR, reason="Nehodí se")
    assert "Tím je věc uzavřena" in after.json()["title"]
    shown = (await peers.get(path, CONSULTANT)).json()
    assert (shown["from_unit"]["name"], shown["to_unit"]["name"]) == ("Obrnice", "Trmice")
    assert (shown["usefulness"], shown["contact_office"]) == (5, "Odbor sociálních věcí")
    counts = (await peers.get(f"/peer-exchanges/by-unit?filter[year]={today().year}", ANALYST)).json()
    assert [(each["unit"]["name"], each["given"], each["received"]) for each in counts["items"]] == [
        ("Obrnice", 1, 0),
        ("Trmice", 0, 1),
    ]
    assert counts["items"][1]["usefulness_received"] == "5.00"
    nothing = await peers.get("/peer-exchanges/by-unit?filter[year]=2001", ANALYST)
    assert nothing.json()["items"] == []


async def test_capacity_of_a_year_is_kept_when_many_agree_at_once_and_given_back_by_a_cancellation(
    planning: ServiceUnderTest,
) -> None:
    peers = await peers_at_work(planning)
    offer = await peers.offer(capacity_per_year=2)
    paths = [await peers.proposed(offer) for _ in range(4)]
    answers = await asyncio.gather(*(peers.post(f"{path}/agreement", COORDINATOR) for path in paths))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409]
    refused = [answer for answer in answers if answer.status_code == 409]
    assert {answer.json()["capacity"] for answer in refused} == {2}
    assert (await peers.get(f"/peer-offers/{offer}")).json()["free_this_year"] == 0
    (first, *_), (waiting, *_) = (
        [path for path, answer in zip(paths, answers, strict=True) if answer.status_code == status]
        for status in (200, 409)
    )
    next_year = f"{today().year + 1}-02-01"
    assert (await peers.post(f"{first}/day", COORDINATOR, planned_on=next_year)).status_code == 200
    assert (await peers.post(f"{waiting}/agreement", COORDINATOR)).status_code == 200
    cancelled = await peers.post(f"{waiting}/cancellation", COORDINATOR_OF_TRMICE, reason="Volby")
    assert cancelled.json()["status"] == "cancelled"
    assert (await peers.get(f"/peer-offers/{offer}")).json()["free_this_year"] == 1


async def test_offers_of_other_units_are_suggested_with_reasons_the_best_first(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    measure = await the_measure_of(plan)
    entry = await a_drafted_practice(planning, plan, measure)
    await entry.propose(COORDINATOR)
    await entry.verify(CONSULTANT)
    peers = await peers_at_work(planning)
    third = uuid7()
    await planning.hear(a_registered_unit(third, name="Čermná"))
    verified = await peers.offer(entry_id=entry.id, plan_id=plan.id, node_id=measure)
    plain = await peers.offer(CONSULTANT, unit_id=str(third), people_concerned=5000, forms=["online"])
    await peers.offer(area="DLU")
    await peers.offer(COORDINATOR_OF_TRMICE, unit_id=a_need()["unit_id"])
    withdrawn = await peers.offer(title="Stažená")
    gone = await peers.post(f"/peer-offers/{withdrawn}/withdrawal", COORDINATOR, reason="Personál")
    assert gone.json()["status"] == "withdrawn"
    need = await peers.need()
    with planning.counted_statements() as statements:
        found = await peers.get(f"/peer-needs/{need}/matches", COORDINATOR_OF_TRMICE)
    assert [each["offer_id"] for each in found.json()["items"]] == [verified, plain]
    assert found.json()["items"][0]["reasons"] == [
        "stejná oblast (bydlení)",
        "ověřená praxe",
        "podobný rozsah potřeby (lidí: 200 a 120)",
        "forma, kterou si přejete (návštěva na místě)",
        "stejný druh územního celku",
    ]
    assert len(statements) <= 2
    assert (await peers.get(f"/peer-needs/{need}/matches", COORDINATOR)).status_code == 404
    listed = (await peers.get("/peer-offers?filter[area]=BYD&q=zabydlujeme")).json()
    assert verified in {each["id"] for each in listed["items"]}
    assert withdrawn not in {each["id"] for each in listed["items"]}
    assert (await peers.get(f"/peer-offers/{withdrawn}")).json()["state"] == "withdrawn"


async def test_what_is_of_other_units_stays_with_them(planning: ServiceUnderTest) -> None:
    peers = await peers_at_work(planning)
    offer = await peers.offer()
    path = await peers.proposed(offer)
    stranger = an_offer(unit_id=a_need()["unit_id"])
    assert (await peers.post("/peer-offers", COORDINATOR, **stranger)).status_code == 403
    assert (await peers.get(path)).status_code == 401
    assert (await peers.get(path, PARTNER)).status_code == 403
    own = await peers.get("/peer-exchanges?filter[status]=proposed", COORDINATOR)
    assert [f"/peer-exchanges/{each['id']}" for each in own.json()["items"]] == [path]
    needs = (await peers.get("/peer-needs", COORDINATOR)).json()["items"]
    assert [each["plan_id"] for each in needs] == [None]
    foreign = await peers.post(f"/peer-offers/{offer}/withdrawal", COORDINATOR_OF_TRMICE, reason="Ne")
    assert foreign.status_code == 403
    need_path = f"/peer-needs/{needs[0]['id']}"
    closed = await peers.post(f"{need_path}/closure", COORDINATOR_OF_TRMICE, reason="Vyřešeno")
    assert closed.json()["status"] == "closed"
    assert (await peers.get(need_path, COORDINATOR)).status_code == 404
    assert (await peers.get(need_path, COORDINATOR_OF_TRMICE)).json()["reason"] == "Vyřešeno"
    late = await peers.propose(offer, needs[0]["id"])
    assert late.json()["type"].endswith("need-not-open")


async def test_a_need_takes_its_size_from_the_problem_and_links_lead_only_to_what_is_of_the_unit(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree(a_problem(estimated_people=120)))
    problem = (await plan.get()).json()["problems"][0]["id"]
    peers = await peers_at_work(planning)
    link = {"plan_id": plan.id, "node_id": problem}
    mine = await peers.need(COORDINATOR, unit_id=str(OBRNICE), people_concerned=None, **link)
    assert (await peers.get(f"/peer-needs/{mine}", COORDINATOR)).json()["people_concerned"] == 120
    assert (await peers.get(f"/peer-needs/{mine}", COORDINATOR_OF_TRMICE)).json()["node_id"] is None
    refused = [
        await peers.post("/peer-needs", COORDINATOR_OF_TRMICE, **a_need(**link)),
        await peers.post("/peer-needs", COORDINATOR_OF_TRMICE, **a_need(plan_id=plan.id)),
        await peers.post("/peer-offers", COORDINATOR, **an_offer(**link)),
        await peers.post("/peer-offers", COORDINATOR, **an_offer(entry_id=str(uuid7()))),
        await peers.post("/peer-offers", COORDINATOR, **an_offer(valid_until="2020-01-01")),
    ]
    assert [answer.json()["type"].rpartition("/")[2].rpartition(":")[2] for answer in refused] == [
        "problem-not-of-unit",
        "node-without-its-plan",
        "measure-not-of-unit",
        "practice-not-of-unit",
        "offer-ends",
    ]
    assert {answer.status_code for answer in refused} == {422}
    offer = f"/peer-offers/{await peers.offer()}"
    elsewhere = an_offer(unit_id=a_need()["unit_id"])
    moved = await peers.send("PUT", offer, elsewhere, CONSULTANT)
    assert moved.json()["type"].endswith("unit-of-offer-stays")
    changed = await peers.send("PUT", offer, an_offer(title="Nově", capacity_per_year=5), COORDINATOR)
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert (await peers.get(offer)).json()["free_this_year"] == 5
