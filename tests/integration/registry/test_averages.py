"""Averages over HTTP: sets by code, by id, within a unit on a day; what is refused; cost."""

from datetime import date

import pytest

from registry.averages.schemas import AverageOut
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.comparisons import (
    OBRNICE,
    SLUKNOV,
    TRMICE,
    an_edition,
    id_of,
    some_municipalities,
)
from tests.support.geography import an_association, register_all
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest

MIKROREGION = unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223")
Parameters = list[tuple[str, str | int | float | bool | None]]


@pytest.fixture
async def published(registry: ServiceUnderTest) -> ServiceUnderTest:
    """Three municipalities; Šluknov has no Index in 2021."""
    await some_municipalities(registry)
    await an_edition(registry, {OBRNICE: (10, 1000), TRMICE: (5, 3000), SLUKNOV: (8, 4000)}, year=2020)
    await an_edition(registry, {OBRNICE: (9, 1000), TRMICE: (6, 3000), SLUKNOV: (None, 4000)}, year=2021)
    return registry


def asking(*codes: str, years: tuple[int, ...] = (2020, 2021), **others: str) -> Parameters:
    return [
        *(("municipality", code) for code in codes),
        *(("year", str(year)) for year in years),
        *others.items(),
    ]


async def test_the_average_is_exact_and_its_way_is_printed_beside_it(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        answer = await client.get("/index/averages", params=asking(OBRNICE, TRMICE))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert AverageOut.model_validate(told).model_dump(mode="json") == told
    assert (told["exact"], told["rounded"], told["reaches_threshold"]) == ("15/2", "7.50", False)
    assert told["averaging"]["code"] == "mean-of-municipalities"
    assert told["averaging"]["formula_cs"].startswith("Σ index(obec, rok)")
    assert [each["name"] for each in told["municipalities"]] == ["Obrnice", "Trmice"]
    assert [(each["year"], each["rounded"]) for each in told["yearly"]] == [(2020, "7.50"), (2021, "7.50")]
    assert [edition["method"] for edition in told["editions"]] == ["ISV-2020", "ISV-2020"]


async def test_another_way_of_averaging_gives_another_number(published: ServiceUnderTest) -> None:
    asked = asking(OBRNICE, TRMICE, averaging="weighted-by-population-15-plus", threshold="6.5")
    async with published.client() as client:
        told = (await client.get("/index/averages", params=asked)).json()
    assert (told["exact"], told["rounded"], told["reaches_threshold"]) == ("13/2", "6.50", True)


async def test_codes_and_ids_name_the_same_municipality(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        by_code = await client.get("/index/averages", params=asking(OBRNICE))
        by_id = await client.get("/index/averages", params=asking(str(id_of(OBRNICE)).upper()))
        twice = await client.get("/index/averages", params=asking(OBRNICE, str(id_of(OBRNICE))))
    assert by_code.json() == by_id.json()
    assert (twice.status_code, code_of(twice)) == (422, "municipalities-repeated")


async def test_a_missing_index_is_refused_or_left_out_as_asked(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        refused = await client.get("/index/averages", params=asking(OBRNICE, SLUKNOV))
        kept = await client.get("/index/averages", params=asking(OBRNICE, SLUKNOV, missing="leave-out"))
    assert (refused.status_code, code_of(refused)) == (409, "index-missing")
    assert "562858 Šluknov 2021" in refused.json()["title"]
    assert kept.json()["exact"] == "9/1"
    assert kept.json()["left_out"] == [
        {"unit_id": str(id_of(SLUKNOV)), "year": 2021, "index": None, "population_15_plus": 4000}
    ]


async def test_the_set_of_a_unit_is_that_of_the_day(published: ServiceUnderTest) -> None:
    await register_all(published, [an_association()])
    async with published.transaction() as tx:
        since, later = date(2020, 1, 1), date(2024, 1, 1)
        rows = [
            MembershipTold(id_of(OBRNICE), MIKROREGION, since),
            MembershipTold(id_of(TRMICE), MIKROREGION, later),
        ]
        await set_memberships(tx, rows, source="test")
    named = {"within": str(MIKROREGION), "year": "2020"}
    async with published.client() as client:
        early = (await client.get("/index/averages", params={**named, "as_of": "2023-12-31"})).json()
        late = (await client.get("/index/averages", params={**named, "as_of": "2024-01-01"})).json()
        before = await client.get("/index/averages", params={**named, "as_of": "2019-12-31"})
    assert ([each["code"] for each in early["municipalities"]], early["exact"]) == ([OBRNICE], "10/1")
    assert ([each["code"] for each in late["municipalities"]], late["exact"]) == ([OBRNICE, TRMICE], "15/2")
    assert (before.status_code, code_of(before)) == (409, "set-without-municipalities")


async def test_the_newest_published_edition_of_a_year_counts(published: ServiceUnderTest) -> None:
    newest = await an_edition(published, {OBRNICE: (30, 1000)}, year=2021, version=2)
    async with published.client() as client:
        told = (await client.get("/index/averages", params=asking(OBRNICE, years=(2021,)))).json()
    assert (told["exact"], told["editions"][0]["computation_id"]) == ("30/1", newest)


async def test_a_change_of_method_among_the_years_is_told_beside_the_average(
    published: ServiceUnderTest,
) -> None:
    await an_edition(published, {OBRNICE: (20, 1000)}, year=2022, method="ISV-2026", first_year=2022)
    async with published.client() as client:
        across = (await client.get("/index/averages", params=asking(OBRNICE, years=(2021, 2022)))).json()
        within = (await client.get("/index/averages", params=asking(OBRNICE))).json()
    assert [(each["year"], "ISV-2026" in each["cs"]) for each in across["breaks"]] == [(2022, True)]
    assert [edition["method"] for edition in across["editions"]] == ["ISV-2020", "ISV-2026"]
    assert within["breaks"] == []


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        (asking(OBRNICE, years=(2019, 2020)), 409, "years-not-published"),
        (asking(OBRNICE, method="ISV-1999"), 409, "years-not-published"),
        (asking("500011"), 422, "municipalities-unknown"),
        (asking(OBRNICE, OBRNICE), 422, "municipalities-repeated"),
        (asking(OBRNICE, years=(2020, 2020)), 422, "years-repeated"),
        (asking(), 422, "set-not-named"),
        (asking(OBRNICE, within=str(MIKROREGION)), 422, "set-not-named"),
        (asking(within=str(MIKROREGION)), 409, "set-without-municipalities"),
        (asking("5"), 422, "malformed"),
        (asking("a\0b"), 422, "malformed"),
        (asking(OBRNICE, years=()), 422, "malformed"),
        (asking(OBRNICE, years=(20200,)), 422, "malformed"),
        (asking(OBRNICE, threshold="-1"), 422, "malformed"),
        (asking(OBRNICE, averaging="median"), 422, "malformed"),
        (asking(OBRNICE, method="x' --"), 422, "malformed"),
        (asking(OBRNICE, weights="no"), 422, "unknown-parameter"),
    ],
)
async def test_a_question_without_an_answer_is_refused(
    published: ServiceUnderTest, asked: Parameters, status: int, code: str
) -> None:
    async with published.client() as client:
        refused = await client.get("/index/averages", params=asked)
    assert (refused.status_code, code_of(refused)) == (status, code)


async def test_an_average_costs_two_statements_whatever_its_size(published: ServiceUnderTest) -> None:
    async with published.client() as client:
        with published.counted_statements() as statements:
            await client.get("/index/averages", params=asking(OBRNICE, TRMICE))
    assert len(statements) == 2
