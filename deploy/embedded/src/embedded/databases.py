"""A role and a database for each service; a role may enter its own database only."""

from collections.abc import Mapping

import asyncpg


async def prepare_databases(admin_url: str, passwords: Mapping[str, str]) -> None:
    """Create what is missing and set the passwords; running it again changes nothing."""
    connection = await asyncpg.connect(admin_url)
    try:
        for database in ("postgres", "template1"):
            await _close_to_others(connection, database)
        for service, password in passwords.items():
            await _prepare(connection, service, password)
    finally:
        await connection.close()


async def _prepare(connection: asyncpg.Connection, service: str, password: str) -> None:
    """Names are the services' own, passwords are hexadecimal: nothing here needs quoting."""
    if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", service):
        await connection.execute(f'CREATE ROLE "{service}" LOGIN')
    await connection.execute(f"ALTER ROLE \"{service}\" PASSWORD '{password}'")
    if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", service):
        await connection.execute(f'CREATE DATABASE "{service}" OWNER "{service}" TEMPLATE template0')
    await _close_to_others(connection, service)


async def _close_to_others(connection: asyncpg.Connection, database: str) -> None:
    """Revoke only what is granted: a needless write meets autovacuum at the same row."""
    if await connection.fetchval("SELECT has_database_privilege('public', $1::text, 'CONNECT')", database):
        await connection.execute(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
