"""Days as the calendar on a Czech wall shows them: deadlines and council meetings know no UTC."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

PRAGUE = ZoneInfo("Europe/Prague")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_of(instant: datetime) -> date:
    return instant.astimezone(PRAGUE).date()


def end_of(day: date) -> datetime:
    """Return the last instant of the day."""
    return datetime.combine(day, time.max, PRAGUE)


def day_text(day: date, language: str) -> str:
    """Write the day as people do: `6. 4. 2023` in Czech, with spaces that do not break, or `6 April 2023`."""
    if language == "cs":
        return f"{day.day}.\N{NO-BREAK SPACE}{day.month}.\N{NO-BREAK SPACE}{day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
