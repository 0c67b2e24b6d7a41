"""Webhooks: which addresses may be called, what becomes of an attempt, what stops whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from documents.webhooks.refusals import EventTypeUnknown
from shared.contracts.catalogue import EVENTS

PING: Final = "documents.webhook.ping.v1"
DELAYS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""As Standard Webhooks proposes: ten tries in three days; the last delay repeats."""
LONGEST_DELAY: Final = timedelta(hours=24)
FAILING_FOR: Final = timedelta(days=5)
"""Who answers nothing right for so long is sent nothing more, until a person begins again."""
OVERLAP: Final = timedelta(hours=24)
"""So long the old secret signs beside the new one."""
EVENTS_KEPT: Final = timedelta(days=90)
MOST_WEBHOOKS: Final = 20
SPREAD: Final = 1000
"""Jitter: the share of a delay, in thousandths, that is added at most by a fifth."""
GONE: Final = 410
EXCERPT: Final = 1000


class WebhookState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


class DisabledFor(StrEnum):
    GONE = "gone"
    FAILING = "failing"


class Cause(StrEnum):
    EVENT = "event"
    RETRY = "retry"
    PING = "ping"


class Outcome(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    SKIPPED = "skipped"


class Fault(StrEnum):
    """Why an attempt failed."""

    STATUS = "status"
    REDIRECTED = "redirected"
    TIMED_OUT = "timed-out"
    NOT_REACHED = "not-reached"
    NOT_TRUSTED = "not-trusted"
    ADDRESS_REFUSED = "address-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a subscription says: types (or beginnings of them) and units; nothing named means all."""

    url: str
    description: str
    contact: str
    types: tuple[str, ...]
    unit_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription as people decide on it."""

    id: UUID
    version: int
    created_by: str
    wanted: Wanted
    state: WebhookState
    position: int
    attempts: int
    sealed_secret: str = field(repr=False)
    previous_ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A subscription that a worker has leased, with all that it needs to send; its secrets are sealed."""

    id: UUID
    lease: UUID
    version: int
    url: str
    position: int
    attempts: int
    first_failed_at: datetime | None
    sealed_secrets: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A webhook that was disabled by itself, and whom to write to about it; ours until `lease_ends_at`."""

    webhook_id: UUID
    contact: str
    description: str
    url: str
    reason: DisabledFor
    disabled_at: datetime
    attempts: int
    lease_ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """An event, at its place among those that were noted; a ping has none."""

    event_id: UUID
    type: str
    body: str
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of one request; `retry_after` in seconds, where the receiver said so."""

    status: int | None
    fault: Fault | None
    excerpt: str
    duration_ms: int
    retry_after: int | None = None

    @property
    def delivered(self) -> bool:
        return self.fault is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a subscription stands after an attempt."""

    position: int
    attempts: int
    first_failed_at: datetime | None
    due_at: datetime
    disabled: DisabledFor | None = None


def after_attempt(taken: Taken, sent: ToSend, attempt: Attempt, *, now: datetime, spread: int) -> Standing:
    """Decide what follows: the next event, or the same one later; `spread` is between 0 and 1000."""
    if attempt.delivered:
        return Standing(position=sent.position, attempts=0, first_failed_at=None, due_at=now)
    since = taken.first_failed_at or now
    gone = attempt.status == GONE
    failing = now - since >= FAILING_FOR
    return Standing(
        position=taken.position,
        attempts=taken.attempts + 1,
        first_failed_at=since,
        due_at=now + delay_after(taken.attempts + 1, retry_after=attempt.retry_after, spread=spread),
        disabled=DisabledFor.GONE if gone else DisabledFor.FAILING if failing else None,
    )


def delay_after(attempts: int, *, retry_after: int | None, spread: int) -> timedelta:
    """Return how long to wait after so many failed attempts: longer and longer, never all at once."""
    delay = DELAYS[min(attempts, len(DELAYS)) - 1]
    asked = timedelta(seconds=min(retry_after or 0, int(LONGEST_DELAY.total_seconds())))
    return max(delay, asked) * (SPREAD + min(spread, SPREAD) // 5) / SPREAD


def expect_types(types: Sequence[str]) -> None:
    """Raise `EventTypeUnknown` where a type is neither an event's nor the beginning of one."""
    for index, name in enumerate(types):
        if not any(known == name or known.startswith(f"{name}.") for known in EVENTS):
            raise EventTypeUnknown(name=name, known=sorted(EVENTS), pointer=f"/types/{index}")


def allowed_moves(state: WebhookState) -> list[str]:
    if state is WebhookState.ACTIVE:
        return ["pause", "retry", "replay", "skip", "ping"]
    return ["activation", "replay"] + (["pause"] if state is WebhookState.DISABLED else [])
