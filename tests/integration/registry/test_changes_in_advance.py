"""Changes decided today that hold from another day."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from registry.units import repository
from registry.units.use_cases import tell_begun_changes
from shared.clock import Every
from shared.contracts.registry import UnitChanged, UnitClosed
from shared.transaction import Transaction
from tests.support.registry import ADMINISTRATOR, OBRNICE, decided_on, registered, unit_json
from tests.support.service import ServiceUnderTest

ADDRESS = f"/units/{OBRNICE}"
TODAY = datetime.now(UTC)


def in_days(days: int) -> date:
    return (TODAY + timedelta(days=days)).date()


async def decide_in_advance(registry: ServiceUnderTest) -> None:
    """Rename the unit in 10 days and again in 20."""
    async with registry.client(ADMINISTRATOR) as client:
        await client.post("/units", json=unit_json())
        for version, days in ((1, 10), (2, 20)):
            change = {"changes_on": str(in_days(days)), "name": f"Za {days} dní"}
            answer = await client.patch(ADDRESS, json=change, headers=decided_on(version))
            assert answer.status_code == 200, answer.text


async def tell_in_days(registry: ServiceUnderTest, days: int) -> None:
    async with registry.transaction() as tx:
        tx.now = TODAY + timedelta(days=days)
        await tell_begun_changes(tx)


async def test_a_change_decided_in_advance_is_neither_shown_nor_told_before_its_day(
    registry: ServiceUnderTest,
) -> None:
    await decide_in_advance(registry)
    await tell_in_days(registry, 8)
    async with registry.client() as client:
        today = await client.get(ADDRESS)
        then = await client.get(ADDRESS, params={"as_of": str(in_days(10))})
        first_page = await client.get("/units", params={"q": "za"})
    assert (today.json()["name"], then.json()["name"]) == ("Obrnice", "Za 10 dní")
    assert first_page.json()["items"] == []
    assert await registry.told(UnitChanged) == []


async def test_each_change_is_told_once_when_its_day_has_come(registry: ServiceUnderTest) -> None:
    await decide_in_advance(registry)
    await asyncio.gather(tell_in_days(registry, 12), tell_in_days(registry, 12))
    assert [event.name for event in await registry.told(UnitChanged)] == ["Za 10 dní"]
    await tell_in_days(registry, 22)
    await tell_in_days(registry, 23)
    told = await registry.told(UnitChanged)
    assert [event.name for event in told] == ["Za 10 dní", "Za 20 dní"]
    assert [event.version for event in told] == [4, 5]


async def test_after_a_long_pause_the_present_state_is_told_once(registry: ServiceUnderTest) -> None:
    await decide_in_advance(registry)
    await tell_in_days(registry, 40)
    assert [event.name for event in await registry.told(UnitChanged)] == ["Za 20 dní"]


async def test_a_closure_does_not_tell_a_change_before_its_day(registry: ServiceUnderTest) -> None:
    await decide_in_advance(registry)
    async with registry.client(ADMINISTRATOR) as client:
        last_day = str(in_days(30))
        await client.post(f"{ADDRESS}/closure", json={"valid_until": last_day}, headers=decided_on(3))
    assert [event.name for event in await registry.told(UnitClosed)] == ["Obrnice"]
    await tell_in_days(registry, 12)
    (changed,) = await registry.told(UnitChanged)
    assert (changed.name, changed.valid_until) == ("Za 10 dní", in_days(30))


async def test_the_closure_of_a_unit_corrected_before_it_begins_tells_the_correction(
    registry: ServiceUnderTest,
) -> None:
    first_day = str(in_days(10))
    async with registry.client(ADMINISTRATOR) as client:
        await client.post("/units", json=unit_json(valid_from=first_day))
        correction = {"changes_on": first_day, "name": "Nové Obrnice"}
        await client.patch(ADDRESS, json=correction, headers=decided_on(1))
        await client.post(f"{ADDRESS}/closure", json={"valid_until": first_day}, headers=decided_on(2))
    assert [event.name for event in await registry.told(UnitClosed)] == ["Nové Obrnice"]


async def test_the_clock_works_in_a_transaction_of_a_system(registry: ServiceUnderTest) -> None:
    for every in registry.service.clock:
        assert isinstance(every, Every)
        async with registry.transaction() as tx:
            await every.work(tx)
            assert isinstance(tx, Transaction)
            assert tx.envelopes == []


async def test_a_unit_that_somebody_decides_on_is_passed_over_and_told_in_the_next_round(
    registry: ServiceUnderTest,
) -> None:
    await decide_in_advance(registry)
    async with registry.client(ADMINISTRATOR) as client:
        region = await registered(client, kind="region", code="CZ042", name="Ústecký kraj")
        change = {"changes_on": str(in_days(10)), "name": "Kraj za 10 dní"}
        address = region.headers["Location"]
        assert (await client.patch(address, json=change, headers=decided_on(1))).status_code == 200
    async with registry.transaction() as deciding:
        await repository.lock(deciding.session, OBRNICE)
        async with asyncio.timeout(10):
            await tell_in_days(registry, 12)
        assert [event.name for event in await registry.told(UnitChanged)] == ["Kraj za 10 dní"]
    await tell_in_days(registry, 12)
    told = [event.name for event in await registry.told(UnitChanged)]
    assert told == ["Kraj za 10 dní", "Za 10 dní"]
