"""The day on which a request is answered."""

from datetime import UTC, date, datetime

from shared.days import day_of


def today() -> date:
    """Return the day in Prague. What decides asks its transaction instead: one day from end to end."""
    return day_of(datetime.now(UTC))
