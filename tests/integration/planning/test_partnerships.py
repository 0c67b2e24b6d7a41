"""Bodies and members over HTTP: who reads what, lists of 200 people, nothing twice and nothing deleted."""

import asyncio
from datetime import timedelta

import pytest

from shared.http import today
from tests.support.partnerships import FOUNDED, a_body, a_body_at_work, a_chair, a_member
from tests.support.planning import a_draft, a_registered_unit
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ADMINISTRATOR,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    MAYOR,
    PARTNER,
    TRMICE,
)


async def test_a_body_of_another_town_that_is_not_public_does_not_exist(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning, a_member())
    [mandate] = body.mandates
    for actor in (COORDINATOR_OF_TRMICE, None):
        assert (await body.get(f"/bodies/{body.id}", actor)).status_code == 404
        assert (await body.get(f"/members/{mandate}", actor)).status_code == 404
        assert (await body.get(f"/members?filter[body]={body.id}", actor)).json()["items"] == []
        assert (await body.get("/bodies", actor)).json()["items"] == []
    end = {"ends_on": str(today()), "reason": "odchod"}
    refused = await body.post(f"/members/{mandate}/end", end, COORDINATOR_OF_TRMICE, version='"1"')
    assert refused.status_code == 404
    refused = await body.send("PUT", f"/bodies/{body.id}", a_body(), COORDINATOR_OF_TRMICE, version='"1"')
    assert refused.status_code == 404


async def test_contacts_are_for_the_office_the_agency_and_the_person(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning, a_member(person="partner-obrnice"), a_chair(), is_public=True)
    mine, chair = body.mandates
    for actor in (COORDINATOR, MAYOR, CONSULTANT):
        assert (await body.get(f"/members/{chair}", actor)).json()["email"] == "sarka@spolecne.example"
    assert (await body.get(f"/members/{mine}", PARTNER)).json()["phone"] == "+420 777 123 456"
    for stranger in (PARTNER, COORDINATOR_OF_TRMICE, None):
        seen = (await body.get(f"/members/{chair}", stranger)).json()
        assert (seen["name"], seen["email"], seen["phone"], seen["person"]) == (
            "Karel Starosta",
            None,
            None,
            None,
        )


async def test_strangers_see_only_who_is_in_a_public_body_today(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning, a_member(ends_on="2024-12-31"), a_chair(), is_public=True)
    path = f"/members?filter[body]={body.id}"
    assert len((await body.get(path, COORDINATOR)).json()["items"]) == 2
    assert len((await body.get(f"{path}&as_of=2024-06-01", COORDINATOR)).json()["items"]) == 2
    for asked in (path, f"{path}&as_of=2024-06-01"):
        [only] = (await body.get(asked, None)).json()["items"]
        assert only["name"] == "Karel Starosta"
    shown = (await body.get(f"/bodies/{body.id}", None)).json()
    assert (shown["members"], shown["organisations"], shown["quorum"]) == (
        1,
        1,
        {"percent": 50, "more_than": True},
    )


async def test_two_hundred_members_are_paged_in_czech_order_with_one_statement_a_page(
    planning: ServiceUnderTest,
) -> None:
    people = [a_member(name=f"Členka {number:03d}") for number in range(199)]
    body = await a_body_at_work(planning, a_member(name="Čáp Ivo"), *people, name="Lokální partnerství")
    with planning.counted_statements() as statements:
        first = await body.get(f"/members?filter[body]={body.id}&limit=150", COORDINATOR)
    assert len(statements) <= 2
    following = first.json()["next"]
    rest = await body.get(f"/members?filter[body]={body.id}&limit=150&cursor={following}", COORDINATOR)
    names = [each["name"] for each in first.json()["items"] + rest.json()["items"]]
    assert names == ["Čáp Ivo", *(f"Členka {number:03d}" for number in range(199))]
    with planning.counted_statements() as statements:
        [shown] = (await body.get("/bodies?q=lokalni part", COORDINATOR)).json()["items"]
    assert len(statements) <= 2
    assert shown["members"] == 200
    assert len((await body.get("/members?q=clenka 01", COORDINATOR)).json()["items"]) == 10


async def test_a_list_of_members_is_taken_in_whole_or_not_at_all(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning)
    refused = await body.take_in(a_member(), a_chair(), a_member(starts_on="2025-01-01"))
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:pospolu:problem:mandate-overlaps"
    assert (await body.get(f"/members?filter[body]={body.id}")).json()["items"] == []
    refused = await body.take_in(a_member(), a_chair(starts_on="2020-01-01"))
    assert refused.json()["errors"][0]["pointer"] == "/members/1/starts_on"


async def test_of_two_chairs_taken_in_at_once_one_is_refused(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning)
    answers = await asyncio.gather(
        body.take_in(a_chair()), body.take_in(a_chair(name="Eva Nová", person="eva"))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_who_leaves_stays_readable_and_is_erased_only_by_an_administrator(
    planning: ServiceUnderTest,
) -> None:
    body = await a_body_at_work(planning, a_member())
    [mandate] = body.mandates
    yesterday = today() - timedelta(days=1)
    end = {"ends_on": str(yesterday), "reason": "konec projektu"}
    assert (await body.post(f"/members/{mandate}/end", end)).status_code == 428
    assert (await body.post(f"/members/{mandate}/end", end, version='"7"')).status_code == 412
    assert (await body.post(f"/members/{mandate}/end", end, version='"1"')).status_code == 200
    assert (await body.get(f"/members/{mandate}", COORDINATOR)).json()["end_reason"] == "konec projektu"
    path = f"/members/{mandate}/erasure"
    over, request = {"ground": "retention-over"}, {"ground": "request"}
    assert (await body.post(path, request, COORDINATOR, version='"2"')).status_code == 403
    assert (await body.post(path, over, ADMINISTRATOR, version='"2"')).status_code == 409
    assert (await body.post(path, request, ADMINISTRATOR, version='"2"')).status_code == 200
    left = (await body.get(f"/members/{mandate}", COORDINATOR)).json()
    assert (left["name"], left["email"], left["phone"], left["is_erased"]) == ("", "", "", True)
    correction = await body.send("PUT", f"/members/{mandate}", a_member(), version='"3"')
    assert correction.json()["type"] == "urn:pospolu:problem:mandate-erased"


async def test_a_dissolved_body_takes_its_mandates_with_it(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning, a_member(), a_chair(ends_on="2024-12-31"))
    ended = await body.post(
        f"/bodies/{body.id}/dissolution", {"ends_on": "2025-06-30", "reason": "nový plán"}, version=body.etag
    )
    assert ended.status_code == 200, ended.text
    found = (await body.get(f"/members?filter[body]={body.id}", COORDINATOR)).json()["items"]
    assert [each["ends_on"] for each in found] == ["2024-12-31", "2025-06-30"]
    assert (await body.take_in(a_member(name="Eva Nová", starts_on="2025-07-01"))).status_code == 422


@pytest.mark.parametrize(
    ("changes", "status"), [({"unit_ids": [str(TRMICE)]}, 403), ({"ends_on": "2023-01-01"}, 422)]
)
async def test_a_body_is_set_up_for_ones_own_unit_and_in_the_order_of_days(
    planning: ServiceUnderTest, changes: dict[str, object], status: int
) -> None:
    await planning.hear(a_registered_unit())
    async with planning.client(COORDINATOR) as client:
        assert (await client.post("/bodies", json=a_body(**changes))).status_code == status


async def test_a_group_has_several_areas_and_an_area_several_groups_of_one_plan(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    body = await a_body_at_work(planning, areas=["BYD", "ZAM"], plan_id=plan.id)
    await a_body_at_work(planning, areas=["BYD"], name="Pracovní skupina Ubytovny", plan_id=plan.id)
    found = await body.get(f"/bodies?filter[area]=BYD&filter[plan]={plan.id}", COORDINATOR)
    assert [each["name"] for each in found.json()["items"]] == [
        "Pracovní skupina Bydlení",
        "Pracovní skupina Ubytovny",
    ]
    found = await body.get("/bodies?filter[area]=ZAM&filter[kind]=working-group&as_of=2023-12-31")
    assert found.json()["items"] == []
    async with planning.client(COORDINATOR) as client:
        unknown = await client.post("/bodies", json=a_body(plan_id=body.id))
    assert unknown.json()["type"] == "urn:pospolu:problem:body-plan-unknown"


async def test_a_body_cannot_be_shortened_under_its_members(planning: ServiceUnderTest) -> None:
    body = await a_body_at_work(planning, a_member())
    refused = await body.send("PUT", f"/bodies/{body.id}", a_body(starts_on="2024-02-01"), version=body.etag)
    assert refused.json()["type"] == "urn:pospolu:problem:mandates-last-longer"
    changed = await body.send(
        "PUT", f"/bodies/{body.id}", a_body(starts_on=FOUNDED, name="Bydlení"), version=body.etag
    )
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
