"""The page of a municipality with the whole country loaded, beside a bare route with the same bytes."""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

import httpx

from embedded.process import Process, free_port
from registry.app import SERVICE
from registry.cooperation.terms import Terms
from registry.cooperation.use_cases import start_cooperation
from registry.forecasts.use_cases import forecast
from registry.plans.reactions import copy_plans
from registry.units.codes import unit_id
from shared.contracts.registry import CooperationRegime, UnitKind
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, milliseconds, row, table
from tests.support.exclusion import Country, a_country, a_reader
from tests.support.profiles import an_approved_plan
from tests.support.registry import CONSULTANT, USTI_REGION
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service

REQUESTS = 1500
COOPERATIONS = 110
LIST = "/api/registry/units?filter[region]=CZ042&filter[band]=2&q=obec&limit=50"


def bench() -> None:
    heading("Pages of units, 6,258 municipalities × 9 years: one uvicorn worker (ms)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with a_durable_postgres(folder) as postgres:
            nats = start_nats(folder / "nats")
            try:
                asyncio.run(_bench(folder, postgres, nats))
            finally:
                nats.stop()


async def _bench(folder: Path, postgres: PostgresServer, nats: NatsServer) -> None:
    async with a_service(SERVICE, postgres, nats) as service:
        country = await a_country(service)
        await _begin(service, country)
        environment = {
            **os.environ,
            "POSPOLU_ENVIRONMENT": "development",
            "DATABASE_URL": service.resources.settings.database_url,
            "NATS_URL": nats.url,
            "NATS_MONITOR_URL": nats.monitor_url,
            "OIDC_ISSUER": "https://identity.test",
            "LOG_LEVEL": "WARNING",
        }
        await asyncio.to_thread(_compare, folder, environment, country)


async def _begin(service: ServiceUnderTest, country: Country) -> None:
    """Have 110 municipalities cooperate and plan, and all of them forecast."""
    helped = country.unit_ids[:: len(country.unit_ids) // COOPERATIONS][:COOPERATIONS]
    plans = [
        an_approved_plan(plan_id=UUID(int=number + 1), unit_ids=(unit,)) for number, unit in enumerate(helped)
    ]
    async with service.transaction(CONSULTANT) as tx:
        for unit in helped:
            await start_cooperation(
                tx,
                unit_id=unit,
                terms=Terms(regime=CooperationRegime.VEX),
                starts_on=tx.today,
                ends_on=None,
                on=None,
            )
        await copy_plans(tx, plans)
    async with service.transaction() as tx:
        await forecast(tx, a_reader(service), method=None)


def _compare(folder: Path, environment: dict[str, str], country: Country) -> None:
    dice = random.Random(1)  # noqa: S311 - which pages are asked for
    drawn = dice.sample(list(country.unit_ids), k=2 * REQUESTS)
    pages = [f"/api/registry/profiles/{unit}" for unit in drawn]
    of_regions = {
        connections: [f"/api/registry/profiles/{region}?year={year}" for year in range(2016, 2025)]
        for connections, region in ((1, USTI_REGION), (8, unit_id(UnitKind.REGION, "CZ020")))
    }
    fresh = {1: pages[:REQUESTS], 8: pages[REQUESTS:]}
    with _server("api", folder, environment, "-m", "registry", "api", "--host", "127.0.0.1") as port:
        began = time.perf_counter()
        page = _got(port, pages[0])
        first = time.perf_counter() - began
        (folder / "page").write_bytes(page)
        with _server(
            "bare", folder, environment | {"BENCH_PAGE": str(folder / "page")}, "-m", "tests.bench.bare_page"
        ) as bare:
            assert _got(bare, "/page") == page
            table("", "requests/s", "p50", "p95", "p99", "bytes")
            for connections in (1, 8):
                asyncio.run(_load(port, [f"{path}?year=2023" for path in pages[:100]], connections))
                for name, at, paths in (
                    ("page of a municipality, any of 6,258, made anew", port, fresh[connections]),
                    ("the same pages again, nothing written since", port, fresh[connections]),
                    ("bare route, the same bytes", bare, ["/page"] * REQUESTS),
                    ("list of units by region, band and name", port, [LIST] * (REQUESTS // 3)),
                    ("page of a region", port, of_regions[connections]),
                    ("workbook of a municipality (XLSX)", port, [f"{path}/workbook" for path in pages[:100]]),
                ):
                    _row(f"{name}; connections: {connections}", at, paths, connections)
    print(f"\nfirst page after the start, with its edition read from the database: {first * 1000:.0f} ms\n")


def _row(name: str, port: int, paths: Sequence[str], connections: int) -> None:
    began = time.perf_counter()
    taken = asyncio.run(_load(port, paths, connections))
    speed = len(taken) / (time.perf_counter() - began)
    row(name, f"{speed:,.0f}", *milliseconds(taken), str(len(_got(port, paths[0]))))


def _got(port: int, path: str) -> bytes:
    found = httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False, timeout=60).raise_for_status()
    return found.content


@contextmanager
def _server(name: str, folder: Path, environment: dict[str, str], *command: str) -> Iterator[int]:
    port = free_port()
    process = Process(
        name,
        [sys.executable, *command, *(("--port", str(port)) if "api" in command else ())],
        log=folder / f"{name}.log",
        environment={**environment, "BENCH_PORT": str(port)},
    )
    with ExitStack() as stack:
        stack.callback(process.kill)
        process.wait(lambda: _answers(port))
        yield port


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code in {200, 404}
    except httpx.TransportError:
        return False


async def _load(port: int, paths: Sequence[str], connections: int) -> list[float]:
    """Ask for the paths over so many connections; return how long each answer took."""
    waiting = list(reversed(paths))

    async def ask() -> list[float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        taken = []
        while waiting:
            request = f"GET {waiting.pop()} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
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
