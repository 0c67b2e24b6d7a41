"""10,000 comments of one consultation, as officers read them, beside a bare route with the bytes."""

import asyncio
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

from planning.app import SERVICE
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, table
from tests.bench.serving import a_server, ask, environment_of, got, load
from tests.support.consultations import an_open_consultation
from tests.support.issuer import HttpIssuer
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service
from tests.support.tokens import COORDINATOR, token_of

COMMENTS = 10_000
API = ("-m", "planning", "api", "--host", "127.0.0.1")
LAST_PAGE = "WyI5OTUwIl0="
"""The cursor after comment 9,950."""
STORE = """
INSERT INTO comment
SELECT gen_random_uuid(), 1, :consultation, number, 'web', 'citizen', 'Občan ' || number,
  'obcan' || number || '@example.cz', (nodes.ids)[1 + number % cardinality(nodes.ids)], '1', 'Opatření',
  CASE WHEN number % 3 = 0 THEN 'formal' END, repeat('Chybí dětské hřiště a lavičky. ', 10) || number,
  '', '', '[]', NULL, now(), number % 50 <> 0, CASE WHEN number % 50 = 0 THEN 'delivered-late' END,
  md5((number / 2)::text), repeat('chybi detske hriste a lavicky. ', 10) || number, NULL,
  CASE WHEN number % 40 = 0 THEN now() END, '', md5(number::text), false, 'anonymous', now()
FROM generate_series(1, :comments) number,
  (SELECT array_agg(key::uuid) ids FROM consultation, jsonb_object_keys(nodes) key
   WHERE consultation.id = :consultation) nodes
"""


def bench() -> None:
    heading(f"{COMMENTS:,} comments of a consultation: one uvicorn worker (ms)")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        postgres = stack.enter_context(a_durable_postgres(folder))
        nats, issuer = start_nats(folder / "nats"), HttpIssuer()
        stack.callback(nats.stop)
        stack.callback(issuer.stop)
        asyncio.run(_bench(folder, postgres, nats, issuer))


async def _bench(folder: Path, postgres: PostgresServer, nats: NatsServer, issuer: HttpIssuer) -> None:
    async with a_service(SERVICE, postgres, nats) as service:
        consultation = await an_open_consultation(service)
        await _store(service, consultation.id)
        environment = environment_of(service, nats, issuer)
        token = token_of(COORDINATOR, issuer=issuer.url, expires_in=7200)
        await asyncio.to_thread(_compare, folder, environment, consultation.id, token)


async def _store(service: ServiceUnderTest, consultation: str) -> None:
    async with service.transaction() as tx:
        await tx.session.execute(text(STORE), {"consultation": consultation, "comments": COMMENTS})
        await tx.session.execute(text("UPDATE consultation SET last_number = :n"), {"n": COMMENTS})
    async with service.transaction() as tx:
        await tx.session.execute(text("ANALYZE"))


def _compare(folder: Path, environment: Mapping[str, str], consultation: str, token: str) -> None:
    above = f"/api/planning/consultations/{consultation}"
    questions = {
        "first page, 50": f"{above}/comments",
        "last page": f"{above}/comments?cursor={LAST_PAGE}",
        "first page, 200": f"{above}/comments?limit=200",
        "not sorted yet": f"{above}/comments?filter[kind]=none",
        "late": f"{above}/comments?filter[timely]=false",
        "words of one in ten thousand": f"{above}/comments?q=lavicky. 9999",
        "counts, for everybody": f"{above}/comment-counts",
    }
    with a_server("api", folder, environment, *API) as port:
        page = got(port, questions["first page, 50"], token)
        (folder / "page").write_bytes(page)
        bare_environment = {**environment, "BENCH_PAGE": str(folder / "page")}
        with a_server("bare", folder, bare_environment, "-m", "tests.bench.bare_page") as bare:
            table("", "requests/s", "p50", "p95", "p99", "bytes")
            ask("bare route, the bytes of the first page", bare, "/page", 1, token)
            for name, path in questions.items():
                asyncio.run(load(port, [path.replace(" ", "%20")] * 50, 1, token))
                ask(name, port, path.replace(" ", "%20"), 1, token)
