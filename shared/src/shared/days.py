"""Days as the calendar on a Czech wall shows them: deadlines and council meetings know no UTC."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

PRAGUE = ZoneInfo("Europe/Prague")


def day_of(instant: datetime) -> date:
    return instant.astimezone(PRAGUE).date()


def end_of(day: date) -> datetime:
    """Return the last instant of the day."""
    return datetime.combine(day, time.max, PRAGUE)
