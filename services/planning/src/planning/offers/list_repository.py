"""What is read of offers and of needs: who may read what is decided here, in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from planning.library.domain import EntryStatus
from planning.library.tables import LibraryEntryRow
from planning.offers.domain import Need, NeedStatus, OfferStatus
from planning.offers.matching import Candidate
from planning.offers.tables import PeerNeedRow, PeerOfferRow
from planning.peers.domain import TAKES_CAPACITY
from planning.peers.tables import PeerExchangeRow
from planning.units.tables import UnitRow
from shared.contracts.registry import UnitKind
from shared.reads import Query, json_object
from shared.stored import from_row

_OFFER: Final = PeerOfferRow.__table__.c
_NEED: Final = PeerNeedRow.__table__.c
_TODAY: Final = bindparam("today", type_=Date)
_AGENCY: Final = bindparam("agency", type_=Boolean)
_UNITS: Final = bindparam("units", type_=ARRAY(Uuid))


def _free() -> ColumnElement[int]:
    """Return how many exchanges the offer can still take in the year given."""
    taken = (
        select(func.count())
        .select_from(PeerExchangeRow)
        .where(
            PeerExchangeRow.offer_id == _OFFER.id,
            PeerExchangeRow.status.in_(sorted(TAKES_CAPACITY)),
            PeerExchangeRow.year == bindparam("year", type_=Integer),
        )
        .correlate(PeerOfferRow)
        .scalar_subquery()
    )
    return func.greatest(_OFFER.capacity_per_year - taken, 0)


def _is_verified() -> ColumnElement[bool]:
    """Return whether the practice behind the offer, in any edition, is published and not past its review."""
    linked = LibraryEntryRow.__table__.alias("linked")
    entry = LibraryEntryRow.__table__.alias("entry")
    return (
        exists()
        .where(
            linked.c.id == _OFFER.entry_id,
            entry.c.lineage_id == linked.c.lineage_id,
            entry.c.status == EntryStatus.PUBLISHED.value,
            entry.c.review_on > _TODAY,
        )
        .correlate(PeerOfferRow)
    )


_UNIT: Final = json_object({"id": UnitRow.id, "name": UnitRow.name})
_STATE: Final = case(
    (_OFFER.status == OfferStatus.WITHDRAWN.value, "withdrawn"),
    (_OFFER.valid_until < _TODAY, "expired"),
    else_="open",
)
_OFFERS: Final = (
    _OFFER.id,
    _OFFER.version,
    _UNIT.label("unit"),
    _OFFER.area,
    _OFFER.title,
    _OFFER.description,
    _OFFER.forms,
    _OFFER.capacity_per_year,
    _free().label("free_this_year"),
    _OFFER.valid_until,
    _OFFER.contact_office,
    _OFFER.people_concerned,
    _OFFER.entry_id,
    _is_verified().label("is_verified"),
    _OFFER.plan_id,
    _OFFER.node_id,
    _STATE.label("state"),
    _OFFER.reason,
)


def _offers() -> Select[*tuple[object, ...]]:
    return select(*_OFFERS).join(UnitRow, UnitRow.id == _OFFER.unit_id)


OFFER: Final = Query(
    _offers().where(_OFFER.id == bindparam("offer_id", type_=Uuid)), version="version", moves_on=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFilters:
    of_area: bool = False
    of_unit: bool = False
    of_form: bool = False
    by_text: bool = False


@cache
def offers(filters: OfferFilters) -> Query:
    """Return the query for offers in one state, in Czech order; offers are public."""
    found = _offers().where(bindparam("state", type_=Text) == _STATE)
    if filters.of_area:
        found = found.where(_OFFER.area == bindparam("area", type_=Text))
    if filters.of_unit:
        found = found.where(_OFFER.unit_id == bindparam("unit_id", type_=Uuid))
    if filters.of_form:
        found = found.where(bindparam("form", type_=Text) == any_(_OFFER.forms))
    if filters.by_text:
        found = found.where(_OFFER.search_text.like(bindparam("pattern", type_=Text)))
    return Query(found, keys=(_OFFER.sort_key, _OFFER.id))


def _needs() -> Select[*tuple[object, ...]]:
    """Show open needs to whoever may offer, closed ones to their unit and to the Agency."""
    mine = or_(_AGENCY, _NEED.unit_id == any_(_UNITS))
    return (
        select(
            _NEED.id,
            _NEED.version,
            _UNIT.label("unit"),
            _NEED.area,
            _NEED.title,
            _NEED.description,
            _NEED.forms,
            _NEED.people_concerned,
            case((mine, _NEED.plan_id)).label("plan_id"),
            case((mine, _NEED.node_id)).label("node_id"),
            _NEED.status,
            _NEED.reason,
        )
        .join(UnitRow, UnitRow.id == _NEED.unit_id)
        .where(or_(_NEED.status == NeedStatus.OPEN.value, mine))
    )


NEED_ID: Final = bindparam("need_id", type_=Uuid)
NEED: Final = Query(_needs().where(_NEED.id == NEED_ID), version="version", moves_on=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFilters:
    of_area: bool = False
    of_unit: bool = False


@cache
def needs(filters: NeedFilters) -> Query:
    """Return the query for needs in one state, in Czech order."""
    found = _needs().where(_NEED.status == bindparam("status", type_=Text))
    if filters.of_area:
        found = found.where(_NEED.area == bindparam("area", type_=Text))
    if filters.of_unit:
        found = found.where(_NEED.unit_id == bindparam("unit_id", type_=Uuid))
    return Query(found, keys=(_NEED.sort_key, _NEED.id))


_SAID: Final = tuple(column for column in _NEED if column.key not in {"sort_key", "changed_at"})
COMPARED: Final = Query(
    select(
        *(column for column in _NEED if column.key not in {"sort_key", "changed_at"}),
        UnitRow.kind.label("unit_kind"),
    )
    .join(UnitRow, UnitRow.id == _NEED.unit_id)
    .where(_NEED.id == NEED_ID, or_(_AGENCY, _NEED.unit_id == any_(_UNITS)))
)
"""A need to be matched: by its unit and by the Agency."""
CANDIDATES: Final = Query(
    select(
        _OFFER.id.label("offer_id"),
        _OFFER.unit_id,
        UnitRow.name.label("unit_name"),
        UnitRow.kind.label("unit_kind"),
        _OFFER.area,
        _OFFER.title,
        _OFFER.forms,
        _OFFER.people_concerned,
        _is_verified().label("is_verified"),
        _free().label("free"),
    )
    .join(UnitRow, UnitRow.id == _OFFER.unit_id)
    .where(
        _OFFER.area == bindparam("area", type_=Text),
        _OFFER.unit_id != bindparam("unit_id", type_=Uuid),
        _STATE == "open",
    )
)


def compared(row: Mapping[str, object]) -> tuple[Need, UnitKind]:
    """Return the need of a row of COMPARED, and the kind of its unit."""
    said = {name: value for name, value in row.items() if name != "unit_kind"}
    return from_row(Need, said), UnitKind(str(row["unit_kind"]))


def candidate_of(row: Mapping[str, object]) -> Candidate:
    """Return the offer of a row of CANDIDATES."""
    return from_row(Candidate, row)
