"""SQL of territories: the municipalities inside, their Index over the years, summed by size and band."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Uuid, and_, any_, bindparam, func, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from registry.bands.domain import Cell, table_of
from registry.exclusion.definition import method_in
from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexResultRow
from registry.explanation.sizes import CLASSES
from registry.memberships.repository import DAY, lasts_on, municipalities_within
from registry.profiles.domain import MOST_LISTED, Area, AreaYear, Member
from registry.units.tables import UnitStateRow
from shared.reads import Query, Reader, Row

_UNIT: Final = bindparam("unit_id", type_=Uuid)
_LOWEST: Final[ColumnElement[list[int]]] = literal_column(
    f"ARRAY[{', '.join(str(size.lowest) for size in CLASSES)}]"
)
_SIZE: Final = func.width_bucket(IndexResultRow.population_15_plus, _LOWEST, type_=Integer)
_POPULATION: Final = func.coalesce(func.sum(IndexResultRow.population_15_plus), 0)
_forces = in_force().subquery("in_force")
_EDITIONS: Final = Query(select(_forces.c.id, _forces.c.year, _forces.c.definition).order_by(_forces.c.year))
_SUMS: Final = Query(
    select(
        IndexResultRow.computation_id,
        _SIZE.label("size"),
        IndexResultRow.band,
        func.count().label("municipalities"),
        func.coalesce(func.sum(IndexResultRow.index), 0).label("index_sum"),
        func.coalesce(func.sum(IndexResultRow.index * IndexResultRow.population_15_plus), 0).label(
            "weighted_sum"
        ),
        _POPULATION.label("population_15_plus"),
    )
    .where(
        IndexResultRow.computation_id == any_(bindparam("computations", type_=ARRAY(Integer))),
        IndexResultRow.unit_id.in_(municipalities_within(_UNIT)),
    )
    .group_by(IndexResultRow.computation_id, _SIZE, IndexResultRow.band)
)
"""Sums by edition, size class (from 1) and band of the municipalities that lie in `unit_id` on `day`."""
_MEMBERS: Final = Query(
    select(
        UnitStateRow.unit_id.label("id"),
        UnitStateRow.code,
        UnitStateRow.name,
        IndexResultRow.population_15_plus,
        IndexResultRow.index.label("score"),
        IndexResultRow.band,
        func.count().over().label("total"),
    )
    .outerjoin(
        IndexResultRow,
        and_(
            IndexResultRow.unit_id == UnitStateRow.unit_id,
            IndexResultRow.computation_id == bindparam("computation_id", type_=Integer),
        ),
    )
    .where(UnitStateRow.unit_id.in_(municipalities_within(_UNIT)), lasts_on(UnitStateRow, DAY))
    .order_by(UnitStateRow.sort_key, UnitStateRow.unit_id)
    .limit(MOST_LISTED)
)


async def area(reads: Reader, unit_id: UUID, *, day: date, year: int | None) -> Area:
    """Return all years of the municipalities that lie in the unit on the day, and one year of each.

    Three statements. That year is the newest where none is asked for; None where it is not computed.
    """
    editions = await reads.rows(_EDITIONS)
    wanted = year if year is not None else max((row["year"] for row in editions), default=None)
    computation = next((row["id"] for row in editions if row["year"] == wanted), None)
    sums, members = await asyncio.gather(
        reads.rows(_SUMS, unit_id=unit_id, day=day, computations=[row["id"] for row in editions]),
        reads.rows(_MEMBERS, unit_id=unit_id, day=day, computation_id=computation),
    )
    of_edition = [(row, [each for each in sums if each["computation_id"] == row["id"]]) for row in editions]
    years = [_year(row, cells) for row, cells in of_edition if cells]
    return Area(
        years=years,
        shown=next((each for each in years if each.year == wanted), None),
        municipalities=members[0]["total"] if members else 0,
        members=[
            Member(
                id=row["id"],
                code=row["code"],
                name=row["name"],
                population_15_plus=row["population_15_plus"],
                index=row["score"],
                band=row["band"],
            )
            for row in members
        ],
    )


def _year(edition: Row, sums: Sequence[Row]) -> AreaYear:
    method = method_in(edition["definition"])
    cells = [_cell(row) for row in sums]
    return AreaYear(
        year=edition["year"],
        method=method,
        computation_id=edition["id"],
        line=table_of(cells, method.bands).total,
    )


def _cell(row: Row) -> Cell:
    return Cell(
        group=None,
        of_total=True,
        size=row["size"],
        band=row["band"],
        municipalities=row["municipalities"],
        index_sum=row["index_sum"],
        weighted_sum=row["weighted_sum"],
        population_15_plus=row["population_15_plus"],
    )
