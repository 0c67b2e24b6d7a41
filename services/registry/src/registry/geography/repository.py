"""SQL of points and boundaries: written in bulk, read as GeoJSON that PostgreSQL builds."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Final
from typing import cast as typed
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.geography.domain import Boundary, Point
from registry.geography.tables import UnitBoundaryRow, UnitPointRow
from registry.memberships.repository import DAY, inside, lasts_on
from registry.units.tables import UnitRow, UnitStateRow
from shared.bulk import copy_in, csv_of
from shared.contracts.registry import UnitKind
from shared.reads import Query, decimal_text, json_object

_POINT_COLUMNS: Final = ("unit_id", "code", "longitude", "latitude", "x", "y", "source", "recorded_at")
_BOUNDARY_COLUMNS: Final = ("unit_id", "code", "geometry", "digest", "source", "recorded_at")


Known = dict[UUID, tuple[object, ...]]


class Shape(StrEnum):
    POINT = "point"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many were new, differed from what was known, and were known."""

    added: int
    changed: int
    unchanged: int


async def write_points(
    session: AsyncSession, points: Sequence[Point], *, source: str, now: datetime, dry_run: bool
) -> Written:
    """Write the points that are new or lie elsewhere than before."""
    row = UnitPointRow.__table__.c
    columns = (row.unit_id, row.longitude, row.latitude, row.x, row.y)
    known = await _known(session, columns, [point.unit_id for point in points])
    new = [p for p in points if known.get(p.unit_id) != (p.longitude, p.latitude, p.x, p.y)]
    if new and not dry_run:
        await _forget(session, UnitPointRow, [point.unit_id for point in new])
        rows = csv_of(
            (p.unit_id, p.code, p.longitude, p.latitude, p.x, p.y, source, now.isoformat()) for p in new
        )
        await copy_in(session, UnitPointRow.__table__, _POINT_COLUMNS, rows)  # type: ignore[arg-type]
    return _written(points, new, known)


async def write_boundaries(
    session: AsyncSession, boundaries: Sequence[Boundary], *, source: str, now: datetime, dry_run: bool
) -> Written:
    """Write the boundaries that are new or other than before."""
    row = UnitBoundaryRow.__table__.c
    known = await _known(session, (row.unit_id, row.digest), [each.unit_id for each in boundaries])
    digests = {each.unit_id: hashlib.sha256(each.geometry.encode()).hexdigest() for each in boundaries}
    new = [each for each in boundaries if known.get(each.unit_id) != (digests[each.unit_id],)]
    if new and not dry_run:
        await _forget(session, UnitBoundaryRow, [each.unit_id for each in new])
        rows = csv_of(
            (b.unit_id, b.code, b.geometry, digests[b.unit_id], source, now.isoformat()) for b in new
        )
        await copy_in(session, UnitBoundaryRow.__table__, _BOUNDARY_COLUMNS, rows)  # type: ignore[arg-type]
    return _written(boundaries, new, known)


def _written(told: Sequence[object], new: Sequence[Point | Boundary], known: Known) -> Written:
    changed = sum(each.unit_id in known for each in new)
    return Written(added=len(new) - changed, changed=changed, unchanged=len(told) - len(new))


async def _known(
    session: AsyncSession, columns: Sequence[ColumnElement[object]], ids: Collection[UUID]
) -> Known:
    """Return the columns of the rows of those units; the first column is their id."""
    found = select(*columns).where(columns[0] == func.any(_array(ids)))
    return {typed(UUID, id_): tuple(rest) for id_, *rest in await session.execute(found)}


async def _forget(
    session: AsyncSession, row: type[UnitPointRow] | type[UnitBoundaryRow], ids: Collection[UUID]
) -> None:
    await session.execute(
        delete(row).where(row.unit_id == func.any(_array(ids))).execution_options(synchronize_session=False)
    )


def _array(ids: Iterable[UUID]) -> ColumnElement[Sequence[UUID]]:
    return cast(list(ids), ARRAY(Uuid))


def _point_geometry() -> ColumnElement[object]:
    lies = func.json_build_array(UnitPointRow.longitude, UnitPointRow.latitude)
    return json_object({"type": literal("Point", Text), "coordinates": lies})


def _feature(geometry: SQLCoreOperations[object]) -> ColumnElement[object]:
    properties = {
        "id": UnitStateRow.unit_id,
        "code": UnitStateRow.code,
        "name": UnitStateRow.name,
        "kind": UnitStateRow.kind,
    }
    return json_object(
        {
            "type": literal("Feature", Text),
            "id": UnitStateRow.unit_id,
            "geometry": geometry,
            "properties": json_object(properties),
        }
    )


@cache
def features(shape: Shape, *, of_kind: UnitKind | None, within: bool, of_region: bool) -> Query:
    """Return the query for one GeoJSON document of the units that have a point or a boundary."""
    row = UnitPointRow if shape is Shape.POINT else UnitBoundaryRow
    geometry = _point_geometry() if shape is Shape.POINT else UnitBoundaryRow.geometry
    in_czech_order = aggregate_order_by(
        _feature(geometry), UnitStateRow.__table__.c.sort_key, UnitStateRow.__table__.c.unit_id
    )
    found = func.coalesce(func.json_agg(in_czech_order), cast(literal("[]"), JSON))
    document = json_object({"type": literal("FeatureCollection", Text), "features": found})
    statement = (
        select(cast(document, Text).label("document"))
        .select_from(UnitStateRow)
        .join(row, row.unit_id == UnitStateRow.unit_id)
        .where(lasts_on(UnitStateRow, DAY))
    )
    if of_kind:
        statement = statement.where(UnitStateRow.kind == of_kind.value)
    for name, asked in (("within", within), ("region", of_region)):
        if asked:
            statement = statement.where(UnitStateRow.unit_id.in_(inside(name, of_kind)))
    return Query(statement)


def _one() -> Query:
    point = {
        "longitude": decimal_text(UnitPointRow.longitude),
        "latitude": decimal_text(UnitPointRow.latitude),
        "x": decimal_text(UnitPointRow.x),
        "y": decimal_text(UnitPointRow.y),
        "source": UnitPointRow.source,
    }
    known = or_(UnitPointRow.unit_id.is_not(None), UnitBoundaryRow.unit_id.is_not(None))
    return Query(
        select(
            UnitRow.id.label("unit_id"),
            case((UnitPointRow.unit_id.is_not(None), json_object(point))).label("point"),
            UnitBoundaryRow.geometry.label("boundary"),
        )
        .outerjoin(UnitPointRow, UnitPointRow.unit_id == UnitRow.id)
        .outerjoin(UnitBoundaryRow, UnitBoundaryRow.unit_id == UnitRow.id)
        .where(UnitRow.id == bindparam("unit_id"), known)
    )


ONE: Final = _one()
