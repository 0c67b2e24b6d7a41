"""Hot reads over HTTP, beside a bare Starlette route with an asyncpg pool that returns the same bytes."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx

from embedded.process import Process, free_port
from embedded.sample_plan import sample_plan
from tests.bench.approval import a_durable_postgres, begin_cooperation
from tests.bench.figures import heading, milliseconds, row, table
from tests.support.platform import Platform, a_platform
from tests.support.tokens import CONSULTANT, OBRNICE, token_of

ROUNDS = 5
SECONDS = 3.0
CONNECTIONS = 8


def bench() -> None:
    heading("Reads: one uvicorn worker each, in turn (requests per second; ms)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with a_durable_postgres(folder) as postgres, a_platform(folder / "platform", postgres) as platform:
            begin_cooperation(platform)
            plan_id = draft_plans(platform)
            for service in ("registry", "evaluation", "documents"):
                platform.kill(f"{service}-api")
                platform.kill(f"{service}-worker")
            platform.kill("planning-worker")
            compare(platform, folder, plan_id)


def draft_plans(platform: Platform) -> str:
    """Draft a plan of 300 nodes and 120 small ones; return the id of the large one."""
    content = sample_plan(goals=12, measures=60, indicators=150)
    coordinator = platform.people()["coordinator-obrnice"]
    head = {name: value for name, value in content.items() if name != "problems"}
    head["unit_ids"] = [str(OBRNICE)]
    plan: dict[str, str] = coordinator.do("POST", "planning/plans", head, status=201).json()
    coordinator.do("PUT", f"planning/plans/{plan['id']}/tree", {"problems": content["problems"]}, version=1)
    for _ in range(120):
        coordinator.do("POST", "planning/plans", head, status=201)
    return plan["id"]


def compare(platform: Platform, folder: Path, plan_id: str) -> None:
    token = token_of(CONSULTANT, issuer=platform.issuer.url, expires_in=7200)
    port = platform.ports["planning-api"]
    table("", "ours req/s", "bare req/s", "ratio", "ours p50", "p95", "p99", "bytes")
    with a_bare_server(platform, folder, plan_id) as bare_port:
        for name, ours, bare in (
            ("plan of 300 nodes", f"/api/planning/plans/{plan_id}", "/plan"),
            ("list of 50 plans", "/api/planning/plans?limit=50", "/list"),
        ):
            speeds: list[tuple[float, float]] = []
            waits: list[float] = []
            size = same_bytes(port, ours, bare_port, bare, token)
            for _ in range(ROUNDS):
                mine = asyncio.run(load(port, ours, token))
                theirs = asyncio.run(load(bare_port, bare, token))
                speeds.append((len(mine) / SECONDS, len(theirs) / SECONDS))
                waits += mine
            ratio = median(a / b for a, b in speeds)
            middle = [f"{median(column):,.0f}" for column in zip(*speeds, strict=True)]
            row(name, *middle, f"{ratio:.2f}", *milliseconds(waits), str(size))


def same_bytes(port: int, ours: str, bare_port: int, bare: str, token: str) -> int:
    """Return the size of the answer; both give the same."""
    headers = {"Authorization": f"Bearer {token}"}
    one = httpx.get(f"http://127.0.0.1:{port}{ours}", headers=headers, trust_env=False).raise_for_status()
    other = httpx.get(f"http://127.0.0.1:{bare_port}{bare}", trust_env=False).raise_for_status()
    assert one.content == other.content, (one.content[:300], other.content[:300])
    return len(one.content)


@contextmanager
def a_bare_server(platform: Platform, folder: Path, plan_id: str) -> Iterator[int]:
    port = free_port()
    environment = {
        **os.environ,
        "BENCH_DATABASE_URL": platform.databases["planning"],
        "BENCH_PLAN_ID": plan_id,
        "BENCH_PORT": str(port),
    }
    command = [sys.executable, "-m", "tests.bench.bare"]
    process = Process("bare", command, log=folder / "bare.log", environment=environment)
    try:
        process.wait(lambda: answers(port))
        yield port
    finally:
        process.kill()


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/plan", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


async def load(port: int, path: str, token: str) -> list[float]:
    """Ask over some connections for some seconds; return how long each answer took."""
    until = time.perf_counter() + SECONDS
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode()

    async def ask() -> list[float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        taken = []
        while time.perf_counter() < until:
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            taken.append(time.perf_counter() - began)
        writer.close()
        return taken

    found = await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    return [seconds for one in found for seconds in one]
