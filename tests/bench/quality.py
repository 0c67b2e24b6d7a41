"""Distance travelled of a programme: 40 cooperations, 20 criteria, two agreed readings of each."""

import asyncio
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID, uuid5

import httpx

from evaluation.app import SERVICE
from evaluation.quality.domain import set_id
from shared.contracts.intake import CooperationDomain
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.support.quality import COOPERATION, EVA, a_description, agreed
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service

COOPERATIONS, ROUNDS = 40, 100
CODES = [f"{area}-{number}" for area in ("BYD", "DLU", "ZAM", "BEZ", "ZDR") for number in range(4)]
READINGS = (("mid-term", "2025-03-14"), ("final", "2026-03-14"))


def bench() -> None:
    heading(f"Quality of {COOPERATIONS} cooperations by {len(CODES)} criteria, {len(READINGS)} readings (ms)")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        postgres = stack.enter_context(a_durable_postgres(folder))
        nats = start_nats(folder / "nats")
        stack.callback(nats.stop)
        asyncio.run(_bench(postgres, nats))


async def _bench(postgres: PostgresServer, nats: NatsServer) -> None:
    async with a_service(SERVICE, postgres, nats) as service:
        cooperation, reading = await fill(service)
        table("", "p50", "p95", "statements")
        async with service.client(EVA) as client:
            for name, address in {
                "programme": "/quality-shifts",
                "programme as CSV": "/quality-shifts.csv",
                "one cooperation": f"/quality-shifts/{cooperation}",
                "one reading": f"/quality-readings/{reading}",
                "its reliability": f"/quality-readings/{reading}/reliability",
                "sets, 50 of a page": "/criteria-sets?limit=50",
            }.items():
                await _measure(name, service, client, address)


async def fill(service: ServiceUnderTest) -> tuple[UUID, str]:
    """Describe and read all cooperations; return the last one and its last reading."""
    cooperation, reading = COOPERATION, ""
    for at in range(COOPERATIONS):
        cooperation = uuid5(COOPERATION, str(at))
        baseline: dict[str, int | None] = {code: (at + of) % 4 for of, code in enumerate(CODES)}
        described = a_description(baseline, cooperation=cooperation, unit=uuid5(cooperation, "unit"))
        await service.hear(described)
        now: dict[str, int | None] = {code: (at + of + 1) % 5 for of, code in enumerate(CODES)}
        of_set = set_id(cooperation, CooperationDomain.SOCIAL_INCLUSION)
        for phase, on in READINGS:
            reading = (await agreed(service, now, of=of_set, phase=phase, on=on)).id
    return cooperation, reading


async def _measure(name: str, service: ServiceUnderTest, client: httpx.AsyncClient, address: str) -> None:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = await client.get(address)
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
    with service.counted_statements() as statements:
        await client.get(address)
        count = len(statements)
    taken.sort()
    row(name, f"{taken[ROUNDS // 2]:.1f}", f"{taken[ROUNDS * 95 // 100]:.1f}", str(count))
