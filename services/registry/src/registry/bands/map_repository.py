"""SQL of maps: one statement builds a whole GeoJSON document."""

import json
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Text, and_, bindparam, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.bands.palette import colours
from registry.bands.repository import OF_EDITION, SIZE, WITHIN, InForce
from registry.bands.spreadsheet import size_text
from registry.exclusion.tables import IndexResultRow
from registry.explanation.sizes import CLASSES
from registry.geography.repository import Shape
from registry.geography.tables import UnitBoundaryRow, UnitPointRow
from registry.memberships.repository import DAY
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, Reader, json_object


async def map_document(
    reads: Reader, shape: Shape, edition: InForce, *, year: int, within: UUID | None, day: date
) -> bytes:
    """Return a GeoJSON document that PostgreSQL built."""
    bands = edition.method.bands
    found = await reads.row(
        _map(shape, within=within is not None),
        computation_id=edition.computation_id,
        year=year,
        method=edition.method.code,
        within=within,
        day=day,
        band_names_cs=json.dumps([band.name_cs for band in bands]),
        band_names_en=json.dumps([band.name_en for band in bands]),
        colours=json.dumps(colours(len(bands))),
        sizes=json.dumps([size_text(size) for size in CLASSES]),
    )
    document: str = found["document"] if found is not None else ""
    return document.encode()


@cache
def _map(shape: Shape, *, within: bool) -> Query:
    """Return the query for one document; names of bands and sizes come in as JSON lists."""
    geometry = _geometry(shape)
    lies = geometry.is_not(None)
    in_czech_order = aggregate_order_by(
        _feature(geometry), UnitStateRow.__table__.c.sort_key, UnitStateRow.__table__.c.unit_id
    )
    features = func.coalesce(func.json_agg(in_czech_order).filter(lies), cast(literal("[]"), JSON))
    document = json_object(
        {
            "type": literal("FeatureCollection", Text),
            "features": features,
            "year": bindparam("year", type_=Integer),
            "method": bindparam("method", type_=Text),
            "computation_id": bindparam("computation_id", type_=Integer),
            "without_geometry": func.count().filter(~lies),
        }
    )
    statement = (
        select(cast(document, Text).label("document"))
        .select_from(IndexResultRow)
        .join(UnitStateRow, and_(UnitStateRow.unit_id == IndexResultRow.unit_id, named_on(UnitStateRow, DAY)))
        .outerjoin(UnitPointRow, UnitPointRow.unit_id == IndexResultRow.unit_id)
        .where(OF_EDITION)
    )
    if shape is Shape.BOUNDARY:
        statement = statement.outerjoin(UnitBoundaryRow, UnitBoundaryRow.unit_id == IndexResultRow.unit_id)
    return Query(statement.where(WITHIN) if within else statement)


def _geometry(shape: Shape) -> ColumnElement[object]:
    """Return the point; where boundaries are asked for, the boundary as far as there is one."""
    coordinates = func.json_build_array(UnitPointRow.longitude, UnitPointRow.latitude)
    point = json_object({"type": literal("Point", Text), "coordinates": coordinates})
    of_point: ColumnElement[object] = case((UnitPointRow.unit_id.is_not(None), point))
    if shape is Shape.POINT:
        return of_point
    return func.coalesce(cast(UnitBoundaryRow.geometry, JSON), of_point)


def _feature(geometry: ColumnElement[object]) -> ColumnElement[object]:
    properties: dict[str, SQLCoreOperations[object]] = {
        "id": UnitStateRow.unit_id,
        "code": UnitStateRow.code,
        "name": UnitStateRow.name,
        "index": IndexResultRow.index,
        "band": IndexResultRow.band,
        "band_name_cs": _listed("band_names_cs", IndexResultRow.band),
        "band_name_en": _listed("band_names_en", IndexResultRow.band),
        "colour": _listed("colours", IndexResultRow.band),
        "size_class": _listed("sizes", SIZE),
        "population_15_plus": IndexResultRow.population_15_plus,
    }
    return json_object(
        {
            "type": literal("Feature", Text),
            "id": UnitStateRow.unit_id,
            "geometry": geometry,
            "properties": json_object(properties),
        }
    )


def _listed(name: str, number: SQLCoreOperations[int | None]) -> ColumnElement[str]:
    """Return an entry, counted from 1, of the JSON list that a parameter holds."""
    entries = cast(bindparam(name, type_=Text), JSON)
    entry: ColumnElement[str] = entries.op("->>", return_type=Text())(number - 1)
    return entry
