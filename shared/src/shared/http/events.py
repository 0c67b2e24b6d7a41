"""The feed of events of a service, for systems that cannot open the broker."""

import asyncio
from datetime import UTC, datetime
from time import monotonic
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from pydantic import Field, StringConstraints
from starlette.responses import Response

from shared.auth import AGENCY
from shared.contracts.base import Role
from shared.events_feed import Asked, Cursor, Told, beginning, events_after, latest, told_outside
from shared.http.identity import Caller, allow
from shared.http.routes import router
from shared.http.schemas import Storable
from shared.scalars import InDigits

BATCH: Final = "application/cloudevents-batch+json"
LATEST: Final = "latest"
LONGEST_WAIT: Final = 30
_LOOK_AGAIN: Final = 0.5
_ANSWERS: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "CloudEvents in JSON batch format; `Link: rel=next` is there always",
        "headers": {"Link": {"schema": {"type": "string"}}},
        "content": {BATCH: {"schema": {"type": "array", "items": {"type": "object"}}}},
    },
    410: {"description": "Events after this cursor are no longer kept in full"},
}
EventType = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z0-9.-]+$"), Storable]


def events_feed(service: str) -> APIRouter:
    """Return the router of `/events` of a service."""
    feed = router("/events", tag="events")

    @feed.get("", response_class=Response, dependencies=[allow(Role.SYSTEM, *AGENCY)], responses=_ANSWERS)
    async def list_events(
        request: Request,
        caller: Caller,
        *,
        after: Annotated[
            str | None,
            Query(max_length=300, description="`next` of the answer before; `latest`: from now on"),
            Storable,
        ] = None,
        kind: Annotated[
            EventType | None,
            Query(alias="filter[type]", description="A type, or its beginning up to a dot"),
        ] = None,
        limit: Annotated[int, Field(ge=1, le=500), InDigits, Query()] = 100,
        wait: Annotated[
            int, Field(ge=0, le=LONGEST_WAIT), InDigits, Query(description="Seconds to wait for an event")
        ] = 0,
    ) -> Response:
        """List what this service told, the oldest first, in an order that skips nothing.

        Without `after` from the oldest kept. A system whose token names units is told of these alone,
        the Agency and other systems of all: events name nobody, but they tell of drafts. What they tell
        of single people, be it under keys, stays between the services.
        """
        asked = Asked(type=kind, units=_units_of(caller), limit=limit)
        told = await _read(request, service, asked, after=after, wait=wait)
        body = f"[{','.join(map(told_outside, told.rows))}]"
        headers = {"Link": f'<{_next(request, told)}>; rel="next"', "Cache-Control": "no-store"}
        return Response(body, media_type=BATCH, headers=headers)

    return feed


def _units_of(caller: Caller) -> list[str] | None:
    if caller.is_agency or not caller.units:
        return None
    return sorted(str(unit) for unit in caller.units)


async def _read(request: Request, service: str, asked: Asked, *, after: str | None, wait: int) -> Told:
    fetch = request.app.state.resources.pool.fetch
    now = datetime.now(UTC)
    if after == LATEST:
        cursor = await latest(fetch, service, now=now)
    else:
        cursor = Cursor.read(after, service=service) if after else beginning(service, now=now)
    until = monotonic() + wait
    while True:
        told = await events_after(fetch, cursor, asked, now=datetime.now(UTC))
        if told.rows or monotonic() >= until or await request.is_disconnected():
            return told
        cursor = told.following
        await asyncio.sleep(_LOOK_AGAIN)


def _next(request: Request, told: Told) -> str:
    parts = request.scope["query_string"].decode("latin-1").split("&")
    kept = [part for part in parts if part and not part.startswith("after=")]
    return f"{request.scope['path']}?{'&'.join([*kept, f'after={quote(str(told.following))}'])}"
