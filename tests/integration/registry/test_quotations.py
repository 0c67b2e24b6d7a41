"""What others cite of our statistics: one request for many units, and an event when an edition is out."""

from dataclasses import replace
from datetime import date

from registry.units.codes import unit_id
from shared.contracts.registry import FiguresPublished, PublishedPart, UnitKind
from tests.support.evidence import HAVRAN, MOST, OBRNICE, published
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.statistics import OBRNICE_ROW, TOWNS, a_sheet, seeded, workbook_imported

FELL = (replace(OBRNICE_ROW, exe=400), *TOWNS[1:])


async def test_an_edition_is_told_once_with_its_parts_and_the_digest_that_is_quoted(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    await workbook_imported(registry, a_sheet(*TOWNS, year=2022), year=2022)
    await workbook_imported(registry, a_sheet(*TOWNS, year=2022), year=2022)
    (told,) = await registry.told(FiguresPublished)
    assert told.source == "ISV-WORKBOOK"
    assert PublishedPart(series="EXE", period=date(2022, 1, 1)) in told.parts
    async with registry.client() as client:
        quoted = (await client.get("/quotations/figures?series=EXE&since=2022-01-01")).json()
        vintage = (await client.get(f"/statistics/vintages/{told.vintage_id}")).json()
    assert quoted["vintages"] == {str(told.vintage_id): told.digest}
    assert vintage["content_digest"] == told.digest
    assert (quoted["position"], quoted["points"]) == (told.vintage_id, [])


async def test_units_are_quoted_in_all_editions_with_the_one_that_counts(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    for towns, year in ((TOWNS, 2022), (FELL, 2022), (TOWNS, 2021)):
        await published(registry, *towns, year=year)
    asked = "&".join(f"unit={unit}" for unit in (OBRNICE, MOST))
    async with registry.client() as client:
        with registry.counted_statements() as statements:
            figures = (await client.get(f"/quotations/figures?series=EXE&since=2022-01-01&{asked}")).json()
        assert len(statements) == 2
        index = (await client.get(f"/quotations/index?since=2022-01-01&{asked}")).json()
        known = (await client.get(f"/index/units/{OBRNICE}")).json()["items"]
    of_obrnice = [each for each in figures["points"] if each["unit_id"] == str(OBRNICE)]
    assert [(each["value"], each["in_force"]) for each in of_obrnice] == [("750", False), ("400", True)]
    assert str(HAVRAN) not in {each["unit_id"] for each in figures["points"]}
    (newest,) = [each for each in index["points"] if each["unit_id"] == str(OBRNICE)]
    (same,) = [each for each in known if each["year"] == 2022]
    assert (newest["index"], newest["band"], newest["vintage"]) == (same["index"], same["band"], 2)
    assert list(newest["components"].values()) == same["points"]
    assert index["position"] == sum(each["version"] for each in index["editions"]) == 3


async def test_an_unknown_series_too_many_units_and_a_day_that_is_none_are_refused(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    many = "&".join(f"unit={unit_id(UnitKind.MUNICIPALITY, str(code))}" for code in range(101))
    async with registry.client() as client:
        unknown = await client.get("/quotations/figures?series=NENI&since=2022-01-01")
        crowded = await client.get(f"/quotations/index?since=2022-01-01&{many}")
        malformed = await client.get("/quotations/index?since=0")
    assert (unknown.status_code, code_of(unknown)) == (404, "series-or-unit-unknown")
    assert (crowded.status_code, malformed.status_code) == (422, 422)
