"""HTTP of bands: tables, their CSV, maps and the legend; open data."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field, StringConstraints

from registry.bands import map_repository, palette, repository
from registry.bands.domain import AreaGivenTwice, GroupedBy, Table, table_of
from registry.bands.repository import InForce
from registry.bands.schemas import BandDefinition, BandTableOut, LegendItem, LegendOut, MapOut, size_classes
from registry.bands.spreadsheet import csv_of
from registry.exclusion.domain import EditionUnknown, MethodUnknown
from registry.exclusion.method import DEFAULT
from registry.geography.repository import Shape
from registry.units.codes import SHAPES, unit_id
from shared.contracts.registry import UnitKind
from shared.csv_files import Delimiter
from shared.http import Csv, Day, InDigits, Reads, language_of, public, router

bands = router("/index", tag="index bands")

MethodCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]


class GeoJson(Response):
    media_type = "application/geo+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An edition and the municipalities of it that are wanted, as they belonged on a day."""

    year: int
    method: str | None
    within: UUID | None
    grouped_on: date


async def _asked(
    year: Annotated[int, Field(ge=2000, le=2100), InDigits, Query(description="Data year")],
    method: Annotated[MethodCode | None, Query(description="The one that applies to the year")] = None,
    within: Annotated[UUID | None, Query(description="Only what lies in this unit, of any kind")] = None,
    region: Annotated[
        str | None,
        Query(pattern=f"^{SHAPES[UnitKind.REGION]}$", description="The same by the code of a region"),
    ] = None,
    as_of: Annotated[
        Day | None, Query(description="Who belongs where on this day; 31 December of the year")
    ] = None,
) -> Asked:
    if region is not None and within is not None:
        raise AreaGivenTwice(pointer="query/region")
    area = unit_id(UnitKind.REGION, region) if region else within
    return Asked(year=year, method=method, within=area, grouped_on=as_of or date(year, 12, 31))


Question = Annotated[Asked, Depends(_asked)]
By = Annotated[GroupedBy, Query(description="Kind of territory, a line each")]


async def _edition(reads: Reads, asked: Asked) -> InForce:
    edition = await repository.edition_in_force(reads, year=asked.year, method=asked.method)
    if edition is None:
        raise EditionUnknown(year=asked.year)
    return edition


async def _table(reads: Reads, asked: Asked, by: GroupedBy) -> tuple[Table, InForce]:
    edition = await _edition(reads, asked)
    cells = await repository.cells(
        reads, by, computation_id=edition.computation_id, within=asked.within, day=asked.grouped_on
    )
    return table_of(cells, edition.method.bands), edition


@bands.get("/bands", response_model=BandTableOut, dependencies=[public()])
async def tabulate_bands(reads: Reads, asked: Question, by: By = GroupedBy.REGION) -> BandTableOut:
    """Municipalities and people by band and size; both means say how they were averaged."""
    table, edition = await _table(reads, asked, by)
    return BandTableOut.of(
        table,
        edition.method.bands,
        year=asked.year,
        method=edition.method.code,
        computation_id=edition.computation_id,
        by=by,
        grouped_on=asked.grouped_on,
    )


@bands.get("/bands.csv", response_class=Csv, response_model=None, dependencies=[public()])
async def export_bands(
    reads: Reads,
    request: Request,
    asked: Question,
    by: By = GroupedBy.REGION,
    delimiter: Annotated[
        Delimiter, Query(description="A semicolon comes with decimal commas")
    ] = Delimiter.COMMA,
) -> Response:
    """Give the same table for spreadsheets: UTF-8 with a byte-order mark, headings by Accept-Language."""
    table, edition = await _table(reads, asked, by)
    language = language_of(request)
    content = csv_of(table, edition.method.bands, delimiter=delimiter, language=language)
    name = f"index-{asked.year}-{by.value}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return Csv(content, headers=headers)


@bands.get("/map", response_class=GeoJson, response_model=MapOut, dependencies=[public()])
async def draw_map(
    reads: Reads,
    request: Request,
    asked: Question,
    shape: Annotated[Shape, Query(alias="with", description="A boundary where there is one")] = Shape.POINT,
) -> Response:
    """Give municipalities with Index, band and size class (RFC 7946); sent again only when it changed."""
    edition = await _edition(reads, asked)
    document = await map_repository.map_document(
        reads, shape, edition, year=asked.year, within=asked.within, day=asked.grouped_on
    )
    headers = {"ETag": f'"{hashlib.sha256(document).hexdigest()}"', "Cache-Control": "public, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return GeoJson(document, headers=headers)


@bands.get("/map/legend", response_model=LegendOut, dependencies=[public()])
async def explain_map(reads: Reads, method: MethodCode = DEFAULT) -> LegendOut:
    """Name the bands of a method with their colours, lightest first."""
    found = await repository.method_by_code(reads, method)
    if found is None:
        raise MethodUnknown(method=method)
    coloured = zip(found.bands, palette.colours(len(found.bands)), strict=True)
    return LegendOut(
        method=method,
        bands=[
            LegendItem(**BandDefinition.model_validate(band).model_dump(), colour=colour)
            for band, colour in coloured
        ],
        unknown_colour=palette.UNKNOWN,
        unknown_name_cs="index není znám",
        unknown_name_en="Index not known",
        outline_colour=palette.OUTLINE,
        size_classes=size_classes(),
        source_of_colours="ColorBrewer 2.0, YlOrBr",
    )
