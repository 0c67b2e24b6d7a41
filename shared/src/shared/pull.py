"""A standing pull request to a durable consumer.

The client's own `fetch(n)` waits for the whole batch or the time-out once one message came; this
one gives what is there, at once.
"""

import asyncio
import json

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

EXPIRES_SECONDS = 30
HEARTBEAT_SECONDS = 1
SILENCE_SECONDS = 2.5
HEARTBEAT = "100"
EXPIRED = "408"

log = structlog.get_logger()


class ConsumerGone(Exception):  # noqa: N818
    """The broker ended the request: it shuts down, or lost the consumer and perhaps the stream."""


class Pull:
    """Keeps up to `window` messages asked for; `take` returns between 1 and `most` of them."""

    def __init__(self, client: Client, *, stream: str, consumer: str, window: int) -> None:
        self._client = client
        self._subject = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"
        self._window = window
        self._asked = 0
        self._queue: asyncio.Queue[Msg] = asyncio.Queue()
        self._inbox = client.new_inbox()
        self._subscription: Subscription | None = None

    async def start(self) -> None:
        self._subscription = await self._client.subscribe(self._inbox, cb=self._queue.put)

    async def stop(self) -> None:
        if self._subscription and not self._client.is_closed:
            await self._subscription.unsubscribe()

    async def take(self, most: int) -> list[Msg]:
        """Wait for the first message, then return all that are there, at most `most`."""
        while True:
            if self._asked <= self._window // 2:
                await self._ask()
            messages = await self._wait()
            while len(messages) < most and not self._queue.empty():
                messages += self._sort(self._queue.get_nowait())
            if messages:
                return messages

    async def _wait(self) -> list[Msg]:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                return self._sort(await self._queue.get())
        except TimeoutError:  # not even a heartbeat: the broker forgot the request
            self._asked = 0
            return []

    def _sort(self, message: Msg) -> list[Msg]:
        status = (message.headers or {}).get("Status")
        if status is None:
            self._asked -= 1
            return [message]
        if status == EXPIRED:
            self._asked = 0
        elif status != HEARTBEAT:
            raise ConsumerGone(f"{status} {(message.headers or {}).get('Description', '')}")
        return []

    async def _ask(self) -> None:
        wanted = self._window - self._asked
        request = {
            "batch": wanted,
            "expires": EXPIRES_SECONDS * 1_000_000_000,
            "idle_heartbeat": HEARTBEAT_SECONDS * 1_000_000_000,
        }
        await self._client.publish(self._subject, json.dumps(request).encode(), reply=self._inbox)
        self._asked += wanted
