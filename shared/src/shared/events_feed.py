"""What a service has told, in an order that skips nothing: read from its outbox, after a cursor.

A position is given before its transaction commits, so that a later one may be seen first. Whoever tells
holds a lock on the outbox until the commit: when everybody who held it has ended, all positions given
until then are decided, by a row or by a gap for good.
"""

import asyncio
import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self, get_args, get_type_hints

from shared.clock import EVENTS_KEPT
from shared.contracts.base import Event
from shared.contracts.catalogue import EVENTS
from shared.errors import Gone
from shared.paging import CursorNotOurs
from shared.reads import Row

Fetch = Callable[..., Awaitable[Sequence[Row]]]
"""Run SQL with `$1` parameters: each statement sees what was committed before it."""
MARGIN: Final = timedelta(hours=1)
HEAD_START: Final = timedelta(days=1)
"""Whoever begins gets what is younger than we keep by this much: time to read on before it is too old."""
LONGEST_TELLING: Final = timedelta(minutes=15)
MOST_BYTES: Final = 4_000_000
_PATIENCE: Final = (0.01, 0.03, 0.06, 0.1, 0.2, 0.3)
"""Seconds between looks at those who are telling: a decision takes some milliseconds."""

_LAST = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM outbox_position_seq"
_LAST_TOLD = "SELECT coalesce(max(position), $1) AS last FROM outbox WHERE position > $1 AND position <= $2"
_TELLING = """
SELECT DISTINCT virtualtransaction AS teller FROM pg_locks
WHERE locktype = 'relation' AND relation = 'outbox'::regclass AND granted AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
"""
_BEFORE = "SELECT position FROM outbox WHERE recorded_at < $1 ORDER BY position DESC LIMIT 1"
_UNBROKEN = """
SELECT coalesce(max(position), $1) AS last FROM (
  SELECT position, row_number() OVER (ORDER BY position) AS place FROM outbox
  WHERE position > $1 AND position <= $2 ORDER BY position LIMIT 1000
) following WHERE position = $1 + place
"""
_EVENTS = """
SELECT position, recorded_at, body, event_id, subject, found FROM (
  SELECT *, count(*) OVER () AS found,
         sum(octet_length(body)) OVER (ORDER BY position) - octet_length(body) AS before FROM (
    SELECT position, recorded_at, body, event_id, subject FROM outbox
    WHERE position > $1 AND position <= $2
      AND ($7::timestamptz IS NULL OR recorded_at >= $7)
      AND ($3::text IS NULL OR subject = $3 OR starts_with(subject, $3 || '.'))
      AND ($4::text[] IS NULL OR body::jsonb -> 'data' -> 'unit_ids' ?| $4
           OR body::jsonb -> 'data' ->> 'unit_id' = ANY($4))
    ORDER BY position LIMIT $5
  ) found
) measured WHERE before < $6 ORDER BY position
"""


class EventsForgotten(Gone):
    cs = "Události po tomto kurzoru se už nemusí dochovat celé: držíme je {days} dní. Začněte znovu."
    en = "Events after this cursor may no longer be kept in full: they stay {days} days. Begin anew."


def _of_people(event: type[Event]) -> tuple[str, ...]:
    """Return the fields that tell of single people, be it under keys that name nobody."""
    hints = get_type_hints(event)
    kinds = {name: get_args(hints[name]) or (hints[name],) for name in event.__dataclass_fields__}
    return tuple(
        name
        for name, inside in kinds.items()
        if any(is_dataclass(each) and "person" in each.__dataclass_fields__ for each in inside)
    )


OF_PEOPLE: Final = {kind: fields for kind, event in EVENTS.items() if (fields := _of_people(event))}
"""What stays between the services, by type of event: whoever reads the feed is told the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Everything up to `position` is known; whatever comes after it was told at `as_of` or later."""

    service: str
    position: int
    as_of: datetime

    def __str__(self) -> str:
        keys = [self.service, self.position, int(self.as_of.timestamp())]
        return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, *, service: str) -> Self:
        """Raise `CursorNotOurs` unless this service issued it."""
        try:
            keys = json.loads(base64.urlsafe_b64decode(text.encode() + b"=="))
            name, position, seconds = keys
            if name != service or type(position) is not int or type(seconds) is not int or position < 0:
                raise CursorNotOurs
            return cls(service=name, position=position, as_of=datetime.fromtimestamp(seconds, UTC))
        except (binascii.Error, ValueError, TypeError, OverflowError, OSError, RecursionError) as error:
            raise CursorNotOurs from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which events: a type or the beginning of one up to a dot, of these units alone (None: of all)."""

    type: str | None = None
    units: Sequence[str] | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Events in their order; `following` is the cursor after them, also where there are none."""

    rows: Sequence[Row]
    following: Cursor


def told_outside(row: Row) -> str:
    """Return the body of an event as others may have it: without what it tells of single people."""
    body: str = row["body"]
    fields = OF_PEOPLE.get(row["subject"])
    if fields is None:
        return body
    event = json.loads(body)
    event["data"] = {name: value for name, value in event["data"].items() if name not in fields}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def beginning(service: str, *, now: datetime) -> Cursor:
    """Return the cursor before the oldest event that is surely kept until the next question."""
    return Cursor(service=service, position=0, as_of=now)


async def latest(fetch: Fetch, service: str, *, now: datetime) -> Cursor:
    """Return the cursor after everything that is decided.

    While somebody takes long to tell, it steps back: a little comes again, nothing stays behind it.
    """
    position, is_all = await _decided(fetch, after=0)
    if not is_all:
        before = await fetch(_BEFORE, now - LONGEST_TELLING)
        position = before[0]["position"] if before else 0
    return Cursor(service=service, position=position, as_of=now)


async def events_after(fetch: Fetch, cursor: Cursor, asked: Asked, *, now: datetime) -> Told:
    """Return what was told after the cursor; raises `EventsForgotten`, `CursorNotOurs`.

    A list that is cut stands as of its last event, a whole one as of now: whoever asks at least once
    in the time that events are kept is never sent away.
    """
    if cursor.as_of < now - EVENTS_KEPT + MARGIN:
        raise EventsForgotten(days=EVENTS_KEPT.days)
    until, is_all = await _decided(fetch, after=cursor.position)
    rows: Sequence[Row] = ()
    if until > cursor.position:
        since = None if cursor.position else min(cursor.as_of, now - EVENTS_KEPT + HEAD_START)
        limits = (asked.limit, MOST_BYTES, since)
        rows = await fetch(_EVENTS, cursor.position, until, asked.type, asked.units, *limits)
    is_cut = bool(rows) and (rows[0]["found"] == asked.limit or rows[0]["found"] > len(rows))
    if is_cut:
        until = rows[-1]["position"]
    as_of = now if is_all and not is_cut else _as_of(cursor, rows)
    return Told(rows=rows, following=Cursor(service=cursor.service, position=until, as_of=as_of))


def _as_of(cursor: Cursor, rows: Sequence[Row]) -> datetime:
    """Return since when the events after the last of these were told, at the earliest."""
    told: datetime = rows[-1]["recorded_at"] if rows else cursor.as_of
    return max(cursor.as_of, told) if cursor.position else told


async def _decided(fetch: Fetch, *, after: int) -> tuple[int, bool]:
    """Return the last position up to which everything is decided, and whether that is all there is.

    Those who tell at the moment are waited for a little; where one goes on, the events that follow the
    cursor without a gap are all that is certain. It is the position of an event, never of a gap: what was
    rolled back just before a crash of the server may be given again. Raises `CursorNotOurs` where the
    cursor is ahead of us.
    """
    last: int = (await fetch(_LAST))[0]["last"]
    if after > last:
        raise CursorNotOurs
    if after == last:
        return last, True
    telling = await _telling(fetch)
    for seconds in _PATIENCE:
        if not telling:
            break
        await asyncio.sleep(seconds)
        telling &= await _telling(fetch)
    statement = _UNBROKEN if telling else _LAST_TOLD
    found: int = (await fetch(statement, after, last))[0]["last"]
    return found, not telling


async def _telling(fetch: Fetch) -> set[str]:
    return {row["teller"] for row in await fetch(_TELLING)}
