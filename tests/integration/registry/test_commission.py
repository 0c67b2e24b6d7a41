"""Commissions over HTTP: kept by the administrator and the director, read by everybody without ids."""

import asyncio

from registry.commission.domain import NominatingBody
from tests.support.applications import version_of
from tests.support.commission import ESTABLISHED_BY, a_commission, a_member, seat_json
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, COMMISSIONER, CONSULTANT, DIRECTOR


async def test_who_sits_is_public_by_name_and_ids_are_the_agencys(
    registry: ServiceUnderTest,
) -> None:
    commission = await a_commission(registry, members=2)
    async with registry.client() as anybody, registry.client(CONSULTANT) as agency:
        public = (await anybody.get(f"/commissions/{commission}")).json()
        known = (await agency.get(f"/commissions/{commission}")).json()
        listed = (await anybody.get("/commissions")).json()["items"]
    assert public["established_by"] == ESTABLISHED_BY
    assert [(each["duty"], each["body"]) for each in public["seats"]] == [
        ("chair", "MSMT"),
        ("member", "MPSV"),
        ("secretary", "MMR"),
    ]
    assert listed == [public]
    assert not any("person" in seat or "id" in seat for seat in public["seats"])
    assert {seat["person"] for seat in known["seats"]} == {"member-1", "member-2", "secretary"}


async def test_the_commission_is_read_as_it_sat_on_a_day(registry: ServiceUnderTest) -> None:
    commission = await a_commission(registry, members=2)
    address = f"/commissions/{commission}"
    async with registry.client(DIRECTOR) as client:
        found = await client.get(address)
        seat = next(each["id"] for each in found.json()["seats"] if each["person"] == "member-2")
        body = {"ends_on": "2023-06-30"}
        left = await client.post(f"{address}/seats/{seat}/end", json=body, headers=version_of(found))
        new = seat_json(a_member(3), NominatingBody.MPSV, starts_on="2023-07-01")
        taken = await client.post(f"{address}/seats", json=new, headers=version_of(left))
        assert taken.headers["Location"].endswith(address)

        async def sat_on(day: str) -> list[str]:
            seats = (await client.get(address, params={"as_of": day})).json()["seats"]
            return [each["person"] for each in seats if each["duty"] == "member"]

        assert await sat_on("2023-06-30") == ["member-2"]
        assert await sat_on("2023-07-01") == ["member-3"]
        entries = (await client.get("/journal", params={"filter[subject]": "commission"})).json()["items"]
    assert [each["action"] for each in entries[:2]] == ["take-seat", "leave-seat"]


async def test_only_the_administrator_and_the_director_keep_it(registry: ServiceUnderTest) -> None:
    body = {"established_by": ESTABLISHED_BY, "starts_on": "2021-10-19"}
    statuses = {}
    for actor in (ADMINISTRATOR, DIRECTOR, CONSULTANT, COMMISSIONER):
        async with registry.client(actor) as client:
            statuses[actor.id] = (await client.post("/commissions", json=body)).status_code
    assert statuses == {"administrator": 201, "director": 201, "consultant": 403, "commissioner": 403}


async def test_of_two_chairs_seated_at_once_one_is(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        body = {"established_by": ESTABLISHED_BY, "starts_on": "2021-10-19"}
        created = await client.post("/commissions", json=body)
        address, version = created.headers["Location"], version_of(created)
        seats = [seat_json(a_member(number), NominatingBody.MSMT, "chair") for number in (1, 2)]
        answers = await asyncio.gather(
            *(client.post(f"{address}/seats", json=seat, headers=version) for seat in seats)
        )
        blind = await client.post(f"{address}/seats", json=seats[0])
        current = await client.get(address)
        third = await client.post(f"{address}/seats", json=seats[1], headers=version_of(current))
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert (blind.status_code, third.status_code) == (428, 409)
    assert code_of(third) in {"duty-taken", "person-seated-already"}


async def test_nominating_bodies_are_told_in_both_languages(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        items = (await client.get("/commissions/nominating-bodies")).json()["items"]
        unknown = await client.get("/commissions/00000000-0000-0000-0000-000000000000")
    assert len(items) == 7
    assert items[0]["name_cs"] == "Ministerstvo školství, mládeže a tělovýchovy"
    assert (unknown.status_code, code_of(unknown)) == (404, "commission-unknown")
