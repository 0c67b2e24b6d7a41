"""What is done with offers and needs: load, decide, save."""

from dataclasses import replace
from uuid import UUID

from planning.offers import domain, repository
from planning.offers.domain import Need, NeedStatus, Offer
from planning.offers.refusals import (
    MeasureNotOfUnit,
    NeedUnknown,
    OfferingUnitNotYours,
    OfferingUnitUnknown,
    PracticeNotOfUnit,
    ProblemNotOfUnit,
)
from shared.errors import expect_version
from shared.transaction import Transaction


async def make_offer(tx: Transaction, wanted: Offer) -> Offer:
    """Raise OfferingUnitNotYours, OfferingUnitUnknown, OfferEnds and what a wrong link raises."""
    await _expect_unit(tx, wanted.unit_id)
    offer = domain.expect_offer(wanted, today=tx.today)
    await _expect_links(tx, offer)
    await repository.add_offer(tx.session, offer, now=tx.now)
    return offer


async def change_offer(tx: Transaction, wanted: Offer, *, expected: int) -> Offer:
    before = await load_own_offer(tx, wanted.id, expected)
    offer = domain.change_offer(before, wanted, today=tx.today)
    await _expect_links(tx, offer)
    await repository.save_offer(tx.session, offer, now=tx.now)
    return offer


async def withdraw_offer(tx: Transaction, offer_id: UUID, *, expected: int, reason: str) -> Offer:
    """Withdraw an offer; exchanges that were agreed go on."""
    before = await load_own_offer(tx, offer_id, expected)
    offer = domain.withdraw_offer(before, reason=reason)
    await repository.save_offer(tx.session, offer, now=tx.now)
    return offer


async def tell_need(tx: Transaction, wanted: Need) -> Need:
    """Raise OfferingUnitNotYours, OfferingUnitUnknown, ProblemNotOfUnit."""
    await _expect_unit(tx, wanted.unit_id)
    need = await _with_its_problem(tx, domain.expect_need(wanted))
    await repository.add_need(tx.session, need, now=tx.now)
    return need


async def change_need(tx: Transaction, wanted: Need, *, expected: int) -> Need:
    before = await load_own_need(tx, wanted.id, expected)
    need = await _with_its_problem(tx, domain.change_need(before, wanted))
    await repository.save_need(tx.session, need, now=tx.now)
    return need


async def close_need(tx: Transaction, need_id: UUID, *, expected: int, reason: str) -> Need:
    before = await load_own_need(tx, need_id, expected)
    need = domain.close_need(before, reason=reason)
    await repository.save_need(tx.session, need, now=tx.now)
    return need


async def load_own_offer(tx: Transaction, offer_id: UUID, expected: int) -> Offer:
    offer = await repository.lock_offer(tx.session, offer_id)
    if not tx.actor.may_see({offer.unit_id}):
        raise OfferingUnitNotYours
    expect_version(expected, offer.version)
    return offer


async def load_own_need(tx: Transaction, need_id: UUID, expected: int) -> Need:
    need = await repository.lock_need(tx.session, need_id)
    if not tx.actor.may_see({need.unit_id}):
        raise OfferingUnitNotYours if need.status is NeedStatus.OPEN else NeedUnknown
    expect_version(expected, need.version)
    return need


async def _expect_unit(tx: Transaction, unit_id: UUID) -> None:
    if not tx.actor.may_see({unit_id}):
        raise OfferingUnitNotYours
    if not await repository.is_known_unit(tx.session, unit_id):
        raise OfferingUnitUnknown(pointer="/unit_id")


async def _expect_links(tx: Transaction, offer: Offer) -> None:
    if offer.entry_id is not None and not await repository.is_practice_of(
        tx.session, offer.entry_id, offer.unit_id
    ):
        raise PracticeNotOfUnit(pointer="/entry_id")
    if offer.plan_id is None or offer.node_id is None:
        return
    if not await repository.has_measure(tx.session, offer.unit_id, offer.plan_id, offer.node_id):
        raise MeasureNotOfUnit(pointer="/node_id")


async def _with_its_problem(tx: Transaction, need: Need) -> Need:
    """Return the need; how many people it concerns comes of its problem, where nobody said."""
    if need.plan_id is None or need.node_id is None:
        return need
    there, people = await repository.people_of_problem(tx.session, need.unit_id, need.plan_id, need.node_id)
    if not there:
        raise ProblemNotOfUnit(pointer="/node_id")
    return replace(need, people_concerned=need.people_concerned or people)
