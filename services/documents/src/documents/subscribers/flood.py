"""How many forms one client, and everybody together, may send in an hour; nothing here writes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from documents.subscribers.refusals import TooManySignUps

WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Forms in an hour."""

    of_client: int
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came in the last hour."""

    of_client: int
    of_all: int


def expect_room(arrived: Arrived, limits: Limits) -> None:
    """Raise TooManySignUps with an hour to wait."""
    wait = int(WINDOW.total_seconds())
    if arrived.of_client >= limits.of_client:
        raise TooManySignUps(retry_after=wait, limit=limits.of_client)
    if arrived.of_all >= limits.of_all:
        raise TooManySignUps(retry_after=wait, limit=limits.of_all)
