"""SQL of the bridge: all methods of a municipality, two methods of a year."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    exists,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from registry.bridge.domain import Pairing, Result
from registry.exclusion.definition import method_in
from registry.exclusion.method import Method
from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexComputationRow, IndexMethodRow, IndexResultRow
from registry.memberships.repository import DAY
from registry.units.repository import named_on
from registry.units.tables import UnitRow, UnitStateRow
from shared.reads import Query, Reader


class Shown(StrEnum):
    """Which municipalities are listed: all, those whose Index differs, those whose band differs."""

    ALL = "all"
    INDEX_DIFFERS = "index-differs"
    BAND_DIFFERS = "band-differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """A year by two methods: both computations."""

    year: int
    first_id: int
    second_id: int
    first: Method
    second: Method


def _newest() -> Select[*tuple[object, ...]]:
    """Select the computation in force of each method and year."""
    row = IndexComputationRow
    return (
        select(row.id, row.method, row.year)
        .ext(distinct_on(row.method, row.year))
        .order_by(row.method, row.year, row.version.desc())
    )


_NEWEST: Final = _newest().subquery("newest")
_APPLIED: Final = in_force().subquery("applied")
_OF_UNIT: Final = Query(
    select(
        _NEWEST.c.year,
        _NEWEST.c.method,
        _NEWEST.c.id.label("computation_id"),
        IndexResultRow.index.label("score"),
        IndexResultRow.band,
        IndexResultRow.points,
        exists().where(_APPLIED.c.id == _NEWEST.c.id).label("applies"),
    )
    .join(IndexResultRow, IndexResultRow.computation_id == _NEWEST.c.id)
    .where(IndexResultRow.unit_id == bindparam("unit_id", type_=Uuid))
)
_UNIT: Final = Query(select(UnitRow.id).where(UnitRow.id == bindparam("unit_id", type_=Uuid)))


def _common() -> Query:
    first, second = _newest().subquery("first"), _newest().subquery("second")
    of_first, of_second = aliased(IndexMethodRow), aliased(IndexMethodRow)
    return Query(
        select(
            first.c.year,
            first.c.id.label("first_id"),
            second.c.id.label("second_id"),
            cast(of_first.definition, Text).label("first_definition"),
            cast(of_second.definition, Text).label("second_definition"),
        )
        .join(second, second.c.year == first.c.year)
        .join(of_first, of_first.code == first.c.method)
        .join(of_second, of_second.code == second.c.method)
        .where(
            first.c.method == bindparam("first", type_=Text),
            second.c.method == bindparam("second", type_=Text),
        )
        .order_by(first.c.year)
    )


_COMMON_YEARS: Final = _common()

_FIRST, _SECOND = aliased(IndexResultRow, name="first"), aliased(IndexResultRow, name="second")
_FIRST_ID: Final = bindparam("first_id", type_=Integer)
_SECOND_ID: Final = bindparam("second_id", type_=Integer)
_BOTH: Final = and_(_SECOND.unit_id == _FIRST.unit_id, _SECOND.computation_id == _SECOND_ID)
_ALIKE: Final = (
    _FIRST.index.label("first_index"),
    _SECOND.index.label("second_index"),
    _FIRST.band.label("first_band"),
    _SECOND.band.label("second_band"),
)
_PAIRINGS: Final = Query(
    select(*_ALIKE, func.count().label("municipalities"))
    .join(_SECOND, _BOTH)
    .where(_FIRST.computation_id == _FIRST_ID)
    .group_by(_FIRST.index, _SECOND.index, _FIRST.band, _SECOND.band)
)
_CONDITIONS: Final[dict[Shown, ColumnElement[bool]]] = {
    Shown.INDEX_DIFFERS: _FIRST.index.is_distinct_from(_SECOND.index),
    Shown.BAND_DIFFERS: _FIRST.band.is_distinct_from(_SECOND.band),
}


@cache
def municipalities(shown: Shown) -> Query:
    """Return the list of municipalities in Czech order with both results."""
    listed = (
        select(
            UnitStateRow.unit_id,
            UnitStateRow.code,
            UnitStateRow.name,
            _FIRST.population_15_plus,
            *_ALIKE,
            (_SECOND.index - _FIRST.index).label("difference"),
        )
        .select_from(UnitStateRow)
        .join(_FIRST, _FIRST.unit_id == UnitStateRow.unit_id)
        .join(_SECOND, _BOTH)
        .where(_FIRST.computation_id == _FIRST_ID, named_on(UnitStateRow, DAY))
    )
    if shown in _CONDITIONS:
        listed = listed.where(_CONDITIONS[shown])
    return Query(listed, keys=(UnitStateRow.__table__.c.sort_key, UnitStateRow.__table__.c.unit_id))


async def results(reads: Reader, unit_id: UUID) -> list[Result]:
    """Return the Index of a municipality by all methods and years."""
    return [
        Result(
            year=row["year"],
            method=row["method"],
            computation_id=row["computation_id"],
            index=row["score"],
            band=row["band"],
            points=row["points"],
            applies=row["applies"],
        )
        for row in await reads.rows(_OF_UNIT, unit_id=unit_id)
    ]


async def is_registered(reads: Reader, unit_id: UUID) -> bool:
    return await reads.row(_UNIT, unit_id=unit_id) is not None


async def common_years(reads: Reader, first: str, second: str) -> list[Common]:
    """Return the years that both methods have computed, the oldest first."""
    return [
        Common(
            year=row["year"],
            first_id=row["first_id"],
            second_id=row["second_id"],
            first=method_in(row["first_definition"]),
            second=method_in(row["second_definition"]),
        )
        for row in await reads.rows(_COMMON_YEARS, first=first, second=second)
    ]


async def pairings(reads: Reader, common: Common) -> list[Pairing]:
    """Count the municipalities of both editions by their Index and band in each."""
    rows = await reads.rows(_PAIRINGS, first_id=common.first_id, second_id=common.second_id)
    return [Pairing(**dict(row)) for row in rows]
