"""The relay: carries events from the outbox to JetStream, in order, as long as any wait."""

import asyncio
import json
from collections.abc import Sequence

import asyncpg
import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.js import JetStreamContext
from nats.js.api import Header
from nats.js.errors import APIError, NoStreamResponseError

from shared.broker import ACK_SECONDS, honour_cancellation
from shared.ids import uuid7

BATCH = 500
ATOMIC_FROM = 16
"""An atomic batch costs some 3 ms: below this many events single publishes are faster."""
POLL_SECONDS = 1.0
DATABASE_SECONDS = 15

WAITING = """
SELECT position, event_id, subject, body FROM outbox
WHERE published_at IS NULL ORDER BY position LIMIT $1
"""
PUBLISHED = "UPDATE outbox SET published_at = now() WHERE position = ANY($1::bigint[])"
REPUBLISH = "UPDATE outbox SET published_at = NULL WHERE position >= $1 AND published_at IS NOT NULL"

log = structlog.get_logger()


class Relay:
    """Only the leader of a service runs one: two would break the order."""

    def __init__(self, connection: asyncpg.Connection, client: Client) -> None:
        self._connection = connection
        self._client = client
        self._js = client.jetstream(timeout=ACK_SECONDS)
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Publish until cancelled; woken by NOTIFY, polling as a net."""
        await self._connection.add_listener("outbox", self._on_notify)
        while True:
            honour_cancellation()
            self._wake.clear()
            if await self.publish_waiting() < BATCH:
                await self._rest()

    def _on_notify(self, *_: object) -> None:
        self._wake.set()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            return

    async def publish_waiting(self) -> int:
        """Publish at most one batch; return how many events were carried, 0 while the broker is away.

        Raises where the broker lost our stream: the worker begins again and declares it. A database
        that answers no more ends the leadership too.
        """
        rows = await self._connection.fetch(WAITING, BATCH, timeout=DATABASE_SECONDS)
        if not rows:
            return 0
        try:
            await publish(self._client, self._js, rows)
        except (NoStreamResponseError, NoRespondersError):
            raise
        except (NatsError, TimeoutError) as error:
            log.warning("relay-waits-for-broker", error=repr(error))
            return 0
        positions = [row["position"] for row in rows]
        await self._connection.execute(PUBLISHED, positions, timeout=DATABASE_SECONDS)
        return len(rows)


async def publish(client: Client, js: JetStreamContext, rows: Sequence[asyncpg.Record]) -> None:
    """Publish rows in order, and return when the broker has them on disk."""
    if len(rows) >= ATOMIC_FROM:
        try:
            await _publish_atomically(client, rows)
        except APIError as error:  # one duplicate id refuses the whole batch
            log.info("atomic-batch-refused", code=error.err_code, events=len(rows))
        else:
            return
    await _publish_singly(js, rows)


async def _publish_atomically(client: Client, rows: Sequence[asyncpg.Record]) -> None:
    batch = uuid7().hex
    for sequence, row in enumerate(rows[:-1], start=1):
        await client.publish(row["subject"], row["body"].encode(), headers=_headers(row, batch, sequence))
    last = rows[-1]
    headers = _headers(last, batch, len(rows)) | {"Nats-Batch-Commit": "1"}
    answer = await client.request(
        last["subject"], last["body"].encode(), timeout=ACK_SECONDS, headers=headers
    )
    _raise_for_error(answer.data)


def _headers(row: asyncpg.Record, batch: str, sequence: int) -> dict[str, str]:
    return {
        Header.MSG_ID: str(row["event_id"]),
        "Nats-Batch-Id": batch,
        "Nats-Batch-Sequence": str(sequence),
    }


def _raise_for_error(answer: bytes) -> None:
    error = json.loads(answer).get("error")
    if error:
        raise APIError.from_error(error)


async def _publish_singly(js: JetStreamContext, rows: Sequence[asyncpg.Record]) -> None:
    acks = [
        await js.publish_async(
            row["subject"], row["body"].encode(), headers={Header.MSG_ID: str(row["event_id"])}
        )
        for row in rows
    ]
    await asyncio.wait_for(asyncio.gather(*acks), ACK_SECONDS)


async def republish(connection: asyncpg.Connection, *, from_position: int) -> int:
    """Mark events as waiting again, to rebuild a lost stream; return how many."""
    status = await connection.execute(REPUBLISH, from_position)
    return int(status.rpartition(" ")[2])
