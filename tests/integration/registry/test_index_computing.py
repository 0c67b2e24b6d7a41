import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy import insert, literal, select, update

from registry.exclusion import computation_repository, use_cases
from registry.exclusion import repository as editions
from registry.exclusion.frame import UNKNOWN, Way
from registry.exclusion.mass import compute
from registry.exclusion.repository import edition
from registry.statistics.tables import FigureRow
from registry.units.codes import unit_id
from registry.units.tables import UnitStateRow
from shared.contracts.registry import IndexPublished, UnitKind
from tests.support.exclusion import a_country, a_method, a_reader, store_figures
from tests.support.service import ServiceUnderTest

_KEPT = (
    UnitStateRow.unit_id,
    UnitStateRow.kind,
    UnitStateRow.code,
    UnitStateRow.name,
    UnitStateRow.sort_key,
    UnitStateRow.search_text,
)


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


async def test_a_later_vintage_is_computed_and_published_as_the_next_version(
    registry: ServiceUnderTest,
) -> None:
    country = await a_country(registry, years=[2023], municipalities=200)
    inputs = country.inputs[2023]
    corrected = replace(inputs, numerators=np.where(inputs.numerators > 0, inputs.numerators * 3, 0))
    school = inputs.numerators[:, 4] >= 0
    corrected.numerators[:, 4] = np.where(school, corrected.numerators[:, 4], UNKNOWN)
    async with registry.transaction() as tx:
        vintage = await store_figures(tx, corrected)
        await use_cases.recompute_all(tx)

    found = await edition(a_reader(registry), year=2023)
    assert found is not None
    assert found.version == 2
    assert (found.inputs.numerators == corrected.numerators).all()
    async with registry.client() as client:
        [told] = (await client.get("/index/editions")).json()["items"]
    assert told["vintages"]["PNB"] == [vintage]
    assert [event.version for event in await registry.told(IndexPublished)] == [1, 2]


async def test_a_hidden_count_of_a_school_leaves_the_index_unknown(registry: ServiceUnderTest) -> None:
    country = await a_country(registry, years=[2023], municipalities=100, computed=False)
    at = int(np.flatnonzero(country.inputs[2023].numerators[:, 4] >= 0)[0])
    unit = country.unit_ids[at]
    async with registry.transaction() as tx:
        await tx.session.execute(
            update(FigureRow)
            .where(FigureRow.unit_id == unit, FigureRow.series == "PO")
            .values(value=None, status="confidential")
        )
        await use_cases.recompute_all(tx)

    found = await edition(a_reader(registry), year=2023)
    assert found is not None
    assert (found.results.ways[at], found.results.index[at]) == (Way.UNKNOWN, UNKNOWN)
    assert list(compute(found.method, found.inputs).ways) == list(found.results.ways)


async def test_the_region_is_that_of_the_last_day_of_the_year(registry: ServiceUnderTest) -> None:
    country = await a_country(registry, years=[2022, 2023], municipalities=100, computed=False)
    unit = country.unit_ids[0]
    async with registry.transaction() as tx:
        await tx.session.execute(
            update(UnitStateRow).where(UnitStateRow.unit_id == unit).values(valid_until=date(2022, 12, 31))
        )
        moved = select(literal(date(2023, 1, 1)), literal(unit_id(UnitKind.DISTRICT, "CZ0425")), *_KEPT)
        names = ["valid_from", "parent_id", *(column.key for column in _KEPT)]
        state = moved.where(UnitStateRow.unit_id == unit)
        await tx.session.execute(insert(UnitStateRow).from_select(names, state))
        await use_cases.recompute_all(tx)

    regions = []
    for year in (2022, 2023):
        found = await edition(a_reader(registry), year=year)
        assert found is not None
        regions.append(found.inputs.region_ids[found.inputs.regions[0]])
    assert regions[0] == country.inputs[2022].region_ids[country.inputs[2022].regions[0]]
    assert regions[1] == unit_id(UnitKind.REGION, "CZ042") != regions[0]


async def test_years_are_computed_and_editions_built_beside_the_event_loop(
    registry: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_country(registry, years=[2022, 2023], municipalities=100, computed=False)
    beside: list[tuple[str, bool]] = []
    for module, name in (
        (computation_repository, "territory_of"),
        (computation_repository, "figures_of"),
        (use_cases, "compute"),
        (computation_repository, "result_rows"),
        (editions, "_edition"),
    ):
        monkeypatch.setattr(module, name, watched(getattr(module, name), beside))

    async with registry.transaction() as tx:
        await use_cases.recompute_all(tx)
    editions._cache.clear()
    assert None not in await asyncio.gather(*(edition(a_reader(registry), year=2023) for _ in range(2)))

    names = {"territory_of", "figures_of", "compute", "result_rows", "_edition"}
    assert {name for name, _ in beside} == names
    assert all(is_beside for _, is_beside in beside)


def watched(function: Callable[..., object], beside: list[tuple[str, bool]]) -> Callable[..., object]:
    """Return the function, noting whether it runs in another thread than that of the event loop."""

    def call(*given: object, **named: object) -> object:
        beside.append((function.__name__, threading.current_thread() is not threading.main_thread()))
        return function(*given, **named)

    return call
