"""The catalogue of statistics over HTTP: sources, series, vintages, lists of figures page by page."""

import pytest

from tests.support.registry import ADMINISTRATOR, OBRNICE, code_of
from tests.support.service import ServiceUnderTest
from tests.support.statistics import ANALYST, TOWNS, a_sheet, seeded, workbook_imported

SOURCE: dict[str, object] = {
    "code": "SVL",
    "name_cs": "Šetření v lokalitách",
    "name_en": "Survey of localities",
    "publisher": "Agentura",
    "licence": "CC BY 4.0",
    "suppress_below": 5,
    "in_parts": True,
}
SERIES: dict[str, object] = {
    "code": "SVL-PERSONS",
    "name_cs": "Obyvatelé lokality",
    "name_en": "Inhabitants of a locality",
    "definition_cs": "Odhad při šetření.",
    "definition_en": "Estimated in the survey.",
    "unit_of_measure": "person",
    "periodicity": "year",
    "source": "COLLECTED",
    "denominator": "POP15",
}


async def test_a_new_registry_knows_sources_and_series_in_both_languages(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await seeded(registry)
    async with registry.client() as client:
        sources = (await client.get("/statistics/sources")).json()["items"]
        series = (await client.get("/statistics/series")).json()["items"]
    assert {"ISV-WORKBOOK", "CSU-130149", "EKCR", "COLLECTED"} <= {each["code"] for each in sources}
    assert [each["suppress_below"] for each in sources if each["code"] == "COLLECTED"] == [5]
    assert all(each["definition_cs"] and each["definition_en"] for each in series)
    assert {each["code"]: each["denominator"] for each in series}["PO"] == "LEAVERS"


async def test_an_administrator_adds_a_source_and_a_series_without_a_release(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    async with registry.client(ADMINISTRATOR) as client:
        source = await client.post("/statistics/sources", json=SOURCE)
        series = await client.post("/statistics/series", json={**SERIES, "source": "SVL"})
        again = await client.post("/statistics/series", json=SERIES)
    assert (source.status_code, series.status_code, again.status_code) == (201, 201, 409)
    assert source.json() == {**SOURCE, "url": None}
    assert code_of(again) == "code-taken"


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"source": "NIKDO"}, 422, "/source"),
        ({"denominator": "NIC"}, 422, "/denominator"),
        ({"code": "malá"}, 422, "/code"),
        ({"code": "A\x00"}, 422, "/code"),
        ({"periodicity": "week"}, 422, "/periodicity"),
        ({"definition_cs": ""}, 422, "/definition_cs"),
    ],
)
async def test_a_series_that_makes_no_sense_is_refused_by_its_field(
    registry: ServiceUnderTest, changes: dict[str, object], status: int, pointer: str
) -> None:
    await seeded(registry)
    async with registry.client(ADMINISTRATOR) as client:
        answer = await client.post("/statistics/series", json={**SERIES, **changes})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, pointer)


async def test_an_analyst_adds_no_series(registry: ServiceUnderTest) -> None:
    async with registry.client(ANALYST) as client:
        assert (await client.post("/statistics/series", json=SERIES)).status_code == 403


async def test_a_vintage_tells_by_which_file_it_came_and_by_whom(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    done = await workbook_imported(registry, a_sheet())
    async with registry.client() as client:
        one = await client.get(f"/statistics/vintages/{done.vintage_id}")
        listed = await client.get("/statistics/vintages", params={"filter[source]": "ISV-WORKBOOK"})
        none = await client.get("/statistics/vintages", params={"filter[source]": "EKCR"})
        missing = await client.get("/statistics/vintages/999")
    assert (one.json()["file_name"], one.json()["imported_by"]) == ("index.xlsx", ANALYST.id)
    assert one.json()["figure_count"] == 24
    assert listed.json()["items"] == [one.json()]
    assert none.json()["items"] == []
    assert (missing.status_code, code_of(missing)) == (404, "vintage-unknown")


async def test_figures_come_page_by_page_in_one_statement_each(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await workbook_imported(registry, a_sheet())
    found: list[tuple[str, str]] = []
    parameters = {"limit": "5"}
    async with registry.client() as client:
        while True:
            with registry.counted_statements() as statements:
                page = (await client.get("/statistics/figures", params=parameters)).json()
            assert len(statements) == 1
            found += [(each["series"], each["unit_id"]) for each in page["items"]]
            if page["next"] is None:
                break
            parameters = {"limit": "5", "cursor": page["next"]}
    assert len(found) == len(set(found)) == 8 * len(TOWNS)
    assert [series for series, _ in found] == sorted(series for series, _ in found)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statistics/figures?vintage=oldest", 422),
        ("/statistics/figures?vintage=99999999999", 422),
        ("/statistics/figures?filter[series]=%00", 422),
        ("/statistics/figures?filter[period]=2023", 422),
        ("/statistics/figures?filter[color]=red", 422),
        ("/statistics/figures?cursor=abc", 422),
        ("/statistics/figures?as_of=9999-12-31", 200),
        ("/statistics/vintages/0", 422),
        ("/statistics/vintages/99999999999", 422),
        (f"/statistics/units/{OBRNICE}/series/NIC", 404),
        ("/statistics/units/00000000-0000-0000-0000-000000000000/series/EXE", 404),
    ],
)
async def test_a_question_that_makes_no_sense_gets_a_clear_answer(
    registry: ServiceUnderTest, path: str, status: int
) -> None:
    await seeded(registry)
    async with registry.client() as client:
        assert (await client.get(path)).status_code == status


async def test_a_series_without_figures_has_no_points(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    async with registry.client() as client:
        answer = await client.get(f"/statistics/units/{OBRNICE}/series/EXE")
    assert answer.json()["points"] == []
    assert answer.json()["name_cs"] == "Osoby v exekuci"
