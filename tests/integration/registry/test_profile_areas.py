"""The page of a territory: its municipalities by band, two means with their names, who helps them."""

from typing import Any
from uuid import UUID

import pytest

from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.exclusion import Country, a_country
from tests.support.geography import a_pou, an_association, register_all, registered_unit
from tests.support.profiles import Json, an_approved_plan, page_of
from tests.support.registry import ADMINISTRATOR, CONSULTANT, MOST_DISTRICT, OBRNICE, USTI_REGION, started
from tests.support.service import ServiceUnderTest
from tests.support.statistics import seeded

ASSOCIATION = unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223")
STATE = unit_id(UnitKind.STATE, "CZ")


@pytest.fixture
async def country(registry: ServiceUnderTest) -> Country:
    return await a_country(registry, years=(2022, 2023), municipalities=400)


async def total_of_bands(registry: ServiceUnderTest, within: UUID) -> Json:
    async with registry.client() as client:
        answer = await client.get(
            "/index/bands", params={"year": 2023, "within": str(within), "as_of": "2026-01-01"}
        )
    assert answer.status_code == 200, answer.text
    total: Json = answer.json()["total"]
    return total


@pytest.mark.parametrize("unit", [USTI_REGION, MOST_DISTRICT, STATE])
@pytest.mark.usefixtures("country")
async def test_the_page_counts_as_the_table_of_bands_does(registry: ServiceUnderTest, unit: UUID) -> None:
    page = await page_of(registry, unit)
    total = await total_of_bands(registry, unit)
    area = page["area"]
    newest = area["years"][-1]

    assert page["municipal"] is None
    assert [each["year"] for each in area["years"]] == [2022, 2023]
    for name in ("municipalities", "without_index", "population_15_plus"):
        assert newest[name] == total[name]
    assert [
        {"band": each["number"], **{name: each[name] for name in ("municipalities", "population_15_plus")}}
        for each in newest["bands"]
    ] == total["bands"]
    assert [(each["averaging"], each["value"]) for each in newest["means"]] == [
        (each["averaging"], each["value"]) for each in total["means"]
    ]
    assert [(each["municipalities"], each["bands"], each["mean"]) for each in area["sizes"]] == [
        (each["municipalities"], each["bands"], each["mean"]) for each in total["size_classes"]
    ]


@pytest.mark.usefixtures("country")
async def test_each_mean_comes_with_the_name_of_its_averaging(registry: ServiceUnderTest) -> None:
    page = await page_of(registry, USTI_REGION)
    plain, weighted = page["area"]["years"][-1]["means"]

    assert (plain["name"]["cs"], weighted["name"]["cs"]) == (
        "prostý průměr obcí",
        "průměr vážený počtem obyvatel ve věku 15 a více let",
    )
    for mean in (plain, weighted):
        assert mean["value"].rstrip("0").rstrip(".").replace(".", ",") in page["summary"]["cs"]
        assert mean["name"]["en"] in page["summary"]["en"]


@pytest.mark.usefixtures("country")
async def test_no_more_than_two_hundred_members_are_listed_and_all_are_counted(
    registry: ServiceUnderTest,
) -> None:
    everybody = (await page_of(registry, STATE))["area"]
    few = (await page_of(registry, MOST_DISTRICT))["area"]

    assert (len(everybody["members"]), everybody["municipalities"]) == (200, 400)
    assert len(few["members"]) == few["municipalities"] > 1
    obrnice = [each for each in few["members"] if each["id"] == str(OBRNICE)]
    municipal = (await page_of(registry))["municipal"]["index"]
    assert (obrnice[0]["index"], obrnice[0]["population_15_plus"]) == (
        municipal["index"],
        municipal["population_15_plus"],
    )


async def join(registry: ServiceUnderTest, *units: UUID) -> None:
    await register_all(registry, [an_association(name="Mikroregion Most")])
    async with registry.client(ADMINISTRATOR) as client:
        for unit in units:
            member = {"unit_id": str(unit), "group_id": str(ASSOCIATION), "valid_from": "2015-01-01"}
            assert (await client.post("/memberships", json=member)).status_code == 201


async def test_an_association_shows_its_members_and_the_help_they_have(
    registry: ServiceUnderTest, country: Country
) -> None:
    other = next(unit for unit in country.unit_ids if unit != OBRNICE)
    await join(registry, OBRNICE, other)
    async with registry.client(CONSULTANT) as client:
        await started(client)
        await started(client, unit_id=str(ASSOCIATION), regime="VEX", starts_on="2020-01-01")
    await registry.hear(an_approved_plan())
    page = await page_of(registry, ASSOCIATION, CONSULTANT)

    assert {each["id"] for each in page["area"]["members"]} == {str(OBRNICE), str(other)}
    assert page["area"]["years"][-1]["municipalities"] == 2
    assert [(each["regime"], each["through"]) for each in page["cooperations"]] == [
        ("VEX", "Obrnice"),
        ("VEX", None),
    ]
    assert [(plan["title"], plan["units"][0]["name"]) for plan in page["plans"]] == [
        ("Plán sociálního začleňování", "Obrnice")
    ]


@pytest.mark.usefixtures("country")
async def test_a_year_that_is_not_computed_is_said_to_be(registry: ServiceUnderTest) -> None:
    page = await page_of(registry, USTI_REGION, year=2030)

    assert page["area"]["year"] is None
    assert page["summary"]["cs"] == "Index za rok 2030 nebyl vypočten. Vypočtené roky: 2022, 2023."
    assert page["empty"]["area"] == page["summary"]
    assert page["area"]["municipalities"] > 0


async def test_before_the_first_computation_the_page_says_so(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await register_all(registry, [registered_unit(UnitKind.ORP, "4211", "Most")])
    region = await page_of(registry, USTI_REGION, CONSULTANT)
    alone = await page_of(registry, unit_id(UnitKind.ORP, "4211"), CONSULTANT)

    assert region["summary"]["cs"] == "Index zatím nebyl vypočten."
    assert alone["summary"]["cs"].startswith("Do územního celku nepatří žádná obec")
    assert sorted(alone["empty"]) == ["area", "cooperations", "figures", "plans"]


def sums(page: Json) -> list[Any]:
    return [(each["year"], each["municipalities"]) for each in page["area"]["years"]]


@pytest.mark.usefixtures("country")
async def test_districts_sum_to_their_region(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        listed = await client.get(
            "/units", params={"filter[kind]": "district", "filter[parent]": str(USTI_REGION)}
        )
    pages = [await page_of(registry, UUID(each["id"])) for each in listed.json()["items"]]
    region = await page_of(registry, USTI_REGION)

    assert len(pages) == 7
    for at, year in enumerate(region["area"]["years"]):
        for band, counted in enumerate(year["bands"]):
            assert counted["municipalities"] == sum(
                page["area"]["years"][at]["bands"][band]["municipalities"] for page in pages
            )


async def test_the_office_to_which_a_municipality_belongs_stands_in_the_hierarchy_alone(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    orp = registered_unit(UnitKind.ORP, "4209", "Most")
    await register_all(registry, [orp, a_pou("42091", "Most", orp[0])])
    async with registry.client(ADMINISTRATOR) as client:
        belongs = {"unit_id": str(OBRNICE), "group_id": str(unit_id(UnitKind.POU, "42091"))}
        joined = await client.post("/memberships", json={**belongs, "valid_from": "2003-01-01"})
        assert joined.status_code == 201, joined.text
    page = await page_of(registry)

    ways = {way["hierarchy"]: [unit["kind"] for unit in way["units"]] for way in page["hierarchies"]}
    assert ways == {"district": ["district", "region", "state"], "orp": ["pou", "orp"]}
    assert page["groups"] == []
