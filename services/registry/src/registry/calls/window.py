"""The window of an intake: whole days in Prague, and what an outage took away from it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from shared.days import PRAGUE, day_of, day_text, end_of

ONE_MINUTE = timedelta(minutes=1)


class ExtensionCause(StrEnum):
    """Why an intake ends later than was announced."""

    DECISION = "decision"  # rozhodnutí ředitele
    OUTAGE = "outage"  # výpadek systému


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """No process of the API was there to take an application, from the last sign of life to the next."""

    id: UUID
    from_at: datetime
    until_at: datetime

    @property
    def length(self) -> timedelta:
        return self.until_at - self.from_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Why the intake of a call ends later; `version` is that of the call after it."""

    id: UUID
    version: int
    cause: ExtensionCause
    outage_id: UUID | None
    decided_on: date
    previous_closes_at: datetime
    new_closes_at: datetime
    reason_cs: str
    reason_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Both instants belong to the intake."""

    opens_at: datetime
    closes_at: datetime

    @classmethod
    def of_days(cls, first: date, last: date) -> "Window":
        """Return the window of whole days in Prague, both included; its length knows summer time."""
        return cls(opens_at=start_of(first), closes_at=end_of(last).astimezone(UTC))

    @property
    def last_day(self) -> date:
        return day_of(self.closes_at)

    def lost_in(self, outage: Outage) -> timedelta:
        """Return what the outage took away, in whole minutes rounded up; nothing where it did not touch it.

        All of the outage counts from the moment when applications could have come: whoever meant to
        submit in the last hour, and found the door shut, has that hour after it.
        """
        if not (outage.from_at <= self.closes_at and self.opens_at < outage.until_at):
            return timedelta(0)
        lost = outage.until_at - max(outage.from_at, self.opens_at)
        return -(-lost // ONE_MINUTE) * ONE_MINUTE

    def prolonged(self, by: timedelta) -> "Window":
        return replace(self, closes_at=self.closes_at + by)


def window_of(opens_at: datetime | None, closes_at: datetime | None) -> Window | None:
    if opens_at is None or closes_at is None:
        return None
    return Window(opens_at=opens_at, closes_at=closes_at)


def start_of(day: date) -> datetime:
    """Return the first instant of the day in Prague, in UTC."""
    return datetime.combine(day, time.min, PRAGUE).astimezone(UTC)


def taken_away(outage: Outage, minutes: int) -> tuple[str, str]:
    """Say in both languages why an intake is longer, times as on a Czech wall."""
    first, last = outage.from_at.astimezone(PRAGUE), outage.until_at.astimezone(PRAGUE)
    cs, en = (
        [f"{day_text(at.date(), language)} {at:%H:%M}" for at in (first, last)] for language in ("cs", "en")
    )
    return (
        f"Systém nepřijímal přihlášky od {cs[0]} do {cs[1]}; příjem se prodlužuje o {minutes} min.",
        f"The system took no applications from {en[0]} to {en[1]}; the intake is {minutes} min longer.",
    )
