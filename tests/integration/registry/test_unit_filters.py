"""Lists of units of a whole country: by region, place, band of the Index and name, in few statements."""

import pytest

from tests.support.exclusion import a_country
from tests.support.registry import USTI_REGION, code_of
from tests.support.service import ServiceUnderTest

YEARS = (2022, 2023)


@pytest.fixture
async def country(registry: ServiceUnderTest) -> ServiceUnderTest:
    await a_country(registry, years=YEARS, municipalities=600)
    return registry


async def codes(service: ServiceUnderTest, **filters: str) -> set[str]:
    """Return the codes of all that are listed, page by page."""
    found: list[str] = []
    async with service.client() as client:
        answer = await client.get("/units", params={"limit": "200", **filters})
        while True:
            assert answer.status_code == 200, answer.text
            found += [unit["code"] for unit in answer.json()["items"]]
            if "next" not in answer.links:
                break
            answer = await client.get(answer.links["next"]["url"])
    assert len(set(found)) == len(found)
    return set(found)


async def test_bands_share_the_municipalities_between_them(country: ServiceUnderTest) -> None:
    bands = [await codes(country, **{"filter[band]": str(band)}) for band in range(1, 5)]
    older = [
        await codes(country, **{"filter[band]": str(band), "filter[year]": "2022"}) for band in range(1, 5)
    ]
    assert sum(map(len, bands)) == sum(map(len, older)) == len(set().union(*bands)) == 600
    assert await codes(country, **{"filter[band]": "4", "filter[year]": "2023"}) == bands[3]
    assert bands != older
    assert await codes(country, **{"filter[band]": "4", "filter[year]": "1999"}) == set()
    assert await codes(country, **{"filter[band]": "4", "filter[kind]": "region"}) == set()


async def test_a_region_a_band_and_a_name_together_cost_one_statement(country: ServiceUnderTest) -> None:
    filters = {"filter[kind]": "municipality", "filter[region]": "CZ042", "filter[band]": "1", "q": "a"}
    async with country.client() as client:
        with country.counted_statements() as statements:
            answer = await client.get("/units", params=filters)
    assert answer.status_code == 200
    assert len(statements) == 1
    whole = await codes(country, **{"filter[kind]": "municipality", "filter[region]": "CZ042"})
    assert {unit["code"] for unit in answer.json()["items"]} <= whole


async def test_a_region_is_named_by_its_code_or_its_id(country: ServiceUnderTest) -> None:
    by_code = await codes(country, **{"filter[region]": "CZ042"})
    by_id = await codes(country, **{"filter[region]": str(USTI_REGION)})
    inside = await codes(country, **{"filter[within]": str(USTI_REGION)})
    other = await codes(country, **{"filter[region]": "CZ041", "filter[within]": str(USTI_REGION)})
    assert by_code == by_id == inside
    assert {"CZ042", "CZ0421"} <= by_code
    assert other == set()


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ({"filter[year]": "2023"}, "year-without-band"),
        ({"filter[band]": "0"}, "malformed"),
        ({"filter[band]": "1.0"}, "malformed"),
        ({"filter[band]": "4", "filter[year]": "99999"}, "malformed"),
        ({"filter[region]": "CZ0421"}, "malformed"),
        ({"filter[region]": "Ústecký"}, "malformed"),
        ({"filter[within]": "567337"}, "malformed"),
    ],
)
async def test_a_filter_that_says_nothing_is_refused(
    registry: ServiceUnderTest, filters: dict[str, str], code: str
) -> None:
    async with registry.client() as client:
        refused = await client.get("/units", params=filters)
    assert (refused.status_code, code_of(refused)) == (422, code)
