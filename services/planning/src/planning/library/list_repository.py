"""What is read of the library: who may read what is decided here, in SQL."""

from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    all_,
    any_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from planning.insertions.tables import InsertionRow
from planning.library.domain import EntryStatus
from planning.library.tables import LibraryEntryRow
from planning.plans.tables import NodeRow, PlanUnitRow
from planning.units.tables import UnitRow
from shared.reads import Query, json_object

E: Final = LibraryEntryRow.__table__.c
_AGENCY: Final = bindparam("agency", type_=Boolean)
_PATTERNS: Final = bindparam("patterns", type_=ARRAY(Text))
ENTRY_ID: Final = bindparam("entry_id", type_=Uuid)


def own() -> ColumnElement[bool]:
    return or_(_AGENCY, func.coalesce(E.unit_id == any_(bindparam("units", type_=ARRAY(Uuid))), False))


def visible() -> ColumnElement[bool]:
    """Let everybody know of what was ever published, the Agency and its unit of the rest."""
    return or_(E.published_on.is_not(None), own())


def to_be_reviewed() -> ColumnElement[bool]:
    """Return whether the day came on which somebody should say that it still holds."""
    past = func.coalesce(E.review_on <= bindparam("today", type_=Date), False)
    return (E.status == EntryStatus.PUBLISHED.value) & past


def _uses(what: ColumnElement[UUID], *, by_unit: bool = False) -> ColumnElement[int]:
    """Count where any edition was put in and still stands in what is in force or first drafted."""
    edition = LibraryEntryRow.__table__.alias("edition")
    found = (
        select(func.count(what.distinct()))
        .select_from(InsertionRow)
        .join(edition, edition.c.id == InsertionRow.entry_id)
        .join(NodeRow, (NodeRow.plan_id == InsertionRow.plan_id) & (NodeRow.id == InsertionRow.node_id))
    )
    if by_unit:
        found = found.join(PlanUnitRow, PlanUnitRow.plan_id == InsertionRow.plan_id)
    counted: ColumnElement[int] = (
        found.where(edition.c.lineage_id == E.lineage_id).correlate(LibraryEntryRow).scalar_subquery()
    )
    return counted


def _unit() -> ColumnElement[object]:
    told = json_object({"id": UnitRow.id, "name": UnitRow.name})
    found: ColumnElement[object] = (
        select(told).where(UnitRow.id == E.unit_id).correlate(LibraryEntryRow).scalar_subquery()
    )
    return found


_HEAD: Final = (
    E.id,
    E.version,
    E.lineage_id,
    E.edition,
    E.code,
    E.sort,
    E.kind,
    E.status,
    E.title,
    E.areas,
    E.plan_kinds,
    E.content["target_groups"].label("target_groups"),
    _unit().label("unit"),
    E.published_on,
    E.review_on,
    to_be_reviewed().label("to_be_reviewed"),
    _uses(InsertionRow.__table__.c.plan_id).label("used_in_plans"),
    _uses(PlanUnitRow.__table__.c.unit_id, by_unit=True).label("used_in_units"),
)
ENTRY: Final = Query(
    select(
        *_HEAD,
        E.content["pattern"].label("pattern"),
        E.content["sources"].label("sources"),
        E.content["practice"].label("practice"),
        E.affiliation,
        case((_AGENCY, E.verified_by)).label("verified_by"),
        E.reason,
        E.superseded_by,
    ).where(E.id == ENTRY_ID, visible()),
    version="version",
    moves_on=True,
)
KNOWN: Final = Query(select(E.id).where(E.id == ENTRY_ID, visible()))
"""Whether the caller may know of an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_area: bool = False
    of_kind: bool = False
    of_sort: bool = False
    of_plan_kind: bool = False
    of_group: bool = False
    of_unit: bool = False
    by_words: bool = False
    to_review: bool = False


@cache
def entries(filters: Filters) -> Query:
    """Return the query for entries: those with the words in their titles first, then in Czech order.

    An entry without areas or without kinds of plan fits all of them.
    """
    found: Select[*tuple[object, ...]] = select(*_HEAD).where(
        visible(), E.status == bindparam("status", type_=Text)
    )
    if filters.of_area:
        about = bindparam("area", type_=Text) == any_(E.areas)
        found = found.where(or_(about, func.cardinality(E.areas) == 0))
    if filters.of_kind:
        found = found.where(E.kind == bindparam("kind", type_=Text))
    if filters.of_sort:
        found = found.where(E.sort == bindparam("sort", type_=Text))
    if filters.of_plan_kind:
        fits = bindparam("plan_kind", type_=Text) == any_(E.plan_kinds)
        found = found.where(or_(fits, func.cardinality(E.plan_kinds) == 0))
    if filters.of_group:
        found = found.where(E.group_text.like(bindparam("group", type_=Text)))
    if filters.of_unit:
        found = found.where(E.unit_id == bindparam("unit_id", type_=Uuid))
    if filters.to_review:
        found = found.where(to_be_reviewed())
    if not filters.by_words:
        return Query(found, keys=(E.sort_key, E.id))
    rank = case((E.title_text.like(all_(_PATTERNS)), 0), else_=1)
    return Query(found.where(E.search_text.like(all_(_PATTERNS))), keys=(rank, E.sort_key, E.id))
