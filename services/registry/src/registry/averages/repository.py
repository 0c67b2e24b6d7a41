"""SQL of averages: the editions of the years, and the Index of a set of municipalities in them."""

import json
from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Date,
    Integer,
    Row,
    Select,
    SmallInteger,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from registry.averages.domain import Asked, EditionUsed, Municipality, Value
from registry.exclusion.definition import method_of
from registry.exclusion.method import Method
from registry.exclusion.tables import IndexComputationRow, IndexMethodRow, IndexResultRow
from registry.memberships.repository import municipalities_within
from registry.units.repository import holds_on
from registry.units.tables import UnitStateRow
from shared.contracts.registry import UnitKind

POPULATION: Final = "POP15"

_COMPUTATIONS: Final = select(
    IndexComputationRow.year,
    IndexComputationRow.id,
    IndexComputationRow.method,
    IndexComputationRow.inputs_digest,
    IndexComputationRow.results_digest,
    cast(IndexMethodRow.definition, Text).label("definition"),
).join(IndexMethodRow, IndexMethodRow.code == IndexComputationRow.method)
_EDITIONS: Final = (
    _COMPUTATIONS.where(
        IndexComputationRow.method == bindparam("method"),
        IndexComputationRow.year == any_(bindparam("years", type_=ARRAY(SmallInteger))),
        IndexComputationRow.published_at.is_not(None),
    )
    .distinct(IndexComputationRow.year)
    .order_by(
        IndexComputationRow.year, IndexComputationRow.published_at.desc(), IndexComputationRow.id.desc()
    )
)
_INDEX: Final = IndexResultRow.unit_id == UnitStateRow.unit_id
_OF_EDITIONS: Final = IndexResultRow.computation_id == any_(bindparam("computations", type_=ARRAY(Integer)))
_NAMED: Final = or_(
    UnitStateRow.code == any_(bindparam("codes", type_=ARRAY(Text))),
    UnitStateRow.unit_id == any_(bindparam("unit_ids", type_=ARRAY(Uuid))),
)


def _values(*, within: bool) -> Select[*tuple[object, ...]]:
    chosen = UnitStateRow.unit_id.in_(municipalities_within()) if within else _NAMED
    return (
        select(
            UnitStateRow.unit_id,
            UnitStateRow.code,
            UnitStateRow.name,
            IndexResultRow.computation_id,
            IndexResultRow.index.label("score"),
            IndexResultRow.denominators[bindparam("population_at", type_=Integer)].label("population"),
        )
        .outerjoin(IndexResultRow, _INDEX & _OF_EDITIONS)
        .where(
            UnitStateRow.kind == UnitKind.MUNICIPALITY.value, holds_on(bindparam("day", type_=Date)), chosen
        )
        .order_by(UnitStateRow.sort_key, UnitStateRow.unit_id, IndexResultRow.computation_id)
    )


_VALUES: Final = {within: _values(within=within) for within in (True, False)}
_OF_COMPUTATIONS: Final = select(
    IndexResultRow.unit_id,
    IndexResultRow.computation_id,
    IndexResultRow.index.label("score"),
    IndexResultRow.denominators[bindparam("population_at", type_=Integer)].label("population"),
).where(_OF_EDITIONS, IndexResultRow.unit_id == any_(bindparam("unit_ids", type_=ARRAY(Uuid))))


async def editions(session: AsyncSession, years: Collection[int], *, method: str) -> list[EditionUsed]:
    """Return the computations in force of those years that have one, by year."""
    rows = await session.execute(_EDITIONS, {"method": method, "years": list(years)})
    return [_edition(row) for row in rows]


async def editions_by_id(session: AsyncSession, ids: Collection[int]) -> list[EditionUsed]:
    """Return stored computations by year, whether they are still in force or not."""
    stored = _COMPUTATIONS.where(IndexComputationRow.id.in_(ids)).order_by(IndexComputationRow.year)
    return [_edition(row) for row in await session.execute(stored)]


async def values(session: AsyncSession, asked: Asked, editions: Sequence[EditionUsed]) -> list[Value]:
    """Return a value of every municipality of the set, in Czech order, for every edition."""
    given: dict[str, object] = {
        "day": asked.set_on,
        "computations": [edition.computation_id for edition in editions],
        "population_at": editions[0].population_at,
    }
    if asked.within is not None:
        given |= {"within": asked.within}
    else:
        given |= {"codes": asked.codes, "unit_ids": asked.unit_ids}
    municipalities: dict[UUID, Municipality] = {}
    known: dict[tuple[UUID, int], tuple[int | None, int | None]] = {}
    for row in await session.execute(_VALUES[asked.within is not None], given):
        municipalities[row.unit_id] = Municipality(unit_id=row.unit_id, code=row.code, name=row.name)
        if row.computation_id is not None:
            known[row.unit_id, row.computation_id] = row.score, row.population
    return _every(list(municipalities.values()), editions, known)


async def recomputed(
    session: AsyncSession, municipalities: Sequence[Municipality], editions: Sequence[EditionUsed]
) -> list[Value]:
    """Return the values of the municipalities in stored editions."""
    given = {
        "computations": [edition.computation_id for edition in editions],
        "population_at": editions[0].population_at,
        "unit_ids": [municipality.unit_id for municipality in municipalities],
    }
    rows = await session.execute(_OF_COMPUTATIONS, given)
    known = {(row.unit_id, row.computation_id): (row.score, row.population) for row in rows}
    return _every(municipalities, editions, known)


def _edition(row: Row[*tuple[object, ...]]) -> EditionUsed:
    return EditionUsed(
        year=row.year,
        computation_id=row.id,
        method=row.method,
        inputs_digest=row.inputs_digest,
        results_digest=row.results_digest,
        population_at=population_at(method_of(json.loads(row.definition))),
    )


def population_at(method: Method) -> int:
    """Return the place (from 1, as PostgreSQL counts) of the population 15+ among the denominators."""
    denominators = [indicator.denominator for indicator in method.indicators]
    return denominators.index(POPULATION) + 1


def _every(
    municipalities: Sequence[Municipality],
    editions: Sequence[EditionUsed],
    known: dict[tuple[UUID, int], tuple[int | None, int | None]],
) -> list[Value]:
    found: list[Value] = []
    for municipality in municipalities:
        for edition in editions:
            index, population = known.get((municipality.unit_id, edition.computation_id), (None, None))
            found.append(
                Value(
                    municipality=municipality, year=edition.year, index=index, population_15_plus=population
                )
            )
    return found
