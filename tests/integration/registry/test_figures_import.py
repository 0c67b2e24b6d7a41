"""Published files become vintages: population, enforcement, jobseekers, figures that we collect ourselves."""

import asyncio

import httpx
import pytest

from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.registry import ADMINISTRATOR, CONSULTANT, OBRNICE, code_of
from tests.support.service import ServiceUnderTest
from tests.support.statistics import ANALYST, csv_of, figures_of, findings_of, seeded, sent, state_of
from tests.support.workbooks import a_bomb, a_workbook, encrypted, with_formulas, with_merged_cells

POPULATION = ["hodnota", "stapro_kod", "pohlavi_kod", "vuzemi_cis", "vuzemi_kod", "rok", "casref_do"]
ENFORCED = [["kod_obce_zuj", "pocet_osob", "pocet_exekuci"], ["567337", "751", "4210"]]
COLLECTED = ["rada", "obdobi", "kod", "hodnota", "poznamka"]


def a_population(value: str, code: str = "567337", of: str = "43", year: int = 2023) -> list[str]:
    return [value, "2406", "", of, code, str(year), f"{year}-12-31"]


async def imported(
    service: ServiceUnderTest, of: str, rows: list[list[str]], *, status: int = 200, **parameters: str
) -> httpx.Response:
    async with service.client(ANALYST) as client:
        answer = await sent(client, of, csv_of(rows), **parameters)
    assert answer.status_code == status, answer.text
    return answer


def vintage_of(answer: httpx.Response) -> int:
    return int(answer.headers["Content-Location"].rpartition("/")[2])


async def a_series_of_ours(service: ServiceUnderTest, code: str = "SVL-FLATS") -> None:
    series = {
        "code": code,
        "name_cs": "Byty ve vyloučené lokalitě",
        "name_en": "Flats in an excluded locality",
        "definition_cs": "Byty podle místního šetření.",
        "definition_en": "Flats as counted on the spot.",
        "unit_of_measure": "flat",
        "periodicity": "year",
        "source": "COLLECTED",
    }
    async with service.client(ADMINISTRATOR) as client:
        answer = await client.post("/statistics/series", json=series)
    assert answer.status_code == 201, answer.text


async def test_population_is_a_vintage_of_the_statistical_office(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [POPULATION, a_population("2100"), a_population("", code="567043")]
    answer = await imported(
        registry, "population", rows, file_name="130149-24.csv", published_on="2024-05-24"
    )
    report = answer.json()
    assert (report["kind"], report["accepted"], report["changes"]["figures"]) == (
        "statistics-population",
        2,
        2,
    )
    [of_obrnice] = await figures_of(registry, series="POP", unit=str(OBRNICE))
    assert (of_obrnice["value"], of_obrnice["source"], of_obrnice["vintage"]) == (
        "2100",
        "CSU-130149",
        "130149-24.csv",
    )
    assert of_obrnice["published_on"] == "2024-05-24"
    becov = await figures_of(registry, series="POP", unit=str(unit_id(UnitKind.MUNICIPALITY, "567043")))
    assert [(each["value"], each["status"]) for each in becov] == [(None, "confidential")]


async def test_the_old_dialect_of_the_office_is_read_as_well(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    content = csv_of([POPULATION, a_population("2100")], delimiter=";", encoding="cp1250")
    async with registry.client(ANALYST) as client:
        answer = await sent(client, "population", content)
    assert answer.json()["changes"]["figures"] == 1, answer.text


async def test_importing_a_file_twice_changes_nothing(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [POPULATION, a_population("2100"), a_population("900", code="567043")]
    first = await imported(registry, "population", rows)
    before = await state_of(registry)
    again = await imported(registry, "population", [rows[0], *reversed(rows[1:])])
    assert vintage_of(again) == vintage_of(first)
    assert again.json()["changes"] == {"vintages": 0, "figures": 0, "findings": 0}
    assert await state_of(registry) == before


async def test_the_same_file_twice_at_once_makes_one_vintage(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [POPULATION, a_population("2100")]
    both = await asyncio.gather(*(imported(registry, "population", rows) for _ in range(2)))
    assert len({vintage_of(answer) for answer in both}) == 1
    assert sorted(answer.json()["changes"]["vintages"] for answer in both) == [0, 1]


async def test_a_total_that_is_not_the_sum_of_its_municipalities_is_a_finding(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    async with registry.client(ADMINISTRATOR) as client:
        towns = await client.get("/units", params={"filter[kind]": "municipality", "limit": "200"})
    codes = [town["code"] for town in towns.json()["items"]]
    rows = [POPULATION, *(a_population("100", code=code) for code in codes)]
    right = await imported(registry, "population", [*rows, a_population(str(100 * len(codes)), "19", "97")])
    wrong = await imported(registry, "population", [*rows, a_population("5", "19", "97", 2023)])
    assert vintage_of(right) == vintage_of(wrong), "the totals are no figures of ours"
    other_year = [
        POPULATION,
        *(a_population("100", code=code, year=2022) for code in codes),
        a_population("5", "19", "97", 2022),
    ]
    told = await findings_of(registry, vintage_of(await imported(registry, "population", other_year)))
    [found] = [each for each in told if each["kind"] == "published-total"]
    assert found["facts"]["published"] == "5"
    assert found["facts"]["sum"] == str(100 * len(codes))


async def test_a_leap_in_a_long_history_is_a_finding(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [a_population(str(2100 + year % 3), year=year) for year in range(2015, 2023)]
    await imported(registry, "population", [POPULATION, *rows])
    leap = await imported(registry, "population", [POPULATION, a_population("21000", year=2023)])
    assert leap.json()["changes"]["findings"] == 1
    [found] = await findings_of(registry, vintage_of(leap))
    assert (found["kind"], found["unit_name"], found["facts"]["value"]) == ("own-history", "Obrnice", "21000")


async def test_enforcement_and_jobseekers_are_monthly(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await imported(registry, "enforcement", ENFORCED, period="2026-03-01")
    await imported(registry, "enforcement", [ENFORCED[0], ["567337", "748", "4190"]], period="2026-04-01")
    await imported(registry, "jobseekers", [["Kód obce", "Období", "UoZ"], ["567337", "3/2026", "62"]])
    async with registry.client() as client:
        series = (await client.get(f"/statistics/units/{OBRNICE}/series/EXE-PERSONS")).json()
    assert [(point["period"], point["value"]) for point in series["points"]] == [
        ("2026-03-01", "751"),
        ("2026-04-01", "748"),
    ]
    assert [each["value"] for each in await figures_of(registry, series="JOBSEEKERS")] == ["62"]


async def test_a_file_without_a_month_is_refused(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    answer = await imported(registry, "enforcement", ENFORCED, status=422)
    assert code_of(answer) == "period-missing"


async def test_bad_rows_are_reported_by_row_and_column_and_leave_nothing(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    before = await state_of(registry)
    rows = [POPULATION, a_population("2100"), a_population("1", code="999997"), a_population("-1", "567043")]
    answer = await imported(registry, "population", rows, status=422)
    assert code_of(answer) == "rows-refused"
    assert [(each["row"], each["column"]) for each in answer.json()["problems"]] == [
        (3, "vuzemi_kod"),
        (4, "hodnota"),
    ]
    assert await state_of(registry) == before
    kept = await imported(registry, "population", rows, on_bad_rows="keep-good")
    assert (kept.json()["accepted"], kept.json()["refused"]) == (1, 2)


async def test_a_figure_told_twice_is_a_bad_row(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [POPULATION, a_population("2100"), a_population("2101")]
    answer = await imported(registry, "population", rows, dry_run="true")
    assert [each["row"] for each in answer.json()["problems"]] == [3]


async def test_a_dry_run_leaves_nothing(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    before = await state_of(registry)
    answer = await imported(registry, "enforcement", ENFORCED, period="2026-03-01", dry_run="true")
    assert (answer.json()["id"], answer.json()["accepted"]) == (None, 1)
    assert "Content-Location" not in answer.headers
    assert await state_of(registry) == before


async def test_a_file_without_any_figure_is_refused(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    answer = await imported(registry, "population", [POPULATION], status=422)
    assert code_of(answer) == "nothing-to-import"


async def test_small_counts_that_we_collect_are_not_shown(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await a_series_of_ours(registry)
    rows = [
        COLLECTED,
        ["SVL-FLATS", "2025", "567337", "3", "místní šetření"],
        ["SVL-FLATS", "2025", "567043", "0", ""],
        ["SVL-FLATS", "2024", "567337", "5", ""],
    ]
    await imported(registry, "figures", rows)
    shown = {
        (each["unit_code"], each["period"]): (each["value"], each["status"], each["shown"])
        for each in await figures_of(registry, series="SVL-FLATS")
    }
    assert shown == {
        ("567337", "2025-01-01"): (None, "suppressed", "< 5"),
        ("567043", "2025-01-01"): ("0", "given", None),
        ("567337", "2024-01-01"): ("5", "given", None),
    }
    async with registry.client() as client:
        series = (await client.get(f"/statistics/units/{OBRNICE}/series/SVL-FLATS")).json()
    assert [point["value"] for point in series["points"]] == ["5", None]


async def test_an_edition_in_parts_leaves_the_figures_of_others_in_force(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await a_series_of_ours(registry)
    await imported(registry, "figures", [COLLECTED, *(["SVL-FLATS", "2025", c, "20", ""] for c in TWO)])
    await imported(registry, "figures", [COLLECTED, ["SVL-FLATS", "2025", "567337", "21", ""]])
    shown = {each["unit_code"]: each["value"] for each in await figures_of(registry, series="SVL-FLATS")}
    assert shown == {"567337": "21", "567043": "20"}


TWO = ("567337", "567043")


async def test_a_whole_edition_takes_the_place_of_the_older_one(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await imported(registry, "population", [POPULATION, *(a_population("20", code=code) for code in TWO)])
    await imported(registry, "population", [POPULATION, a_population("21")])
    assert [each["value"] for each in await figures_of(registry, series="POP")] == ["21"]


async def test_what_comes_back_after_a_correction_is_in_force_again(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    right, wrong = [POPULATION, a_population("20")], [POPULATION, a_population("21")]
    vintages = [vintage_of(await imported(registry, "population", rows)) for rows in (right, wrong, right)]
    assert vintages == sorted(set(vintages))
    assert [each["value"] for each in await figures_of(registry, series="POP")] == ["20"]
    before = await state_of(registry)
    assert vintage_of(await imported(registry, "population", right)) == vintages[-1]
    assert await state_of(registry) == before


async def test_a_later_year_of_the_source_makes_no_edition_of_a_year_obsolete(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    of_2022, of_2023 = ([POPULATION, a_population("20", year=year)] for year in (2022, 2023))
    first = await imported(registry, "population", of_2022)
    await imported(registry, "population", of_2023)
    assert vintage_of(await imported(registry, "population", of_2022)) == vintage_of(first)


async def test_what_another_town_sent_since_leaves_the_file_of_a_town_as_it_was(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    await a_series_of_ours(registry)
    obrnice, becov = ([COLLECTED, ["SVL-FLATS", "2025", code, "20", ""]] for code in TWO)
    first = await imported(registry, "figures", obrnice)
    await imported(registry, "figures", becov)
    assert vintage_of(await imported(registry, "figures", obrnice)) == vintage_of(first)
    await imported(registry, "figures", [COLLECTED, ["SVL-FLATS", "2025", TWO[0], "21", ""]])
    assert vintage_of(await imported(registry, "figures", obrnice)) > vintage_of(first)
    shown = {each["unit_code"]: each["value"] for each in await figures_of(registry, series="SVL-FLATS")}
    assert shown == {"567337": "20", "567043": "20"}


async def test_a_table_does_not_stand_in_for_the_workbook(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    before = await state_of(registry)
    rows = [COLLECTED, ["EXE", "2023", "567337", "3", ""]]
    answer = await imported(registry, "figures", rows, status=422, source="ISV-WORKBOOK")
    assert (code_of(answer), answer.json()["errors"][0]["pointer"]) == (
        "source-has-file-of-its-own",
        "query/source",
    )
    assert await state_of(registry) == before


async def test_an_answer_that_is_told_again_names_its_vintage_too(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    content = csv_of([POPULATION, a_population("20")])
    async with registry.client(ANALYST, **{"Idempotency-Key": "population-2023"}) as client:
        first, again = [await sent(client, "population", content) for _ in range(2)]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert vintage_of(again) == vintage_of(first)


async def test_a_series_of_the_state_is_not_filled_by_what_towns_collect(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    rows = [COLLECTED, ["POP15", "2025", "567337", "3", ""]]
    answer = await imported(registry, "figures", rows, dry_run="true")
    assert "ISV-WORKBOOK" in answer.json()["problems"][0]["cs"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (a_bomb(2), "sheet-too-large"),
        (encrypted(), "workbook-encrypted"),
        (with_formulas(ENFORCED), "formulas-found"),
        (with_merged_cells(ENFORCED), "cells-merged"),
        (a_workbook(ENFORCED, others=["List2"]), "sheet-missing"),
        (b"kod_obce;pocet_osob\n567337;\x00\n", "file-not-readable"),
        (b"cosi;jineho\n1;2\n", "columns-missing"),
    ],
    ids=["bomb", "encrypted", "formulas", "merged", "sheets", "nul", "columns"],
)
async def test_a_hostile_file_is_a_clear_problem_and_leaves_nothing(
    registry: ServiceUnderTest, content: bytes, problem: str
) -> None:
    await seeded(registry)
    before = await state_of(registry)
    async with registry.client(ANALYST) as client:
        answer = await sent(client, "enforcement", content, period="2026-03-01")
    assert (answer.status_code, code_of(answer)) == (422, problem)
    assert await state_of(registry) == before


async def test_who_may_import_and_look_at_findings(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    async with registry.client(CONSULTANT) as client:
        refused = await sent(client, "enforcement", csv_of(ENFORCED), period="2026-03-01")
    async with registry.client() as client:
        unknown = await client.get("/statistics/vintages/1/findings")
    assert (refused.status_code, unknown.status_code) == (403, 401)
