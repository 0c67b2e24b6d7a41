"""Letters that wait are claimed, handed to the mail server one after the other, and noted."""

from datetime import timedelta
from typing import Final

from evaluation.mail import delivery_repository, letter_repository
from evaluation.mail.delivery_repository import Claimed
from evaluation.mail.domain import RIGHTS_LAST
from shared.mail import Line, Outcome, Post, PostDown, Reply, note_down, post_of
from shared.mail_message import is_given_up, next_attempt_at
from shared.settings import load_settings
from shared.transaction import Transaction, apart

MOST_AT_ONCE = 500
"""The rest waits for the next tick of the clock."""
_LEASE: Final = timedelta(minutes=5)
"""Longer than a letter may take; so long waits a letter whose worker died."""


async def send_letters(tx: Transaction) -> None:
    """Send what waits, where a mail server is set."""
    post = post_of(load_settings("evaluation"))
    if post is not None:
        await hand_over(tx, post)


async def forget_letters(tx: Transaction) -> None:
    """Delete what was settled long ago."""
    await letter_repository.forget_old_letters(tx.session, now=tx.now)


async def hand_over(tick: Transaction, post: Post) -> int:
    """Return how many letters were handed over; a server that is down leaves the rest as it is.

    A letter is claimed, travels, and is noted: nothing is locked and no transaction open meanwhile, so that
    a server that hesitates holds up nobody. Whoever dies in between leaves it to the next, as the same bytes,
    when the lease is over.
    """
    handed = 0
    if not await _is_anything_waiting(tick):
        return handed
    try:
        async with post.line() as line:
            while handed < MOST_AT_ONCE and await _hand_over_one(tick, line):
                handed += 1
    except PostDown as down:
        note_down(down, handed_over=handed)
    return handed


async def _is_anything_waiting(tick: Transaction) -> bool:
    async with apart(tick) as tx:
        return await delivery_repository.is_anything_waiting(tx.session, now=tx.now)


async def _hand_over_one(tick: Transaction, line: Line) -> bool:
    """Return whether there was a letter; raises PostDown, with the letter put off behind the others."""
    async with apart(tick) as tx:
        claimed = await delivery_repository.claim(
            tx.session, now=tx.now, lease_ends_at=tx.now + _LEASE, rights_since=tx.now - RIGHTS_LAST
        )
    if claimed is None:
        return False
    try:
        reply = await line.send(claimed.addressed)
    except PostDown as down:
        put_off = Reply(outcome=Outcome.PUT_OFF, text=str(down))
        await _note(tick, claimed, put_off, is_guilty=False)
        raise
    await _note(tick, claimed, reply)
    return True


async def _note(tick: Transaction, claimed: Claimed, reply: Reply, *, is_guilty: bool = True) -> None:
    """Give up a letter that was put off for three days, unless the fault was the server's."""
    letter, said = claimed.addressed, reply.text
    async with apart(tick) as tx:
        match reply.outcome:
            case Outcome.DELIVERED:
                await delivery_repository.note_sent(tx.session, claimed, reply=said, now=tx.now)
            case Outcome.PUT_OFF if not (is_guilty and is_given_up(letter.created_at, now=tx.now)):
                until = next_attempt_at(letter.attempts if is_guilty else 1, now=tx.now)
                await delivery_repository.put_off(tx.session, claimed, reply=said, until=until)
            case _:
                await delivery_repository.note_refused(tx.session, claimed, reply=said, now=tx.now)
