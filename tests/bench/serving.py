"""A server in a process of its own, and questions asked of it over some connections at once."""

import asyncio
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from embedded.process import Process, free_port
from tests.bench.figures import milliseconds, row
from tests.support.issuer import HttpIssuer
from tests.support.servers import NatsServer
from tests.support.service import ServiceUnderTest

REQUESTS = 600
API = ("-m", "registry", "api", "--host", "127.0.0.1")


def environment_of(service: ServiceUnderTest, nats: NatsServer, issuer: HttpIssuer) -> dict[str, str]:
    return {
        **os.environ,
        "POSPOLU_ENVIRONMENT": "development",
        "DATABASE_URL": service.resources.settings.database_url,
        "NATS_URL": nats.url,
        "NATS_MONITOR_URL": nats.monitor_url,
        "OIDC_ISSUER": issuer.url,
        "LOG_LEVEL": "WARNING",
    }


def ask(name: str, port: int, path: str, connections: int, token: str) -> None:
    began = time.perf_counter()
    taken = asyncio.run(load(port, [path] * REQUESTS, connections, token))
    speed = len(taken) / (time.perf_counter() - began)
    size = str(len(got(port, path, token)))
    row(f"{name}; connections: {connections}", f"{speed:,.0f}", *milliseconds(taken), size)


def got(port: int, path: str, token: str) -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    found = httpx.get(f"http://127.0.0.1:{port}{path}", headers=headers, trust_env=False, timeout=60)
    return found.raise_for_status().content


@contextmanager
def a_server(name: str, folder: Path, environment: Mapping[str, str], *command: str) -> Iterator[int]:
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


async def load(port: int, paths: Sequence[str], connections: int, token: str) -> list[float]:
    """Ask for the paths over so many connections; return how long each answer took."""
    waiting = list(paths)

    async def one_by_one() -> list[float]:
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

    found = await asyncio.gather(*(one_by_one() for _ in range(connections)))
    return [seconds for one in found for seconds in one]
