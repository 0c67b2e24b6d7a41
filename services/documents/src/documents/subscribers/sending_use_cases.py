"""Letters that ask for a confirmation are handed to the mail server, one after the other."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from documents.subscribers import domain, repository
from documents.subscribers.domain import Subscriber
from documents.subscribers.letters import letter_to
from documents.subscribers.use_cases import suspend
from shared.mail import Line, Outcome, Post, PostDown, Reply, note_down, post_of
from shared.mail_message import Addressed, is_given_up, next_attempt_at
from shared.settings import load_settings
from shared.transaction import Transaction, apart

_MOST_AT_ONCE: Final = 200
_LEASE: Final = timedelta(minutes=5)
"""Longer than a letter may take."""


async def send_confirmations(tx: Transaction) -> None:
    """Send the letters that ask for a confirmation, where a mail server is set."""
    settings = load_settings("documents")
    post = post_of(settings)
    if post is not None and settings.public_url:
        await hand_over_confirmations(tx, post, public_url=settings.public_url)


async def hand_over_confirmations(tick: Transaction, post: Post, *, public_url: str) -> int:
    """Return how many letters were handed over; a server that is down leaves the rest as it is."""
    handed = 0
    if not await _is_anything_waiting(tick):
        return handed
    try:
        async with post.line() as line:
            while handed < _MOST_AT_ONCE and await _hand_over_one(tick, line, public_url):
                handed += 1
    except PostDown as down:
        note_down(down, handed_over=handed)
    return handed


async def _is_anything_waiting(tick: Transaction) -> bool:
    async with apart(tick) as tx:
        return await repository.is_letter_waiting(tx.session, now=tx.now)


async def _hand_over_one(tick: Transaction, line: Line, public_url: str) -> bool:
    """Return whether there was a letter; raises PostDown, with the letter put off for a while.

    It is claimed, travels, and is noted: no row is locked meanwhile, and who leaves waits for no server.
    Whoever dies in between leaves it to the next, as the same bytes, when the lease is over.
    """
    async with apart(tick) as tx:
        subscriber = await repository.claim_letter(tx.session, now=tx.now, lease_ends_at=tx.now + _LEASE)
    if subscriber is None:
        return False
    addressed = Addressed(
        message_id=domain.message_id_of(subscriber),
        address=subscriber.address,
        letter=letter_to(subscriber, public_url=public_url),
        attempts=subscriber.letter_attempts,
        created_at=_written_at(subscriber),
    )
    try:
        reply = await line.send(addressed)
    except PostDown:
        await _note(tick, subscriber, Reply(outcome=Outcome.PUT_OFF, text=""), is_guilty=False)
        raise
    await _note(tick, subscriber, reply)
    return True


def _written_at(subscriber: Subscriber) -> datetime:
    return subscriber.last_letter_at or subscriber.asked_at


async def _note(tick: Transaction, sent: Subscriber, reply: Reply, *, is_guilty: bool = True) -> None:
    """Note what came of a letter, unless the subscriber has left or waits for another one meanwhile."""
    async with apart(tick) as tx:
        if reply.outcome is Outcome.REFUSED and reply.of_address:
            await suspend(tx, sent.id)
            return
        now_known = await repository.lock_by_id(tx.session, sent.id)
        if now_known is None or domain.message_id_of(now_known) != domain.message_id_of(sent):
            return
        waits = reply.outcome is Outcome.PUT_OFF and not is_given_up(_written_at(sent), now=tx.now)
        if waits and now_known.letter_next_at != sent.letter_next_at:
            return  # our lease is over and another worker has it
        attempts = sent.letter_attempts if is_guilty else 1
        after = replace(
            now_known,
            letter=sent.letter if waits else None,
            letter_next_at=next_attempt_at(attempts, now=tx.now) if waits else None,
        )
        await repository.save(tx.session, after)
