"""SQL of the editions in force, kept in memory: what was computed never changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import numpy as np
from sqlalchemy import (
    Date,
    Integer,
    Select,
    SmallInteger,
    Text,
    and_,
    bindparam,
    cast,
    extract,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on

from registry.exclusion.definition import method_in
from registry.exclusion.frame import CONFIDENTIAL, UNKNOWN, Counts, Digits, Edition, Inputs, Results, Way
from registry.exclusion.method import Method
from registry.exclusion.scoring import Ratio
from registry.exclusion.tables import IndexComputationRow, IndexMethodRow, IndexReferenceRow, IndexResultRow
from registry.geography.tables import UnitPointRow
from registry.units.codes import unit_id
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.contracts.registry import UnitKind
from shared.reads import Query, Reader, Row

STATE: Final = unit_id(UnitKind.STATE, "CZ")
_KEPT: Final = 24
_cache: OrderedDict[tuple[int, str, str, Decimal | None], Edition] = OrderedDict()


_POINTS_AS_OF: Final = (
    select(func.sum(extract("epoch", UnitPointRow.recorded_at))).scalar_subquery().label("points_as_of")
)
"""Differs when a point was recorded anew: points are of today, the digests do not tell them."""


def in_force(*, of_method: bool = False) -> Select[*tuple[object, ...]]:
    """Select the computation in force of each year: `id, method, year, version, …`.

    By the method asked for (parameter `method`), else by the one that applies to the year: the one with
    the latest first year, of several the one that was enacted first. Use it as a subquery.
    """
    computation, method = IndexComputationRow, IndexMethodRow
    found = (
        select(*computation.__table__.columns, cast(method.definition, Text).label("definition"))
        .join(method, method.code == computation.method)
        .ext(distinct_on(computation.year))
    )
    if of_method:
        asked = found.where(computation.method == bindparam("method", type_=Text))
        return asked.order_by(computation.year, computation.version.desc())
    applies = and_(
        method.first_year <= computation.year,
        or_(method.last_year.is_(None), method.last_year >= computation.year),
    )
    return found.where(applies).order_by(
        computation.year,
        method.first_year.desc(),
        method.enacted_at,
        method.code,
        computation.version.desc(),
    )


def _of_year(*, of_method: bool) -> Query:
    forces = in_force(of_method=of_method).subquery()
    of_year = forces.c.year == bindparam("year", type_=SmallInteger)
    return Query(select(*forces.c, _POINTS_AS_OF).where(of_year))


_COMPUTATION: Final = {of_method: _of_year(of_method=of_method) for of_method in (True, False)}
_ID = bindparam("computation_id", type_=Integer)
_STORED: Final = Query(
    select(
        *IndexComputationRow.__table__.columns,
        cast(IndexMethodRow.definition, Text).label("definition"),
        _POINTS_AS_OF,
    )
    .join(IndexMethodRow, IndexMethodRow.code == IndexComputationRow.method)
    .where(IndexComputationRow.id == _ID)
)
_REFERENCES: Final = Query(
    select(IndexReferenceRow.unit_id, IndexReferenceRow.numerators, IndexReferenceRow.denominators)
    .where(IndexReferenceRow.computation_id == _ID)
    .order_by(IndexReferenceRow.unit_id)
)
_LAST_DAY = func.make_date(bindparam("year", type_=Integer), 12, 31, type_=Date)
_RESULTS: Final = Query(
    select(
        IndexResultRow.unit_id,
        UnitStateRow.code,
        IndexResultRow.region_id,
        IndexResultRow.index,
        IndexResultRow.band,
        IndexResultRow.points,
        IndexResultRow.scores,
        IndexResultRow.numerators,
        IndexResultRow.denominators,
        IndexResultRow.way,
        IndexResultRow.donor_id,
        IndexResultRow.donor_distance_m,
        IndexResultRow.published_index,
        UnitPointRow.x,
        UnitPointRow.y,
    )
    .select_from(IndexResultRow)
    .join(
        UnitStateRow, and_(UnitStateRow.unit_id == IndexResultRow.unit_id, named_on(UnitStateRow, _LAST_DAY))
    )
    .outerjoin(UnitPointRow, UnitPointRow.unit_id == IndexResultRow.unit_id)
    .where(IndexResultRow.computation_id == _ID)
    .order_by(UnitStateRow.code)
)


async def edition(reads: Reader, *, year: int, method: str | None = None) -> Edition | None:
    """Return the edition in force of a year: one statement, and two more where it is not in memory.

    Its inputs name the donors as they were found (`chosen`), so that computing them anew gives its results.
    """
    found = await reads.row(_COMPUTATION[method is not None], year=year, method=method)
    return None if found is None else await _kept(reads, found)


async def stored_edition(reads: Reader, computation_id: int) -> Edition | None:
    """Return an edition whether it is still in force or not."""
    found = await reads.row(_STORED, computation_id=computation_id)
    return None if found is None else await _kept(reads, found)


async def _kept(reads: Reader, found: Row) -> Edition:
    """Return the edition from memory, or build it beside the event loop.

    Two requests may build the same one at once: they come to the same, and the later one is kept.
    """
    key = (found["id"], found["inputs_digest"], found["results_digest"], found["points_as_of"])
    kept = _cache.get(key)
    if kept is None:
        references = await reads.rows(_REFERENCES, computation_id=found["id"])
        results = await reads.rows(_RESULTS, computation_id=found["id"], year=found["year"])
        kept = await asyncio.to_thread(_edition, found, references, results)
    _cache[key] = kept
    _cache.move_to_end(key)
    while len(_cache) > _KEPT:
        _cache.popitem(last=False)
    return kept


def _edition(found: Row, references: Sequence[Row], results: Sequence[Row]) -> Edition:
    method = method_in(found["definition"])
    state = next(row for row in references if row["unit_id"] == STATE)
    regions = [row for row in references if row["unit_id"] != STATE]
    positions = {row["unit_id"]: position for position, row in enumerate(results)}
    region_at = {row["unit_id"]: position for position, row in enumerate(regions)}
    ways = [Way(row["way"]) for row in results]
    donors = np.array([positions.get(row["donor_id"], UNKNOWN) for row in results], dtype=np.int64)
    inputs = Inputs(
        year=found["year"],
        unit_ids=list(positions),
        codes=[row["code"] for row in results],
        region_ids=list(region_at),
        state_id=STATE,
        regions=np.array([region_at[row["region_id"]] for row in results], dtype=np.int64),
        numerators=_counts(results, "numerators"),
        denominators=_counts(results, "denominators"),
        published=_column(results, "published_index").astype(np.int8),
        x=_metres(results, "x"),
        y=_metres(results, "y"),
        chosen=donors,
        chosen_ways={at: ways[at] for at in np.flatnonzero(donors != UNKNOWN).tolist()},
    )
    _hide_again(method, inputs, ways)
    for counts in (inputs.numerators, inputs.denominators):
        counts.setflags(write=False)  # one edition serves all requests
    return Edition(
        computation_id=found["id"],
        version=found["version"],
        inputs_digest=found["inputs_digest"],
        results_digest=found["results_digest"],
        method=method,
        inputs=inputs,
        results=Results(
            scores=_digits(results, "scores"),
            points=_digits(results, "points"),
            index=_column(results, "index").astype(np.int16),
            bands=_column(results, "band").astype(np.int8),
            ways=ways,
            donors=donors,
            distances=_metres(results, "donor_distance_m"),
            state=_ratios(state),
            regions=[_ratios(row) for row in regions],
        ),
    )


def _hide_again(method: Method, inputs: Inputs, ways: Sequence[Way]) -> None:
    """Tell confidential counts from missing ones: a missing one of a known place would have a donor."""
    column = method.inheritable
    if column is None or Way.NEAREST not in ways:
        return
    for at, way in enumerate(ways):
        if way in {Way.PUBLISHED, Way.UNKNOWN} and np.isfinite(inputs.x[at]):
            inputs.numerators[at, column] = inputs.denominators[at, column] = CONFIDENTIAL


def _ratios(row: Row) -> list[Ratio]:
    return [Ratio(n, d) for n, d in zip(row["numerators"], row["denominators"], strict=True)]


def _counts(rows: Sequence[Row], name: str) -> Counts:
    return np.array([[UNKNOWN if n is None else n for n in row[name]] for row in rows], dtype=np.int64)


def _column(rows: Sequence[Row], name: str) -> Counts:
    return np.array([UNKNOWN if row[name] is None else row[name] for row in rows], dtype=np.int64)


def _metres(rows: Sequence[Row], name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.nan if row[name] is None else float(row[name]) for row in rows], dtype=np.float64)


def _digits(rows: Sequence[Row], name: str) -> Digits:
    together = np.frombuffer("".join(row[name] for row in rows).encode(), dtype=np.uint8)
    digits = np.where(together == ord("-"), UNKNOWN, together.astype(np.int16) - ord("0"))
    return digits.astype(np.int8).reshape(len(rows), -1)
