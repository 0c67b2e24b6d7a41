"""NATS JetStream: a service's connection, its stream, and the consumers that WORKFLOW declares."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

import httpx
import nats
import structlog
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from shared.contracts.workflow import WORKFLOW, On
from shared.settings import Settings

STREAM_AGE = timedelta(days=90)
DUPLICATE_WINDOW = timedelta(minutes=10)
ACK_WAIT = timedelta(seconds=10)
"""A worker that died mid-way holds its events up for this long; one that works says so in between."""
ACK_PENDING = 2_000
ACK_SECONDS = 10

log = structlog.get_logger()


class BrokerLosesMessages(Exception):  # noqa: N818
    """JetStream acknowledges before it syncs to disk: a power failure would lose decided events."""


async def connect(settings: Settings, service: str) -> Client:
    """Connect, and go on trying for ever: a worker outlives its broker."""
    while True:
        try:
            return await nats.connect(
                settings.nats_url,
                name=service,
                inbox_prefix=f"_INBOX_{service}".encode(),
                max_reconnect_attempts=-1,
                reconnect_time_wait=0.5,
                connect_timeout=5,
                ping_interval=10,
                max_outstanding_pings=2,
                error_cb=_on_error,
            )
        except (OSError, nats.errors.Error, TimeoutError) as error:
            log.warning("broker-unreachable", error=repr(error))
            await asyncio.sleep(1)


def honour_cancellation() -> None:
    """Raise the cancellation that the client swallowed: it turns one into a time-out of its own."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _on_error(error: Exception) -> None:
    log.warning("broker-error", error=repr(error))


async def assert_durable(settings: Settings) -> None:
    """Raise `BrokerLosesMessages` unless the server runs with `sync_interval: always`."""
    async with httpx.AsyncClient(timeout=5) as client:
        answer = await client.get(f"{settings.nats_monitor_url.rstrip('/')}/varz")
    config = answer.raise_for_status().json().get("jetstream", {}).get("config", {})
    if not config.get("sync_always", False):
        raise BrokerLosesMessages("set `sync_interval: always` in the jetstream block of nats.conf")


async def declare_stream(js: JetStreamContext, service: str, *, replicas: int) -> None:
    """Create the service's own stream or bring it to this configuration."""
    config = StreamConfig(
        name=service,
        subjects=[f"{service}.>"],
        storage=StorageType.FILE,
        num_replicas=replicas,
        max_age=STREAM_AGE.total_seconds(),
        duplicate_window=DUPLICATE_WINDOW.total_seconds(),
        allow_atomic=True,
    )
    try:
        await js.stream_info(service)
    except NotFoundError:
        await js.add_stream(config)
    else:
        await js.update_stream(config)


def consumers_of(service: str, workflow: Iterable[On] = WORKFLOW) -> dict[str, list[On]]:
    """Return the lines of the workflow that a service carries out, by durable consumer."""
    found: dict[str, list[On]] = {}
    for line in workflow:
        if line.service == service:
            found.setdefault(line.consumer, []).append(line)
    return found


async def declare_consumer(js: JetStreamContext, name: str, lines: list[On]) -> None:
    """Create the durable or bring it to this configuration; waits until the source's stream exists.

    Redelivery is unlimited here: our consumer counts the deliveries, so that a crash on the last
    one loses nothing.
    """
    config = ConsumerConfig(
        name=name,
        durable_name=name,
        deliver_policy=DeliverPolicy.ALL,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ACK_WAIT.total_seconds(),
        max_ack_pending=ACK_PENDING,
        filter_subjects=[line.event.type for line in lines],
    )
    while True:
        try:
            await js.add_consumer(lines[0].source, config)
        except NotFoundError:
            log.info("waiting-for-stream", stream=lines[0].source, consumer=name)
            await asyncio.sleep(0.2)
        else:
            return
