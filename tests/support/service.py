"""A service under test: the real application on a real database, without a network in between."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from uuid import uuid4

import asyncpg
import httpx
from fastapi import FastAPI
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select

from shared.auth import Actor
from shared.codec import Envelope, decode
from shared.consumer import Consumer
from shared.contracts.base import Event
from shared.database import OUTBOX
from shared.http.app import create_app
from shared.ids import uuid7
from shared.migrations import migrate
from shared.reactions import reactions_in
from shared.resources import Resources, open_resources
from shared.service import Service
from shared.settings import load_settings
from shared.transaction import Transaction, transaction
from shared.worker import consumers
from tests.support.emptying import empty_tables
from tests.support.servers import NatsServer, PostgresServer
from tests.support.tokens import a_verifier, headers_of

E = TypeVar("E", bound=Event)


@dataclass(slots=True, kw_only=True)
class ServiceUnderTest:
    """`client` speaks HTTP to it, `hear` brings it events, `told` gives the events that it told."""

    service: Service
    resources: Resources
    app: FastAPI
    consumers: dict[str, Consumer]
    statements: list[str] = field(default_factory=list)

    def client(self, actor: Actor | None = None, **headers: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        login = headers_of(actor) if actor else {}
        return httpx.AsyncClient(transport=transport, base_url="http://test", headers={**login, **headers})

    async def hear(self, *events: Event, consumer: str | None = None) -> list[Envelope]:
        """Handle the events as one batch in each consumer that listens to them."""
        envelopes = [an_envelope(event) for event in events]
        await self.hear_again(envelopes, consumer=consumer)
        return envelopes

    async def hear_again(self, envelopes: Sequence[Envelope], *, consumer: str | None = None) -> None:
        heard = False
        for name, listener in self.consumers.items():
            mine = [e for e in envelopes if type(e.event) in listener._reactions]
            if mine and consumer in {None, name}:
                heard = True
                for batch in [mine] if listener.batch > 1 else [[one] for one in mine]:
                    await listener.handle(batch)
        assert heard, "nobody listens to these events"

    async def told(self, kind: type[E]) -> list[E]:
        query = select(OUTBOX.c.body).where(OUTBOX.c.subject == kind.type).order_by(OUTBOX.c.position)
        async with self.resources.engine.connect() as connection:
            bodies = (await connection.execute(query)).scalars().all()
        return [event for event in (decode(body).event for body in bodies) if isinstance(event, kind)]

    @asynccontextmanager
    async def transaction(self, actor: Actor | None = None) -> AsyncIterator[Transaction]:
        async with transaction(
            self.resources.engine, actor=actor or Actor.system("test"), correlation_id="test"
        ) as tx:
            yield tx

    @contextmanager
    def counted_statements(self) -> Iterator[list[str]]:
        """Collect the statements that the service sends to PostgreSQL while the block runs."""
        self.statements.clear()
        yield self.statements

    async def empty(self) -> None:
        async with self.resources.engine.begin() as connection:
            await empty_tables(connection, [table.name for table in self.service.metadata.sorted_tables])


def an_envelope(event: Event, *, correlation_id: str = "test") -> Envelope:
    return Envelope(id=uuid7(), time=datetime.now(UTC), event=event, correlation_id=correlation_id)


@asynccontextmanager
async def a_database(postgres: PostgresServer, name: str) -> AsyncIterator[str]:
    """Create a database of its own, give its URL, and drop it."""
    database = f"test_{name}_{uuid4().hex[:8]}"
    admin = await asyncpg.connect(postgres.admin_url)
    await admin.execute(f'CREATE DATABASE "{database}"')
    try:
        yield postgres.url_for(database)
    finally:
        await admin.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
        await admin.close()


@asynccontextmanager
async def a_service(
    service: Service, postgres: PostgresServer, nats: NatsServer, **environ: str
) -> AsyncIterator[ServiceUnderTest]:
    async with a_database(postgres, service.name) as url:
        settings = load_settings(
            service.name,
            {
                "POSPOLU_ENVIRONMENT": "development",
                "DATABASE_URL": url,
                "NATS_URL": nats.url,
                "NATS_MONITOR_URL": nats.monitor_url,
                "OIDC_ISSUER": "https://identity.test",
                **environ,
            },
        )
        async with open_resources(service.name, settings) as resources:
            await migrate(resources.engine, service.migrations)
            resources.verifier = a_verifier()
            yield _under_test(service, resources)


def _under_test(service: Service, resources: Resources) -> ServiceUnderTest:
    app = create_app(service.name, service.title, service.routers, resources.settings, resources=resources)
    found = consumers(service.name, reactions_in(service.reactions), resources)
    under_test = ServiceUnderTest(service=service, resources=resources, app=app, consumers=found)
    _count_statements(under_test)
    return under_test


def _count_statements(under_test: ServiceUnderTest) -> None:
    """Listen to SQLAlchemy's engine and to the pool of the read path."""

    @sqlalchemy_event.listens_for(under_test.resources.engine.sync_engine, "before_cursor_execute")
    def _(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        under_test.statements.append(statement)

    under_test.resources.pool = CountingPool(under_test.resources.pool, under_test.statements)


class CountingPool:
    """The read pool, noting every statement."""

    def __init__(self, pool: asyncpg.Pool, statements: list[str]) -> None:
        self._pool = pool
        self._statements = statements

    async def fetch(self, query: str, *arguments: object) -> list[asyncpg.Record]:
        self._statements.append(query)
        rows: list[asyncpg.Record] = await self._pool.fetch(query, *arguments)
        return rows

    async def fetchrow(self, query: str, *arguments: object) -> asyncpg.Record | None:
        self._statements.append(query)
        return await self._pool.fetchrow(query, *arguments)

    async def fetchval(self, query: str, *arguments: object, **options: object) -> object:
        self._statements.append(query)
        return await self._pool.fetchval(query, *arguments, **options)
