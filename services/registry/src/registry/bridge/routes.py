"""HTTP of methods side by side: open to everybody."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from pydantic import Field, StringConstraints

from registry.averages.domain import half_up
from registry.bridge import repository
from registry.bridge.domain import by_year, chosen_year, compare, expect_two, note_cs, note_en, series
from registry.bridge.repository import Shown
from registry.bridge.schemas import (
    ComparedList,
    DifferenceCount,
    MethodBand,
    MethodComparison,
    MethodsOfUnitOut,
    SeriesStep,
    YearByMethods,
)
from registry.exclusion.definition import method_of
from registry.exclusion.method import Method
from registry.units.domain import UnitUnknown
from shared.http import InDigits, Page, Reads, public, router

bridge = router("/index", tag="index methods")

MethodCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """Two methods on one year of those that both have computed."""

    first: Method
    second: Method
    year: int
    common_years: list[int]
    first_id: int
    second_id: int


async def _two(
    reads: Reads,
    first: MethodCode,
    second: MethodCode,
    year: Annotated[
        int | None, Field(ge=2000, le=2100), InDigits, Query(description="The newest common one")
    ] = None,
) -> Two:
    expect_two(first, second)
    rows = await reads.rows(repository.COMMON_YEARS, first=first, second=second)
    common = [row["year"] for row in rows]
    chosen = chosen_year(common, asked=year, first=first, second=second)
    row = next(row for row in rows if row["year"] == chosen)
    return Two(
        first=method_of(json.loads(row["first_definition"])),
        second=method_of(json.loads(row["second_definition"])),
        year=chosen,
        common_years=common,
        first_id=row["first_id"],
        second_id=row["second_id"],
    )


Compared = Annotated[Two, Depends(_two)]


@bridge.get("/units/{unit_id}/methods", response_model=MethodsOfUnitOut, dependencies=[public()])
async def list_methods_of_unit(reads: Reads, unit_id: UUID) -> MethodsOfUnitOut:
    """Give all years by all methods, and the series by the method of each year with its breaks marked."""
    results = repository.results(await reads.rows(repository.OF_UNIT, unit_id=unit_id))
    if not results and await reads.row(repository.UNIT, unit_id=unit_id) is None:
        raise UnitUnknown
    return MethodsOfUnitOut(
        unit_id=unit_id,
        years=[YearByMethods.of(year, of_year) for year, of_year in by_year(results)],
        series=[SeriesStep.of(step) for step in series(results)],
    )


@bridge.get("/methods/compare", response_model=MethodComparison, dependencies=[public()])
async def compare_methods(reads: Reads, two: Compared) -> MethodComparison:
    """Set two methods against each other on a year that both computed: shifts of bands, differences."""
    rows = await reads.rows(repository.PAIRINGS, first_id=two.first_id, second_id=two.second_id)
    found = compare(
        repository.pairings(rows), first_bands=len(two.first.bands), second_bands=len(two.second.bands)
    )
    return MethodComparison(
        first=two.first.code,
        second=two.second.code,
        year=two.year,
        common_years=two.common_years,
        first_computation_id=two.first_id,
        second_computation_id=two.second_id,
        first_bands=[MethodBand.model_validate(band) for band in two.first.bands],
        second_bands=[MethodBand.model_validate(band) for band in two.second.bands],
        municipalities=found.municipalities,
        unknown=found.unknown,
        lower=found.lower,
        unchanged=found.unchanged,
        higher=found.higher,
        band_changed=found.band_changed,
        mean_difference=half_up(found.mean_difference) if found.mean_difference is not None else None,
        shifts=[list(row) for row in found.shifts],
        differences=[DifferenceCount(difference=by, municipalities=n) for by, n in found.differences],
        note_cs=note_cs(two.year, two.first.code, two.second.code),
        note_en=note_en(two.year, two.first.code, two.second.code),
    )


@bridge.get("/methods/compare/municipalities", response_model=ComparedList, dependencies=[public()])
async def list_compared(
    reads: Reads, two: Compared, page: Page, shown: Shown = Shown.BAND_DIFFERS
) -> Response:
    """List municipalities with both results in Czech order; only those whose band differs unless asked."""
    return await reads.page(
        repository.municipalities(shown),
        page,
        first_id=two.first_id,
        second_id=two.second_id,
        day=date(two.year, 12, 31),
    )
