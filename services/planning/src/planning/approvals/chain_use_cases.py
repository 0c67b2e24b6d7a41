"""Who sets which chain of approval, and from when; rounds that run already keep theirs."""

from datetime import date
from typing import Final
from uuid import UUID

from planning.approvals import chain_repository as repository
from planning.approvals.chain import (
    COUNCIL_ALONE,
    ONE_DAY,
    Chain,
    end_chain,
    expect_chain,
    expect_days,
    expect_more_than,
    overlap,
)
from planning.approvals.refusals import (
    ChainBeginsInThePast,
    ChainBodyUnknown,
    ChainHoldsAlready,
    ChainNotYours,
    ChainSetAlready,
    ChainUnitUnknown,
)
from shared.auth import Actor
from shared.contracts.base import Role
from shared.errors import expect_version
from shared.transaction import Transaction

_OF_KIND: Final = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})


async def set_chain(tx: Transaction, chain: Chain, *, reason: str) -> Chain:
    """Let a chain hold from a day on; the one before ends the day before.

    Raises ChainNotYours, ChainBeginsInThePast, ChainSetAlready, ChainDropsStep and those of `expect_chain`.
    """
    _expect_may_set(tx.actor, chain.unit_id)
    expect_days(chain)
    expect_chain(chain.steps)
    if chain.starts_on < tx.today:
        raise ChainBeginsInThePast(pointer="/starts_on", earliest=tx.today)
    await _expect_places(tx, chain)
    await repository.lock_all(tx.session)
    if chain.unit_id is not None:
        await _expect_all_of_kind(tx, chain)
    for other in await repository.chains_of(tx.session, chain.kind, chain.unit_id):
        if overlap(chain, other):
            if other.starts_on >= chain.starts_on:
                raise ChainSetAlready(starts_on=other.starts_on)
            await repository.save(tx.session, end_chain(other, chain.starts_on - ONE_DAY))
    await repository.add(tx, chain, reason=reason)
    return chain


async def stop_chain(tx: Transaction, chain_id: UUID, *, last_day: date, expected: int) -> Chain:
    """End a chain; from the next day on the one of the kind holds, or the council alone."""
    before = await _load_mine(tx, chain_id, expected)
    if last_day < tx.today:
        raise ChainBeginsInThePast(pointer="/ends_on", earliest=tx.today)
    after = end_chain(before, last_day)
    await repository.save(tx.session, after)
    return after


async def withdraw_chain(tx: Transaction, chain_id: UUID, *, expected: int) -> None:
    """Take back a chain that does not hold yet."""
    chain = await _load_mine(tx, chain_id, expected)
    if chain.starts_on <= tx.today:
        raise ChainHoldsAlready(starts_on=chain.starts_on)
    await repository.remove(tx.session, chain.id)


def _expect_may_set(actor: Actor, unit_id: UUID | None) -> None:
    """Let the head of the Agency set a kind's chain, the Agency or its coordinator that of a unit."""
    if unit_id is None:
        allowed = actor.has_any(_OF_KIND)
    else:
        allowed = actor.is_agency or (actor.has_any({Role.COORDINATOR}) and unit_id in actor.units)
    if not allowed:
        raise ChainNotYours


async def _load_mine(tx: Transaction, chain_id: UUID, expected: int) -> Chain:
    await repository.lock_all(tx.session)
    chain = await repository.load(tx.session, chain_id)
    _expect_may_set(tx.actor, chain.unit_id)
    expect_version(expected, chain.version)
    return chain


async def _expect_places(tx: Transaction, chain: Chain) -> None:
    if chain.unit_id is not None and not await repository.is_known(tx.session, chain.unit_id):
        raise ChainUnitUnknown(pointer="/unit_id")
    for place, step in enumerate(chain.steps):
        if step.body_id is None:
            continue
        known = chain.unit_id and await repository.is_body_of(tx.session, step.body_id, chain.unit_id)
        if not known:
            raise ChainBodyUnknown(pointer=f"/steps/{place}/body_id")


async def _expect_all_of_kind(tx: Transaction, chain: Chain) -> None:
    found = await repository.chains_on(tx.session, chain.kind, (), chain.starts_on)
    steps = found[0].steps if found else (COUNCIL_ALONE,)
    expect_more_than(chain, steps, quiet_days=found[0].quiet_days if found else 0)
