"""A programme at a glance: 40 units by 60 indicators and 10 periods, 83 documents, 60 participants."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg
import httpx

from evaluation.app import SERVICE
from evaluation.progress.schemas import light_of
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.bench.reminders import INDICATOR, OBLIGATION, PLAN
from tests.support.evaluation import CONSULTANT
from tests.support.participants import registered, supported
from tests.support.programmes import FORTY, entered, publications, rssz
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service

INDICATORS, PERIODS, PERSONS, ROUNDS = 60, 10, 60, 100
FIRST = 2021


def bench() -> None:
    heading(f"A programme: {len(FORTY)} units x {INDICATORS} indicators x {PERIODS} periods (ms)")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        postgres = stack.enter_context(a_durable_postgres(folder))
        nats = start_nats(folder / "nats")
        stack.callback(nats.stop)
        asyncio.run(_bench(postgres, nats))


async def _bench(postgres: PostgresServer, nats: NatsServer) -> None:
    async with a_service(SERVICE, postgres, nats) as service:
        project = await fill(service)
        table("", "p50", "p95", "statements")
        async with service.client(CONSULTANT) as client:
            whole = f"/projects/{project}/dashboard"
            light_of.cache_clear()
            await measure("dashboard of a programme, the first time", service, client, whole, rounds=1)
            body = (await client.get(whole)).content
            await measure("dashboard of a programme", service, client, whole)
            await measure("its progress alone", service, client, f"/projects/{project}/progress")
            await measure(
                "participants, 60 of a page", service, client, f"/projects/{project}/participants?limit=60"
            )
            await measure("my tasks, 50 of a page", service, client, "/tasks?limit=50")
            await measure("sums of my tasks", service, client, "/tasks/sums")
            await measure("floor: a route that does nothing", service, client, "/health/live")
            print(f"\n{len(body):,} bytes of the dashboard", flush=True)


async def fill(service: ServiceUnderTest) -> UUID:
    """Enter the project with its documents and persons; copy the plans, the last period being late."""
    project = await entered(service, rssz())
    await service.hear(*publications(project, rssz()))
    for number in range(PERSONS):
        person = await registered(service, project, f"klic{number:08}")
        await supported(service, project, person, 20, 21, first=date(2023, 3, 1))
    connection = await asyncpg.connect(service.resources.settings.database_url)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    plans = [(uuid5(unit, "plan"), unit) for unit in FORTY]
    ends = date(FIRST + PERIODS, 12, 31)
    tables = {
        "monitored_plan": (
            PLAN,
            [
                (plan, 1, "PSZ", "Plán", [unit], date(FIRST, 1, 1), ends, "0" * 64, now, 1)
                for plan, unit in plans
            ],
        ),
        "monitored_indicator": (INDICATOR, [each for plan, _ in plans for each in _indicators(plan, ends)]),
        "obligation": (OBLIGATION, [each for plan, _ in plans for each in _obligations(plan)]),
    }
    for name, (columns, records) in tables.items():
        await connection.copy_records_to_table(name, records=records, columns=columns)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
    return project


def _indicators(plan: UUID, ends: date) -> Iterator[tuple[object, ...]]:
    for number in range(INDICATORS):
        words = (f"1.{number}", "Počet domácností v nájmu", "domácnost", "increase", "yearly", "Odbor")
        ways = (Decimal(number), date(FIRST, 1, 1), Decimal(number + 100), ends)
        yield (plan, uuid5(plan, str(number)), plan, *words, *ways)


def _obligations(plan: UUID) -> Iterator[tuple[object, ...]]:
    for number in range(INDICATORS):
        indicator = uuid5(plan, str(number))
        for year in range(FIRST, FIRST + PERIODS):
            starts_on, ends_on, due_on = date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 20)
            is_there = year < FIRST + PERIODS // 2 - (number % 10 == 0)
            value = Decimal(number + (year - FIRST) * (number % 12))
            state = ("approved", value, ends_on, "person", None) if is_there else ("open", *(None,) * 4)
            what = (uuid5(indicator, str(year)), plan, indicator, str(year), starts_on, ends_on, due_on)
            yield (*what, "Odbor", *state, 1)


async def measure(
    name: str, service: ServiceUnderTest, client: httpx.AsyncClient, address: str, *, rounds: int = ROUNDS
) -> None:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = await client.get(address)
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
    with service.counted_statements() as statements:
        await client.get(address)
        count = len(statements)
    taken.sort()
    row(name, f"{taken[rounds // 2]:.1f}", f"{taken[rounds * 95 // 100]:.1f}", str(count))
