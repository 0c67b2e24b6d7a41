"""SQL of averages: the editions of the years, and the Index of a set of municipalities in them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, Row, Select, Text, Uuid, any_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.averages.domain import LARGEST, Asked, EditionUsed, Municipality, Value
from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexComputationRow, IndexResultRow
from registry.memberships.repository import municipalities_within
from registry.units.repository import holds_on
from registry.units.tables import UnitStateRow
from shared.contracts.registry import UnitKind

Known = Mapping[tuple[UUID, int], tuple[int | None, int | None]]
"""Index and population 15+ by municipality and computation."""

_FORCES: Final = {of_method: in_force(of_method=of_method).subquery() for of_method in (True, False)}
_EDITIONS: Final = {
    of_method: select(forces)
    .where(forces.c.year == any_(bindparam("years", type_=ARRAY(Integer))))
    .order_by(forces.c.year)
    for of_method, forces in _FORCES.items()
}
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
            IndexResultRow.population_15_plus,
        )
        .outerjoin(IndexResultRow, _INDEX & _OF_EDITIONS)
        .where(
            UnitStateRow.kind == UnitKind.MUNICIPALITY.value, holds_on(bindparam("day", type_=Date)), chosen
        )
        .order_by(UnitStateRow.sort_key, UnitStateRow.unit_id, IndexResultRow.computation_id)
        .limit(LARGEST + 1)
    )


_VALUES: Final = {within: _values(within=within) for within in (True, False)}
_OF_COMPUTATIONS: Final = select(
    IndexResultRow.unit_id,
    IndexResultRow.computation_id,
    IndexResultRow.index.label("score"),
    IndexResultRow.population_15_plus,
).where(_OF_EDITIONS, IndexResultRow.unit_id == any_(bindparam("unit_ids", type_=ARRAY(Uuid))))


async def editions(session: AsyncSession, years: Collection[int], *, method: str | None) -> list[EditionUsed]:
    """Return the computations in force of those years that have one, by year."""
    given = {"method": method, "years": list(years)}
    return [_edition(row) for row in await session.execute(_EDITIONS[method is not None], given)]


async def editions_by_id(session: AsyncSession, ids: Collection[int]) -> list[EditionUsed]:
    """Return stored computations by year, whether they are still in force or not."""
    stored = select(*IndexComputationRow.__table__.columns).where(IndexComputationRow.id.in_(ids))
    return [_edition(row) for row in await session.execute(stored.order_by(IndexComputationRow.year))]


async def values(session: AsyncSession, asked: Asked, editions: Sequence[EditionUsed]) -> list[Value]:
    """Return a value of every municipality of the set, in Czech order, for every edition.

    More than `LARGEST` where there are too many; then not all of them.
    """
    given = {
        "day": asked.set_on,
        "within": asked.within,
        "codes": asked.codes,
        "unit_ids": asked.unit_ids,
        "computations": [edition.computation_id for edition in editions],
    }
    rows = (await session.execute(_VALUES[asked.within is not None], given)).all()
    municipalities = {
        row.unit_id: Municipality(unit_id=row.unit_id, code=row.code, name=row.name) for row in rows
    }
    return _every(municipalities.values(), editions, _known(rows))


async def recomputed(
    session: AsyncSession, municipalities: Sequence[Municipality], editions: Sequence[EditionUsed]
) -> list[Value]:
    """Return the values of the municipalities in stored editions."""
    given = {
        "computations": [edition.computation_id for edition in editions],
        "unit_ids": [municipality.unit_id for municipality in municipalities],
    }
    rows = (await session.execute(_OF_COMPUTATIONS, given)).all()
    return _every(municipalities, editions, _known(rows))


def _edition(row: Row[*tuple[object, ...]]) -> EditionUsed:
    return EditionUsed(
        year=row.year,
        computation_id=row.id,
        method=row.method,
        inputs_digest=row.inputs_digest,
        results_digest=row.results_digest,
    )


def _known(rows: Iterable[Row[*tuple[object, ...]]]) -> Known:
    return {(row.unit_id, row.computation_id): (row.score, row.population_15_plus) for row in rows}


def _every(
    municipalities: Iterable[Municipality], editions: Sequence[EditionUsed], known: Known
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
