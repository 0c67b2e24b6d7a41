"""Which share of the time the intake was there: outages against the time that was watched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

from registry.calls.window import Outage

LONGEST_SILENCE = timedelta(seconds=150)
"""A longer one between two signs of life is an outage."""
PERIODS = (30, 365)
"""Days over which the share is told."""
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """`percent` is rounded down, so that 100.00 means no outage at all; None where nothing was watched."""

    days: int
    watched_since_at: datetime
    down_seconds: int
    percent: Decimal | None


def is_silence(previous: datetime, now: datetime) -> bool:
    """Whether so much time between two signs of life is an outage."""
    return now - previous > LONGEST_SILENCE


def outage_between(id_: UUID, previous: datetime | None, now: datetime) -> Outage | None:
    """Return the outage that a silence was; None after a short one, and at the very first sign of life."""
    if previous is None or not is_silence(previous, now):
        return None
    return Outage(id=id_, from_at=previous, until_at=now)


def availability_in(
    outages: Iterable[tuple[datetime, datetime]], *, first_at: datetime, now: datetime, days: int
) -> Availability:
    """Measure the last `days` days, or since the first sign of life where that is later."""
    since = max(first_at, now - timedelta(days=days))
    down = sum((_within(each, since, now) for each in outages), timedelta(0))
    watched = now - since
    percent = None
    if watched > timedelta(0):
        exact = Decimal(100) * (Decimal(1) - _seconds(down) / _seconds(watched))
        percent = exact.quantize(_HUNDREDTH, rounding=ROUND_FLOOR)
    return Availability(days=days, watched_since_at=since, down_seconds=int(_seconds(down)), percent=percent)


def _within(outage: tuple[datetime, datetime], since: datetime, now: datetime) -> timedelta:
    return max(min(outage[1], now) - max(outage[0], since), timedelta(0))


def _seconds(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)) / 1_000_000
