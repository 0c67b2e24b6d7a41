"""From the request that approves to monitoring, evaluations and implementation; and to the document."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import nats

from embedded.demo_client import Person
from embedded.postgres import Postgres
from embedded.sample_plan import sample_plan
from tests.bench.figures import heading, milliseconds, percentile, row, table
from tests.support.platform import Platform, a_platform
from tests.support.servers import PostgresServer
from tests.support.tokens import OBRNICE

APPROVALS = 200
PAUSE = 0.002


@contextmanager
def a_durable_postgres(folder: Path) -> Iterator[PostgresServer]:
    """PostgreSQL as it runs in earnest: with fsync."""
    server = Postgres(folder=folder / "postgres", logs=folder, password="bench", durable=True)
    server.start()
    try:
        yield PostgresServer(admin_url=server.url(), origin="bench", stop=server.stop)
    finally:
        server.stop()


def bench() -> None:
    heading(f"Approval of a 60-indicator plan, {APPROVALS} one after another (ms)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with a_durable_postgres(folder) as postgres, a_platform(folder / "platform", postgres) as platform:
            begin_cooperation(platform)
            measure(platform)


def begin_cooperation(platform: Platform) -> None:
    body = {"unit_id": str(OBRNICE), "regime": "VEX", "starts_on": "2026-01-01"}
    platform.people()["consultant"].do("POST", "registry/cooperations", body, status=201)
    time.sleep(2)


def measure(platform: Platform) -> None:
    floor = asyncio.run(measure_floor(platform))
    chains, documents = asyncio.run(measure_approvals(platform))
    table("", "p50", "p95", "p99")
    row("floor: commit + publish and ack + commit", *milliseconds(floor))
    row("approval → in implementation", *milliseconds(chains))
    row("approval → document published", *milliseconds(documents))
    ratio = percentile(chains, 0.5) / percentile(floor, 0.5)
    print(f"\nmedian of the chain / median of the floor: {ratio:.1f}", flush=True)


async def measure_floor(platform: Platform) -> list[float]:
    """One commit, one publish with its ack, one commit: what no chain of this shape can go below."""
    connection = await asyncpg.connect(platform.databases["planning"])
    client = await nats.connect(platform.nats.url("planning"), inbox_prefix=b"_INBOX_planning")
    js = client.jetstream()
    await connection.execute("CREATE TABLE floor (id int)")
    taken = []
    for number in range(APPROVALS):
        began = time.perf_counter()
        await connection.execute("INSERT INTO floor VALUES ($1)", number)
        await js.publish("planning.bench.floor.v1", b"x" * 20_000)
        await connection.execute("INSERT INTO floor VALUES ($1)", number)
        taken.append(time.perf_counter() - began)
    await connection.execute("DROP TABLE floor")
    await connection.close()
    await client.close()
    return taken


async def measure_approvals(platform: Platform) -> tuple[list[float], list[float]]:
    planning = await asyncpg.connect(platform.databases["planning"])
    documents = await asyncpg.connect(platform.databases["documents"])
    evaluation = await asyncpg.connect(platform.databases["evaluation"])
    people = platform.people()
    chains, published = [], []
    for _ in range(APPROVALS):
        path, version = await asyncio.to_thread(a_submitted_plan, people["coordinator-obrnice"])
        plan_id = UUID(path.rpartition("/")[2])
        began = time.perf_counter()
        await asyncio.to_thread(approve, people["mayor-obrnice"], path, version)
        await until(planning, "SELECT status = 'in-implementation' FROM plan WHERE id = $1", plan_id)
        chains.append(time.perf_counter() - began)
        await until(documents, "SELECT count(*) = 1 FROM document WHERE plan_id = $1", plan_id)
        published.append(time.perf_counter() - began)
    rows = await evaluation.fetchval("SELECT count(*) FROM obligation")
    print(f"obligations set up: {rows}, each plan {rows // APPROVALS}\n", flush=True)
    for connection in (planning, documents, evaluation):
        await connection.close()
    return chains, published


async def until(connection: asyncpg.Connection, question: str, plan_id: UUID) -> None:
    while not await connection.fetchval(question, plan_id):  # noqa: ASYNC110 - the fact is in a database
        await asyncio.sleep(PAUSE)


def a_submitted_plan(coordinator: Person) -> tuple[str, int]:
    content = sample_plan()
    head = {name: value for name, value in content.items() if name != "problems"}
    head["unit_ids"] = [str(OBRNICE)]
    plan = coordinator.do("POST", "planning/plans", head, status=201).json()
    path = f"planning/plans/{plan['id']}"
    coordinator.do("PUT", f"{path}/tree", {"problems": content["problems"]}, version=1)
    coordinator.do("POST", f"{path}/submission", version=2)
    return path, 3


def approve(mayor: Person, path: str, version: int) -> None:
    body = {"body": "Zastupitelstvo", "approved_on": "2026-02-11", "resolution_number": "1/2026"}
    mayor.do("POST", f"{path}/approval", body, version=version)
