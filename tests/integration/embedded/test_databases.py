"""A role for each service that can enter its own database only."""

import asyncpg
import pytest

from embedded.databases import prepare_databases
from tests.support.servers import PostgresServer

PASSWORDS = {"first": "aa11", "second": "bb22"}


@pytest.fixture
async def server(postgres: PostgresServer) -> PostgresServer:
    await prepare_databases(postgres.admin_url, PASSWORDS)
    return postgres


async def test_a_role_owns_its_database_and_may_bring_the_extensions(server: PostgresServer) -> None:
    connection = await asyncpg.connect(server.url_for("first", "first", "aa11"))
    for extension in ("btree_gist", "unaccent", "pg_trgm"):
        await connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    assert await connection.fetchval("SELECT lower('ŽLUŤOUČKÝ')") == "žluťoučký"
    await connection.close()


@pytest.mark.parametrize("database", ["second", "postgres", "template1"])
async def test_a_role_cannot_enter_another_database(server: PostgresServer, database: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(server.url_for(database, "first", "aa11"))


async def test_preparing_again_keeps_the_data_and_changes_the_password(server: PostgresServer) -> None:
    connection = await asyncpg.connect(server.url_for("second", "second", "bb22"))
    await connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
    await connection.close()
    await prepare_databases(server.admin_url, PASSWORDS | {"second": "cc33"})
    connection = await asyncpg.connect(server.url_for("second", "second", "cc33"))
    assert await connection.fetchval("SELECT count(*) FROM kept") == 0
    await connection.close()
