"""Issues go out: recipients are frozen, each letter travels alone, a death in between repeats none."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from documents.newsletter import delivery_repository, domain, repository
from documents.newsletter.composition import letter_of
from documents.newsletter.delivery_repository import Delivery
from documents.newsletter.domain import DeliveryStatus, Issue, IssueMove, IssueState, Linked
from documents.subscribers.domain import Subscriber
from documents.subscribers.letters import unsubscription_url
from documents.subscribers.use_cases import suspend
from shared.mail import Line, Outcome, Post, PostDown, Reply, note_down, post_of, without_addresses
from shared.mail_message import Addressed, Bulk, domain_of, is_given_up, next_attempt_at
from shared.settings import load_settings
from shared.transaction import Transaction, apart

PER_MINUTE: Final = int(os.environ.get("DOCUMENTS_NEWSLETTER_PER_MINUTE") or 1_200)
"""What the mail server of an office takes gladly; all issues and workers together, within `_LOOK_EVERY`."""
_MINUTE: Final = timedelta(minutes=1)
_LOOK_EVERY: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of sending knows of the issue."""

    issue: Issue
    documents: Mapping[UUID, Linked]
    post: Post
    public_url: str
    per_minute: int


async def send_issues(tx: Transaction) -> None:
    """Begin what is due and go on with what is on its way, where a mail server is set."""
    settings = load_settings("documents")
    post = post_of(settings)
    if post is not None and settings.public_url:
        await hand_over_issues(tx, post, public_url=settings.public_url)


async def hand_over_issues(
    tick: Transaction, post: Post, *, public_url: str, per_minute: int = PER_MINUTE
) -> int:
    """Return how many letters were handed over; a server that is down leaves the rest for the next time."""
    handed = 0
    for issue_id in await _due(tick):
        issue, documents = await _begin(tick, issue_id)
        if issue is None or issue.state is not IssueState.SENDING:
            continue
        plan = Round(
            issue=issue, documents=documents, post=post, public_url=public_url, per_minute=per_minute
        )
        handed += await _hand_over(tick, plan)
        await _finish(tick, issue_id)
    return handed


async def _due(tick: Transaction) -> list[UUID]:
    async with apart(tick) as tx:
        return await repository.due(tx.session, now=tx.now)


async def _begin(tick: Transaction, issue_id: UUID) -> tuple[Issue | None, Mapping[UUID, Linked]]:
    """Freeze who gets it and what its documents are called, once; later rounds find both."""
    async with apart(tick) as tx:
        issue = await repository.lock(tx.session, issue_id)
        if issue is None:
            return None, {}
        if issue.state is IssueState.SENDING:
            return issue, await repository.frozen(tx.session, issue_id)
        if issue.state is not IssueState.APPROVED or (issue.send_at or tx.now) > tx.now:
            return None, {}
        documents = await repository.linked(tx.session, domain.documents_in(issue.content))
        recipients = await delivery_repository.freeze_recipients(tx.session, issue, now=tx.now)
        number = await repository.next_number(tx.session)
        begun = domain.started(issue, number=number, recipients=recipients, now=tx.now)
        await repository.freeze(tx.session, begun, documents)
        return begun, documents


async def _hand_over(tick: Transaction, plan: Round) -> int:
    handed = 0
    try:
        if await _room(tick, plan) <= 0 or not await _is_waiting(tick, plan.issue.id):
            return handed
        async with plan.post.line() as line:
            while await _has_room(tick, plan, handed) and await _hand_over_one(tick, plan, line):
                handed += 1
    except PostDown as down:
        note_down(down, handed_over=handed)
    return handed


async def _is_waiting(tick: Transaction, issue_id: UUID) -> bool:
    async with apart(tick) as tx:
        return await delivery_repository.is_waiting(tx.session, issue_id)


async def _room(tick: Transaction, plan: Round) -> int:
    async with apart(tick) as tx:
        return plan.per_minute - await delivery_repository.attempts_since(tx.session, tx.now - _MINUTE)


async def _has_room(tick: Transaction, plan: Round, handed: int) -> bool:
    """Look now and then how much went out within a minute."""
    return handed % min(_LOOK_EVERY, plan.per_minute) != 0 or await _room(tick, plan) > 0


async def _hand_over_one(tick: Transaction, plan: Round, line: Line) -> bool:
    """Return whether there was a letter; raises PostDown, with the letter put off behind the others.

    A letter is locked while it travels and noted in the transaction that locked it: whoever dies in
    between leaves it waiting. It goes twice, as the same bytes, only where the server took it and nobody
    lived to write that down.
    """
    down: PostDown | None = None
    async with apart(tick) as tx:
        delivery = await delivery_repository.take(tx.session, plan.issue.id, now=tx.now)
        if delivery is None:
            return False
        if delivery.subscriber is None:
            await delivery_repository.settle(
                tx.session, delivery, DeliveryStatus.DROPPED, reply=None, now=tx.now
            )
            return True
        try:
            reply = await line.send(_addressed(plan, delivery, delivery.subscriber))
        except PostDown as error:
            down, reply = error, Reply(outcome=Outcome.PUT_OFF, text=str(error))
        await _note(tx, plan, delivery, reply, is_guilty=down is None)
    if down is not None:
        raise down
    return True


def _addressed(plan: Round, delivery: Delivery, subscriber: Subscriber) -> Addressed:
    leave = unsubscription_url(plan.public_url, subscriber.secret)
    return Addressed(
        message_id=delivery.message_id,
        address=subscriber.address,
        letter=letter_of(plan.issue, plan.documents, public_url=plan.public_url, unsubscribe_url=leave),
        attempts=delivery.attempts,
        created_at=_started_at(plan.issue),
        bulk=Bulk(unsubscribe_url=leave, list_id=f"newsletter.{domain_of(plan.post.sender)}"),
    )


async def _note(tx: Transaction, plan: Round, delivery: Delivery, reply: Reply, *, is_guilty: bool) -> None:
    """Give up a letter that was put off for three days, unless the fault was the server's."""
    said = without_addresses(reply.text)
    begun_at = _started_at(plan.issue)
    if reply.outcome is Outcome.PUT_OFF and not (is_guilty and is_given_up(begun_at, now=tx.now)):
        until = next_attempt_at(delivery.attempts + 1 if is_guilty else 1, now=tx.now)
        await delivery_repository.put_off(tx.session, delivery, reply=said, until=until, now=tx.now)
        return
    is_sent = reply.outcome is Outcome.DELIVERED
    status = DeliveryStatus.SENT if is_sent else DeliveryStatus.REFUSED
    await delivery_repository.settle(tx.session, delivery, status, reply=said, now=tx.now)
    if reply.of_address and reply.outcome is Outcome.REFUSED:
        await suspend(tx, delivery.subscriber_id)


def _started_at(issue: Issue) -> datetime:
    """Return the day that stands in every letter, so that a repetition has the same bytes."""
    if issue.started_at is None:
        raise TypeError("only a started issue is sent")
    return issue.started_at


async def _finish(tick: Transaction, issue_id: UUID) -> None:
    async with apart(tick) as tx:
        issue = await repository.lock(tx.session, issue_id)
        if issue is None or issue.state is not IssueState.SENDING:
            return
        if not await delivery_repository.is_waiting(tx.session, issue_id):
            await repository.save(tx.session, domain.finished(issue, IssueMove.FINISH, now=tx.now))


async def forget_deliveries(tx: Transaction) -> None:
    """Forget who got which issue, long after it went out."""
    await delivery_repository.forget_replies(tx.session, now=tx.now)
