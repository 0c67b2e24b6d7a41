"""From the outbox to JetStream: in order, each once, nothing lost."""

import asyncio
import json

import asyncpg
import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext

from shared.auth import Actor
from shared.broker import declare_stream
from shared.contracts.registry import UnitClosed
from shared.relay import BATCH, Relay, publish, republish
from shared.transaction import transaction
from tests.integration.shared.conftest import Toy
from tests.support.eventually import eventually
from tests.support.toy import a_closure


async def decide(toy: Toy, count: int) -> list[UnitClosed]:
    told = [a_closure(version) for version in range(1, count + 1)]
    async with transaction(toy.engine, actor=Actor.system("toy"), correlation_id="x") as tx:
        for event in told:
            tx.emit(event)
    return told


async def in_stream(js: JetStreamContext) -> list[str]:
    info = await js.stream_info("registry")
    first, last = info.state.first_seq, info.state.last_seq
    messages = (
        [await js.get_msg("registry", seq) for seq in range(first, last + 1)] if info.state.messages else []
    )
    return [json.loads(message.data or b"")["subject"] for message in messages]


@pytest.mark.parametrize("count", [1, 15, 16, BATCH, BATCH + 7])
async def test_events_are_published_in_order_and_marked(
    toy: Toy, js: JetStreamContext, client: Client, connection: asyncpg.Connection, count: int
) -> None:
    told = await decide(toy, count)
    relay = Relay(connection, client)
    while await relay.publish_waiting():
        pass
    assert await in_stream(js) == [str(event.unit_id) for event in told]
    assert await toy.count("outbox", "published_at IS NULL") == 0


@pytest.mark.parametrize("count", [3, 40])
async def test_a_relay_that_died_before_marking_publishes_no_event_twice(
    toy: Toy, js: JetStreamContext, client: Client, connection: asyncpg.Connection, count: int
) -> None:
    told = await decide(toy, count)
    rows = await connection.fetch("SELECT position, event_id, subject, body FROM outbox ORDER BY position")
    await publish(client, js, rows[: count // 2 + 1])
    await Relay(connection, client).publish_waiting()
    assert await in_stream(js) == [str(event.unit_id) for event in told]


async def test_a_lost_stream_is_rebuilt_from_the_outbox(
    toy: Toy, js: JetStreamContext, client: Client, connection: asyncpg.Connection
) -> None:
    told = await decide(toy, 40)
    relay = Relay(connection, client)
    await relay.publish_waiting()
    await js.delete_stream("registry")
    await declare_stream(js, "registry", replicas=1)
    assert await republish(connection, from_position=11) == 30
    await relay.publish_waiting()
    assert await in_stream(js) == [str(event.unit_id) for event in told[10:]]


async def test_a_commit_wakes_the_relay(
    toy: Toy, js: JetStreamContext, client: Client, connection: asyncpg.Connection
) -> None:
    relay = asyncio.create_task(Relay(connection, client).run())
    try:
        for expected in (1, 2, 3):
            await decide(toy, 1)

            async def carried(expected: int = expected) -> bool:
                return len(await in_stream(js)) == expected

            await eventually(f"{expected} events are in the stream", carried, within=0.8)
    finally:
        relay.cancel()
