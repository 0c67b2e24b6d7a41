"""Whom a webhook concerns is told that it was disabled; secrets are sealed by the present key."""

from datetime import timedelta
from typing import Final
from uuid import uuid5

from documents.outside import note, sealer_of
from documents.proving.sealing import Sealer, SecretNotReadable
from documents.webhooks import notice_repository
from documents.webhooks.domain import Notice
from documents.webhooks.letters import notice_letter
from shared.mail import Line, Outcome, Post, PostDown, Reply, note_down, post_of
from shared.mail_message import Addressed, is_given_up, next_attempt_at
from shared.settings import load_settings
from shared.transaction import Transaction, apart

_MOST_AT_ONCE: Final = 50
_LEASE: Final = timedelta(minutes=5)
"""Longer than a letter may take."""


async def send_notices(tx: Transaction) -> None:
    """Send what waits, where a mail server is set."""
    settings = load_settings("documents")
    post = post_of(settings)
    if post is not None and settings.public_url:
        await hand_over_notices(tx, post, public_url=settings.public_url)


async def hand_over_notices(tick: Transaction, post: Post, *, public_url: str) -> int:
    """Return how many letters were handed over; a server that is down leaves the rest as it is."""
    handed = 0
    async with apart(tick) as tx:
        if not await notice_repository.is_notice_waiting(tx.session, now=tx.now):
            return handed
    try:
        async with post.line() as line:
            while handed < _MOST_AT_ONCE and await _hand_over_one(tick, line, public_url):
                handed += 1
    except PostDown as down:
        note_down(down, handed_over=handed)
    return handed


async def _hand_over_one(tick: Transaction, line: Line, public_url: str) -> bool:
    """Return whether there was a notice; raises PostDown, with the notice put off for a while."""
    async with apart(tick) as tx:
        notice = await notice_repository.claim_notice(tx.session, now=tx.now, lease_ends_at=tx.now + _LEASE)
    if notice is None:
        return False
    addressed = Addressed(
        message_id=uuid5(notice.webhook_id, notice.disabled_at.isoformat()),
        address=notice.contact,
        letter=notice_letter(notice, public_url=public_url),
        attempts=notice.attempts,
        created_at=notice.disabled_at,
    )
    try:
        reply = await line.send(addressed)
    except PostDown:
        await _note(tick, notice, Reply(outcome=Outcome.PUT_OFF, text=""))
        raise
    await _note(tick, notice, reply)
    return True


async def _note(tick: Transaction, notice: Notice, reply: Reply) -> None:
    async with apart(tick) as tx:
        waits = reply.outcome is Outcome.PUT_OFF and not is_given_up(notice.disabled_at, now=tx.now)
        again = next_attempt_at(notice.attempts, now=tx.now) if waits else None
        await notice_repository.save_notice(tx.session, notice, next_at=again)


async def seal_secrets(tx: Transaction) -> None:
    """Seal what stands in clear, or was sealed by a key that another one has replaced."""
    await seal_again(tx, sealer_of(load_settings("documents")))


async def seal_again(tx: Transaction, sealer: Sealer) -> int:
    """Return how many webhooks had a secret that was sealed now; one that no key opens stays as it is.

    A secret that signs no more is forgotten.
    """
    count = 0
    prefix = sealer.prefix
    for webhook_id, *known in await notice_repository.lock_unsealed(tx.session, prefix=prefix, now=tx.now):
        try:
            opened = [each and sealer.open(each, of=webhook_id) for each in known]
        except SecretNotReadable:
            note("secret-not-readable", webhook=str(webhook_id))
            continue
        secret, previous = [each and sealer.seal(each, of=webhook_id) for each in opened]
        await notice_repository.keep_sealed(tx.session, webhook_id, secret=secret, previous=previous)
        count += 1
    return count
