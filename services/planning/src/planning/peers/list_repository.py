"""What is read of exchanges: the two units and the Agency may."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from planning.offers.tables import PeerNeedRow, PeerOfferRow
from planning.peers.domain import ExchangeStatus
from planning.peers.tables import PeerExchangeRow
from planning.units.tables import UnitRow
from shared.reads import Query, decimal_text, json_object

X: Final = PeerExchangeRow.__table__.c
_FROM: Final = UnitRow.__table__.alias("from_unit")
_TO: Final = UnitRow.__table__.alias("to_unit")


def _own() -> ColumnElement[bool]:
    units = bindparam("units", type_=ARRAY(Uuid))
    return or_(bindparam("agency", type_=Boolean), X.from_unit_id == any_(units), X.to_unit_id == any_(units))


def _exchanges() -> Select[*tuple[object, ...]]:
    return (
        select(
            X.id,
            X.version,
            X.offer_id,
            PeerOfferRow.title.label("offer_title"),
            PeerOfferRow.contact_office,
            X.need_id,
            PeerNeedRow.title.label("need_title"),
            json_object({"id": _FROM.c.id, "name": _FROM.c.name}).label("from_unit"),
            json_object({"id": _TO.c.id, "name": _TO.c.name}).label("to_unit"),
            X.area,
            X.form,
            X.status,
            X.planned_on,
            X.held_on,
            X.note,
            X.usefulness,
            X.reason,
        )
        .join(PeerOfferRow, PeerOfferRow.id == X.offer_id)
        .join(PeerNeedRow, PeerNeedRow.id == X.need_id)
        .join(_FROM, _FROM.c.id == X.from_unit_id)
        .join(_TO, _TO.c.id == X.to_unit_id)
        .where(_own())
    )


EXCHANGE: Final = Query(
    _exchanges().where(X.id == bindparam("exchange_id", type_=Uuid)), version="version", moves_on=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; `of_unit`: a unit on either side."""

    of_unit: bool = False
    of_status: bool = False
    of_offer: bool = False


@cache
def exchanges(filters: Filters) -> Query:
    """Return the query for exchanges, the newest first."""
    found = _exchanges()
    if filters.of_unit:
        unit = bindparam("unit_id", type_=Uuid)
        found = found.where(or_(X.from_unit_id == unit, X.to_unit_id == unit))
    if filters.of_status:
        found = found.where(X.status == bindparam("status", type_=Text))
    if filters.of_offer:
        found = found.where(X.offer_id == bindparam("offer_id", type_=Uuid))
    return Query(found, keys=(X.id,), descending=True)


def _side(unit: ColumnElement[object], *, is_given: bool) -> Select[*tuple[object, ...]]:
    return select(unit.label("unit_id"), literal(is_given).label("is_given"), X.status, X.usefulness).where(
        or_(
            bindparam("year", type_=Integer).is_(None),
            func.coalesce(X.year, bindparam("year", type_=Integer)) == bindparam("year", type_=Integer),
        )
    )


def _by_unit() -> Select[*tuple[object, ...]]:
    sides = union_all(_side(X.from_unit_id, is_given=True), _side(X.to_unit_id, is_given=False)).subquery()
    done = sides.c.status == ExchangeStatus.DONE.value
    running = sides.c.status.in_(sorted({ExchangeStatus.AGREED, ExchangeStatus.DATED}))

    def counted(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(*conditions)

    def judged(*, is_given: bool) -> ColumnElement[str]:
        value = case((sides.c.is_given.is_(is_given), sides.c.usefulness))
        return decimal_text(func.round(func.avg(value), 2))

    return (
        select(
            UnitRow.id,
            UnitRow.name,
            counted(sides.c.is_given, done).label("given"),
            counted(~sides.c.is_given, done).label("received"),
            counted(sides.c.is_given, running).label("to_be_given"),
            counted(~sides.c.is_given, running).label("to_be_received"),
            counted(sides.c.status == ExchangeStatus.CANCELLED.value).label("cancelled"),
            judged(is_given=True).label("usefulness_given"),
            judged(is_given=False).label("usefulness_received"),
        )
        .join(sides, sides.c.unit_id == UnitRow.id)
        .group_by(UnitRow.id, UnitRow.name)
    )


BY_UNIT: Final = Query(_by_unit())
"""How much every unit gave and received, in one year or ever."""
