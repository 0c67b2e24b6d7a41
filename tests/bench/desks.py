"""Lists that people open every day, one client, each beside a bare route with the bytes of that list."""

import asyncio
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from registry.app import SERVICE
from shared.auth import Actor
from tests.bench.approval import a_durable_postgres
from tests.bench.desk_rows import ASSESSMENT, COUNTS, store
from tests.bench.figures import heading, table
from tests.bench.serving import API, a_server, ask, environment_of, got, load
from tests.support.applications import CALL
from tests.support.cooperations import store_histories
from tests.support.exclusion import a_country
from tests.support.issuer import HttpIssuer
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import a_service
from tests.support.tokens import COMMISSIONER, CONSULTANT, token_of


def bench() -> None:
    heading(f"Lists of a day: {COUNTS}; one uvicorn worker (ms)")
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
        towns = sorted(country.unit_ids)[:110]
        await store_histories(service, towns)
        await store(service)
        environment = environment_of(service, nats, issuer)
        tokens = {
            actor.id: token_of(actor, issuer=issuer.url, expires_in=7200)
            for actor in (CONSULTANT, COMMISSIONER)
        }
        await asyncio.to_thread(_compare, folder, environment, towns[1], tokens)


def _questions(unit: UUID) -> Mapping[str, Actor]:
    consultant = (
        f"applications?filter[call]={CALL}",
        f"applications?filter[call]={CALL}&limit=200",
        *("statements", "statements?limit=200", "caseloads/mine", "handovers", "handovers?limit=200"),
        *("activities", "activities?limit=200", "activities/summary"),
        "activities/summary?by=kind&by=month&by=unit",
        f"stories/{unit}",
    )
    worklist = f"assessments/{ASSESSMENT}/worklist"
    return {
        **dict.fromkeys(consultant, CONSULTANT),
        worklist: COMMISSIONER,
        f"{worklist}?limit=200": COMMISSIONER,
    }


def _compare(folder: Path, environment: Mapping[str, str], unit: UUID, tokens: Mapping[str, str]) -> None:
    page = folder / "page"
    bare_environment = {**environment, "BENCH_PAGE": str(page)}
    with a_server("api", folder, environment, *API) as port:
        table("", "requests/s", "p50", "p95", "p99", "bytes")
        for question, actor in _questions(unit).items():
            path, token = f"/api/registry/{question}", tokens[actor.id]
            page.write_bytes(got(port, path, token))
            asyncio.run(load(port, [path] * 100, 1, token))
            name = question.replace(str(CALL), "…").replace(str(unit), "…").replace(str(ASSESSMENT), "…")
            ask(name, port, path, 1, token)
            with a_server("bare", folder, bare_environment, "-m", "tests.bench.bare_page") as bare:
                ask("- bare route, the same bytes", bare, "/page", 1, token)
