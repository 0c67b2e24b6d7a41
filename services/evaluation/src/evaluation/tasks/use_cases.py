"""Make a private calendar, revoke it; take over what a new login may see."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from evaluation.mail import letter_repository
from evaluation.mail import repository as accounts
from evaluation.mail.domain import RIGHTS_LAST
from evaluation.mail.use_cases import rights_of
from evaluation.reminders.domain import Subject
from evaluation.reminders.use_cases import expect_seen
from evaluation.tasks import feed_repository
from evaluation.tasks.domain import (
    FEED_LASTS,
    MOST_FEEDS,
    FeedNotFound,
    PrivateFeed,
    TooManyFeeds,
    digest_of,
    expect_narrow,
    revoke,
)
from shared.errors import expect_version
from shared.transaction import Transaction

TOKEN_BYTES = 32


async def make_feed(tx: Transaction, subject: Subject) -> tuple[PrivateFeed, str]:
    """Return the calendar and its token, which nobody can be told again.

    Raises FeedTooWide, UnitNotYours, PlanNotMonitored, TooManyFeeds.
    """
    expect_narrow(subject, sees_all=tx.actor.is_agency)
    await expect_seen(tx, subject)
    await feed_repository.lock_person(tx.session, tx.actor.id)
    if await feed_repository.count_feeds(tx.session, tx.actor.id, today=tx.today) >= MOST_FEEDS:
        raise TooManyFeeds(most=MOST_FEEDS)
    token = token_urlsafe(TOKEN_BYTES)
    feed = PrivateFeed(
        feed_id=tx.new_id(),
        person_id=tx.actor.id,
        subject=subject,
        sees_all=tx.actor.is_agency,
        unit_ids=tuple(sorted(tx.actor.units)),
        created_at=tx.now,
        valid_until=tx.today + FEED_LASTS,
        revoked_at=None,
        version=1,
    )
    await feed_repository.insert_feed(tx.session, feed, token_digest=digest_of(token))
    return feed, token


async def revoke_feed(tx: Transaction, feed_id: UUID, *, expected: int) -> PrivateFeed:
    """Raise FeedNotFound, FeedRevoked."""
    feed = await feed_repository.lock_feed(tx.session, feed_id, tx.actor.id)
    if feed is None:
        raise FeedNotFound
    expect_version(expected, feed.version)
    revoked = revoke(feed, now=tx.now)
    await feed_repository.save_revoked(tx.session, revoked)
    return revoked


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What a login renewed, and until when it holds."""

    renewed_at: datetime
    expires_at: datetime
    has_account: bool
    calendars: int


async def renew_rights(tx: Transaction) -> Renewed:
    """Let letters and calendars follow what this login may see: more, less, or nothing any more."""
    rights = rights_of(tx.actor, now=tx.now)
    account = await accounts.lock_account(tx.session, tx.actor.id)
    if account is not None and account.rights.exceed(rights):
        await letter_repository.take_back_waiting(tx.session, tx.actor.id, now=tx.now)
    return Renewed(
        renewed_at=tx.now,
        expires_at=tx.now + RIGHTS_LAST,
        has_account=await accounts.renew_rights(tx.session, tx.actor.id, rights),
        calendars=await feed_repository.renew_rights(tx.session, tx.actor.id, rights, today=tx.today),
    )
