"""The end of a cooperation: agreed, agreed anew, told when it is over."""

import asyncio
from datetime import date

import pytest

from registry.cooperation.use_cases import conclude_expired
from registry.units import repository as units
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationRegime,
    CooperationStarted,
)
from tests.support.registry import (
    ADMINISTRATOR,
    CONSULTANT,
    OBRNICE,
    code_of,
    decided_on,
    started,
    unit_json,
)
from tests.support.service import ServiceUnderTest


@pytest.fixture
async def obrnice(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.post("/units", json=unit_json())).status_code == 201
    return registry


async def test_an_end_in_the_past_is_told_at_once(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client:
        address = await started(client, starts_on="2024-01-01")
        ended = await client.post(f"{address}/end", json={"ends_on": "2025-12-31"}, headers=decided_on(1))
        again = await client.post(f"{address}/end", json={"ends_on": "2025-12-31"}, headers=decided_on(2))
    assert (ended.status_code, ended.headers["ETag"]) == (200, '"2"')
    assert ended.json()["ended_at"] is not None
    assert ended.json()["phases"] == [
        {"status": "active", "from_on": "2024-01-01", "until_on": "2025-12-31"},
        {"status": "ended", "from_on": "2026-01-01", "until_on": None},
    ]
    assert (again.status_code, code_of(again)) == (409, "cooperation-does-not-allow")
    assert [(event.version, event.ended_on) for event in await obrnice.told(CooperationEnded)] == [
        (2, date(2025, 12, 31))
    ]


async def test_an_agreed_end_that_is_put_off_or_brought_forward_is_told(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client:
        address = await started(client, ends_on="2098-12-31")
        for version, day in ((1, "2099-12-31"), (2, "2097-12-31")):
            agreed = await client.post(f"{address}/end", json={"ends_on": day}, headers=decided_on(version))
            assert agreed.status_code == 200, agreed.text
    (first,) = await obrnice.told(CooperationStarted)
    assert await obrnice.told(CooperationChanged) == [
        CooperationChanged(
            version=version,
            cooperation_id=first.cooperation_id,
            unit_id=OBRNICE,
            regime=CooperationRegime.VEX,
            starts_on=date(2026, 1, 1),
            ends_on=ends_on,
        )
        for version, ends_on in ((2, date(2099, 12, 31)), (3, date(2097, 12, 31)))
    ]
    assert await obrnice.told(CooperationEnded) == []


async def test_of_two_ends_decided_on_the_same_version_one_counts(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client:
        address = await started(client)
        blind = await client.post(f"{address}/end", json={"ends_on": "2099-12-31"})
        answers = await asyncio.gather(
            *(
                client.post(f"{address}/end", json={"ends_on": day}, headers=decided_on(1))
                for day in ("2099-12-31", "2098-12-31", "2097-12-31")
            )
        )
    assert blind.status_code == 428
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    assert await obrnice.told(CooperationEnded) == []


async def test_a_cooperation_whose_last_day_is_over_is_concluded_once(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client:
        address = await started(client, starts_on="2024-01-01", ends_on="2024-12-31")
        await started(client, starts_on="2025-01-01")

        async def conclude() -> None:
            async with obrnice.transaction() as tx:
                await conclude_expired(tx)

        await asyncio.gather(conclude(), conclude())
        await conclude()
        concluded = await client.get(address)
    assert concluded.json()["ended_at"] is not None
    assert concluded.headers["ETag"] == '"2"'
    assert [(event.version, event.ended_on) for event in await obrnice.told(CooperationEnded)] == [
        (2, date(2024, 12, 31))
    ]


async def test_a_cooperation_is_concluded_in_the_next_round_when_somebody_decides_on_its_unit(
    obrnice: ServiceUnderTest,
) -> None:
    async with obrnice.client(CONSULTANT) as client:
        await started(client, starts_on="2024-01-01", ends_on="2024-12-31")
    async with obrnice.transaction() as deciding:
        await units.lock(deciding.session, OBRNICE)
        async with asyncio.timeout(10), obrnice.transaction() as tx:
            await conclude_expired(tx)
        assert await obrnice.told(CooperationEnded) == []
    async with obrnice.transaction() as tx:
        await conclude_expired(tx)
    assert len(await obrnice.told(CooperationEnded)) == 1
