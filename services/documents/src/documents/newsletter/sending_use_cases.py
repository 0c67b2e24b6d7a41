"""Issues go out: what is due begins once, its letters are handed over, and it ends when none waits."""

import os
from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from documents.newsletter import delivery_repository, domain, repository
from documents.newsletter.composition import letter_of
from documents.newsletter.delivery_use_cases import Round, hand_over
from documents.newsletter.domain import Issue, IssueMove, IssueState, Linked
from documents.subscribers.letters import unsubscription_url
from shared.mail import Post, post_of
from shared.mail_message import Bulk, Circular, circular, domain_of
from shared.settings import load_settings
from shared.transaction import Transaction, apart

PER_MINUTE: Final = int(os.environ.get("DOCUMENTS_NEWSLETTER_PER_MINUTE") or 1_200)
"""What the mail server of an office takes gladly; all issues and workers together."""
_MARK_BYTES: Final = 24


async def due_issues(tx: Transaction) -> list[UUID]:
    """Return what is to begin and what is on its way, where a mail server is set."""
    settings = load_settings("documents")
    if post_of(settings) is None or not settings.public_url:
        return []
    return await repository.due(tx.session, now=tx.now)


async def send_issue(tx: Transaction, issue_id: UUID) -> None:
    """Begin an issue or go on with it; one that fails holds up no other."""
    settings = load_settings("documents")
    post = post_of(settings)
    if post is not None:
        await hand_over_issue(tx, issue_id, post, public_url=settings.public_url)


async def hand_over_issue(
    tick: Transaction, issue_id: UUID, post: Post, *, public_url: str, per_minute: int = PER_MINUTE
) -> int:
    """Return how many letters were handed over; a server that is down leaves the rest for the next time."""
    issue, documents = await _begin(tick, issue_id)
    if issue is None or issue.state is not IssueState.SENDING:
        return 0
    plan = Round(
        tick=tick,
        issue_id=issue_id,
        begun_at=_started_at(issue),
        circular=_encoded(issue, documents, sender=post.sender, public_url=public_url),
        post=post,
        per_minute=per_minute,
    )
    handed = await hand_over(plan)
    await _finish(tick, issue_id)
    return handed


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


def _encoded(issue: Issue, documents: Mapping[UUID, Linked], *, sender: str, public_url: str) -> Circular:
    """Encode the issue once, with a mark where each recipient's own key will stand."""
    mark = token_urlsafe(_MARK_BYTES)
    leave = unsubscription_url(public_url, mark)
    return circular(
        letter_of(issue, documents, public_url=public_url, unsubscribe_url=leave),
        Bulk(unsubscribe_url=leave, list_id=f"newsletter.{domain_of(sender)}"),
        mark=mark,
        sender=sender,
        created_at=_started_at(issue),
    )


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
