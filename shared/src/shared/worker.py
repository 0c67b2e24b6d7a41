"""The worker of a service: one leader relays, reacts and keeps time; others wait for its place."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
import structlog
from nats.aio.client import Client

from shared.broker import ACK_SECONDS, assert_durable, connect, consumers_of, declare_consumer, declare_stream
from shared.clock import HOUSEKEEPING, Every, keep_time
from shared.consumer import Consumer
from shared.migrations import lock_key
from shared.pull import Pull
from shared.reactions import Reaction
from shared.relay import Relay
from shared.resources import Resources

log = structlog.get_logger()


class LeadershipLost(Exception):  # noqa: N818
    """The connection that held the lock is gone: another worker may already lead."""


async def run_worker(
    name: str, reactions: Sequence[Reaction], clock: Sequence[Every], resources: Resources
) -> None:
    """Lead whenever possible, until cancelled; what fails is begun again."""
    client = await connect(resources.settings, name)
    resources.js = client.jetstream(timeout=ACK_SECONDS)
    try:
        while True:
            try:
                async with _leadership(resources) as connection:
                    await _lead(name, reactions, clock, resources, client, connection)
            except* Exception as group:  # noqa: BLE001 - whatever failed, we begin again
                log.warning("worker-begins-again", service=name, errors=[repr(e) for e in group.exceptions])
            await asyncio.sleep(0.5)
    finally:
        await client.close()


@asynccontextmanager
async def _leadership(resources: Resources) -> AsyncIterator[asyncpg.Connection]:
    """Hold the service's advisory lock on a connection of its own; wait while another holds it."""
    connection = await asyncpg.connect(resources.settings.database_url, timeout=5)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", lock_key("worker"))
        yield connection
    finally:
        await connection.close(timeout=2)


async def _lead(
    name: str,
    reactions: Sequence[Reaction],
    clock: Sequence[Every],
    resources: Resources,
    client: Client,
    connection: asyncpg.Connection,
) -> None:
    js = client.jetstream(timeout=ACK_SECONDS)
    await assert_durable(resources.settings)
    await declare_stream(js, name, replicas=resources.settings.nats_replicas)
    log.info("leading", service=name)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_watch(connection))
        tasks.create_task(Relay(connection, client).run())
        for consumer_name, consumer in consumers(name, reactions, resources).items():
            tasks.create_task(_consume(client, name, consumer_name, consumer))
        for every in (*clock, HOUSEKEEPING):
            tasks.create_task(keep_time(resources.engine, name, every))


async def _watch(connection: asyncpg.Connection) -> None:
    """Raise `LeadershipLost` as soon as the lock's connection is closed."""
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
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
