"""How a unit changes and ends, over HTTP on a real database."""

import asyncio

import httpx

from shared.contracts.registry import UnitChanged, UnitClosed
from tests.support.registry import (
    ADMINISTRATOR,
    MOST_DISTRICT,
    OBRNICE,
    USTI_REGION,
    code_of,
    decided_on,
    registered,
)
from tests.support.service import ServiceUnderTest

ADDRESS = f"/units/{OBRNICE}"


async def with_hierarchy(client: httpx.AsyncClient) -> None:
    """Register the Ústí region, the district of Most and Obrnice in it."""
    await registered(
        client, kind="region", code="CZ042", name="Ústecký kraj", csu_code="3069", ruian_code="60"
    )
    await registered(client, kind="district", code="CZ0425", name="Most", parent_id=str(USTI_REGION))
    await registered(client, parent_id=str(MOST_DISTRICT))


async def test_a_change_holds_from_its_day_and_the_past_stays_readable(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        changed = await client.patch(
            ADDRESS, json={"changes_on": "2020-07-01", "name": "Obrnice u Mostu"}, headers=decided_on(1)
        )
        before = await client.get(ADDRESS, params={"as_of": "2020-06-30"})
        since = await client.get(ADDRESS, params={"as_of": "2020-07-01"})
        never = await client.get(ADDRESS, params={"as_of": "1999-12-31"})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert (before.json()["name"], since.json()["name"]) == ("Obrnice", "Obrnice u Mostu")
    assert since.json() == changed.json()
    assert (never.status_code, code_of(never)) == (404, "unit-unknown")
    assert [(event.version, event.name) for event in await registry.told(UnitChanged)] == [
        (2, "Obrnice u Mostu")
    ]


async def test_a_field_left_out_stays_and_null_takes_the_value_away(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await with_hierarchy(client)
        patch = {"changes_on": "2020-01-01", "ico": "266094", "parent_id": None}
        changed = (await client.patch(ADDRESS, json=patch, headers=decided_on(1))).json()
        nameless = await client.patch(
            ADDRESS, json={"changes_on": "2020-01-01", "name": None}, headers=decided_on(2)
        )
    assert (changed["name"], changed["ico"], changed["parent_id"]) == ("Obrnice", "00266094", None)
    assert nameless.status_code == 422


async def test_a_change_on_the_same_day_corrects_the_state(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client, name="Obrnyce")
        await client.patch(
            ADDRESS, json={"changes_on": "2000-01-01", "name": "Obrnice"}, headers=decided_on(1)
        )
        found = await client.get("/units", params={"as_of": "2010-01-01"})
    assert [unit["name"] for unit in found.json()["items"]] == ["Obrnice"]


async def test_nobody_changes_what_he_has_not_seen(registry: ServiceUnderTest) -> None:
    change = {"changes_on": "2020-01-01", "name": "Jinak"}
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        blind = await client.patch(ADDRESS, json=change)
        answers = await asyncio.gather(
            *(client.patch(ADDRESS, json=change, headers=decided_on(1)) for _ in range(4))
        )
    assert blind.status_code == 428
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert len(await registry.told(UnitChanged)) == 1


async def test_a_closed_unit_is_there_until_its_last_day(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        closed = await client.post(
            f"{ADDRESS}/closure", json={"valid_until": "2024-12-31"}, headers=decided_on(1)
        )
        last_day = await client.get("/units", params={"as_of": "2024-12-31"})
        next_day = await client.get("/units", params={"as_of": "2025-01-01"})
        one = await client.get(ADDRESS)
        again = await client.post(
            f"{ADDRESS}/closure", json={"valid_until": "2024-12-31"}, headers=decided_on(2)
        )
    assert (closed.status_code, closed.json()["valid_until"]) == (200, "2024-12-31")
    assert ([len(last_day.json()["items"]), len(next_day.json()["items"])]) == [1, 0]
    assert one.json() == closed.json()
    assert code_of(again) == "unit-already-closed"
    assert [event.version for event in await registry.told(UnitClosed)] == [2]


async def test_a_unit_is_not_closed_over_those_that_belong_to_it(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await with_hierarchy(client)
        district = f"/units/{MOST_DISTRICT}/closure"
        early = await client.post(district, json={"valid_until": "2026-01-01"}, headers=decided_on(1))
        await client.post(f"{ADDRESS}/closure", json={"valid_until": "2026-01-01"}, headers=decided_on(1))
        late = await client.post(district, json={"valid_until": "2026-01-01"}, headers=decided_on(1))
    assert (early.status_code, code_of(early)) == (409, "unit-has-parts")
    assert late.status_code == 200


async def test_a_unit_can_be_closed_on_the_last_day_of_time(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        closed = await client.post(
            f"{ADDRESS}/closure", json={"valid_until": "9999-12-31"}, headers=decided_on(1)
        )
    assert closed.status_code == 200
