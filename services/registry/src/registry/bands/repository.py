"""SQL of bands: the edition in force, and one statement that sums a whole table."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

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
    cast,
    false,
    func,
    literal_column,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from registry.bands.domain import Cell, Group, GroupedBy
from registry.exclusion.definition import method_in
from registry.exclusion.method import Method
from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexMethodRow, IndexResultRow
from registry.explanation.sizes import CLASSES
from registry.memberships.repository import DAY, lasts_on, municipalities_within
from registry.memberships.tables import MembershipRow
from registry.units.tables import UnitStateRow
from shared.contracts.registry import UnitKind
from shared.reads import Query, Reader

OF_EDITION: Final = IndexResultRow.computation_id == bindparam("computation_id", type_=Integer)
WITHIN: Final = IndexResultRow.unit_id.in_(municipalities_within())
_LOWEST: Final[ColumnElement[list[int]]] = literal_column(
    f"ARRAY[{', '.join(str(size.lowest) for size in CLASSES)}]"
)
SIZE: Final = func.width_bucket(IndexResultRow.population_15_plus, _LOWEST, type_=Integer)
_SUMS: Final = (
    func.count().label("municipalities"),
    func.coalesce(func.sum(IndexResultRow.index), 0).label("index_sum"),
    func.coalesce(func.sum(IndexResultRow.index * IndexResultRow.population_15_plus), 0).label(
        "weighted_sum"
    ),
    func.coalesce(func.sum(IndexResultRow.population_15_plus), 0).label("population_15_plus"),
)
_METHOD: Final = Query(
    select(cast(IndexMethodRow.definition, Text).label("definition")).where(
        IndexMethodRow.code == bindparam("method")
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    computation_id: int
    method: Method


async def edition_in_force(reads: Reader, *, year: int, method: str | None) -> InForce | None:
    """Return the edition of a year by a method, or by the one that applies to the year."""
    row = await reads.row(_edition(of_method=method is not None), year=year, method=method)
    if row is None:
        return None
    return InForce(computation_id=row["id"], method=method_in(row["definition"]))


async def method_by_code(reads: Reader, code: str) -> Method | None:
    row = await reads.row(_METHOD, method=code)
    return method_in(row["definition"]) if row is not None else None


async def cells(
    reads: Reader, by: GroupedBy, *, computation_id: int, within: UUID | None, day: date
) -> list[Cell]:
    """Return sums by group, size and band; groups in Czech order, the total counts each once."""
    query = _table(by, within=within is not None)
    rows = await reads.rows(query, computation_id=computation_id, within=within, day=day)
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
def _edition(*, of_method: bool) -> Query:
    forces = in_force(of_method=of_method).subquery()
    return Query(select(forces).where(forces.c.year == bindparam("year", type_=SmallInteger)))


@cache
def _table(by: GroupedBy, *, within: bool) -> Query:
    area = [WITHIN] if within else []
    belongs, group = _belonging(by), aliased(UnitStateRow)
    of_groups = (
        select(
            false().label("of_total"),
            group.unit_id,
            group.code,
            group.name,
            group.sort_key,
            SIZE.label("size"),
            IndexResultRow.band,
            *_SUMS,
        )
        .outerjoin(belongs, belongs.c.unit_id == IndexResultRow.unit_id)
        .outerjoin(group, and_(group.unit_id == belongs.c.group_id, lasts_on(group, DAY)))
        .where(OF_EDITION, *area)
        .group_by(group.unit_id, group.code, group.name, group.sort_key, SIZE, IndexResultRow.band)
    )
    unnamed = (cast(null(), Uuid), cast(null(), Text), cast(null(), Text), cast(null(), Text))
    of_all = (
        select(true(), *unnamed, SIZE, IndexResultRow.band, *_SUMS)
        .where(OF_EDITION, *area)
        .group_by(SIZE, IndexResultRow.band)
    )
    sums = union_all(of_groups, of_all).subquery("sums")
    return Query(select(sums).order_by(sums.c.of_total, sums.c.sort_key.collate("C"), sums.c.unit_id))


def _belonging(by: GroupedBy) -> Subquery:
    """Select municipality and group; who is in a POÚ or an association follows from memberships."""
    state, member = aliased(UnitStateRow), aliased(MembershipRow)
    found: Select[UUID, UUID | None] | Select[UUID, UUID]
    if by is GroupedBy.REGION:
        found = select(IndexResultRow.unit_id, IndexResultRow.region_id.label("group_id")).where(OF_EDITION)
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
