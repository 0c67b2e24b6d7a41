"""What was published of the Index stays when a municipality is closed back in time."""

from datetime import date
from typing import Final
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import func, update

from registry.exclusion import repository as editions
from registry.exclusion.definition import digest_of
from registry.exclusion.frame import Edition
from registry.exclusion.mass import compute
from registry.exclusion.records import computed
from registry.exclusion.use_cases import enact_method, recompute_all
from registry.geography.tables import UnitPointRow
from registry.units.use_cases import close_unit
from shared.paging import cursor_of
from tests.support.exclusion import Country, a_country, a_method, a_reader, store_figures
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest

OTHER: Final = "ISV-OTHER"
TWO: Final = f"first=ISV-2020&second={OTHER}&year=2023"


@pytest.fixture
async def country(registry: ServiceUnderTest) -> Country:
    found = await a_country(registry, years=[2022, 2023], municipalities=150)
    async with registry.transaction() as tx:
        await enact_method(tx, a_method(code=OTHER))
        await recompute_all(tx)
    return found


async def answers(service: ServiceUnderTest, closed: object, other: object) -> dict[str, str]:
    """Return what is told of the edition and of both municipalities, nothing of it remembered."""
    editions._cache.clear()
    addresses = (
        "/index/results?filter[year]=2023&limit=200",
        "/index/results?filter[year]=2023&sort=index&limit=200",
        "/index/donors?filter[year]=2023&limit=200",
        f"/index/methods/compare/municipalities?{TWO}&limit=200",
        f"/index/units/{closed}",
        f"/index/units/{closed}/peers?year=2023",
        f"/index/units/{other}/peers?year=2023&count=50",
        "/index/map?year=2023",
        *(f"/datasets/index-{name}.csv?year=2023" for name in ("results", "indicators", "bands")),
    )
    async with service.client() as client:
        told = {address: await client.get(address) for address in addresses}
    assert {address: answer.status_code for address, answer in told.items()} == dict.fromkeys(addresses, 200)
    return {address: answer.text for address, answer in told.items()}


async def an_edition(service: ServiceUnderTest) -> Edition:
    found = await editions.edition(a_reader(service), year=2023)
    assert found is not None
    return found


async def test_a_municipality_closed_back_in_time_stays_in_all_that_was_published(
    registry: ServiceUnderTest, country: Country
) -> None:
    closed, other = country.unit_ids[0], country.unit_ids[1]
    before = await answers(registry, closed, other)

    async with registry.transaction() as tx:
        await close_unit(tx, closed, expected=1, last_day=date(2022, 6, 30))

    assert await answers(registry, closed, other) == before
    assert before["/index/results?filter[year]=2023&limit=200"].count('"unit_id"') >= 150


async def test_an_edition_read_anew_has_the_digests_it_was_published_with(
    registry: ServiceUnderTest, country: Country
) -> None:
    async with registry.transaction() as tx:
        await close_unit(tx, country.unit_ids[0], expected=1, last_day=date(2022, 6, 30))
    editions._cache.clear()

    found = await an_edition(registry)

    again = computed(found.method, digest_of(found.method), found.inputs, compute(found.method, found.inputs))
    assert (again.inputs_digest, again.results_digest) == (found.inputs_digest, found.results_digest)
    assert len(found.inputs.unit_ids) == 150


async def test_points_that_move_without_a_new_edition_are_read_anew(
    registry: ServiceUnderTest, country: Country
) -> None:
    before = await an_edition(registry)
    assert await an_edition(registry) is before
    async with registry.transaction() as tx:
        aside = {"x": UnitPointRow.x + 1, "recorded_at": func.clock_timestamp()}
        await tx.session.execute(update(UnitPointRow).values(**aside))
        assert (await recompute_all(tx)).published == []

    after = await an_edition(registry)

    assert after.results_digest == before.results_digest
    np.testing.assert_array_equal(after.inputs.x, country.inputs[2022].x + 1)


@pytest.mark.parametrize("address", ["/index/results?sort=name", "/index/results?sort=-index"])
async def test_a_list_is_of_one_edition_also_when_another_is_published_meanwhile(
    registry: ServiceUnderTest, country: Country, address: str
) -> None:
    address += "&filter[year]=2023&limit=50"
    async with registry.client() as client:
        whole = (await client.get(address.replace("=50", "=200"))).json()["items"]
        page = (await client.get(address)).json()
        listed = page["items"]
        corrected = country.inputs[2023]
        corrected.numerators[:, :4] = corrected.numerators[::-1, :4] // 3
        async with registry.transaction() as tx:
            await store_figures(tx, corrected)
            await recompute_all(tx)
        while page["next"]:
            page = (await client.get(f"{address}&cursor={page['next']}")).json()
            listed += page["items"]
        newer = (await client.get(address.replace("=50", "=200"))).json()["items"]
    assert listed == whole
    assert newer != whole


@pytest.mark.parametrize("keys", [[], ["0", "0"], ["0", "a", "x"], ["0", str(UUID(int=1)), "9" * 20]])
async def test_a_cursor_that_names_no_edition_is_refused(registry: ServiceUnderTest, keys: list[str]) -> None:
    async with registry.client() as client:
        for address in ("/index/results", "/index/results?sort=index", "/index/donors"):
            cursor = f"{'&' if '?' in address else '?'}cursor={cursor_of(keys)}"
            answer = await client.get(address + cursor)
            assert (answer.status_code, code_of(answer)) == (422, "cursor-not-ours"), address
