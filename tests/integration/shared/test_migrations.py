"""The migrations of every service: they make what the code expects, once, whoever else migrates."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from documents.app import SERVICE as DOCUMENTS
from evaluation.app import SERVICE as EVALUATION
from planning.app import SERVICE as PLANNING
from registry.app import SERVICE as REGISTRY
from shared.database import async_url
from shared.migrations import migrate
from shared.service import Service
from tests.support.servers import PostgresServer
from tests.support.service import a_database

SERVICES = pytest.mark.parametrize(
    "service", [REGISTRY, PLANNING, EVALUATION, DOCUMENTS], ids=lambda service: service.name
)


def differences(connection: Connection, service: Service) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, service.metadata))


@SERVICES
async def test_migrations_make_what_the_metadata_say(postgres: PostgresServer, service: Service) -> None:
    async with a_database(postgres, service.name) as url:
        engine = create_async_engine(async_url(url))
        await migrate(engine, service.migrations)
        async with engine.connect() as connection:
            assert await connection.run_sync(differences, service) == []
        await engine.dispose()


async def test_a_column_that_no_migration_makes_is_noticed(postgres: PostgresServer) -> None:
    async with a_database(postgres, "planning") as url:
        engine = create_async_engine(async_url(url))
        await migrate(engine, PLANNING.migrations)
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE plan DROP COLUMN vision"))
            assert await connection.run_sync(differences, PLANNING) != []
        await engine.dispose()


async def test_two_that_migrate_at_once_do_it_once(postgres: PostgresServer) -> None:
    async with a_database(postgres, "planning") as url:
        engines = [create_async_engine(async_url(url)) for _ in range(3)]
        await asyncio.gather(*(migrate(engine, PLANNING.migrations) for engine in engines))
        async with engines[0].connect() as connection:
            names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        assert {"plan", "node", "revision", "outbox", "alembic_version"} <= set(names)
        for engine in engines:
            await engine.dispose()
