"""SQL of explanations: all that the Index of one municipality stands on, of all years at once."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Uuid, and_, any_, bindparam, cast, func, select
from sqlalchemy.orm import aliased

from registry.exclusion.definition import method_in
from registry.exclusion.frame import Way
from registry.exclusion.method import Method
from registry.exclusion.repository import STATE, in_force
from registry.exclusion.scoring import Ratio
from registry.exclusion.tables import IndexReferenceRow, IndexResultRow
from registry.explanation.sizes import SizeMean, size_class_of
from registry.explanation.standing import Basis, Donor, Evidence, Municipality, Standing
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, Reader, Row

References = Mapping[tuple[int, UUID], Row]


@cache
def _results(*, of_method: bool) -> Query:
    """Return the query for the results of a unit (`unit_id`) in all editions in force, by year."""
    forces = in_force(of_method=of_method).subquery()
    mine, lent = aliased(IndexResultRow), aliased(IndexResultRow)
    own, donor = aliased(UnitStateRow), aliased(UnitStateRow)
    last_day = func.make_date(cast(forces.c.year, Integer), 12, 31)
    found = (
        select(
            forces.c.id,
            forces.c.year,
            forces.c.definition,
            own.code,
            own.name,
            mine.region_id,
            mine.index,
            mine.points,
            mine.numerators,
            mine.denominators,
            mine.population_15_plus,
            mine.way,
            mine.donor_id,
            mine.donor_distance_m,
            donor.code.label("donor_code"),
            donor.name.label("donor_name"),
            lent.region_id.label("donor_region_id"),
            lent.numerators.label("donor_numerators"),
            lent.denominators.label("donor_denominators"),
        )
        .join(mine, mine.computation_id == forces.c.id)
        .join(own, and_(own.unit_id == mine.unit_id, named_on(own, last_day)))
        .outerjoin(lent, and_(lent.computation_id == forces.c.id, lent.unit_id == mine.donor_id))
        .outerjoin(donor, and_(donor.unit_id == mine.donor_id, named_on(donor, last_day)))
        .where(mine.unit_id == bindparam("unit_id", type_=Uuid))
        .order_by(forces.c.year)
    )
    return Query(found)


_REFERENCES: Final = Query(
    select(
        IndexReferenceRow.computation_id,
        IndexReferenceRow.unit_id,
        IndexReferenceRow.numerators,
        IndexReferenceRow.denominators,
    ).where(
        IndexReferenceRow.computation_id == any_(bindparam("computations", type_=ARRAY(Integer))),
        IndexReferenceRow.unit_id == any_(bindparam("units", type_=ARRAY(Uuid))),
    )
)
_OF_SIZE: Final = Query(
    select(
        func.count(IndexResultRow.index).label("known"), func.sum(IndexResultRow.index).label("total")
    ).where(
        IndexResultRow.computation_id == bindparam("computation_id", type_=Integer),
        IndexResultRow.population_15_plus >= bindparam("lowest", type_=Integer),
        IndexResultRow.population_15_plus <= bindparam("highest", type_=Integer),
    )
)
_EVERYBODY: Final = 2**31 - 1


async def standings(reads: Reader, unit_id: UUID, *, method: str | None = None) -> list[Standing]:
    """Return all years of a municipality, the oldest first: two statements.

    By the method asked for, else in each year by the one that applies to it.
    """
    rows = await reads.rows(_results(of_method=method is not None), unit_id=unit_id, method=method)
    if not rows:
        return []
    regions = {row[name] for row in rows for name in ("region_id", "donor_region_id")} - {None}
    found = await reads.rows(
        _REFERENCES, computations=[row["id"] for row in rows], units=[STATE, *sorted(regions)]
    )
    references = {(row["computation_id"], row["unit_id"]): row for row in found}
    return [_standing(row, unit_id, references) for row in rows]


async def size_mean(reads: Reader, standing: Standing) -> SizeMean | None:
    """Return the mean of the municipalities of the same size in the same edition."""
    if standing.population_15_plus is None:
        return None
    size = size_class_of(standing.population_15_plus)
    highest = _EVERYBODY if size.highest is None else size.highest
    row = await reads.row(
        _OF_SIZE, computation_id=standing.computation_id, lowest=size.lowest, highest=highest
    )
    if row is None or not row["known"]:
        return None
    return SizeMean(size=size, municipalities=row["known"], mean=Fraction(row["total"], row["known"]))


def _standing(row: Row, unit_id: UUID, references: References) -> Standing:
    method = method_in(row["definition"])
    return Standing(
        municipality=Municipality(id=unit_id, code=row["code"], name=row["name"]),
        year=row["year"],
        method=method,
        computation_id=row["id"],
        region_id=row["region_id"],
        population_15_plus=row["population_15_plus"],
        bases=tuple(_basis(row, at, method, references) for at in range(len(method.indicators))),
        index=row["index"],
    )


def _basis(row: Row, at: int, method: Method, references: References) -> Basis:
    indicator = method.indicators[at]
    way = Way(row["way"]) if indicator.inheritable else Way.OWN
    donor = _donor(row) if indicator.inheritable else None
    remains = way is Way.PUBLISHED
    evidence = None if remains else _evidence(row, at, references, of="donor_" if donor else "")
    points = None if row["points"][at] == "-" else int(row["points"][at])
    if points is None:
        return Basis(way=Way.UNKNOWN, evidence=None, donor=donor, points=None)
    return Basis(way=way, evidence=evidence, donor=donor, points=points)


def _donor(row: Row) -> Donor | None:
    if row["donor_id"] is None:
        return None
    giver = Municipality(id=row["donor_id"], code=row["donor_code"] or "", name=row["donor_name"] or "?")
    return Donor(municipality=giver, distance_m=row["donor_distance_m"])


def _evidence(row: Row, at: int, references: References, *, of: str) -> Evidence | None:
    numerator, denominator = row[f"{of}numerators"][at], row[f"{of}denominators"][at]
    if numerator is None or denominator is None:
        return None
    state, region = (references[row["id"], unit] for unit in (STATE, row[f"{of}region_id"]))
    return Evidence(ratio=Ratio(numerator, denominator), state=_ratio(state, at), region=_ratio(region, at))


def _ratio(row: Row, at: int) -> Ratio:
    return Ratio(row["numerators"][at], row["denominators"][at])
