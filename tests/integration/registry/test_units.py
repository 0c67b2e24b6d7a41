"""Units over HTTP on a real database."""

import asyncio

import httpx
import pytest

from registry.seed import seed
from shared.contracts.registry import UnitChanged, UnitClosed, UnitRegistered
from tests.support.registry import (
    ADMINISTRATOR,
    CONSULTANT,
    MOST_DISTRICT,
    OBRNICE,
    USTI_REGION,
    code_of,
    decided_on,
    unit_json,
)
from tests.support.service import ServiceUnderTest

ADDRESS = f"/units/{OBRNICE}"


async def registered(client: httpx.AsyncClient, **changes: str | None) -> httpx.Response:
    answer = await client.post("/units", json=unit_json(**changes))
    assert answer.status_code == 201, answer.text
    return answer


async def with_hierarchy(client: httpx.AsyncClient) -> None:
    """Register the Ústí region, the district of Most and Obrnice in it."""
    await registered(
        client, kind="region", code="CZ042", name="Ústecký kraj", csu_code="3069", ruian_code="60"
    )
    await registered(client, kind="district", code="CZ0425", name="Most", parent_id=str(USTI_REGION))
    await registered(client, parent_id=str(MOST_DISTRICT))


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


async def test_the_seed_is_told_once_however_often_it_runs(registry: ServiceUnderTest) -> None:
    for _ in range(2):
        async with registry.transaction() as tx:
            await seed(tx)
    told = await registry.told(UnitRegistered)
    assert len(told) == 130
    seen = set()
    for event in told:
        assert event.parent_id is None or event.parent_id in seen
        seen.add(event.unit_id)


async def test_the_seed_leaves_alone_what_was_changed_since(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client, name="Obrnice u Mostu")
        async with registry.transaction() as tx:
            await seed(tx)
        kept = await client.get(ADDRESS)
    assert (kept.json()["name"], kept.json()["version"]) == ("Obrnice u Mostu", 1)
    assert len(await registry.told(UnitRegistered)) == 130
