"""The list of 110 cooperations with full history, by each filter, beside a bare route with the same bytes."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from sqlalchemy import text

from embedded.process import Process, free_port
from registry.app import SERVICE
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, milliseconds, row, table
from tests.support.cooperations import History, store_histories
from tests.support.exclusion import a_country
from tests.support.issuer import HttpIssuer
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import a_service
from tests.support.tokens import CONSULTANT, token_of

REQUESTS = 600
COOPERATIONS = 110
LIST = "/api/registry/cooperations"
FILTERS = (
    *("", "sort=name", "sort=ends_on", "limit=200", "filter[status]=active", "filter[regime]=KPSV21"),
    *("filter[region]=CZ042", "filter[area]=BYD", "filter[consultant]=konzultant-3", "q=obec"),
    *("filter[ends_before]=2031-02-01", "as_of=2023-06-30"),
    "filter[region]=CZ042&filter[area]=BYD&filter[status]=active&sort=name",
)


def bench() -> None:
    heading(f"Lists of {COOPERATIONS} cooperations with full history: one uvicorn worker (ms)")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        postgres = stack.enter_context(a_durable_postgres(folder))
        nats, issuer = start_nats(folder / "nats"), HttpIssuer()
        stack.callback(nats.stop)
        stack.callback(issuer.stop)
        asyncio.run(_bench(folder, postgres, nats, issuer))


async def _bench(folder: Path, postgres: PostgresServer, nats: NatsServer, issuer: HttpIssuer) -> None:
    async with a_service(SERVICE, postgres, nats) as service:
        country = await a_country(service, years=(2023,), computed=False)
        step = len(country.unit_ids) // COOPERATIONS
        histories = await store_histories(service, country.unit_ids[::step][:COOPERATIONS])
        async with service.transaction() as tx:
            await tx.session.execute(text("ANALYZE"))
        environment = {
            **os.environ,
            "POSPOLU_ENVIRONMENT": "development",
            "DATABASE_URL": service.resources.settings.database_url,
            "NATS_URL": nats.url,
            "NATS_MONITOR_URL": nats.monitor_url,
            "OIDC_ISSUER": issuer.url,
            "LOG_LEVEL": "WARNING",
        }
        token = token_of(CONSULTANT, issuer=issuer.url, expires_in=7200)
        await asyncio.to_thread(_compare, folder, environment, histories, token)


def _compare(folder: Path, environment: Mapping[str, str], histories: Sequence[History], token: str) -> None:
    with _server("api", folder, environment, "-m", "registry", "api", "--host", "127.0.0.1") as port:
        page = _got(port, LIST, token)
        (folder / "page").write_bytes(page)
        with _server(
            "bare", folder, {**environment, "BENCH_PAGE": str(folder / "page")}, "-m", "tests.bench.bare_page"
        ) as bare:
            assert _got(bare, "/page", token) == page
            table("", "requests/s", "p50", "p95", "p99", "bytes")
            one = f"{LIST}/{histories[3].id}"
            for connections in (1, 8):
                asyncio.run(_load(port, [LIST] * 100, connections, token))
                _row("bare route, the bytes of the first list", bare, "/page", connections, token)
                for question in FILTERS:
                    name = question or "no filter, 50 of 110"
                    _row(name, port, f"{LIST}?{question}", connections, token)
                _row("one with its phases", port, one, connections, token)
                _row("its history: phases and decisions", port, f"{one}/history", connections, token)


def _row(name: str, port: int, path: str, connections: int, token: str) -> None:
    began = time.perf_counter()
    taken = asyncio.run(_load(port, [path] * REQUESTS, connections, token))
    speed = len(taken) / (time.perf_counter() - began)
    size = str(len(_got(port, path, token)))
    row(f"{name}; connections: {connections}", f"{speed:,.0f}", *milliseconds(taken), size)


def _got(port: int, path: str, token: str) -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    found = httpx.get(f"http://127.0.0.1:{port}{path}", headers=headers, trust_env=False, timeout=60)
    return found.raise_for_status().content


@contextmanager
def _server(name: str, folder: Path, environment: Mapping[str, str], *command: str) -> Iterator[int]:
    port = free_port()
    process = Process(
        name,
        [sys.executable, *command, *(("--port", str(port)) if "api" in command else ())],
        log=folder / f"{name}.log",
        environment={**environment, "BENCH_PORT": str(port)},
    )
    with ExitStack() as stack:
        stack.callback(process.kill)
        process.wait(lambda: _answers(port), seconds=120)
        yield port


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code in {200, 404}
    except httpx.TransportError:
        return False


async def _load(port: int, paths: Sequence[str], connections: int, token: str) -> list[float]:
    """Ask for the paths over so many connections; return how long each answer took."""
    waiting = list(paths)

    async def ask() -> list[float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        taken = []
        while waiting:
            path = waiting.pop()
            request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert b" 200 " in head[:20], head
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            taken.append(time.perf_counter() - began)
        writer.close()
        return taken

    found = await asyncio.gather(*(ask() for _ in range(connections)))
    return [seconds for one in found for seconds in one]
