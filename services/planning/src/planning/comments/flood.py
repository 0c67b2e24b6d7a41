"""How much one client, and everybody together, may send on the web; nothing here writes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from planning.comments.refusals import TooManyComments

WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Comments in an hour."""

    of_client: int
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came in the last hour; the instants are those of the oldest comment counted."""

    of_client: int
    oldest_of_client_at: datetime | None
    of_all: int
    oldest_at: datetime | None


def expect_room(arrived: Arrived, limits: Limits, *, now: datetime) -> None:
    """Raise TooManyComments with the seconds after which the oldest comment counts no more."""
    if arrived.of_client >= limits.of_client:
        raise TooManyComments(retry_after=_seconds(arrived.oldest_of_client_at, now), limit=limits.of_client)
    if arrived.of_all >= limits.of_all:
        raise TooManyComments(retry_after=_seconds(arrived.oldest_at, now), limit=limits.of_all)


def _seconds(oldest_at: datetime | None, now: datetime) -> int:
    left = (oldest_at or now) + WINDOW - now
    return max(1, ceil(left.total_seconds()))
