"""HTTP of statistics: figures with where they are from for everybody; the catalogue by the Agency."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from pydantic import Field

from registry.statistics import list_repository, use_cases
from registry.statistics.domain import SeriesOrUnitUnknown, VintageUnknown
from registry.statistics.schemas import (
    Code,
    FigureList,
    FindingList,
    SeriesIn,
    SeriesList,
    SeriesOut,
    SourceIn,
    SourceList,
    SourceOut,
    TimeSeriesOut,
    VintageList,
    VintageOut,
)
from shared.contracts.base import Role
from shared.days import end_of
from shared.http import Day, InDigits, Page, Reads, Tx, allow, public, router

statistics = router("/statistics", tag="statistics")

AsOf = Annotated[
    Day | None, Query(description="What was known at the end of this day: later vintages do not count")
]
VintageId = Annotated[int, Field(ge=1, le=2**31 - 1), InDigits]
Which = Annotated[
    str,
    Query(
        pattern="^(newest|all|[0-9]{1,9})$",
        description="`newest`: those in force; `all`: every vintage beside the others; or one by its number",
    ),
]


@statistics.get("/sources", response_model=SourceList, dependencies=[public()])
async def list_sources(reads: Reads, page: Page) -> Response:
    return await reads.page(list_repository.SOURCES, page)


@statistics.post(
    "/sources", status_code=201, response_model=SourceOut, dependencies=[allow(Role.ADMINISTRATOR)]
)
async def add_source(tx: Tx, body: SourceIn) -> SourceOut:
    source = body.source()
    await use_cases.add_source(tx, source)
    return SourceOut.of(source)


@statistics.get("/series", response_model=SeriesList, dependencies=[public()])
async def list_series(reads: Reads, page: Page) -> Response:
    return await reads.page(list_repository.SERIES, page)


@statistics.post(
    "/series", status_code=201, response_model=SeriesOut, dependencies=[allow(Role.ADMINISTRATOR)]
)
async def add_series(tx: Tx, body: SeriesIn) -> SeriesOut:
    series = body.series()
    await use_cases.add_series(tx, series)
    return SeriesOut.of(series)


@statistics.get("/vintages", response_model=VintageList, dependencies=[public()])
async def list_vintages(
    reads: Reads, page: Page, source: Annotated[Code | None, Query(alias="filter[source]")] = None
) -> Response:
    """List the latest first."""
    return await reads.page(list_repository.vintages(of_source=source is not None), page, source=source)


@statistics.get("/vintages/{vintage_id}", response_model=VintageOut, dependencies=[public()])
async def get_vintage(reads: Reads, vintage_id: VintageId) -> Response:
    found = await reads.one(list_repository.ONE_VINTAGE, vintage_id=vintage_id)
    if found is None:
        raise VintageUnknown
    return found


@statistics.get(
    "/vintages/{vintage_id}/findings",
    response_model=FindingList,
    dependencies=[allow(Role.ADMINISTRATOR, Role.ANALYST, Role.CONSULTANT, Role.EVALUATOR)],
)
async def list_findings(reads: Reads, page: Page, vintage_id: VintageId) -> Response:
    """List what the checks on arrival noticed. They name small counts too: for the Agency alone."""
    if await reads.row(list_repository.ONE_VINTAGE, vintage_id=vintage_id) is None:
        raise VintageUnknown
    return await reads.page(list_repository.FINDINGS, page, vintage_id=vintage_id)


def _filters(
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    series: Annotated[Code | None, Query(alias="filter[series]")] = None,
    period: Annotated[Day | None, Query(alias="filter[period]", description="First day of it")] = None,
    vintage: Which = "newest",
    as_of: AsOf = None,
) -> dict[str, object]:
    asked = {
        "unit": unit,
        "series": series,
        "period": period,
        "vintage_id": int(vintage) if vintage.isdecimal() else None,
        "until": end_of(as_of) if as_of else None,
        "newest": vintage == "newest" or None,
    }
    return {name: value for name, value in asked.items() if value is not None}


@statistics.get("/figures", response_model=FigureList, dependencies=[public()])
async def list_figures(
    reads: Reads, page: Page, filters: Annotated[dict[str, object], Depends(_filters)]
) -> Response:
    """List figures by series, period, vintage and unit; small counts of protected sources are hidden."""
    named = frozenset(filters) - {"newest"}
    query = list_repository.figures(named, newest="newest" in filters)
    return await reads.page(query, page, **filters)


@statistics.get("/units/{unit_id}/series/{series}", response_model=TimeSeriesOut, dependencies=[public()])
async def get_time_series(reads: Reads, unit_id: UUID, series: Code, as_of: AsOf = None) -> Response:
    """Return one series of one unit in the order of time, by the vintages in force."""
    query = list_repository.TIME_SERIES_AS_OF if as_of else list_repository.TIME_SERIES
    found = await reads.one(query, unit_id=unit_id, series=series, until=end_of(as_of) if as_of else None)
    if found is None:
        raise SeriesOrUnitUnknown
    return found
