"""SQL of lists of units: by kind, place, band of the Index and name, as they are on a day."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Select, SmallInteger, Text, bindparam, case, cast, func, select

from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexResultRow
from registry.memberships.repository import DAY, inside
from registry.units.repository import UNIT_COLUMNS, holds_on
from registry.units.tables import UnitRow, UnitStateRow
from shared.contracts.registry import UnitKind
from shared.reads import Query

_S: Final = UnitStateRow.__table__.c
_CZECH_ORDER: Final = (_S.sort_key, _S.unit_id)
_PATTERN: Final = bindparam("pattern", type_=Text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query, except the kind."""

    kind: UnitKind | None = None
    by_parent: bool = False
    by_place: frozenset[str] = frozenset()
    by_band: bool = False
    of_year: bool = False
    by_name: bool = False


@cache
def units_on_a_day(filters: Filters) -> Query:
    """Return the query for units in Czech order; names that begin with what is looked for come first.

    Parameters: `day`, `parent_id`, each of `by_place` (the id of a unit inside which they lie), `band`
    and `year` (of the Index in force; the latest where no year is given), `pattern`.
    """
    found = select(*UNIT_COLUMNS).join(UnitStateRow, UnitStateRow.unit_id == UnitRow.id).where(holds_on(DAY))
    kind = UnitKind.MUNICIPALITY if filters.by_band and filters.kind is None else filters.kind
    if kind is not None:
        found = found.where(UnitStateRow.kind == kind.value)
    if filters.by_parent:
        found = found.where(UnitStateRow.parent_id == bindparam("parent_id"))
    for place in sorted(filters.by_place):
        found = found.where(UnitStateRow.unit_id.in_(inside(place, kind)))
    if filters.by_band:
        found = found.where(UnitStateRow.unit_id.in_(_in_band(of_year=filters.of_year)))
    if filters.by_name:
        found = found.where(_S.search_text.like(_PATTERN))
        return Query(found, keys=(_goes_on(), *_CZECH_ORDER))
    return Query(found, keys=_CZECH_ORDER)


def _goes_on() -> ColumnElement[int]:
    """Return 0 for a name that begins as the pattern does, 1 for one that has it further on."""
    begins = _S.search_text.like(func.substr(_PATTERN, 2))
    return cast(case((begins, 0), else_=1), SmallInteger)


def _in_band(*, of_year: bool) -> Select[*tuple[object, ...]]:
    forces = in_force().subquery("in_force")
    latest = select(forces.c.id).order_by(forces.c.year.desc()).limit(1)
    if of_year:
        latest = select(forces.c.id).where(forces.c.year == bindparam("year", type_=SmallInteger))
    return select(IndexResultRow.unit_id).where(
        IndexResultRow.computation_id == latest.scalar_subquery(),
        IndexResultRow.band == bindparam("band", type_=SmallInteger),
    )
