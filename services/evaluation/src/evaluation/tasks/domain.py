"""What waits for whom, and private calendars."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from evaluation.reminders.domain import Subject
from shared.contracts.base import Role
from shared.errors import Invalid, NotFound, RuleBroken

SHOWN_BEFORE = timedelta(days=30)
"""What is due later is no task yet."""
FEED_LASTS = timedelta(days=365)
MOST_FEEDS = 20


class TaskKind(StrEnum):
    TO_REPORT = "to-report"
    RETURNED = "returned"
    TO_APPROVE = "to-approve"
    EVALUATION_DUE = "evaluation-due"
    SOURCE_CHANGED = "source-changed"


_REPORTING = frozenset({TaskKind.TO_REPORT, TaskKind.RETURNED})
_APPROVING = frozenset({TaskKind.TO_APPROVE, TaskKind.EVALUATION_DUE, TaskKind.SOURCE_CHANGED})
_KINDS = {
    Role.COORDINATOR: _REPORTING,
    Role.PARTNER: _REPORTING,
    Role.CONSULTANT: _APPROVING,
    Role.EVALUATOR: _APPROVING,
}


def kinds_of(roles: frozenset[Role]) -> frozenset[TaskKind]:
    """Return the kinds of what people with these roles may decide."""
    return frozenset().union(*(_KINDS.get(role, frozenset()) for role in roles))


class FeedNotFound(NotFound):
    cs = "Takový kalendář není, byl zrušen, nebo mu vypršela platnost."
    en = "There is no such calendar, or it was revoked or has expired."


class FeedTooWide(Invalid):
    cs = "Vidíte všechny plány; zvolte jednotku, plán nebo pracoviště."
    en = "You see all plans; choose a unit, a plan or an office."


class TooManyFeeds(RuleBroken):
    cs = "Nejvýš {most} kalendářů; některý zrušte."
    en = "At most {most} calendars; revoke one."


class FeedRevoked(RuleBroken):
    cs = "Kalendář už je zrušen, od {on}."
    en = "The calendar is revoked already, since {on}."


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateFeed:
    """`valid_until` is its last day; it shows what its person could see when it was made."""

    feed_id: UUID
    person_id: str
    subject: Subject
    sees_all: bool
    unit_ids: tuple[UUID, ...]
    created_at: datetime
    valid_until: date
    revoked_at: datetime | None
    version: int


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def revoke(feed: PrivateFeed, *, now: datetime) -> PrivateFeed:
    """Raise FeedRevoked where it is revoked already."""
    if feed.revoked_at is not None:
        raise FeedRevoked(on=feed.revoked_at)
    return replace(feed, revoked_at=now, version=feed.version + 1)


def expect_narrow(subject: Subject, *, sees_all: bool) -> None:
    """Raise FeedTooWide where it would hold the plans of a whole country."""
    if sees_all and subject == Subject():
        raise FeedTooWide(pointer="")
