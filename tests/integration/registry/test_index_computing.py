import asyncio

import numpy as np

from registry.exclusion import use_cases
from registry.exclusion.mass import compute
from registry.exclusion.repository import edition
from shared.contracts.registry import IndexPublished
from tests.support.exclusion import a_country, a_method, a_reader
from tests.support.service import ServiceUnderTest


async def test_what_was_stored_is_what_was_computed(registry: ServiceUnderTest) -> None:
    country = await a_country(registry, years=[2022, 2023], municipalities=400)

    found = await edition(a_reader(registry), year=2023)

    assert found is not None
    expected = compute(a_method(), country.inputs[2023])
    assert list(found.inputs.codes) == list(country.codes)
    assert (found.results.index == expected.index).all()
    assert (found.results.scores == expected.scores).all()
    assert (found.inputs.numerators == country.inputs[2023].numerators).all()
    np.testing.assert_array_equal(found.results.distances, expected.distances)
    again = compute(found.method, found.inputs)
    assert (again.scores == found.results.scores).all()
    assert list(again.ways) == list(found.results.ways)


async def test_computing_again_changes_nothing(registry: ServiceUnderTest) -> None:
    await a_country(registry, years=[2023], municipalities=200)
    async with registry.transaction() as tx:
        done = await use_cases.recompute_all(tx)

    assert (len(done.published), done.unchanged) == (0, 1)
    assert len(await registry.told(IndexPublished)) == 1


async def test_of_two_that_compute_at_once_one_publishes(registry: ServiceUnderTest) -> None:
    await a_country(registry, years=[2022, 2023], municipalities=200, computed=False)

    async def recompute() -> int:
        async with registry.transaction() as tx:
            return len((await use_cases.recompute_all(tx)).published)

    assert sorted(await asyncio.gather(recompute(), recompute())) == [0, 2]
    assert len(await registry.told(IndexPublished)) == 2
