"""An exchange: proposed → agreed → with a day → done with a judgement, or cancelled with a reason."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.offers.domain import ExchangeForm, Need, NeedStatus, Offer
from planning.peers.refusals import (
    CapacityTaken,
    ExchangeMoveRefused,
    FormNotOffered,
    HeldInFuture,
    NeedNotOpen,
    OfferNotCurrent,
    OfferOfOwnUnit,
    PlannedAfterOffer,
    PlannedInPast,
)
from shared.contracts.registry import ThematicArea
from shared.procedure import Labels, Procedure


class ExchangeStatus(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    DATED = "dated"
    DONE = "done"
    CANCELLED = "cancelled"


class ExchangeMove(StrEnum):
    AGREE = "agree"
    DATE = "set-day"
    COMPLETE = "complete"
    CANCEL = "cancel"


LABELS: Final[Labels] = {
    ExchangeStatus.PROPOSED: ("navržená", "proposed"),
    ExchangeStatus.AGREED: ("domluvená", "agreed"),
    ExchangeStatus.DATED: ("s termínem", "given a day"),
    ExchangeStatus.DONE: ("uskutečněná", "done"),
    ExchangeStatus.CANCELLED: ("zrušená", "cancelled"),
    ExchangeMove.AGREE: ("přijmout", "agree"),
    ExchangeMove.DATE: ("určit termín", "set the day"),
    ExchangeMove.COMPLETE: ("zapsat, že proběhla", "record that it was held"),
    ExchangeMove.CANCEL: ("zrušit", "cancel"),
}
_AGREED: Final = frozenset({ExchangeStatus.AGREED, ExchangeStatus.DATED})
RUNNING: Final = _AGREED | {ExchangeStatus.PROPOSED}
TAKES_CAPACITY: Final = _AGREED | {ExchangeStatus.DONE}
PROCEDURE: Final = Procedure(
    moves={
        ExchangeMove.AGREE: (frozenset({ExchangeStatus.PROPOSED}), ExchangeStatus.AGREED),
        ExchangeMove.DATE: (_AGREED, ExchangeStatus.DATED),
        ExchangeMove.COMPLETE: (_AGREED, ExchangeStatus.DONE),
        ExchangeMove.CANCEL: (RUNNING, ExchangeStatus.CANCELLED),
    },
    labels=LABELS,
    refusal=ExchangeMoveRefused,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """`year` is the one of whose capacity it takes: of the agreement, of its day, of when it was held."""

    id: UUID
    version: int
    offer_id: UUID
    need_id: UUID
    from_unit_id: UUID
    to_unit_id: UUID
    area: ThematicArea
    form: ExchangeForm
    status: ExchangeStatus = ExchangeStatus.PROPOSED
    year: int | None = None
    planned_on: date | None = None
    held_on: date | None = None
    note: str = ""
    usefulness: int | None = None
    reason: str = ""


def propose(*, exchange_id: UUID, offer: Offer, need: Need, form: ExchangeForm, today: date) -> Exchange:
    """Raise OfferOfOwnUnit, OfferNotCurrent, NeedNotOpen, FormNotOffered."""
    if offer.unit_id == need.unit_id:
        raise OfferOfOwnUnit(pointer="/offer_id")
    _expect_current(offer, today)
    if need.status is not NeedStatus.OPEN:
        raise NeedNotOpen
    if form not in offer.forms:
        raise FormNotOffered(pointer="/form")
    return Exchange(
        id=exchange_id,
        version=1,
        offer_id=offer.id,
        need_id=need.id,
        from_unit_id=offer.unit_id,
        to_unit_id=need.unit_id,
        area=need.area,
        form=form,
    )


def agree(exchange: Exchange, offer: Offer, *, taken: int, today: date) -> Exchange:
    """Take of the capacity of this year; `taken` counts the other exchanges in it."""
    agreed = _moved(exchange, ExchangeMove.AGREE)
    _expect_current(offer, today)
    _expect_room(offer, taken, today.year)
    return replace(agreed, year=today.year)


def set_day(exchange: Exchange, offer: Offer, planned_on: date, *, taken: int, today: date) -> Exchange:
    """Set or move the day; `taken` counts the other exchanges in its year."""
    dated = _moved(exchange, ExchangeMove.DATE)
    if planned_on < today:
        raise PlannedInPast(planned_on=planned_on, pointer="/planned_on")
    if planned_on > offer.valid_until:
        raise PlannedAfterOffer(planned_on=planned_on, valid_until=offer.valid_until, pointer="/planned_on")
    if planned_on.year != exchange.year:
        _expect_room(offer, taken, planned_on.year)
    return replace(dated, planned_on=planned_on, year=planned_on.year)


def complete(exchange: Exchange, *, held_on: date, note: str, usefulness: int, today: date) -> Exchange:
    """Record that it was held; what happened is recorded even where the year is full."""
    done = _moved(exchange, ExchangeMove.COMPLETE)
    if held_on > today:
        raise HeldInFuture(held_on=held_on, pointer="/held_on")
    return replace(done, held_on=held_on, note=note, usefulness=usefulness, year=held_on.year)


def cancel(exchange: Exchange, *, reason: str) -> Exchange:
    """Give the capacity back."""
    return replace(_moved(exchange, ExchangeMove.CANCEL), reason=reason)


def _moved(exchange: Exchange, move: ExchangeMove) -> Exchange:
    status = PROCEDURE.after(exchange.status, move)
    return replace(exchange, status=status, version=exchange.version + 1)


def _expect_current(offer: Offer, today: date) -> None:
    if not offer.is_current(today):
        raise OfferNotCurrent


def _expect_room(offer: Offer, taken: int, year: int) -> None:
    if taken >= offer.capacity_per_year:
        raise CapacityTaken(year=year, capacity=offer.capacity_per_year)
