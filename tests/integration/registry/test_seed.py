"""The seed on a real database."""

from registry.seed import seed
from shared.contracts.registry import UnitRegistered
from tests.support.registry import (
    ADMINISTRATOR,
    OBRNICE,
    registered,
)
from tests.support.service import ServiceUnderTest

ADDRESS = f"/units/{OBRNICE}"


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
