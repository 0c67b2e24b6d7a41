"""Webhooks as their owners decide on them, and what the clock of a worker does for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import update

from documents.neighbours.gathering import Feeds
from documents.neighbours.posting import Poster
from documents.outside import sealer_of
from documents.webhooks.sending_use_cases import deliver, gather
from documents.webhooks.tables import WebhookRow
from shared.auth import Actor
from shared.contracts.base import Event
from shared.tokens import ServiceToken
from tests.support.service import ServiceUnderTest
from tests.support.tokens import SYSTEM
from tests.support.webhooks import Neighbour, Receiver


@contextmanager
def loopback_allowed(documents: ServiceUnderTest) -> Iterator[None]:
    """Let receivers of the test be called."""
    known = documents.resources.settings
    documents.resources.settings = known.model_copy(update={"webhooks_loopback": True})
    yield
    documents.resources.settings = known


async def call(
    documents: ServiceUnderTest,
    method: str,
    address: str,
    body: object = None,
    *,
    actor: Actor = SYSTEM,
    version: int | None = None,
) -> httpx.Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    async with documents.client(actor, **headers) as client:
        return await client.request(method, address, json=body)


async def subscribe(
    documents: ServiceUnderTest, receiver: Receiver, actor: Actor = SYSTEM, **changes: object
) -> tuple[str, str]:
    """Return the address of the webhook and its secret."""
    body = {"url": receiver.url, "description": "Spisová služba", **changes}
    made = await call(documents, "POST", "/webhooks", body, actor=actor)
    assert made.status_code == 201, made.text
    return made.headers["Location"], made.json()["secret"]


async def decide(documents: ServiceUnderTest, address: str, move: str, body: object = None) -> httpx.Response:
    version = (await shown(documents, address))["version"]
    return await call(documents, "POST", f"{address}/{move}", body, version=version)


async def shown(documents: ServiceUnderTest, address: str) -> dict[str, Any]:
    found: dict[str, Any] = (await call(documents, "GET", address)).json()
    return found


async def journal(documents: ServiceUnderTest, address: str, query: str = "") -> list[dict[str, object]]:
    """Return the attempts, the oldest first."""
    found = (await call(documents, "GET", f"{address}/deliveries{query}")).json()["items"]
    return list(reversed(found))


async def tell(documents: ServiceUnderTest, *events: Event) -> list[str]:
    async with documents.transaction() as tx:
        for event in events:
            tx.emit(event)
        return [str(envelope.id) for envelope in tx.envelopes]


def feeds(**neighbours: Neighbour) -> Feeds:
    origin = next((each.url for each in neighbours.values()), "http://nobody.test")
    token = ServiceToken(origin, "documents", "s3cret")
    return Feeds({name: each.url for name, each in neighbours.items()}, token)


async def tick(documents: ServiceUnderTest, known: Feeds | None = None) -> None:
    """Do what the clock of a worker does."""
    async with documents.transaction() as tx:
        await gather(tx, known or feeds())
    async with documents.transaction() as tx:
        await deliver(tx, Poster(loopback=True), sealer_of(documents.resources.settings))


async def done(receiver: Receiver, count: int) -> bool:
    return len(receiver.ids) >= count


async def pass_time(documents: ServiceUnderTest, by: timedelta) -> None:
    """Move the clock: everything that was noted was noted so much earlier."""
    columns = ("due_at", "lease_ends_at", "first_failed_at", "previous_ends_at")
    earlier = update(WebhookRow).values({name: getattr(WebhookRow, name) - by for name in columns})
    async with documents.resources.engine.begin() as connection:
        await connection.execute(earlier)
