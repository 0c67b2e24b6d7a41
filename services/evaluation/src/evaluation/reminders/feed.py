"""What is awaited, as an iCalendar (RFC 5545): a day in the calendar for each value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedValue:
    obligation_id: UUID
    version: int
    indicator_number: str
    indicator_name: str
    period: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A day on which the reader of a calendar should do something else than report a value."""

    uid: str
    on: date
    summary: str
    description: str


def login_wanted(today: date) -> Wanted:
    """Ask for a login, today again and again: what the reader may still see nobody knows."""
    return Wanted(
        uid="login@pospolu",
        on=today,
        summary="Pospolu: přihlaste se / please log in",
        description=(
            "Kalendář nic neukazuje, dokud se nepřihlásíte: nevíme, co ještě smíte vidět. "
            "The calendar shows nothing until you log in: we do not know what you may still see."
        ),
    )


def calendar_of(
    title: str, awaited: Iterable[AwaitedValue], *, now: datetime, wanted: Wanted | None = None
) -> bytes:
    """Return the calendar; an event keeps its UID, so a moved date moves in the reader's calendar too."""
    from icalendar import Calendar, Event  # 0.2 s that only this route should cost

    calendar = Calendar()
    calendar.add("prodid", "-//Pospolu//evaluation//CS")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for value in awaited:
        event = Event()
        event.add("uid", f"{value.obligation_id}@pospolu")
        event.add("dtstamp", now)
        event.add("sequence", value.version)
        event.add("dtstart", value.due_on)
        event.add("dtend", value.due_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", f"{value.indicator_number} {value.indicator_name}: {value.period}")
        event.add("description", value.owner)
        calendar.add_component(event)
    if wanted is not None:
        event = Event()
        event.add("uid", wanted.uid)
        event.add("dtstamp", now)
        event.add("dtstart", wanted.on)
        event.add("dtend", wanted.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", wanted.summary)
        event.add("description", wanted.description)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
