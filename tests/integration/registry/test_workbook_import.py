"""The ministry's workbook in the registry: units, memberships, a vintage of figures; nothing by halves."""

import asyncio
from typing import cast

import pytest

from registry.imports.domain import OnBadRows, RowsRefused
from registry.statistics.domain import NothingToImport
from registry.statistics.headings import ColumnsNotAsExpected
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind, UnitRegistered
from tests.support.registry import OBRNICE
from tests.support.service import ServiceUnderTest
from tests.support.statistics import (
    TOWNS,
    Town,
    a_sheet,
    figures_of,
    findings_of,
    seeded,
    state_of,
    workbook_imported,
)

HAVRAN = unit_id(UnitKind.MUNICIPALITY, "567141")


async def test_a_workbook_registers_who_is_new_and_places_all(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    done = await workbook_imported(registry, a_sheet())
    async with registry.client() as client:
        unit = (await client.get(f"/units/{HAVRAN}")).json()
        groups = (await client.get(f"/units/{HAVRAN}/groups")).json()["items"]
    assert done.run.changes["registered"] == 4, "Most, Havraň, their POÚ, their ORP"
    assert (unit["name"], unit["status"], unit["valid_from"]) == ("Havraň", "municipality", "2000-01-01")
    assert [group["code"] for group in groups] == ["42081"]
    assert {told.code for told in await registry.told(UnitRegistered)} >= {"567141", "42081", "4208"}


async def test_figures_stand_with_their_source_vintage_and_licence(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    done = await workbook_imported(registry, a_sheet(Town(index=24)))
    figures = {each["series"]: each for each in await figures_of(registry, unit=str(OBRNICE))}
    assert len(figures) == 9
    assert figures["PNB"]["value"] == "195.66666666666666"
    assert figures["ISV"]["value"] == "24"
    assert figures["EXE"] | {"imported_at": ""} == {
        "series": "EXE",
        "period": "2023-01-01",
        "unit_id": str(OBRNICE),
        "unit_code": "567337",
        "unit_name": "Obrnice",
        "value": "750",
        "status": "given",
        "shown": None,
        "note": None,
        "vintage_id": done.vintage_id,
        "vintage": "Index soc. vyloučení 2023",
        "source": "ISV-WORKBOOK",
        "licence": figures["EXE"]["licence"],
        "published_on": None,
        "imported_at": "",
    }


async def test_a_municipality_without_a_school_has_no_pupils_and_a_blank_is_confidential(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    await workbook_imported(registry, a_sheet(EXE={2: None}, EXE_percent={2: None}, EXE_quotient={2: None}))
    of_havran = {each["series"]: each for each in await figures_of(registry, unit=str(HAVRAN))}
    told = {series: (each["value"], each["status"]) for series, each in of_havran.items()}
    assert told["PO"] == told["LEAVERS"] == (None, "not-applicable")
    assert told["EXE"] == (None, "confidential")
    assert "ISV" not in told, "a blank Index was not published: there is no figure"


async def test_the_same_workbook_again_changes_nothing(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    first = await workbook_imported(registry, a_sheet())
    before = await state_of(registry)
    again = await workbook_imported(registry, a_sheet(*reversed(TOWNS)))
    assert (again.vintage_id, again.is_new) == (first.vintage_id, False)
    assert set(again.run.changes.values()) == {0}
    assert await state_of(registry) == before


async def test_a_corrected_workbook_stands_beside_the_old_one_and_is_in_force(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    first = await workbook_imported(registry, a_sheet())
    second = await workbook_imported(registry, a_sheet(EXE={0: 751.0}))
    asked = {"unit": str(OBRNICE), "series": "EXE"}
    assert [each["value"] for each in await figures_of(registry, **asked)] == ["751"]
    every = await figures_of(registry, **asked, vintage="all")
    assert [(each["vintage_id"], each["value"]) for each in every] == [
        (first.vintage_id, "750"),
        (second.vintage_id, "751"),
    ]
    assert [each["value"] for each in await figures_of(registry, **asked, vintage=str(first.vintage_id))] == [
        "750"
    ]
    assert await figures_of(registry, **asked, as_of="2020-01-01") == []
    async with registry.client() as client:
        series = (await client.get(f"/statistics/units/{OBRNICE}/series/EXE")).json()
        quiet = (await client.get(f"/statistics/units/{OBRNICE}/series/UOZ")).json()
        before = (await client.get(f"/statistics/units/{OBRNICE}/series/EXE?as_of=2020-01-01")).json()
    assert [(point["value"], point["revised"]) for point in series["points"]] == [("751", True)]
    assert [(point["value"], point["revised"]) for point in quiet["points"]] == [("62", False)]
    assert before["points"] == []


async def test_a_corrected_workbook_can_be_taken_back(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await workbook_imported(registry, a_sheet())
    await workbook_imported(registry, a_sheet(EXE={0: 751.0}))
    back = await workbook_imported(registry, a_sheet())
    again = await workbook_imported(registry, a_sheet())
    assert [back.is_new, again.is_new, again.vintage_id == back.vintage_id] == [True, False, True]
    found = await figures_of(registry, unit=str(OBRNICE), series="EXE")
    assert [each["value"] for each in found] == ["750"]


async def test_a_dry_run_tells_all_and_leaves_nothing(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    before = await state_of(registry)
    done = await workbook_imported(registry, a_sheet(EXE={0: -1.0}), dry_run=True)
    assert (done.run.refused, done.vintage_id, done.run_id) == (1, None, None)
    assert await state_of(registry) == before


async def test_a_bad_row_refuses_the_whole_file(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    before = await state_of(registry)
    with pytest.raises(RowsRefused) as refusal:
        await workbook_imported(registry, a_sheet(EXE={0: -1.0}))
    problems = cast(list[dict[str, object]], refusal.value.facts["problems"])
    assert [(problem["row"], problem["value"]) for problem in problems] == [(2, "-1.0")]
    assert await state_of(registry) == before


async def test_good_rows_are_kept_where_that_is_asked(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    done = await workbook_imported(registry, a_sheet(EXE={0: -1.0}), on_bad_rows=OnBadRows.KEEP_GOOD)
    assert (done.run.accepted, done.run.refused) == (2, 1)
    assert {each["unit_code"] for each in await figures_of(registry, series="EXE")} == {"567027", "567141"}


async def test_shuffled_columns_leave_nothing(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    before = await state_of(registry)
    sheet = a_sheet()
    with pytest.raises(ColumnsNotAsExpected):
        await workbook_imported(registry, a_sheet(columns=[*sheet.columns[1:], sheet.columns[0]]))
    assert await state_of(registry) == before


async def test_another_name_or_district_is_told_and_not_taken_over(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    moved = Town(name="Obernice", district="CZ0424")
    done = await workbook_imported(registry, a_sheet(moved, *TOWNS[1:]))
    async with registry.client() as client:
        unit = (await client.get(f"/units/{OBRNICE}")).json()
    assert unit["name"] == "Obrnice"
    assert {(problem.row, problem.value) for problem in done.run.problems} == {(2, "Obernice"), (2, "CZ0424")}
    assert done.run.refused == 0


@pytest.mark.parametrize(
    ("town", "says"),
    [
        (Town(region="CZ099", district="CZ0991"), "no such region"),
        (Town(district="CZ0101"), "no such district"),
        (Town(district="CZ0201"), "another region"),
    ],
)
async def test_an_unknown_region_or_district_is_a_bad_row(
    registry: ServiceUnderTest, town: Town, says: str
) -> None:
    await seeded(registry)
    done = await workbook_imported(registry, a_sheet(town, *TOWNS[1:]), dry_run=True)
    assert [says in problem.en for problem in done.run.problems] == [True]


async def test_two_rows_that_place_an_orp_differently_contradict_each_other(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    done = await workbook_imported(registry, a_sheet(orp_name={1: "Litvínov"}), dry_run=True)
    [problem] = done.run.problems
    assert (problem.row, problem.value) == (3, "Litvínov")
    assert "Row 2" in problem.en


async def test_two_imports_at_once_make_one_vintage(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    both = await asyncio.gather(
        workbook_imported(registry, a_sheet()), workbook_imported(registry, a_sheet())
    )
    assert sorted(done.is_new for done in both) == [False, True]
    assert len({done.vintage_id for done in both}) == 1


async def test_praha_has_neither_orp_nor_pou(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    praha = Town(code="554782", name="Praha", status="H", pou="0", orp="0", district="CZ0100", region="CZ010")
    done = await workbook_imported(registry, a_sheet(praha))
    assert done.run.changes["memberships"] == 0
    assert done.run.problems == ()


async def test_shares_that_contradict_the_counts_are_findings_and_nothing_is_refused(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    done = await workbook_imported(registry, a_sheet(EXE_percent={1: 99.0}, PNB={0: 3.3}))
    found = await findings_of(registry, done.vintage_id)
    kinds = {(each["kind"], each["series"], each["facts"].get("column")) for each in found}
    assert ("contradiction", "EXE", "EXE %") in kinds
    assert ("implausible", "PNB", None) in kinds
    assert done.run.refused == 0


async def test_a_workbook_without_rows_is_refused(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    before = await state_of(registry)
    sheet = a_sheet()
    sheet.rows.clear()
    with pytest.raises(NothingToImport):
        await workbook_imported(registry, sheet)
    assert await state_of(registry) == before
