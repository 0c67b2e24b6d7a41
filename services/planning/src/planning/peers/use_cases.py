"""What is done with exchanges: lock the offer, load, decide, save."""

from datetime import date
from uuid import UUID

from planning.offers import repository as offers
from planning.offers.domain import ExchangeForm, NeedStatus, Offer
from planning.offers.refusals import NeedUnknown, OfferingUnitNotYours
from planning.peers import domain, repository
from planning.peers.domain import Exchange
from planning.peers.refusals import ExchangeUnderWay, ExchangeUnknown, OnlyTheOtherUnit
from shared.errors import expect_version
from shared.transaction import Transaction


async def propose_exchange(tx: Transaction, offer_id: UUID, need_id: UUID, form: ExchangeForm) -> Exchange:
    """Ask for what another unit offers; the asking unit does, or the Agency for it.

    Raises ExchangeUnderWay and what `propose` raises.
    """
    offer = await offers.lock_offer(tx.session, offer_id)
    need = await offers.lock_need(tx.session, need_id)
    if not tx.actor.may_see({need.unit_id}):
        raise OfferingUnitNotYours if need.status is NeedStatus.OPEN else NeedUnknown
    exchange = domain.propose(exchange_id=tx.new_id(), offer=offer, need=need, form=form, today=tx.today)
    known = await repository.running(tx.session, offer_id, need_id)
    if known is not None:
        raise ExchangeUnderWay(exchange_id=known)
    await repository.add(tx.session, exchange, now=tx.now)
    return exchange


async def agree_to_exchange(tx: Transaction, exchange_id: UUID, *, expected: int) -> Exchange:
    """Agree; for the offering unit alone, or the Agency for it."""
    exchange, offer = await _load_own(tx, exchange_id, expected)
    _expect_side(tx, exchange.from_unit_id)
    taken = await repository.taken(tx.session, exchange, tx.today.year)
    return await _kept(tx, domain.agree(exchange, offer, taken=taken, today=tx.today))


async def set_day_of_exchange(
    tx: Transaction, exchange_id: UUID, *, expected: int, planned_on: date
) -> Exchange:
    exchange, offer = await _load_own(tx, exchange_id, expected)
    taken = await repository.taken(tx.session, exchange, planned_on.year)
    dated = domain.set_day(exchange, offer, planned_on, taken=taken, today=tx.today)
    return await _kept(tx, dated)


async def complete_exchange(
    tx: Transaction, exchange_id: UUID, *, expected: int, held_on: date, note: str, usefulness: int
) -> Exchange:
    """Record that it was held; the unit that learnt something judges how useful it was."""
    exchange, _ = await _load_own(tx, exchange_id, expected)
    _expect_side(tx, exchange.to_unit_id)
    done = domain.complete(exchange, held_on=held_on, note=note, usefulness=usefulness, today=tx.today)
    return await _kept(tx, done)


async def cancel_exchange(tx: Transaction, exchange_id: UUID, *, expected: int, reason: str) -> Exchange:
    exchange, _ = await _load_own(tx, exchange_id, expected)
    return await _kept(tx, domain.cancel(exchange, reason=reason))


async def _load_own(tx: Transaction, exchange_id: UUID, expected: int) -> tuple[Exchange, Offer]:
    """Lock the offer, then load the exchange: one of other units does not exist for the caller."""
    offer_id = await repository.offer_of(tx.session, exchange_id)
    offer = await offers.lock_offer(tx.session, offer_id)
    exchange = await repository.load(tx.session, exchange_id)
    if not tx.actor.may_see({exchange.from_unit_id, exchange.to_unit_id}):
        raise ExchangeUnknown
    expect_version(expected, exchange.version)
    return exchange, offer


def _expect_side(tx: Transaction, unit_id: UUID) -> None:
    if not tx.actor.may_see({unit_id}):
        raise OnlyTheOtherUnit


async def _kept(tx: Transaction, exchange: Exchange) -> Exchange:
    await repository.save(tx.session, exchange, now=tx.now)
    return exchange
