"""The worker of a service: one leader relays, reacts and keeps time; others wait for its place."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress

import asyncpg
import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from shared.broker import (
    ACK_SECONDS,
    assert_durable,
    connect,
    consumers_of,
    declare_consumer,
    declare_stream,
)
from shared.clock import HOUSEKEEPING, Timed, keep_time
from shared.consumer import Consumer
from shared.migrations import lock_key
from shared.pull import Pull
from shared.reactions import Reaction
from shared.relay import Relay
from shared.resources import Resources

STOP_SECONDS = 10
KEEPALIVE = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25000",
}

log = structlog.get_logger()


class LeadershipLost(Exception):  # noqa: N818
    """The connection that held the lock is gone, or the broker sent us away: we begin again."""


async def run_worker(
    name: str, reactions: Sequence[Reaction], clock: Sequence[Timed], resources: Resources
) -> None:
    """Lead whenever possible, until cancelled; what fails is begun again."""
    client = await connect(resources.settings, name)
    try:
        while True:
            if client.is_closed:  # refused for good while connected, by a rotated password for one
                client = await connect(resources.settings, name)
            resources.js = client.jetstream(timeout=ACK_SECONDS)
            await _until_it_fails(name, _lead(name, reactions, clock, resources, client))
            await asyncio.sleep(0.5)
    finally:
        with suppress(OSError, NatsError, TimeoutError):
            await client.close()


async def _until_it_fails(name: str, leading: Coroutine[None, None, None]) -> None:
    """Wait for the end of a leadership, in a task of its own.

    What hangs or swallows a cancellation in there cannot hold up our own end.
    """
    task = asyncio.create_task(leading)
    try:
        await asyncio.wait({task})
    finally:
        task.cancel()
        await asyncio.wait({task}, timeout=STOP_SECONDS)
    error = None if task.cancelled() else task.exception()
    log.warning("worker-begins-again", service=name, errors=_reasons(error))


def _reasons(error: BaseException | None) -> list[str]:
    if isinstance(error, BaseExceptionGroup):
        return [reason for each in error.exceptions for reason in _reasons(each)]
    return [repr(error)]


@asynccontextmanager
async def _leadership(resources: Resources) -> AsyncIterator[asyncpg.Connection]:
    """Hold the service's advisory lock on a connection of its own; wait while another holds it.

    Both ends notice within half a minute that the network fell silent: the leader gives up, and the
    server gives the lock to another.
    """
    connection = await asyncpg.connect(resources.settings.database_url, timeout=5, server_settings=KEEPALIVE)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", lock_key("worker"))
        yield connection
    finally:
        try:
            await connection.close(timeout=2)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection.terminate()


async def _lead(
    name: str, reactions: Sequence[Reaction], clock: Sequence[Timed], resources: Resources, client: Client
) -> None:
    js = client.jetstream(timeout=ACK_SECONDS)
    async with _leadership(resources) as connection:
        await assert_durable(resources.settings)
        await declare_stream(js, name, replicas=resources.settings.nats_replicas)
        log.info("leading", service=name)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_watch(connection, client))
            tasks.create_task(Relay(connection, client).run())
            for consumer_name, consumer in consumers(name, reactions, resources).items():
                tasks.create_task(_consume(client, name, consumer_name, consumer))
            for every in (*clock, HOUSEKEEPING):
                tasks.create_task(keep_time(resources.engine, name, every))


async def _watch(connection: asyncpg.Connection, client: Client) -> None:
    """Raise `LeadershipLost` when the lock's connection is closed, or the broker's for good."""
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    while not (lost.is_set() or client.is_closed):
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await lost.wait()
    raise LeadershipLost


def consumers(name: str, reactions: Sequence[Reaction], resources: Resources) -> dict[str, Consumer]:
    """Return the consumers that the workflow gives this service, by name of the durable."""
    by_name = {(reaction.slice, reaction.name): reaction for reaction in reactions}
    return {
        consumer: Consumer(
            resources.engine,
            resources.settings,
            service=name,
            name=consumer,
            reactions={line.event: by_name[line.slice, line.reaction] for line in lines},
        )
        for consumer, lines in consumers_of(name).items()
    }


async def _consume(client: Client, service: str, name: str, consumer: Consumer) -> None:
    lines = consumers_of(service)[name]
    await declare_consumer(client.jetstream(timeout=ACK_SECONDS), name, lines)
    window = 1 if consumer.batch == 1 else 5 * consumer.batch
    pull = Pull(client, stream=lines[0].source, consumer=name, window=window)
    await pull.start()
    try:
        await consumer.run(pull)
    finally:
        await pull.stop()
