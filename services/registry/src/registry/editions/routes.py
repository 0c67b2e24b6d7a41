"""HTTP of the Index as open data: methods, editions, results, donors, what differs from the published."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from pydantic import Field

from registry.editions import repository
from registry.editions.domain import breaks
from registry.editions.schemas import (
    EditionBand,
    EditionList,
    EditionOut,
    HeirList,
    MethodList,
    ResultList,
    UnitIndexOut,
    YearOut,
)
from registry.exclusion.domain import EditionUnknown, MethodUnknown
from registry.exclusion.frame import Way
from registry.exclusion.schemas import MethodCode, MethodOut
from registry.units.schemas import RegionRef, region_id
from shared.http import InDigits, Page, Reads, public, router, today

editions = router("/index", tag="index")

YearAsked = Annotated[int, Field(ge=1990, le=2100), InDigits]
FilterYear = Annotated[YearAsked | None, Query(alias="filter[year]", description="The newest if left out")]
FilterMethod = Annotated[
    MethodCode | None, Query(alias="filter[method]", description="The one that applies to the year")
]


class Sort(StrEnum):
    NAME = "name"
    INDEX = "index"
    INDEX_DOWN = "-index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    values: dict[str, object]
    method: str | None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.values)


async def _asked(
    year: FilterYear = None,
    method: FilterMethod = None,
    region: Annotated[RegionRef | None, Query(alias="filter[region]")] = None,
    band: Annotated[int | None, Field(ge=1, le=9), InDigits, Query(alias="filter[band]")] = None,
    within: Annotated[
        UUID | None, Query(alias="filter[within]", description="Inside this unit, of whatever kind")
    ] = None,
) -> Asked:
    given: dict[str, object] = {"year": year, "region": region_id(region), "band": band, "within": within}
    if within is not None:
        given["day"] = date(year, 12, 31) if year else today()
    return Asked(values={name: value for name, value in given.items() if value is not None}, method=method)


@editions.get("/methods", response_model=MethodList, dependencies=[public()])
async def list_index_methods(reads: Reads, page: Page) -> Response:
    return await reads.page(repository.METHODS, page)


@editions.get("/methods/{code}", response_model=MethodOut, dependencies=[public()])
async def get_index_method(reads: Reads, code: MethodCode) -> Response:
    found = await reads.one(repository.ONE_METHOD, code=code)
    if found is None:
        raise MethodUnknown(method=code)
    return found


@editions.get("/editions", response_model=EditionList, dependencies=[public()])
async def list_index_editions(reads: Reads) -> EditionList:
    """List what is published: the years in order, of each the methods."""
    return EditionList(items=await _editions(reads))


@editions.get("/editions/{year}", response_model=EditionOut, dependencies=[public()])
async def get_index_edition(
    reads: Reads,
    year: YearAsked,
    method: Annotated[MethodCode | None, Query(description="The one that applies to the year")] = None,
) -> EditionOut:
    for found in await _editions(reads):
        if found.year == year and (found.method == method or (method is None and found.is_in_force)):
            return found
    raise EditionUnknown(year=year)


@editions.get("/results", response_model=ResultList, dependencies=[public()])
async def list_index_results(
    reads: Reads, page: Page, asked: Annotated[Asked, Depends(_asked)], sort: Sort = Sort.NAME
) -> Response:
    """List the Index of municipalities, the size class beside it: large ones have more of it by itself."""
    edition = _edition_of(page)
    query = repository.results(
        asked.names, sort=sort.value, of_method=asked.method is not None, following=edition is not None
    )
    return await reads.page(query, page, **asked.values, method=asked.method, computation_id=edition)


@editions.get("/units/{unit_id}", response_model=UnitIndexOut, dependencies=[public()])
async def get_index_of_unit(reads: Reads, unit_id: UUID) -> UnitIndexOut:
    """Give all years of one municipality by all methods; a break of the series is flagged."""
    rows = await reads.rows(repository.OF_UNIT, unit_id=unit_id)
    broken = breaks({row["year"]: row["method"] for row in rows if row["is_in_force"]})
    return UnitIndexOut(
        items=[
            YearOut(
                **{
                    **dict(row),
                    "size_class": json.loads(row["size_class"] or "null"),
                    "donor": json.loads(row["donor"] or "null"),
                    "break_before": row["is_in_force"] and row["year"] in broken,
                }
            )
            for row in rows
        ]
    )


@editions.get("/donors", response_model=HeirList, dependencies=[public()])
async def list_index_donors(
    reads: Reads,
    page: Page,
    year: FilterYear = None,
    method: FilterMethod = None,
    way: Annotated[Way | None, Query(alias="filter[way]")] = None,
    donor: Annotated[UUID | None, Query(alias="filter[donor]")] = None,
) -> Response:
    """List the municipalities that take points over: from whom, how far it is, how the donor was found."""
    given = {"year": year, "way": way.value if way else None, "donor": donor}
    asked = {name: value for name, value in given.items() if value is not None}
    edition = _edition_of(page)
    query = repository.donors(frozenset(asked), of_method=method is not None, following=edition is not None)
    return await reads.page(query, page, **asked, method=method, computation_id=edition)


def _edition_of(page: Page) -> str | None:
    """Return the computation that the pages before were of, as the cursor tells it; None for a first page."""
    return page.after[-1] if page.after else None


async def _editions(reads: Reads) -> list[EditionOut]:
    rows = await reads.rows(repository.EDITIONS)
    broken = breaks({row["year"]: row["method"] for row in rows if row["is_in_force"]})
    return [
        EditionOut(
            year=row["year"],
            method=row["method"],
            is_in_force=row["is_in_force"],
            break_before=row["is_in_force"] and row["year"] in broken,
            version=row["version"],
            published_at=row["published_at"],
            municipalities=row["municipalities"],
            bands=[
                EditionBand(band=int(band), municipalities=count)
                for band, count in json.loads(row["bands"]).items()
            ],
            vintages=json.loads(row["vintages"]),
            inputs_digest=row["inputs_digest"],
            results_digest=row["results_digest"],
        )
        for row in rows
    ]
