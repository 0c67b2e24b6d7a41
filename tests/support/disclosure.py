"""Figures of a protected source, brought by a file and released; what everybody may see of them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from registry.disclosure import use_cases
from registry.disclosure.tables import ReleasedSumRow, SuppressedCellRow
from registry.reading import Cell, FileKind, Sheet
from registry.statistics.domain import COLLECTED, FileOf, ImportAsked, Periodicity, Series
from registry.statistics.import_use_cases import import_published
from registry.statistics.use_cases import add_series
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.geography import Registered, a_municipality, a_pou, municipality_code, register_all
from tests.support.service import ServiceUnderTest
from tests.support.statistics import ANALYST, an_upload, seeded

SERIES = "CHILDREN-IN-HOSTELS"
TOWNS = [municipality_code(70000 + number) for number in range(12)]


def town(number: int) -> UUID:
    return unit_id(UnitKind.MUNICIPALITY, TOWNS[number])


async def some_towns(service: ServiceUnderTest, *more: Registered) -> None:
    """Register twelve towns beside the seed, and a series that the Agency collects."""
    await seeded(service)
    await register_all(service, [a_municipality(code, f"Obec {code}") for code in TOWNS])
    await register_all(service, [a_pou(), *more])
    series = Series(
        code=SERIES,
        name_cs="Děti v ubytovnách",
        name_en="Children in hostels",
        definition_cs="Děti do 18 let, které bydlí v ubytovně, k 31. prosinci.",
        definition_en="Children under 18 who live in a hostel, on 31 December.",
        unit_of_measure="person",
        periodicity=Periodicity.YEAR,
        source=COLLECTED,
    )
    async with service.transaction() as tx:
        await add_series(tx, series)


async def brought(
    service: ServiceUnderTest, counts: Mapping[str, int | float | None], *, year: int = 2024
) -> int:
    """Import figures of towns by code and return their vintage."""
    rows: list[list[Cell]] = [
        [SERIES, str(year), code, None if count is None else str(count)] for code, count in counts.items()
    ]
    sheet = Sheet(
        kind=FileKind.CSV, name="ubytovny", columns=("series", "period", "unit_code", "value"), rows=rows
    )
    async with service.transaction(ANALYST) as tx:
        done = await import_published(
            tx, sheet, upload=an_upload(), asked=ImportAsked(of=FileOf.FIGURES, source=COLLECTED)
        )
    assert done.vintage_id is not None, done.run.problems
    return done.vintage_id


async def released_figures(
    service: ServiceUnderTest, counts: Mapping[str, int | float | None], *, year: int = 2024
) -> int:
    vintage_id = await brought(service, counts, year=year)
    async with service.transaction() as tx:
        await use_cases.protect_vintage(tx, vintage_id)
    return vintage_id


async def hidden_of(service: ServiceUnderTest) -> dict[tuple[int, UUID], tuple[str, str]]:
    """Return mark and reason of every cell that is hidden, by vintage and unit."""
    async with service.resources.engine.connect() as connection:
        rows = await connection.execute(
            select(
                SuppressedCellRow.vintage_id,
                SuppressedCellRow.unit_id,
                SuppressedCellRow.mark,
                SuppressedCellRow.reason,
            )
        )
        return {(vintage, unit): (mark, reason) for vintage, unit, mark, reason in rows}


async def sums_of(service: ServiceUnderTest) -> set[UUID]:
    async with service.resources.engine.connect() as connection:
        return set(await connection.scalars(select(ReleasedSumRow.unit_id)))
