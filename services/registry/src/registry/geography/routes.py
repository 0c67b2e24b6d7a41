"""HTTP of places: points and boundaries come in as files, go out as GeoJSON for maps."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from registry.geography import repository, use_cases
from registry.geography.domain import GeometryUnknown
from registry.geography.repository import Shape
from registry.geography.schemas import UnitFeatures, UnitGeometry
from registry.imports.domain import OnBadRows
from registry.imports.schemas import BadRows, DryRun, ReportOut
from registry.reading import FileKind, Limits, Sheet
from registry.receiving import COUNTED_HERE, IMPORTERS, RAW_FILE, Table, Uploaded, reading
from registry.units.schemas import RegionRef, region_id
from shared.contracts.registry import UnitKind
from shared.http import Day, Reads, Tx, public, router, today

geography = router("/geography", tag="geography")
geometries = router("/units/{unit_id}", tag="geography")

MEGABYTE: Final = 1024 * 1024
GEOMETRIES: Final = Limits(
    characters=64 * MEGABYTE, characters_of_a_cell=8 * MEGABYTE, memory_bytes=320 * MEGABYTE
)
Geometries = Annotated[Sheet, Depends(reading(kind=FileKind.GEOJSON, limits=GEOMETRIES))]
OfKind = Annotated[UnitKind, Query(description="Whose codes the file has")]


class GeoJson(JSONResponse):
    """A document that PostgreSQL built."""

    media_type = "application/geo+json"

    def render(self, content: bytes) -> bytes:
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    kind: UnitKind | None
    within: UUID | None
    region: UUID | None


async def _filters(
    kind: Annotated[UnitKind | None, Query(alias="filter[kind]")] = None,
    within: Annotated[
        UUID | None, Query(alias="filter[within]", description="Inside this unit, of whatever kind")
    ] = None,
    region: Annotated[RegionRef | None, Query(alias="filter[region]")] = None,
) -> Filters:
    return Filters(kind=kind, within=within, region=region_id(region))


Chosen = Annotated[Filters, Depends(_filters)]


@geography.post(
    "/imports/points",
    response_model=ReportOut,
    dependencies=[IMPORTERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_points(
    upload: Uploaded,
    sheet: Table,
    tx: Tx,
    kind: OfKind = UnitKind.MUNICIPALITY,
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> ReportOut:
    """Take definition points from GeoJSON (Point, MultiPoint of one) or CSV (code, latitude, longitude)."""
    run, id_ = await use_cases.import_points(
        tx, sheet, upload=upload, kind=kind, dry_run=dry_run == "true", on_bad_rows=on_bad_rows
    )
    return ReportOut.of(run, id_)


@geography.post(
    "/imports/boundaries",
    response_model=ReportOut,
    dependencies=[IMPORTERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_boundaries(
    upload: Uploaded,
    sheet: Geometries,
    tx: Tx,
    kind: OfKind = UnitKind.MUNICIPALITY,
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> ReportOut:
    """Take boundaries from GeoJSON (Polygon, MultiPolygon) with the code in `kod` or `code`."""
    run, id_ = await use_cases.import_boundaries(
        tx, sheet, upload=upload, kind=kind, dry_run=dry_run == "true", on_bad_rows=on_bad_rows
    )
    return ReportOut.of(run, id_)


@geography.get("/units.geojson", response_model=UnitFeatures, response_class=GeoJson, dependencies=[public()])
async def list_features(
    reads: Reads,
    request: Request,
    which: Chosen,
    as_of: Annotated[Day | None, Query(description="Names, codes and places on this day")] = None,
    shape: Annotated[Shape, Query(alias="with")] = Shape.POINT,
) -> Response:
    """Give the units on a map (RFC 7946), in Czech order; one that does not change is not sent again."""
    query = repository.features(
        shape,
        of_kind=which.kind,
        within=which.within is not None,
        of_region=which.region is not None,
    )
    found = await reads.row(query, day=as_of or today(), within=which.within, region=which.region)
    document = found["document"].encode() if found else b""
    headers = {"ETag": f'"{hashlib.sha256(document).hexdigest()}"', "Cache-Control": "public, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return GeoJson(document, headers=headers)


@geometries.get("/geometry", response_model=UnitGeometry, dependencies=[public()])
async def get_geometry(reads: Reads, unit_id: UUID) -> Response:
    """Give the point and the boundary of one unit, as far as they are known."""
    found = await reads.one(repository.ONE, unit_id=unit_id)
    if found is None:
        raise GeometryUnknown
    return found
