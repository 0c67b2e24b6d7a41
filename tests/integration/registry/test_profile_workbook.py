"""The page as a workbook: the same numbers, in Czech or English, the same bytes for the same content."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.exclusion import Country, a_country
from tests.support.geography import an_association, register_all
from tests.support.profiles import an_approved_plan, page_of
from tests.support.registry import CONSULTANT, OBRNICE, USTI_REGION, started
from tests.support.service import ServiceUnderTest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
async def country(registry: ServiceUnderTest) -> Country:
    return await a_country(registry, years=(2021, 2022, 2023), municipalities=120)


async def workbook_of(registry: ServiceUnderTest, unit: object = OBRNICE, language: str = "cs") -> Workbook:
    async with registry.client(CONSULTANT, **{"Accept-Language": language}) as client:
        answer = await client.get(f"/profiles/{unit}/workbook")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, XLSX)
    assert answer.headers["Content-Language"] == language
    return openpyxl.load_workbook(BytesIO(answer.content))


def rows_below(sheet: Worksheet, heading: str) -> list[tuple[object, ...]]:
    """Return the rows of the table whose first heading this is."""
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    start = next(number for number, row in enumerate(rows) if row[0] == heading) + 1
    end = next((n for n in range(start, len(rows)) if not any(rows[n])), len(rows))
    return rows[start:end]


@pytest.mark.usefixtures("country")
async def test_the_workbook_holds_what_the_page_says(registry: ServiceUnderTest) -> None:
    async with registry.client(CONSULTANT) as client:
        await started(client)
    await registry.hear(an_approved_plan())
    page, book = await page_of(registry, OBRNICE, CONSULTANT), await workbook_of(registry)

    assert book.sheetnames == [
        "Přehled",
        "Index a vysvětlení",
        "Časové řady",
        "Podobné obce",
        "Plány a spolupráce",
        "Zdroje",
    ]
    index = page["municipal"]["index"]
    indicators = rows_below(book["Index a vysvětlení"], "Ukazatel")
    assert [row[:2] for row in indicators] == [
        (each["name_cs"], each["points"]) for each in index["indicators"]
    ]
    assert [f"{row[2]:.4f}" for row in indicators] == [each["share_percent"] for each in index["indicators"]]
    years = rows_below(book["Časové řady"], "Rok")
    assert [(int(str(row[0])), row[2], row[3]) for row in years] == [
        (each["year"], each["index"], each["band"]) for each in page["municipal"]["index_years"]
    ]
    assert [row[1] for row in rows_below(book["Podobné obce"], "Kód")] == [
        each["name"] for each in page["municipal"]["peers"]["peers"]
    ]
    assert rows_below(book["Plány a spolupráce"], "Název")[0][0] == "Plán sociálního začleňování"
    assert rows_below(book["Plány a spolupráce"], "Celek")[0][1] == "vzdálená ex-post podpora"
    assert {row[0] for row in rows_below(book["Zdroje"], "Kód")} == {each["code"] for each in page["sources"]}
    overview = {row[0]: row[1] for row in rows_below(book["Přehled"], "Údaj")}
    assert (overview["Index 2023"], overview["Souhrn"]) == (index["index"], page["summary"]["cs"])


@pytest.mark.usefixtures("country")
async def test_headings_stay_in_sight_and_days_are_days(registry: ServiceUnderTest) -> None:
    await registry.hear(an_approved_plan())
    book = await workbook_of(registry)

    assert {sheet.freeze_panes for sheet in book.worksheets} == {"A4"}
    plans = book["Plány a spolupráce"]
    assert (plans["D4"].is_date, plans["D4"].number_format) == (True, "d. m. yyyy")
    assert plans.column_dimensions["A"].width > 50


@pytest.mark.usefixtures("country")
async def test_it_is_in_english_for_those_who_ask_for_english(registry: ServiceUnderTest) -> None:
    book = await workbook_of(registry, language="en")

    assert book.sheetnames[:3] == ["Overview", "Index and explanation", "Time series"]
    assert rows_below(book["Overview"], "Item")[1][:2] == ("Kind", "municipality")


async def test_the_same_content_is_the_same_file(registry: ServiceUnderTest, country: Country) -> None:
    async with registry.client() as client:
        first = await client.get(f"/profiles/{OBRNICE}/workbook")
        second = await client.get(f"/profiles/{OBRNICE}/workbook")
        tag = {"If-None-Match": first.headers["ETag"]}
        again = await client.get(f"/profiles/{OBRNICE}/workbook", headers=tag)
        other = await client.get(f"/profiles/{country.unit_ids[1]}/workbook")
    assert first.content == second.content != other.content
    assert (again.status_code, first.headers["Vary"]) == (304, "Accept-Language")


async def test_nothing_that_somebody_typed_becomes_a_formula(registry: ServiceUnderTest) -> None:
    name = '=HYPERLINK("http://x.test","klikni")'
    await register_all(registry, [an_association(name=name)])
    book = await workbook_of(registry, unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223"))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert [cell.value for cell in cells if cell.value == name]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.usefixtures("country")
async def test_a_territory_has_bands_and_municipalities_in_place_of_an_index(
    registry: ServiceUnderTest,
) -> None:
    page, book = await page_of(registry, USTI_REGION), await workbook_of(registry, USTI_REGION)

    assert book.sheetnames[1:3] == ["Pásma indexu", "Obce"]
    newest = rows_below(book["Pásma indexu"], "Rok")[-1]
    told = page["area"]["years"][-1]
    assert newest[2:5] == (told["municipalities"], told["without_index"], told["population_15_plus"])
    assert [f"{newest[-2]:.2f}", f"{newest[-1]:.2f}"] == [each["value"] for each in told["means"]]
    assert [row[1] for row in rows_below(book["Obce"], "Kód")] == [
        each["name"] for each in page["area"]["members"]
    ]
