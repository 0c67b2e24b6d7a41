"""Deadlines in working days that stop while the other side is at work, and run on when it has answered."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from shared.working_days import ONE_DAY, is_working_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The clock stands from the day after `since` until the end of `until`, None while it stands."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """`working_days` after `started_on`; the first day is never counted, nor are days of a pause."""

    started_on: date
    working_days: int
    pauses: tuple[Pause, ...] = ()

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None

    @property
    def due_on(self) -> date | None:
        """The last day, always a working day; None while the clock stands."""
        return None if self.is_paused else self._nth_day(self.working_days)

    def days_left(self, today: date) -> int:
        """Return the working days left, today not among them; negative after the last day."""
        return self.working_days - self._counted(today)

    def pause(self, on: date) -> "Deadline":
        """Stop the clock; the day itself still counts. Raises ValueError where it stands already."""
        if self.is_paused:
            raise ValueError("the clock stands already")
        return replace(self, pauses=(*self.pauses, Pause(since=on)))

    def resume(self, on: date) -> "Deadline":
        """Let the clock run again from the next day. Raises ValueError where it runs."""
        if not self.is_paused:
            raise ValueError("the clock runs")
        return replace(self, pauses=(*self.pauses[:-1], replace(self.pauses[-1], until=on)))

    def _counts(self, day: date) -> bool:
        return is_working_day(day) and not any(
            pause.since < day and (pause.until is None or day <= pause.until) for pause in self.pauses
        )

    def _counted(self, until: date) -> int:
        days = (until - self.started_on).days
        return sum(self._counts(self.started_on + timedelta(days=each)) for each in range(1, days + 1))

    def _nth_day(self, count: int) -> date:
        day, left = self.started_on, count
        while left:
            day += ONE_DAY
            left -= self._counts(day)
        return day
