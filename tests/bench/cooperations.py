"""The list of 110 cooperations with full history, by each filter, beside a bare route with the same bytes."""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

from registry.app import SERVICE
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, table
from tests.bench.serving import API, a_server, ask, environment_of, got, load
from tests.support.cooperations import History, store_histories
from tests.support.exclusion import a_country
from tests.support.issuer import HttpIssuer
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import a_service
from tests.support.tokens import CONSULTANT, token_of

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
        environment = environment_of(service, nats, issuer)
        token = token_of(CONSULTANT, issuer=issuer.url, expires_in=7200)
        await asyncio.to_thread(_compare, folder, environment, histories, token)


def _compare(folder: Path, environment: Mapping[str, str], histories: Sequence[History], token: str) -> None:
    with a_server("api", folder, environment, *API) as port:
        page = got(port, LIST, token)
        (folder / "page").write_bytes(page)
        with a_server(
            "bare", folder, {**environment, "BENCH_PAGE": str(folder / "page")}, "-m", "tests.bench.bare_page"
        ) as bare:
            assert got(bare, "/page", token) == page
            table("", "requests/s", "p50", "p95", "p99", "bytes")
            one = f"{LIST}/{histories[3].id}"
            for connections in (1, 8):
                asyncio.run(load(port, [LIST] * 100, connections, token))
                ask("bare route, the bytes of the first list", bare, "/page", connections, token)
                for question in FILTERS:
                    name = question or "no filter, 50 of 110"
                    ask(name, port, f"{LIST}?{question}", connections, token)
                ask("one with its phases", port, one, connections, token)
                ask("its history: phases and decisions", port, f"{one}/history", connections, token)
