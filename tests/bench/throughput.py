"""Events a second from outbox through JetStream to inbox and effect, beside the raw parts."""

import asyncio
import multiprocessing
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import nats
from nats.aio.client import Client
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import create_async_engine

from embedded.nats import Nats
from shared.auth import Actor
from shared.broker import declare_consumer, declare_stream
from shared.contracts.registry import UnitClosed
from shared.contracts.workflow import On
from shared.database import async_url
from shared.migrations import WAKE_RELAY
from shared.pull import Pull
from shared.relay import Relay
from shared.settings import Settings
from shared.transaction import Transaction, transaction
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.support.toy import EFFECT, METADATA, a_closure, a_consumer

EVENTS = 60_000
RAW = 20_000
COMMITS = 3_000


def bench() -> None:
    heading(f"Outbox → JetStream → inbox, {EVENTS} events (per second)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        broker = Nats(folder=folder / "nats", logs=folder)
        broker.start()
        try:
            with a_durable_postgres(folder) as postgres:
                figures = measure(folder, broker.url(), postgres.admin_url)
        finally:
            broker.stop()
    table("", "per second")
    for part, speed in figures.items():
        row(part, f"{speed:,.0f}")
    fastest = min((part for part in figures if part.startswith("path:")), key=lambda part: figures[part])
    print(f"\nslowest of the path's own parts: {fastest}", flush=True)


def measure(folder: Path, nats_url: str, url: str) -> dict[str, float]:
    figures = {"raw: fsync of this disk (8 kB append)": fsyncs(folder / "fsync")}
    asyncio.run(prepare(url, nats_url))
    figures["raw: PostgreSQL commits, one client"] = asyncio.run(commits(url, 1))
    figures["raw: PostgreSQL commits, 8 clients"] = asyncio.run(commits(url, 8))
    figures["raw: publish, pipelined by 500, each synced"] = asyncio.run(raw_publish(nats_url, atomic=False))
    figures["raw: publish, atomic batches of 500, synced"] = asyncio.run(raw_publish(nats_url, atomic=True))
    asyncio.run(fill(url))
    figures["path: relay alone"] = timed(relay_all, url, nats_url)
    figures["path: consumer alone"] = timed(consume_all, url, nats_url)
    asyncio.run(empty(url, nats_url))
    asyncio.run(fill(url))
    figures["the whole path, relay and consumer at once"] = timed_together(url, nats_url)
    return figures


def fsyncs(path: Path) -> float:
    began = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for _ in range(1000):
            file.write(b"x" * 8192)
            os.fsync(file.fileno())
    return 1000 / (time.perf_counter() - began)


async def prepare(url: str, nats_url: str) -> None:
    engine = create_async_engine(async_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
        for statement in WAKE_RELAY:
            await connection.execute(text(statement))
    await engine.dispose()
    client = await nats.connect(nats_url)
    await declare_stream(client.jetstream(), "registry", replicas=1)
    await client.close()


async def empty(url: str, nats_url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("TRUNCATE outbox, inbox, effect")
    await connection.close()
    client = await nats.connect(nats_url)
    await client.jetstream().delete_stream("registry")
    await declare_stream(client.jetstream(), "registry", replicas=1)
    await client.close()


async def commits(url: str, clients: int) -> float:
    """An aggregate row and an outbox row in one commit, as a decision writes them."""
    connections = [await asyncpg.connect(url) for _ in range(clients)]
    await connections[0].execute("CREATE TABLE IF NOT EXISTS raw (id bigint)")
    await connections[0].execute("ALTER TABLE outbox DISABLE TRIGGER wake_relay")
    statement = """
        WITH decided AS (INSERT INTO raw VALUES (1))
        INSERT INTO outbox (event_id, aggregate_id, subject, body, recorded_at)
        VALUES (gen_random_uuid(), gen_random_uuid(), 'raw', 'x', now())
    """

    async def work(connection: asyncpg.Connection) -> None:
        for _ in range(COMMITS // clients):
            await connection.execute(statement)

    began = time.perf_counter()
    await asyncio.gather(*(work(connection) for connection in connections))
    taken = time.perf_counter() - began
    await connections[0].execute("TRUNCATE outbox")
    await connections[0].execute("ALTER TABLE outbox ENABLE TRIGGER wake_relay")
    for connection in connections:
        await connection.close()
    return COMMITS / taken


async def raw_publish(nats_url: str, *, atomic: bool) -> float:
    """Publish the same bodies as the relay does, without PostgreSQL."""
    client = await nats.connect(nats_url)
    js = client.jetstream()
    body = b"x" * 400
    began = time.perf_counter()
    for batch in range(RAW // 500):
        if atomic:
            await atomic_batch(client, batch, body)
        else:
            acks = [await js.publish_async("registry.raw", body) for _ in range(500)]
            await asyncio.wait_for(asyncio.gather(*acks), 30)
    taken = time.perf_counter() - began
    await js.purge_stream("registry")
    await client.close()
    return RAW / taken


async def atomic_batch(client: Client, batch: int, body: bytes) -> None:
    for sequence in range(1, 500):
        headers = {"Nats-Batch-Id": f"b{batch}", "Nats-Batch-Sequence": str(sequence)}
        await client.publish("registry.raw", body, headers=headers)
    last = {"Nats-Batch-Id": f"b{batch}", "Nats-Batch-Sequence": "500", "Nats-Batch-Commit": "1"}
    answer = await client.request("registry.raw", body, headers=last, timeout=30)
    assert b"error" not in answer.data, answer.data


async def fill(url: str) -> None:
    """Decide all events beforehand: the relay finds them waiting."""
    engine = create_async_engine(async_url(url))
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE outbox DISABLE TRIGGER wake_relay"))
    for _ in range(EVENTS // 5_000):
        async with transaction(engine, actor=Actor.system("bench"), correlation_id="bench") as tx:
            for version in range(5_000):
                tx.emit(a_closure(version))
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE outbox ENABLE TRIGGER wake_relay"))
    await engine.dispose()


async def relay_all(url: str, nats_url: str) -> None:
    connection, client = await asyncpg.connect(url), await nats.connect(nats_url)
    relay = Relay(connection, client)
    while await relay.publish_waiting():
        pass
    await client.close()
    await connection.close()


async def minimal_effects(tx: Transaction, events: list[UnitClosed]) -> None:
    """One statement for the whole batch."""
    rows = [{"unit_id": event.unit_id, "note": str(event.unit_id)} for event in events]
    await tx.session.execute(insert(EFFECT), rows)


async def consume_all(url: str, nats_url: str) -> None:
    client = await nats.connect(nats_url)
    await declare_consumer(client.jetstream(), "bench", [On(UnitClosed, "bench", "bench", "bench")])
    consumer = a_consumer(BenchResources(url), minimal_effects, batched=True)  # type: ignore[arg-type]
    pull = Pull(client, stream="registry", consumer="bench", window=5 * consumer.batch)
    await pull.start()
    task = asyncio.create_task(consumer.run(pull))
    connection = await asyncpg.connect(url)
    while await connection.fetchval("SELECT count(*) FROM effect") < EVENTS:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    task.cancel()
    await connection.close()
    await client.close()


class BenchResources:
    """What a consumer needs of a running service."""

    def __init__(self, url: str) -> None:
        self.engine = create_async_engine(async_url(url))
        self.settings = Settings.model_construct()


def timed(work: Callable[[str, str], Awaitable[None]], url: str, nats_url: str) -> float:
    began = time.perf_counter()
    run_in_process(work, url, nats_url).join()
    return EVENTS / (time.perf_counter() - began)


def timed_together(url: str, nats_url: str) -> float:
    began = time.perf_counter()
    consumer = run_in_process(consume_all, url, nats_url)
    relay = run_in_process(relay_all, url, nats_url)
    consumer.join()
    relay.join()
    return EVENTS / (time.perf_counter() - began)


def run_in_process(
    work: Callable[[str, str], Awaitable[None]], url: str, nats_url: str
) -> multiprocessing.Process:
    process = multiprocessing.Process(target=_run, args=(work, url, nats_url))
    process.start()
    return process


def _run(work: Callable[[str, str], Awaitable[None]], url: str, nats_url: str) -> None:
    import uvloop

    uvloop.run(work(url, nats_url))  # type: ignore[arg-type]
