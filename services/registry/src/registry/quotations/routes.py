"""HTTP of what is cited: open data, asked for by services that keep citations of it."""

import json
from typing import Annotated
from uuid import UUID

from fastapi import Query

from registry.quotations import repository
from registry.quotations.schemas import (
    QuotedEdition,
    QuotedFigure,
    QuotedIndex,
    QuotedResult,
    QuotedSeries,
)
from registry.statistics.domain import SeriesOrUnitUnknown
from registry.statistics.schemas import Code
from shared.http import Day, Reads, Row, public, router

quotations = router("/quotations", tag="statistics")

MOST_UNITS = 100
Units = Annotated[
    list[UUID],
    Query(alias="unit", max_length=MOST_UNITS, default_factory=list, description="None: how far we are"),
]
Since = Annotated[Day, Query(description="Periods that begin on this day or later")]


@quotations.get("/figures", response_model=QuotedSeries, dependencies=[public()])
async def quote_figures(reads: Reads, series: Code, units: Units, since: Since) -> QuotedSeries:
    """Give one series of some units in all vintages; which of them count is told beside."""
    stand = await reads.row(repository.SERIES, series=series)  # first: what is read after it is no older
    if stand is None:
        raise SeriesOrUnitUnknown
    rows = await reads.rows(repository.FIGURES, series=series, units=units, since=since)
    vintages: dict[int, str] = {int(number): told for number, told in json.loads(stand["vintages"]).items()}
    return QuotedSeries(
        series=stand["code"],
        name_cs=stand["name_cs"],
        name_en=stand["name_en"],
        unit_of_measure=stand["unit_of_measure"],
        periodicity=stand["periodicity"],
        position=max(vintages, default=0),
        vintages=vintages,
        points=[QuotedFigure(**row) for row in rows],
    )


@quotations.get("/index", response_model=QuotedIndex, dependencies=[public()])
async def quote_index(reads: Reads, units: Units, since: Since) -> QuotedIndex:
    """Give the Index, its band and its components of some units, each year as it was published last."""
    editions = [QuotedEdition(**row) for row in await reads.rows(repository.EDITIONS)]
    rows = await reads.rows(repository.RESULTS, units=units, since=since.year)
    return QuotedIndex(
        position=sum(each.version for each in editions),
        editions=editions,
        points=[_result(row) for row in rows],
    )


def _result(row: Row) -> QuotedResult:
    told = dict(row)
    codes: list[str] = json.loads(told.pop("indicators"))
    points: list[int | None] = told.pop("points")
    return QuotedResult(**told, components=dict(zip(codes, points, strict=True)))
