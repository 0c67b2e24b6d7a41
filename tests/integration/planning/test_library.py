"""The library: who writes, who verifies, who reads what, and how it is found."""

import asyncio

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.auth import Actor
from tests.support.library import (
    a_drafted_practice,
    a_drafted_template,
    a_measure_pattern,
    a_practice_record,
    a_published_template,
    a_template,
    the_measure_of,
)
from tests.support.planning import a_problem, a_tree, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ANALYST,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    DIRECTOR,
)


async def listed(planning: ServiceUnderTest, asked: str = "", actor: Actor | None = None) -> httpx.Response:
    async with planning.client(actor) as client:
        return await client.get(f"/library{asked}")


def titles(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


async def test_a_template_is_published_by_somebody_else_than_its_author(planning: ServiceUnderTest) -> None:
    entry = await a_drafted_template(planning)
    assert (await entry.get()).status_code == 404
    assert (await entry.get(COORDINATOR)).status_code == 404
    early = await entry.verify()
    assert early.status_code == 409
    assert early.json()["allowed_moves"] == ["edit", "propose", "retire"]
    assert "rozpracovaná" in early.json()["title"]
    assert (await entry.propose()).json()["status"] == "proposed"
    assert (await entry.send("PUT", "", CONSULTANT, **a_template())).status_code == 409
    assert (await entry.verify(CONSULTANT)).json()["type"].endswith("author-cannot-verify")
    assert (await entry.verify(DIRECTOR, review_on="2020-01-01")).status_code == 422
    assert (await entry.verify(DIRECTOR)).json()["status"] == "published"
    shown = (await entry.get()).json()
    assert shown["pattern"]["activities"] == ["Výběr bytů", "Podpora v prvním roce"]
    assert (shown["verified_by"], shown["to_be_reviewed"], shown["practice"]) == (None, False, None)
    assert (await entry.get(ANALYST)).json()["verified_by"] == "director"


async def test_a_returned_entry_is_changed_and_verified_by_neither_author_nor_last_editor(
    planning: ServiceUnderTest,
) -> None:
    entry = await a_drafted_template(planning)
    await entry.propose()
    returned = await entry.send("POST", "/return", ANALYST, reason="Chybí cílová skupina")
    assert returned.json()["status"] == "draft"
    assert (await entry.get(CONSULTANT)).json()["reason"] == "Chybí cílová skupina"
    assert (await entry.send("PUT", "", ANALYST, **a_template(target_groups=["senioři"]))).status_code == 200
    await entry.propose()
    assert (await entry.verify(ANALYST)).status_code == 403
    assert (await entry.verify(DIRECTOR)).status_code == 200
    found = await listed(planning, "?filter[group]=SENIORI")
    assert titles(found) == ["Zabydlování rodin s podporou"]


async def test_entries_are_found_by_words_with_those_in_the_title_first_and_then_in_czech_order(
    planning: ServiceUnderTest,
) -> None:
    for title, description in (
        ("Čisté dluhy", "poradna"),
        ("Cílená poradna", ""),
        ("Chodci", "poradna v dluzích"),
        ("Dluhová poradna", ""),
    ):
        pattern = a_measure_pattern(title=title, description=description, indicators=[], activities=[])
        await a_published_template(planning, pattern=pattern, areas=["DLU"], plan_kinds=[])
    await a_drafted_template(planning, pattern=a_measure_pattern(title="Poradna v návrhu"))
    with planning.counted_statements() as statements:
        found = await listed(planning, "?q=poradná&filter[area]=DLU&filter[plan_kind]=KPSS")
    assert titles(found) == ["Cílená poradna", "Dluhová poradna", "Čisté dluhy", "Chodci"]
    assert len(statements) <= 2
    assert titles(await listed(planning, "?q=poradna+dluhova")) == ["Dluhová poradna"]
    first = await listed(planning, "?q=poradna&limit=3")
    rest = await listed(planning, f"?q=poradna&limit=3&cursor={first.json()['next']}")
    assert titles(first) + titles(rest) == titles(found)
    assert titles(await listed(planning, "?filter[area]=BYD")) == []
    assert titles(await listed(planning, "?filter[status]=draft")) == []
    assert titles(await listed(planning, "?filter[status]=draft", CONSULTANT)) == ["Poradna v návrhu"]


async def test_the_next_edition_supersedes_the_one_before_and_only_one_is_in_work(
    planning: ServiceUnderTest,
) -> None:
    entry = await a_published_template(planning)
    async with planning.client(CONSULTANT, **{"If-Match": entry.etag}) as client:
        answers = await asyncio.gather(*(client.post(f"/library/{entry.id}/successor") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    (made,) = [answer for answer in answers if answer.status_code == 201]
    following = entry.__class__(planning, made)
    changed = a_template(pattern=a_measure_pattern(title="Zabydlování podruhé"))
    assert (await following.send("PUT", "", CONSULTANT, **changed)).status_code == 200
    await following.propose()
    assert titles(await listed(planning)) == ["Zabydlování rodin s podporou"]
    assert (await following.verify()).json()["edition"] == 2
    assert titles(await listed(planning)) == ["Zabydlování podruhé"]
    before = (await entry.get()).json()
    assert (before["status"], before["superseded_by"]) == ("superseded", following.id)
    assert before["title"] == "Zabydlování rodin s podporou"


async def test_a_coordinator_proposes_a_measure_of_an_approved_plan_and_the_agency_verifies_it(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning, tree=a_tree(a_problem(affected_group="rodiny z ubytoven")))
    measure = await the_measure_of(plan)
    entry = await a_drafted_practice(planning, plan, measure, evidence=[])
    lacking = await entry.propose(COORDINATOR)
    assert (lacking.status_code, lacking.json()["lacking"]) == (409, ["evidence"])
    assert "doklady" in lacking.json()["title"]
    said = (await entry.get(COORDINATOR)).json()
    assert (said["sort"], said["areas"], said["unit"]["name"]) == ("practice", ["BYD"], "Obrnice")
    assert said["target_groups"] == ["rodiny z ubytoven"]
    assert said["pattern"]["title"] == "Zabydlování s podporou"
    assert said["practice"]["node_id"] == measure
    assert said["practice"]["node_number"] == "1.1.1"
    again = a_template(pattern=said["pattern"], practice=a_practice_record(conditions="Byty jsou města."))
    assert (await entry.send("PUT", "", COORDINATOR_OF_TRMICE, **again)).status_code == 404
    assert (await entry.send("PUT", "", COORDINATOR, **again)).status_code == 200
    assert (await entry.get(COORDINATOR)).json()["practice"]["node_id"] == measure
    assert (await entry.propose(COORDINATOR)).status_code == 200
    assert (await entry.verify(COORDINATOR)).status_code == 403
    assert (await entry.verify(CONSULTANT)).status_code == 200
    assert (await entry.get()).json()["practice"]["results"][0]["after"] == "14"
    foreign = await entry.send("POST", "/retirement", COORDINATOR_OF_TRMICE, reason="Nelíbí se mi")
    assert foreign.json()["type"].endswith("entry-not-yours")
    retired = await entry.send("POST", "/retirement", COORDINATOR, reason="Byty byly prodány")
    assert retired.json()["status"] == "retired"
    assert titles(await listed(planning)) == []
    assert (await entry.get()).json()["reason"] == "Byty byly prodány"


async def test_a_practice_comes_only_of_a_measure_that_a_council_approved_and_only_once(
    planning: ServiceUnderTest,
) -> None:
    plan = await an_approved_plan(planning)
    measure = await the_measure_of(plan)
    path = f"/plans/{plan.id}/practices"
    body = {"node_id": measure, **a_practice_record()}
    async with planning.client(COORDINATOR_OF_TRMICE) as client:
        assert (await client.post(path, json=body)).status_code == 403
    async with planning.client(COORDINATOR) as client:
        wrong = await client.post(path, json={**body, "node_id": plan.id})
        future = await client.post(path, json={**body, "worked_from": "2090-01-01"})
        turned = await client.post(path, json={**body, "worked_until": "2026-01-01"})
        answers = await asyncio.gather(*(client.post(path, json=body) for _ in range(3)))
    assert wrong.json()["errors"][0]["pointer"] == "/node_id"
    assert future.json()["type"].endswith("practice-in-future")
    assert turned.json()["type"].endswith("practice-ends-before-it-begins")
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


async def test_an_entry_whose_day_of_review_came_says_so_until_it_is_reviewed(
    planning: ServiceUnderTest,
) -> None:
    entry = await a_published_template(planning)
    async with planning.transaction() as tx:
        await tx.session.execute(text("UPDATE library_entry SET review_on = DATE '2020-01-01'"))
    assert (await entry.get()).json()["to_be_reviewed"] is True
    assert len((await listed(planning, "?filter[to_review]=true")).json()["items"]) == 1
    assert (await entry.send("POST", "/review", CONSULTANT, review_on="2027-12-31")).status_code == 403
    reviewed = await entry.send("POST", "/review", DIRECTOR, review_on="2027-12-31")
    assert reviewed.status_code == 200, reviewed.text
    assert titles(await listed(planning, "?filter[to_review]=true")) == []


async def test_what_was_published_is_changed_by_nobody_not_even_past_the_use_cases(
    planning: ServiceUnderTest,
) -> None:
    entry = await a_published_template(planning)
    for change in ("title = 'Jinak'", "areas = '{DLU}'", "content = '{}'"):
        with pytest.raises(IntegrityError, match="immutable"):
            async with planning.transaction() as tx:
                await tx.session.execute(text(f"UPDATE library_entry SET {change}"))  # noqa: S608
    assert (await entry.get()).json()["title"] == "Zabydlování rodin s podporou"
