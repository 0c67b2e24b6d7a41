"""Letters that wait are handed to the mail server, each in a transaction of its own."""

from evaluation.mail import letter_repository
from evaluation.mail.domain import RIGHTS_LAST, LetterStatus
from shared.mail import Line, Outcome, Post, PostDown, Reply, note_down, post_of
from shared.mail_message import Addressed, is_given_up, next_attempt_at
from shared.settings import load_settings
from shared.transaction import Transaction, apart

MOST_AT_ONCE = 500
"""The rest waits for the next tick of the clock."""


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

    A letter is locked while it travels, and noted in the transaction that locked it: whoever dies in
    between leaves it waiting. No lock of anything else is held meanwhile.
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
        return await letter_repository.is_anything_waiting(tx.session, now=tx.now)


async def _hand_over_one(tick: Transaction, line: Line) -> bool:
    """Return whether there was a letter; raises PostDown, with the letter put off behind the others."""
    down: PostDown | None = None
    async with apart(tick) as tx:
        addressed = await _next_letter(tx)
        if addressed is None:
            return False
        try:
            reply = await line.send(addressed)
        except PostDown as error:
            down, reply = error, Reply(outcome=Outcome.PUT_OFF, text=str(error))
        await _note(tx, addressed, reply, is_guilty=down is None)
    if down is not None:
        raise down
    return True


async def _next_letter(tx: Transaction) -> Addressed | None:
    """Drop what waits for an address that was taken back, or tells what nobody knows that they may see."""
    while (found := await letter_repository.take_letter(tx.session, now=tx.now)) is not None:
        since = tx.now - RIGHTS_LAST
        if await letter_repository.is_wanted(tx.session, found.message_id, rights_since=since):
            return found
        await letter_repository.drop_letter(tx.session, found.message_id)
    return None


async def _note(tx: Transaction, addressed: Addressed, reply: Reply, *, is_guilty: bool) -> None:
    """Give up a letter that was put off for three days, unless the fault was the server's."""
    match reply.outcome:
        case Outcome.DELIVERED:
            status = LetterStatus.SENT
        case Outcome.PUT_OFF if not (is_guilty and is_given_up(addressed.created_at, now=tx.now)):
            until = next_attempt_at(addressed.attempts + 1 if is_guilty else 1, now=tx.now)
            await letter_repository.put_off(tx.session, addressed.message_id, reply=reply.text, until=until)
            return
        case _:
            status = LetterStatus.REFUSED
    await letter_repository.settle(tx.session, addressed.message_id, status, reply=reply.text, now=tx.now)
