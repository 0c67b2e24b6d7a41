"""Letters are claimed before they travel and noted right after: who dies in between repeats few."""

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Final
from uuid import UUID

from documents.newsletter import delivery_repository, repository
from documents.newsletter.delivery_repository import Delivery, Noted
from documents.newsletter.domain import DeliveryStatus
from documents.subscribers.use_cases import suspend
from shared.mail import Line, Outcome, Post, PostDown, Reply, note_down, without_addresses
from shared.mail_message import Circular, is_given_up, next_attempt_at
from shared.transaction import Transaction, apart

LEASE: Final = timedelta(minutes=5)
"""Whoever claimed letters and died has them so long; then they go to another worker."""
_FRESH_SECONDS: Final = 10
"""What was claimed longer ago is given back: readers may have left, and the lease must outlast a letter."""
_CLAIMED: Final = 100
_PUT_OFF_IN_A_ROW: Final = 20
"""A server that says so often in a row "not now" means all of us: pressing on would get us blocked."""
_TRIED_ENOUGH: Final = 5
"""Servers that put every stranger off once (greylisting) refuse nobody, however late our first letter is."""
_BROKE_ENOUGH: Final = 50
"""A letter on which the connection broke so often is one that something on the way does not let through."""
_UNNOTED: Final = 20
_UNNOTED_SECONDS: Final = 0.2
"""So many letters, and for so long, a server may have taken and we not noted: they go twice if we die."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """`reply` is None where nobody is there any more; `is_guilty`: it is the letter that was answered."""

    delivery: Delivery
    reply: Reply | None
    is_guilty: bool = True


@dataclass(slots=True, kw_only=True)
class Round:
    """What one round of sending knows of an issue, and what of it is still to be written down.

    `put_off` counts letters in a row; the round `is_over` when they are many, or when somebody stopped it.
    """

    tick: Transaction
    issue_id: UUID
    begun_at: datetime
    circular: Circular
    post: Post
    per_minute: int
    handed: int = 0
    put_off: int = 0
    is_over: bool = False
    unnoted: list[Tried] = field(default_factory=list)


async def hand_over(plan: Round) -> int:
    """Return how many letters were handed over, until none is due or may go, or the server is down."""
    try:
        if await _is_due(plan):
            async with plan.post.line() as line:
                while not plan.is_over and (batch := await _claim(plan)):
                    await _send(plan, line, batch)
    except PostDown as down:
        note_down(down, handed_over=plan.handed)
    return plan.handed


async def _is_due(plan: Round) -> bool:
    async with apart(plan.tick) as tx:
        return await delivery_repository.is_due(tx.session, plan.issue_id, now=tx.now)


async def _claim(plan: Round) -> deque[Delivery]:
    """Take what waits and may go within this minute; the intent is kept before a letter travels."""
    async with apart(plan.tick) as tx:
        room = await delivery_repository.room(tx.session, per_minute=plan.per_minute, now=tx.now)
        most = max(0, min(room, _CLAIMED))
        claimed = await delivery_repository.claim(
            tx.session, plan.issue_id, most=most, now=tx.now, lease_ends_at=tx.now + LEASE
        )
    return deque(claimed)


async def _send(plan: Round, line: Line, batch: deque[Delivery]) -> None:
    """Send what was claimed while it is fresh; however that ends, outcomes are noted, the rest given back.

    SMTP has no two-phase commit. Who is killed leaves letters that the server took and nobody noted: the
    one that travels and `_UNNOTED` at most. They go again, as the same bytes, when the lease is over.
    """
    began = noted = monotonic()
    try:
        while batch and not plan.is_over and monotonic() - began < _FRESH_SECONDS:
            await _send_one(plan, line, batch.popleft())
            if len(plan.unnoted) >= _UNNOTED or monotonic() - noted > _UNNOTED_SECONDS:
                await _note(plan)
                noted = monotonic()
    finally:
        await asyncio.shield(_note(plan, batch))


async def _send_one(plan: Round, line: Line, delivery: Delivery) -> None:
    """Send a letter and keep what came of it; raises PostDown, with the letter put off for a while."""
    if delivery.address is None:
        reply = None
    else:
        try:
            content = plan.circular.bytes_for(
                delivery.message_id, address=delivery.address, key=delivery.secret
            )
            reply = await line.send_bytes(delivery.address, content)
        except PostDown as down:
            put_off = Reply(outcome=Outcome.PUT_OFF, text=str(down))
            plan.unnoted.append(Tried(delivery=delivery, reply=put_off, is_guilty=False))
            raise
        except ValueError:
            reply = Reply(outcome=Outcome.REFUSED, text="not fit for a header", of_address=True)
    plan.unnoted.append(Tried(delivery=delivery, reply=reply))
    plan.handed += 1
    plan.put_off = plan.put_off + 1 if reply and reply.outcome is Outcome.PUT_OFF else 0
    plan.is_over = plan.is_over or plan.put_off >= _PUT_OFF_IN_A_ROW


async def _note(plan: Round, untried: Collection[Delivery] = ()) -> None:
    """Write outcomes down and look whether somebody stopped the issue; what fails stays to be noted."""
    async with apart(plan.tick) as tx:
        is_sending = await repository.is_sending(tx.session, plan.issue_id)
        noted = [_noted(each, plan.begun_at, now=tx.now) for each in plan.unnoted]
        await delivery_repository.note(tx.session, plan.issue_id, noted, now=tx.now)
        await delivery_repository.release(tx.session, plan.issue_id, untried, now=tx.now)
        for subscriber_id in sorted(each.delivery.subscriber_id for each in noted if each.suspends):
            await suspend(tx, subscriber_id)
    plan.is_over = plan.is_over or not is_sending
    plan.unnoted.clear()


def _noted(tried: Tried, begun_at: datetime, *, now: datetime) -> Noted:
    """Give up a letter that was put off for three days and often; faults of the server weigh little."""
    delivery, reply = tried.delivery, tried.reply
    if reply is None:
        return Noted(delivery=delivery, status=DeliveryStatus.DROPPED, reply=None)
    said = without_addresses(reply.text)
    enough = _TRIED_ENOUGH if tried.is_guilty else _BROKE_ENOUGH
    is_last = delivery.attempts >= enough and is_given_up(begun_at, now=now)
    if reply.outcome is Outcome.PUT_OFF and not is_last:
        again_at = next_attempt_at(delivery.attempts if tried.is_guilty else 1, now=now)
        return Noted(delivery=delivery, status=DeliveryStatus.WAITING, reply=said, next_attempt_at=again_at)
    status = DeliveryStatus.SENT if reply.outcome is Outcome.DELIVERED else DeliveryStatus.REFUSED
    return Noted(delivery=delivery, status=status, reply=said, suspends=reply.of_address)
