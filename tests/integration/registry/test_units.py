"""Units over HTTP on a real database."""

import asyncio

import pytest

from shared.contracts.registry import UnitChanged, UnitRegistered
from tests.support.registry import (
    ADMINISTRATOR,
    CONSULTANT,
    MOST_DISTRICT,
    OBRNICE,
    USTI_REGION,
    code_of,
    decided_on,
    registered,
    unit_json,
)
from tests.support.service import ServiceUnderTest

ADDRESS = f"/units/{OBRNICE}"


async def test_a_registered_unit_can_be_read_by_everybody_and_is_told_of_once(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ADMINISTRATOR) as administrator, registry.client() as anybody:
        created = await registered(administrator, ico="266094", data_box="5ADASAU")
        assert created.headers["Location"] == ADDRESS
        assert created.headers["ETag"] == '"1"'
        read = await anybody.get(ADDRESS)
    assert read.json() == created.json()
    assert read.headers["ETag"] == '"1"'
    assert read.json() == {
        "id": str(OBRNICE),
        "kind": "municipality",
        "code": "567337",
        "name": "Obrnice",
        "parent_id": None,
        "csu_code": "567337",
        "ruian_code": "567337",
        "ico": "00266094",
        "data_box": "5adasau",
        "status": None,
        "valid_from": "2000-01-01",
        "valid_until": None,
        "state_from": "2000-01-01",
        "version": 1,
    }
    assert [event.unit_id for event in await registry.told(UnitRegistered)] == [OBRNICE]


async def test_the_same_unit_cannot_be_registered_twice(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        again = await client.post("/units", json=unit_json(name="Obrnice II"))
    assert (again.status_code, code_of(again)) == (409, "unit-already-registered")
    assert len(await registry.told(UnitRegistered)) == 1


async def test_of_two_registrations_at_once_one_wins(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        answers = await asyncio.gather(*(client.post("/units", json=unit_json()) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert len(await registry.told(UnitRegistered)) == 1


async def test_a_code_left_by_one_unit_may_go_to_another_but_not_at_the_same_time(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client, kind="local-action-group", code="6599", name="MAS A")
        await registered(client, kind="local-action-group", code="551023", name="MAS B")
        mas_b = (await client.get("/units", params={"q": "mas b"})).json()["items"][0]["id"]
        taken = await client.patch(
            f"/units/{mas_b}",
            json={"changes_on": "2026-01-01", "code": "6599", "ico": None},
            headers=decided_on(1),
        )
        other_kind = await client.post("/units", json=unit_json(kind="municipality-association", code="6599"))
    assert (taken.status_code, code_of(taken)) == (409, "identifier-taken")
    assert other_kind.status_code == 201
    assert await registry.told(UnitChanged) == []


async def test_of_two_units_that_claim_one_ico_at_once_one_wins(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        answers = await asyncio.gather(
            *(
                client.post("/units", json=unit_json(code=code, name=name, ico="00266094"))
                for code, name in (("567337", "Obrnice"), ("553697", "Trmice"), ("562858", "Šluknov"))
            )
        )
        listed = await client.get("/units")
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert len(listed.json()["items"]) == len(await registry.told(UnitRegistered)) == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"code": "567338"}, 422, "check-digit-wrong"),
        ({"code": None}, 422, "code-missing"),
        ({"valid_until": "1999-12-31"}, 422, "ends-before-it-begins"),
        ({"parent_id": "00000000-0000-0000-0000-000000000000"}, 422, "parent-unknown"),
        ({"parent_id": str(USTI_REGION)}, 422, "parent-of-wrong-kind"),
        ({"valid_from": "1999-12-31", "parent_id": str(MOST_DISTRICT)}, 409, "parent-does-not-last"),
        ({"name": "Obr\0nice"}, 422, "malformed"),
        ({"name": " "}, 422, "malformed"),
        ({"valid_from": "0"}, 422, "malformed"),
        ({"valid_until": "2026-01-01T00:00:00"}, 422, "malformed"),
        ({"colour": "red"}, 422, "malformed"),
        ({"kind": "village"}, 422, "malformed"),
    ],
)
async def test_a_registration_that_does_not_hold_is_refused_and_leaves_nothing(
    registry: ServiceUnderTest, changes: dict[str, str | None], status: int, code: str
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client, kind="region", code="CZ042", name="Ústecký kraj")
        await registered(client, kind="district", code="CZ0425", name="Most", parent_id=str(USTI_REGION))
        refused = await client.post("/units", json=unit_json(**changes))
        listed = await client.get("/units", params={"filter[kind]": "municipality"})
    assert (refused.status_code, code_of(refused)) == (status, code)
    assert listed.json() == {"items": [], "next": None}
    assert len(await registry.told(UnitRegistered)) == 2


async def test_an_unknown_unit_is_not_found(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        answers = [
            await client.get(ADDRESS),
            await client.patch(ADDRESS, json={"changes_on": "2020-01-01"}, headers=decided_on(1)),
            await client.post(
                f"{ADDRESS}/closure", json={"valid_until": "2020-01-01"}, headers=decided_on(1)
            ),
        ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_only_an_administrator_or_a_system_registers(registry: ServiceUnderTest) -> None:
    async with registry.client(CONSULTANT) as consultant, registry.client() as anybody:
        assert (await consultant.post("/units", json=unit_json())).status_code == 403
        assert (await anybody.post("/units", json=unit_json())).status_code == 401


async def test_a_registration_sent_again_with_its_key_is_answered_and_not_repeated(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ADMINISTRATOR, **{"Idempotency-Key": "k-1"}) as client:
        first = await client.post("/units", json=unit_json())
        second = await client.post("/units", json=unit_json())
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second.headers["Location"] == first.headers["Location"]
    assert len(await registry.told(UnitRegistered)) == 1
