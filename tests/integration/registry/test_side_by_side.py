"""Methods side by side over HTTP: one municipality, two methods of a year, the list of what differs."""

import httpx
import pytest

from tests.support.comparisons import OBRNICE, SLUKNOV, TRMICE, an_edition, id_of, some_municipalities
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest

TWO = {"first": "ISV-2020", "second": "ISV-2026"}


@pytest.fixture
async def published(registry: ServiceUnderTest) -> ServiceUnderTest:
    """The method of 2026 belongs to 2024 and was computed for 2022 to 2024 beside the old one."""
    await some_municipalities(registry)
    for year in (2022, 2023, 2024):
        old = {OBRNICE: (29, 1585), TRMICE: (28, 2683), SLUKNOV: (7, 4627)}
        new = {OBRNICE: (25, 1585), TRMICE: (11, 2683), SLUKNOV: (8, 4627)}
        await an_edition(registry, old, year=year)
        await an_edition(registry, new, year=year, method="ISV-2026", first_year=2024)
    return registry


async def listed(client: httpx.AsyncClient, **asked: str) -> list[tuple[str, int]]:
    answer = await client.get("/index/methods/compare/municipalities", params={**TWO, **asked})
    assert answer.status_code == 200, answer.text
    return [(each["name"], each["difference"]) for each in answer.json()["items"]]


async def test_a_municipality_has_all_years_by_all_methods_and_its_break(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        with published.counted_statements() as statements:
            told = (await client.get(f"/index/units/{id_of(OBRNICE)}/methods")).json()
        assert len(statements) == 1
    years = {year["year"]: year for year in told["years"]}
    assert [each["method"] for each in years[2023]["results"]] == ["ISV-2020", "ISV-2026"]
    assert [each["method"] for each in years[2024]["results"]] == ["ISV-2026", "ISV-2020"]
    assert (years[2023]["differences"], years[2024]["differences"]) == ({"ISV-2026": -4}, {"ISV-2020": 4})
    assert [(step["year"], step["index"], step["break_before"]) for step in told["series"]] == [
        (2022, 29, False),
        (2023, 29, False),
        (2024, 25, True),
    ]
    assert "nelze přímo srovnávat" in told["series"][2]["break_cs"]


async def test_a_new_edition_takes_the_place_of_the_old_one(published: ServiceUnderTest) -> None:
    await an_edition(published, {OBRNICE: (1, 1585)}, year=2023, version=2)
    async with published.client() as client:
        told = (await client.get(f"/index/units/{id_of(OBRNICE)}/methods")).json()
    assert [each["index"] for each in told["years"][1]["results"]] == [1, 25]


async def test_two_methods_are_compared_on_the_newest_common_year(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        with published.counted_statements() as statements:
            told = (await client.get("/index/methods/compare", params=TWO)).json()
        assert len(statements) == 2
    assert (told["year"], told["common_years"]) == (2024, [2022, 2023, 2024])
    assert told["shifts"] == [[0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 1, 1]]
    assert (told["lower"], told["higher"], told["band_changed"]) == (2, 1, 2)
    assert told["mean_difference"] == "-6.67"
    assert told["differences"] == [
        {"difference": -17, "municipalities": 1},
        {"difference": -4, "municipalities": 1},
        {"difference": 1, "municipalities": 1},
    ]
    assert "jde na vrub metodiky" in told["note_cs"]


async def test_municipalities_whose_band_differs_are_listed(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        assert await listed(client) == [("Šluknov", 1), ("Trmice", -17)]
        assert await listed(client, shown="index-differs") == [
            ("Obrnice", -4),
            ("Šluknov", 1),
            ("Trmice", -17),
        ]
        assert len(await listed(client, shown="all", year="2022")) == 3


async def test_the_list_is_paged_and_costs_two_statements(published: ServiceUnderTest) -> None:
    address = "/index/methods/compare/municipalities"
    async with published.client() as client:
        with published.counted_statements() as statements:
            first = await client.get(address, params={**TWO, "limit": 1})
        assert len(statements) == 2
        second = await client.get(first.links["next"]["url"])
    assert [each["name"] for page in (first, second) for each in page.json()["items"]] == [
        "Šluknov",
        "Trmice",
    ]
    assert second.json()["next"] is None


async def test_a_municipality_without_an_index_has_empty_lists(published: ServiceUnderTest) -> None:
    await some_municipalities(published, ["500011"])
    async with published.client() as client:
        known = await client.get(f"/index/units/{id_of('500011')}/methods")
        unknown = await client.get(f"/index/units/{id_of('500020')}/methods")
    assert (known.json()["years"], known.json()["series"]) == ([], [])
    assert (unknown.status_code, code_of(unknown)) == (404, "unit-unknown")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"first": "ISV-2020", "second": "ISV-2020"}, 422, "same-method-twice"),
        ({"first": "ISV-2020", "second": "ISV-1999"}, 409, "methods-without-common-year"),
        ({**TWO, "year": "2021"}, 409, "year-not-computed-by-both"),
        ({**TWO, "year": "21"}, 422, "malformed"),
        ({"first": "ISV-2020"}, 422, "malformed"),
        ({**TWO, "third": "ISV-2030"}, 422, "unknown-parameter"),
    ],
)
async def test_what_cannot_be_compared_is_refused(
    published: ServiceUnderTest, asked: dict[str, str], status: int, code: str
) -> None:
    async with published.client() as client:
        refused = await client.get("/index/methods/compare", params=asked)
    assert (refused.status_code, code_of(refused)) == (status, code)
