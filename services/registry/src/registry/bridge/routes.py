"""HTTP of methods side by side: open to everybody."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from pydantic import Field, StringConstraints

from registry.averages.domain import half_up
from registry.bridge import repository
from registry.bridge.domain import by_year, chosen_year, compare, expect_two, note_cs, note_en, series
from registry.bridge.repository import Common, Shown
from registry.bridge.schemas import (
    ComparedList,
    DifferenceCount,
    MethodBand,
    MethodComparison,
    MethodsOfUnitOut,
    SeriesStep,
    YearByMethods,
)
from registry.units.domain import UnitUnknown
from shared.http import InDigits, Page, Reads, public, router

bridge = router("/index", tag="index methods")

MethodCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """Two methods on the chosen year of those that both have computed."""

    chosen: Common
    common_years: list[int]


async def _two(
    reads: Reads,
    first: MethodCode,
    second: MethodCode,
    year: Annotated[
        int | None, Field(ge=2000, le=2100), InDigits, Query(description="The newest common one")
    ] = None,
) -> Two:
    expect_two(first, second)
    common = await repository.common_years(reads, first, second)
    years = [each.year for each in common]
    chosen = chosen_year(years, asked=year, first=first, second=second)
    return Two(chosen=next(each for each in common if each.year == chosen), common_years=years)


Compared = Annotated[Two, Depends(_two)]


@bridge.get("/units/{unit_id}/methods", response_model=MethodsOfUnitOut, dependencies=[public()])
async def list_methods_of_unit(reads: Reads, unit_id: UUID) -> MethodsOfUnitOut:
    """Give all years by all methods, and the series by the method of each year with its breaks marked."""
    results = await repository.results(reads, unit_id)
    if not results and not await repository.is_registered(reads, unit_id):
        raise UnitUnknown
    return MethodsOfUnitOut(
        unit_id=unit_id,
        years=[YearByMethods.of(year, of_year) for year, of_year in by_year(results)],
        series=[SeriesStep.of(step) for step in series(results)],
    )


@bridge.get("/methods/compare", response_model=MethodComparison, dependencies=[public()])
async def compare_methods(reads: Reads, two: Compared) -> MethodComparison:
    """Set two methods against each other on a year that both computed: shifts of bands, differences."""
    chosen = two.chosen
    first, second = chosen.first, chosen.second
    found = compare(
        await repository.pairings(reads, chosen),
        first_bands=len(first.bands),
        second_bands=len(second.bands),
    )
    return MethodComparison(
        first=first.code,
        second=second.code,
        year=chosen.year,
        common_years=two.common_years,
        first_computation_id=chosen.first_id,
        second_computation_id=chosen.second_id,
        first_bands=[MethodBand.model_validate(band) for band in first.bands],
        second_bands=[MethodBand.model_validate(band) for band in second.bands],
        municipalities=found.municipalities,
        unknown=found.unknown,
        lower=found.lower,
        unchanged=found.unchanged,
        higher=found.higher,
        band_changed=found.band_changed,
        mean_difference=half_up(found.mean_difference) if found.mean_difference is not None else None,
        shifts=[list(row) for row in found.shifts],
        differences=[DifferenceCount(difference=by, municipalities=n) for by, n in found.differences],
        note_cs=note_cs(chosen.year, first.code, second.code),
        note_en=note_en(chosen.year, first.code, second.code),
    )


@bridge.get("/methods/compare/municipalities", response_model=ComparedList, dependencies=[public()])
async def list_compared(
    reads: Reads, two: Compared, page: Page, shown: Shown = Shown.BAND_DIFFERS
) -> Response:
    """List municipalities with both results in Czech order; only those whose band differs unless asked."""
    return await reads.page(
        repository.municipalities(shown),
        page,
        first_id=two.chosen.first_id,
        second_id=two.chosen.second_id,
        day=date(two.chosen.year, 12, 31),
    )
