"""Similar municipalities over HTTP: filtered by support, cheap, explained."""

from datetime import date
from uuid import UUID

import httpx
import pytest

from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.comparisons import OBRNICE, id_of
from tests.support.exclusion import a_country
from tests.support.geography import an_association, register_all
from tests.support.registry import CONSULTANT, code_of, started
from tests.support.service import ServiceUnderTest

ADDRESS = f"/index/units/{id_of(OBRNICE)}/peers"
GROUP = unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223")


@pytest.fixture
async def country(registry: ServiceUnderTest) -> ServiceUnderTest:
    await a_country(registry, years=[2023], municipalities=600)
    return registry


async def found(client: httpx.AsyncClient, **asked: str) -> list[str]:
    answer = await client.get(ADDRESS, params={"year": "2023", **asked})
    assert answer.status_code == 200, answer.text
    return [peer["municipality"]["unit_id"] for peer in answer.json()["peers"]]


async def test_ten_peers_come_with_size_index_likeness_and_a_caveat(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        told = (await client.get(ADDRESS, params={"year": "2023"})).json()
    distances = [float(peer["distance"]) for peer in told["peers"]]
    assert (len(distances), distances) == (10, sorted(distances))
    assert told["municipality"]["name"] == "Obrnice"
    assert "nikoli důkazem účinku" in told["caveat_cs"]
    assert [feature["weight"] for feature in told["features"]] == [3, 1, 1, 1, 1, 1, 1, 1]
    for peer in told["peers"]:
        assert peer["municipality"]["size_class"]
        assert {each["feature"] for each in peer["compared"]} == {each["code"] for each in told["features"]}
        assert peer["sentence_cs"].startswith("Podobné: ")


async def test_supported_municipalities_can_be_passed_over(country: ServiceUnderTest) -> None:
    async with country.client(CONSULTANT) as client:
        everybody = await found(client, count="3")
        await started(client, unit_id=everybody[0], starts_on="2020-01-01", ends_on="2021-12-31")
        never = await found(client, count="2", supported="no")
        ever = await found(client, count="5", supported="yes")
    assert never == everybody[1:]
    assert ever == everybody[:1]


async def test_support_of_an_association_counts_for_its_members_of_that_time(
    country: ServiceUnderTest,
) -> None:
    await register_all(country, [an_association()])
    async with country.client(CONSULTANT) as client:
        first, second, *_ = await found(client, count="2")
        await started(client, unit_id=str(GROUP), starts_on="2020-01-01", ends_on="2021-12-31")
        async with country.transaction() as tx:
            since = {first: date(2019, 1, 1), second: date(2022, 1, 1)}
            rows = [MembershipTold(UUID(unit), GROUP, day) for unit, day in since.items()]
            await set_memberships(tx, rows, source="test")
        assert await found(client, supported="yes") == [first]


async def test_who_is_supported_is_told_to_everybody(country: ServiceUnderTest) -> None:
    async with country.client() as anybody, country.client(CONSULTANT) as consultant:
        first, *others = await found(anybody)
        await started(consultant, unit_id=first, starts_on="2020-01-01", ends_on="2021-12-31")
        told = (await anybody.get(ADDRESS, params={"year": "2023"})).json()
        chosen = await found(anybody, supported="yes")
    assert [peer["municipality"]["supported"] for peer in told["peers"]] == [True, *(False for _ in others)]
    assert chosen == [first]


async def test_peers_cost_two_statements_once_the_edition_is_in_memory(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        first = await found(client)
        with country.counted_statements() as statements:
            assert await found(client) == first
    assert len(statements) == 2


@pytest.mark.parametrize(
    ("address", "asked", "status", "code"),
    [
        (ADDRESS, {"year": "2019"}, 404, "edition-unknown"),
        (ADDRESS, {"year": "2023", "method": "ISV-1999"}, 404, "edition-unknown"),
        (f"/index/units/{GROUP}/peers", {"year": "2023"}, 404, "municipality-not-in-edition"),
        (ADDRESS, {"year": "2023", "count": "0"}, 422, "malformed"),
        (ADDRESS, {"year": "2023", "count": "51"}, 422, "malformed"),
        (ADDRESS, {"year": "2023", "supported": "maybe"}, 422, "malformed"),
        (ADDRESS, {}, 422, "malformed"),
    ],
)
async def test_peers_that_cannot_be_found_are_refused(
    country: ServiceUnderTest, address: str, asked: dict[str, str], status: int, code: str
) -> None:
    async with country.client() as client:
        refused = await client.get(address, params=asked)
    assert (refused.status_code, code_of(refused)) == (status, code)
