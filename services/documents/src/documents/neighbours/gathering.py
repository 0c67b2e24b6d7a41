"""Events of all services, read from their feeds and from our own outbox, each from a cursor on."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx

from documents.neighbours.fetching import AnswerTooLong, fetch
from shared.events_feed import Asked, Cursor, EventsForgotten, beginning, events_after, told_outside
from shared.paging import CursorNotOurs
from shared.reads import Row
from shared.tokens import ServiceToken
from shared.transaction import Transaction

OURS: Final = "documents"
LIMIT: Final = 500
PATIENCE: Final = 8
"""Seconds: the events of the other services wait for the next round meanwhile."""
LARGEST: Final = 32 * 1024 * 1024


class NotGathered(Exception):  # noqa: N818 - the fact that stopped us
    """A neighbour does not answer, or not as it should: it is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """An event as it was told; `unit_ids` are those that it names."""

    event_id: UUID
    type: str
    unit_ids: tuple[UUID, ...]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Events of one service in their order, and the cursor after them; `forgotten`: some were missed."""

    events: Sequence[Gathered]
    cursor: str
    forgotten: bool = False


class Feeds:
    """The feeds of our neighbours by their names, read as the service itself."""

    def __init__(self, addresses: Mapping[str, str], token: ServiceToken) -> None:
        self.addresses = {name: url.rstrip("/") for name, url in addresses.items() if url}
        self._token = token

    async def after(self, service: str, cursor: str) -> Batch:
        """Fetch what a neighbour told after the cursor; raises `NotGathered`.

        A cursor that is too old, or not of this life of the neighbour's database, begins anew with the
        oldest that is kept: what we have already is known by its id.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._ask(service, cursor)
                anew = found or await self._ask(service, "")
        except (httpx.HTTPError, AnswerTooLong, ValueError, LookupError, TypeError, TimeoutError) as error:
            raise NotGathered(repr(error)) from error
        if found is not None:
            return found
        if anew is None:
            raise NotGathered("refuses to begin anew")
        return Batch(events=anew.events, cursor=anew.cursor, forgotten=True)

    async def _ask(self, service: str, cursor: str) -> Batch | None:
        after = f"&after={cursor}" if cursor else ""
        address = f"{self.addresses[service]}/events?limit={LIMIT}{after}"
        answer = await fetch("GET", address, headers=await self._token.header(), limit=LARGEST)
        if answer.head.status_code == httpx.codes.UNAUTHORIZED:
            self._token.forget()
        if answer.head.status_code in {httpx.codes.GONE, httpx.codes.UNPROCESSABLE_ENTITY}:
            return None
        answer.head.raise_for_status()
        told = json.loads(answer.body)
        bodies = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in told]
        following = urlsplit(answer.head.links["next"]["url"]).query
        return Batch(events=[gathered(body) for body in bodies], cursor=parse_qs(following)["after"][0])


async def own_events(tx: Transaction, cursor: str) -> Batch:
    """Read what this service told after the cursor; begins anew where that is kept no more."""

    async def run(sql: str, *arguments: object) -> Sequence[Row]:
        connection = await tx.session.connection()
        return (await connection.exec_driver_sql(sql, arguments)).mappings().all()

    asked = Asked(limit=LIMIT)
    forgotten = False
    try:
        known = Cursor.read(cursor, service=OURS) if cursor else beginning(OURS, now=tx.now)
        told = await events_after(run, known, asked, now=tx.now)
    except (EventsForgotten, CursorNotOurs):
        forgotten = True
        told = await events_after(run, beginning(OURS, now=tx.now), asked, now=tx.now)
    events = [gathered(told_outside(row)) for row in told.rows]
    return Batch(events=events, cursor=str(told.following), forgotten=forgotten)


def gathered(body: str) -> Gathered:
    """Read what is needed of an event; raises `ValueError`, `LookupError` where it is no CloudEvent."""
    event = json.loads(body)
    data = event["data"]
    named = data.get("unit_ids") or [each for each in (data.get("unit_id"),) if each]
    units = tuple(dict.fromkeys(UUID(each) for each in named))
    return Gathered(event_id=UUID(event["id"]), type=event["type"], unit_ids=units, body=body)


def ping_body(event_id: UUID, kind: str, webhook_id: UUID, *, now: datetime) -> str:
    """Return a CloudEvent that tells nothing but that it arrived."""
    event = {
        "specversion": "1.0",
        "id": str(event_id),
        "source": f"/{OURS}",
        "type": kind,
        "subject": str(webhook_id),
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        "data": {"webhook_id": str(webhook_id)},
    }
    return json.dumps(event, separators=(",", ":"))
