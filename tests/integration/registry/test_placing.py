"""Where units lie is told whenever it changes, by whatever way, and once."""

import asyncio
from datetime import date

from registry.placing.use_cases import tell_places
from shared.contracts.base import Role
from shared.contracts.registry import UnitPlace, UnitPlaced
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

KEEPER = an_actor(Role.ADMINISTRATOR, affiliation="Agentura", sub="adam.spravce")


async def tick(registry: ServiceUnderTest) -> None:
    async with registry.transaction() as tx:
        await tell_places(tx)


async def made(registry: ServiceUnderTest, **body: object) -> str:
    async with registry.client(KEEPER) as client:
        answer = await client.post("/units", json={"valid_from": "2000-01-01", **body})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_parents_and_groups_are_told_once_and_again_when_they_change(
    registry: ServiceUnderTest,
) -> None:
    town = await made(registry, kind="municipality", code="567337", name="Obrnice")
    union = await made(registry, kind="municipality-association", code="70698589", name="Mikroregion Most")
    await tick(registry)
    assert await registry.told(UnitPlaced) == []
    body = {"unit_id": town, "group_id": union, "valid_from": "2020-01-01"}
    async with registry.client(KEEPER) as client:
        assert (await client.post("/memberships", json=body)).status_code == 201
        await asyncio.gather(tick(registry), tick(registry))
        (first,) = await registry.told(UnitPlaced)
        end = {"unit_id": town, "group_id": union, "valid_until": "2024-12-31"}
        assert (await client.post("/memberships/end", json=end)).status_code == 200
    await tick(registry)
    await tick(registry)
    (_, second) = await registry.told(UnitPlaced)
    (place,) = first.places
    assert (str(first.unit_id), first.version, str(place.group_id)) == (town, 1, union)
    assert (place.valid_from, place.valid_until) == (date(2020, 1, 1), None)
    ended = UnitPlace(group_id=place.group_id, valid_from=place.valid_from, valid_until=date(2024, 12, 31))
    assert (second.version, second.places) == (2, (ended,))
