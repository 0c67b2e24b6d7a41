from collections.abc import Mapping
from typing import Any

import pytest

from registry.exclusion.frame import Way
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.exclusion import Country, a_country, method_json
from tests.support.registry import ADMINISTRATOR, OBRNICE, code_of
from tests.support.service import ServiceUnderTest

USTI = unit_id(UnitKind.REGION, "CZ042")


@pytest.fixture
async def country(registry: ServiceUnderTest) -> Country:
    return await a_country(registry, years=[2022, 2023], municipalities=300)


async def got(service: ServiceUnderTest, address: str, **query: Any) -> Mapping[str, Any]:  # noqa: ANN401 - JSON
    async with service.client() as client:
        answer = await client.get(address, params=query)
    assert answer.status_code == 200, answer.text
    found: Mapping[str, Any] = answer.json()
    return found


async def items(service: ServiceUnderTest, address: str, **query: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Go through all pages."""
    found: list[dict[str, Any]] = []
    while True:
        page = await got(service, address, **query)
        found += page["items"]
        if page["next"] is None:
            return found
        query["cursor"] = str(page["next"])


@pytest.mark.usefixtures("country")
async def test_results_can_be_gone_through_from_the_highest_index(registry: ServiceUnderTest) -> None:
    found = await items(registry, "/index/results", sort="-index", limit=70)

    index = [each["index"] for each in found]
    assert len(found) == len({each["unit_id"] for each in found}) == 300
    assert index == sorted(index, reverse=True)
    assert {each["year"] for each in found} == {2023}


@pytest.mark.usefixtures("country")
async def test_a_result_never_comes_without_its_size_class(registry: ServiceUnderTest) -> None:
    found = await items(registry, "/index/results", **{"filter[year]": 2022, "limit": 200})

    for each in found:
        size, population = each["size_class"], each["population_15_plus"]
        assert size["lowest"] <= population <= (size["highest"] or population)


@pytest.mark.usefixtures("country")
async def test_the_points_of_a_result_add_up_to_its_index(registry: ServiceUnderTest) -> None:
    for each in await items(registry, "/index/results", limit=200):
        assert sum(each["points"]) == each["index"]
        assert (each["donor"] is None) == (each["way"] == Way.OWN)


@pytest.mark.usefixtures("country")
async def test_results_of_a_region_and_of_a_band(registry: ServiceUnderTest) -> None:
    everywhere = await items(registry, "/index/results", limit=200)
    expected = {
        each["unit_id"] for each in everywhere if each["region_id"] == str(USTI) and each["band"] == 2
    }
    asked = {"filter[region]": "CZ042", "filter[band]": 2}

    found = await items(registry, "/index/results", **asked)
    inside = await items(registry, "/index/results", **{"filter[within]": str(USTI), "filter[band]": 2})

    assert expected
    assert {each["unit_id"] for each in found} == {each["unit_id"] for each in inside} == expected


@pytest.mark.usefixtures("country")
async def test_a_page_of_results_is_one_statement(registry: ServiceUnderTest) -> None:
    with registry.counted_statements() as statements:
        await got(registry, "/index/results", **{"filter[region]": "CZ042", "sort": "index", "limit": 20})

    assert len(statements) == 1


@pytest.mark.usefixtures("country")
async def test_one_municipality_through_the_years(registry: ServiceUnderTest) -> None:
    with registry.counted_statements() as statements:
        found = await got(registry, f"/index/units/{OBRNICE}")

    years = found["items"]
    assert [each["year"] for each in years] == [2022, 2023]
    assert all(each["is_in_force"] and not each["break_before"] for each in years)
    assert len(statements) == 1


@pytest.mark.usefixtures("country")
async def test_editions_tell_where_they_come_from(registry: ServiceUnderTest) -> None:
    found = (await got(registry, "/index/editions"))["items"]

    assert [(each["year"], each["method"], each["version"]) for each in found] == [
        (2022, "ISV-2020", 1),
        (2023, "ISV-2020", 1),
    ]
    assert sum(band["municipalities"] for band in found[0]["bands"]) == found[0]["municipalities"] == 300
    assert found[0]["vintages"]["EXE"] == [1]


@pytest.mark.usefixtures("country")
async def test_another_method_from_a_year_on_breaks_the_series(registry: ServiceUnderTest) -> None:
    later = method_json(code="ISV-2023", first_year=2023)
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.post("/index/methods", json=later)).status_code == 201
        assert (await client.post("/index/recompute", json={})).json()["unchanged"] == 2

    found = (await got(registry, "/index/editions"))["items"]
    told = {(each["year"], each["method"]): (each["is_in_force"], each["break_before"]) for each in found}
    assert told == {
        (2022, "ISV-2020"): (True, False),
        (2023, "ISV-2020"): (False, False),
        (2023, "ISV-2023"): (True, True),
    }
    edition = await got(registry, "/index/editions/2023")
    assert edition["method"] == "ISV-2023"
    assert {each["method"] for each in await items(registry, "/index/results")} == {"ISV-2023"}
    asked = {"filter[method]": "ISV-2020"}
    assert {each["method"] for each in await items(registry, "/index/results", **asked)} == {"ISV-2020"}


async def test_an_edition_that_is_not_there(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        answer = await client.get("/index/editions/2019")

    assert (answer.status_code, code_of(answer)) == (404, "edition-unknown")
    assert (await got(registry, "/index/results"))["items"] == []
    assert (await got(registry, f"/index/units/{OBRNICE}"))["items"] == []


async def test_heirs_are_listed_with_their_donors(registry: ServiceUnderTest, country: Country) -> None:
    inputs = country.inputs[2023]
    found = await items(registry, "/index/donors", limit=200)

    assert {each["unit_id"] for each in found} == {
        str(unit)
        for unit, leavers in zip(inputs.unit_ids, inputs.denominators[:, 4], strict=True)
        if leavers < 0
    }
    assert {each["way"] for each in found} == {"nearest"}
    donor = found[0]["donor"]
    mine = await items(registry, "/index/donors", **{"filter[donor]": donor["unit_id"]})
    assert found[0]["unit_id"] in {each["unit_id"] for each in mine}
    assert len(mine) < len(found)
