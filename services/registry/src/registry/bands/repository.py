"""SQL of bands: one statement sums a whole table, one builds a whole map."""

from collections.abc import Iterable
from functools import cache
from typing import Final
from uuid import UUID

import asyncpg
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SmallInteger,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.bands.domain import Cell, Group, GroupedBy
from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexMethodRow, IndexResultRow
from registry.explanation.sizes import CLASSES
from registry.geography.repository import Shape
from registry.geography.tables import UnitBoundaryRow, UnitPointRow
from registry.memberships.repository import DAY, lasts_on, municipalities_within
from registry.memberships.tables import MembershipRow
from registry.units.tables import UnitStateRow
from shared.contracts.registry import UnitKind
from shared.reads import Query, json_object

_OF_EDITION: Final = IndexResultRow.computation_id == bindparam("computation_id", type_=Integer)
_WITHIN: Final = IndexResultRow.unit_id.in_(municipalities_within())
_LOWEST: Final[ColumnElement[list[int]]] = literal_column(
    f"ARRAY[{', '.join(str(size.lowest) for size in CLASSES)}]"
)
_SIZE: Final = func.width_bucket(IndexResultRow.population_15_plus, _LOWEST, type_=Integer)
_SUMS: Final = (
    func.count().label("municipalities"),
    func.coalesce(func.sum(IndexResultRow.index), 0).label("index_sum"),
    func.coalesce(func.sum(IndexResultRow.index * IndexResultRow.population_15_plus), 0).label(
        "weighted_sum"
    ),
    func.coalesce(func.sum(IndexResultRow.population_15_plus), 0).label("population_15_plus"),
)
METHOD: Final = Query(
    select(cast(IndexMethodRow.definition, Text).label("definition")).where(
        IndexMethodRow.code == bindparam("method")
    )
)


@cache
def edition_in_force(*, of_method: bool) -> Query:
    """Return the query for the edition of a `year`, by a `method` or by the one that applies to it."""
    forces = in_force(of_method=of_method).subquery()
    return Query(select(forces).where(forces.c.year == bindparam("year", type_=SmallInteger)))


@cache
def table(by: GroupedBy, *, within: bool) -> Query:
    """Return the query for sums by group, size and band; groups in Czech order, the total counts once."""
    area = [_WITHIN] if within else []
    belongs, group = _belonging(by), aliased(UnitStateRow)
    of_groups = (
        select(
            false().label("of_total"),
            group.unit_id,
            group.code,
            group.name,
            group.sort_key,
            _SIZE.label("size"),
            IndexResultRow.band,
            *_SUMS,
        )
        .outerjoin(belongs, belongs.c.unit_id == IndexResultRow.unit_id)
        .outerjoin(group, and_(group.unit_id == belongs.c.group_id, lasts_on(group, DAY)))
        .where(_OF_EDITION, *area)
        .group_by(group.unit_id, group.code, group.name, group.sort_key, _SIZE, IndexResultRow.band)
    )
    unnamed = (cast(null(), Uuid), cast(null(), Text), cast(null(), Text), cast(null(), Text))
    of_all = (
        select(true(), *unnamed, _SIZE, IndexResultRow.band, *_SUMS)
        .where(_OF_EDITION, *area)
        .group_by(_SIZE, IndexResultRow.band)
    )
    sums = union_all(of_groups, of_all).subquery("sums")
    return Query(select(sums).order_by(sums.c.of_total, sums.c.sort_key.collate("C"), sums.c.unit_id))


def _belonging(by: GroupedBy) -> Subquery:
    """Select municipality and group; who is in a POÚ or an association follows from memberships."""
    state, member = aliased(UnitStateRow), aliased(MembershipRow)
    found: Select[UUID, UUID | None] | Select[UUID, UUID]
    if by is GroupedBy.REGION:
        found = select(IndexResultRow.unit_id, IndexResultRow.region_id.label("group_id")).where(_OF_EDITION)
    elif by is GroupedBy.DISTRICT:
        found = select(state.unit_id, state.parent_id.label("group_id")).where(
            state.kind == UnitKind.MUNICIPALITY.value, lasts_on(state, DAY)
        )
    elif by is GroupedBy.ORP:
        found = (
            select(member.unit_id, state.parent_id.label("group_id"))
            .join(state, and_(state.unit_id == member.group_id, lasts_on(state, DAY)))
            .where(member.group_kind == UnitKind.POU.value, lasts_on(member, DAY))
        )
    else:
        found = select(member.unit_id, member.group_id).where(
            member.group_kind == by.value, lasts_on(member, DAY)
        )
    return found.subquery("belongs")


def cells(rows: Iterable[asyncpg.Record]) -> list[Cell]:
    return [
        Cell(
            group=Group(unit_id=row["unit_id"], code=row["code"], name=row["name"])
            if row["unit_id"]
            else None,
            of_total=row["of_total"],
            size=row["size"],
            band=row["band"],
            municipalities=row["municipalities"],
            index_sum=row["index_sum"],
            weighted_sum=row["weighted_sum"],
            population_15_plus=row["population_15_plus"],
        )
        for row in rows
    ]


@cache
def map_of(shape: Shape, *, within: bool) -> Query:
    """Return the query for a GeoJSON document; names of bands and sizes come in as JSON lists."""
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
        .join(UnitStateRow, and_(UnitStateRow.unit_id == IndexResultRow.unit_id, lasts_on(UnitStateRow, DAY)))
        .outerjoin(UnitPointRow, UnitPointRow.unit_id == IndexResultRow.unit_id)
        .where(_OF_EDITION)
    )
    if shape is Shape.BOUNDARY:
        statement = statement.outerjoin(UnitBoundaryRow, UnitBoundaryRow.unit_id == IndexResultRow.unit_id)
    return Query(statement.where(_WITHIN) if within else statement)


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
        "size_class": _listed("sizes", _SIZE),
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
