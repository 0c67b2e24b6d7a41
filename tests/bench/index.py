"""The Index of the whole country in nine years, beside a plain script; the ministry's workbook, imported."""

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

import asyncpg
from sqlalchemy import text

from registry.app import SERVICE
from registry.exclusion.repository import edition
from registry.exclusion.use_cases import recompute_all
from registry.seed import seed
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.bench.plain_index import Seconds, run, write_workbook
from tests.support.exclusion import Country, a_country, a_reader
from tests.support.files import PUBLISHED
from tests.support.registry import ADMINISTRATOR
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service

ROUNDS = 5
WORKBOOK = PUBLISHED / "index-2023-half-published.xlsx"
POINTS = PUBLISHED / "ruian-definition-points-2019.geojson"
EMPTY = "TRUNCATE index_result, index_reference, index_computation, outbox RESTART IDENTITY CASCADE"


def bench() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with a_durable_postgres(folder) as postgres:
            nats = start_nats(folder / "nats")
            try:
                asyncio.run(_bench(folder, postgres, nats))
                if WORKBOOK.exists() and POINTS.exists():
                    asyncio.run(_imports(postgres, nats, WORKBOOK.read_bytes(), POINTS.read_bytes()))
            finally:
                nats.stop()


async def _bench(folder: Path, postgres: PostgresServer, nats: NatsServer) -> None:
    heading("Index of 6,258 municipalities × 9 years (ms, PostgreSQL with fsync)")
    async with a_service(SERVICE, postgres, nats) as service:
        country = await a_country(service, computed=False)
        ours = [await _recomputed(service) for _ in range(ROUNDS)]
        one_year = [await _recomputed(service, 2023) for _ in range(ROUNDS)]
        plain = await _plain(folder, service, country)
        print(f"\nsame Index in {await _agreeing(service, plain):,} of {6258 * 9:,} cases\n", flush=True)
    table("", "median", "fastest", "slowest")
    row("load, compute, store, publish: 9 years", *_ms(ours))
    row("the same: one year of nine", *_ms(one_year))
    row("pandas + openpyxl: read 9 workbooks, compute, insert", *_ms([plain.total]))
    row("of it: read", *_ms([plain.read]))
    row("of it: compute", *_ms([plain.computed]))
    row("of it: insert (executemany, one transaction)", *_ms([plain.stored]))


async def _recomputed(service: ServiceUnderTest, *years: int) -> float:
    async with service.transaction() as tx:
        await tx.session.execute(text(EMPTY))
    began = time.perf_counter()
    async with service.transaction() as tx:
        done = await recompute_all(tx, years=years or None)
    assert len(done.published) == (len(years) or 9)
    return time.perf_counter() - began


async def _plain(folder: Path, service: ServiceUnderTest, country: Country) -> Seconds:
    workbooks = {year: folder / f"{year}.xlsx" for year in country.inputs}
    for year, path in workbooks.items():
        write_workbook(country.inputs[year], path)
    connection = await asyncpg.connect(service.resources.settings.database_url)
    try:
        return await run(workbooks, connection)
    finally:
        await connection.close()


async def _agreeing(service: ServiceUnderTest, plain: Seconds) -> int:
    """Floats may fall on the other side of a bound; everything else must be the same."""
    async with service.transaction() as tx:
        await recompute_all(tx)
    agreeing = 0
    for year, points in plain.points.items():
        found = await edition(a_reader(service), year=year)
        assert found is not None
        agreeing += sum(
            ours == theirs for ours, theirs in zip(found.results.index.tolist(), points, strict=True)
        )
    return agreeing


async def _imports(postgres: PostgresServer, nats: NatsServer, workbook: bytes, points: bytes) -> None:
    heading("The ministry's workbook of 2023: read, register, store, compute, publish (ms, one request)")
    first, again = [], []
    for _ in range(3):
        async with a_service(SERVICE, postgres, nats) as service:
            async with service.transaction() as tx:
                await seed(tx)
            await _posted(service, "/geography/imports/points", points)
            first.append(await _posted(service, "/index/imports/workbook?year=2023", workbook))
            again.append(await _posted(service, "/index/imports/workbook?year=2023", workbook))
    table("", "median", "fastest", "slowest")
    row("into a registry of 38 municipalities", *_ms(first))
    row("the same file again", *_ms(again))


async def _posted(service: ServiceUnderTest, address: str, content: bytes) -> float:
    async with service.client(ADMINISTRATOR, **{"Content-Type": "application/octet-stream"}) as client:
        began = time.perf_counter()
        answer = await client.post(address, content=content, timeout=120)
        assert answer.status_code == 200, answer.text
        return time.perf_counter() - began


def _ms(seconds: list[float]) -> tuple[str, str, str]:
    return f"{median(seconds) * 1000:.0f}", f"{min(seconds) * 1000:.0f}", f"{max(seconds) * 1000:.0f}"
