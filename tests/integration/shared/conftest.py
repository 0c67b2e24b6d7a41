"""The toy service: a database with plumbing, an application, an empty broker."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import httpx
import nats as nats_client
import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.broker import declare_stream
from shared.http.app import create_app
from shared.migrations import WAKE_RELAY
from shared.resources import Resources, open_resources
from shared.settings import load_settings
from tests.support.servers import NatsServer, PostgresServer
from tests.support.service import a_database
from tests.support.tokens import a_verifier
from tests.support.toy import METADATA, toys


@dataclass(frozen=True, slots=True, kw_only=True)
class Toy:
    resources: Resources
    client: httpx.AsyncClient

    @property
    def engine(self) -> AsyncEngine:
        return self.resources.engine

    async def count(self, table: str, where: str = "true") -> int:
        async with self.engine.connect() as connection:
            found = await connection.scalar(text(f"SELECT count(*) FROM {table} WHERE {where}"))  # noqa: S608
        return int(found or 0)

    async def column(self, sql: str) -> list[object]:
        async with self.engine.connect() as connection:
            return list((await connection.execute(text(sql))).scalars())


@pytest.fixture(scope="session")
async def toy_service(postgres: PostgresServer, nats: NatsServer) -> AsyncIterator[Toy]:
    async with a_database(postgres, "toy") as url:
        environ = {
            "POSPOLU_ENVIRONMENT": "development",
            "DATABASE_URL": url,
            "NATS_URL": nats.url,
            "NATS_MONITOR_URL": nats.monitor_url,
            "OIDC_ISSUER": "https://identity.test",
        }
        settings = load_settings("toy", environ)
        async with open_resources("toy", settings) as resources:
            resources.verifier = a_verifier()
            async with resources.engine.begin() as connection:
                await connection.run_sync(METADATA.create_all)
                for statement in WAKE_RELAY:
                    await connection.execute(text(statement))
            app = create_app("toy", "Toy", (toys,), settings, resources=resources)
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                yield Toy(resources=resources, client=client)


@pytest.fixture
async def toy(toy_service: Toy) -> Toy:
    names = ", ".join(table.name for table in METADATA.sorted_tables)
    async with toy_service.engine.begin() as connection:
        await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
    return toy_service


@pytest.fixture
async def client(nats: NatsServer) -> AsyncIterator[Client]:
    connected = await nats_client.connect(nats.url)
    yield connected
    await connected.close()


@pytest.fixture
async def js(client: Client) -> AsyncIterator[JetStreamContext]:
    """An empty stream `registry`."""
    context = client.jetstream()
    await declare_stream(context, "registry", replicas=1)
    await context.purge_stream("registry")
    yield context
    await context.delete_stream("registry")


@pytest.fixture
async def connection(toy: Toy) -> AsyncIterator[asyncpg.Connection]:
    connected = await asyncpg.connect(toy.resources.settings.database_url)
    yield connected
    await connected.close()
