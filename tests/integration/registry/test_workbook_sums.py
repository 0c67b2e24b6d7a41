"""The ministry's workbook of 2023 as it lies beside the checkout: its sums are those that are known."""

from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from registry.reading import read_table
from registry.statistics.figure_repository import newest
from registry.statistics.tables import FigureRow
from registry.units.tables import UnitStateRow
from tests.support.files import published
from tests.support.service import ServiceUnderTest
from tests.support.statistics import findings_of, seeded, state_of, workbook_imported

SERIES = ("POP15", "POP1564", "EXE", "PNB", "PNZ", "UOZ", "PO", "LEAVERS")
SUMS = """
CZ010 1166085 909437 70706 28205.17 4999.92 12933 102 11965
CZ020 1199677 927230 66563 22362.42 5292.75 13568 384 14897
CZ031 551740 410715 33062 11937.58 2687.25 4954 234 6406
CZ032 519348 393322 35011 8617.33 2291.42 4709 240 5944
CZ041 251684 188837 29943 7644.75 2796.17 4211 117 2801
CZ042 685520 518141 90080 27632.83 10771.42 16963 549 8754
CZ051 379168 285215 32519 12032.42 2827.17 5395 166 4761
CZ052 471002 345988 26849 11745.33 2615.08 4714 149 5507
CZ053 446000 334506 23359 9683.67 2442.58 3783 156 5340
CZ063 436788 325800 17654 7953.83 1431.17 4211 83 5126
CZ064 1028332 777424 55726 27261.5 5339.58 17453 217 11252
CZ071 534524 396702 33197 13791.5 4069.25 6596 179 6051
CZ072 492783 364956 21159 10984.17 2075.42 4415 107 5999
CZ080 1010146 757202 85477 48811.08 14438.42 22323 474 11698
"""
"""Sums by region (domain specification 2.8); averages of months are rounded there to two places."""
REGIONS = {line.split()[0]: [Decimal(cell) for cell in line.split()[1:]] for line in SUMS.split("\n") if line}


async def sums_by_region(service: ServiceUnderTest) -> dict[str, list[Decimal]]:
    town, district, region = (aliased(UnitStateRow) for _ in range(3))
    figures = newest(FigureRow.series, FigureRow.unit_id, FigureRow.value).subquery()
    statement = (
        select(region.code, figures.c.series, func.sum(figures.c.value))
        .join(town, town.unit_id == figures.c.unit_id)
        .join(district, district.unit_id == town.parent_id)
        .join(region, region.unit_id == district.parent_id)
        .group_by(region.code, figures.c.series)
    )
    async with service.resources.engine.connect() as connection:
        found = {(code, series): total for code, series, total in await connection.execute(statement)}
    return {code: [round(found[code, series], 2) for series in SERIES] for code in REGIONS}


async def test_the_workbook_of_2023_comes_in_whole_and_its_sums_come_out(
    registry: ServiceUnderTest, tmp_path: Path
) -> None:
    path = tmp_path / "index.xlsx"
    path.write_bytes(published("index-2023-half-published.xlsx"))
    await seeded(registry)
    sheet = await read_table(path)
    done = await workbook_imported(registry, sheet)
    assert (done.run.rows, done.run.refused, done.run.problems) == (6258, 0, ())
    assert (done.without_school, len(done.published)) == (4890, 3074)
    assert done.run.changes["registered"] == 6258 - 38 + 392 + 205
    assert await sums_by_region(registry) == REGIONS
    kinds = {found["kind"] for found in await findings_of(registry, done.vintage_id)}
    assert kinds == {"peers"}, "its shares and quotients contradict no count"
    before = await state_of(registry)
    again = await workbook_imported(registry, sheet)
    assert (again.is_new, again.vintage_id) == (False, done.vintage_id)
    assert await state_of(registry) == before
