"""Migrations of a service's own database, under a lock and with bounded waiting."""

import asyncio
import zlib
from pathlib import Path

from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.database import PLUMBING

LOCK = text("SELECT pg_try_advisory_lock(:key)")
"""Tried again and again: who waits inside a statement holds up `CREATE INDEX CONCURRENTLY`."""
UNLOCK = text("SELECT pg_advisory_unlock(:key)")
LOCK_TIMEOUT = "5s"
"""A migration that waits longer than this for a table gives way to the users and fails."""


WAKE_RELAY = (
    """
    CREATE FUNCTION wake_relay() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NOTIFY outbox; RETURN NULL; END $$
    """,
    """
    CREATE TRIGGER wake_relay AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION wake_relay()
    """,
)
"""A statement trigger: no writer of the outbox can forget to wake the relay, and it costs no round trip."""


def lock_key(name: str) -> int:
    """Return a stable key for an advisory lock of that name (PostgreSQL takes a signed 64-bit integer)."""
    return zlib.crc32(name.encode())


async def migrate(engine: AsyncEngine, folder: Path) -> None:
    """Bring the database to the newest version; a second process waits for the first."""
    async with engine.connect() as lock, engine.connect() as connection:
        await lock.execution_options(isolation_level="AUTOCOMMIT")
        while not await lock.scalar(LOCK, {"key": lock_key("migrate")}):  # noqa: ASYNC110 - another process has it
            await asyncio.sleep(0.2)
        try:
            await connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
            await connection.commit()  # for the whole session: each migration has a transaction of its own
            await connection.run_sync(_upgrade, folder)
            await connection.execute(text("RESET lock_timeout"))
            await connection.commit()
        finally:
            await lock.execute(UNLOCK, {"key": lock_key("migrate")})


def _upgrade(connection: Connection, folder: Path) -> None:
    from alembic import command  # 8 MiB that no process should hold that only runs
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def run(metadata: MetaData) -> None:
    """Run the migrations that Alembic found; each service's `migrations/env.py` is this call."""
    from alembic import context

    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def create_plumbing() -> None:
    """Create what `shared.database.PLUMBING` held in the first release; each first migration calls it."""
    from alembic import op

    PLUMBING.create_all(op.get_bind(), checkfirst=False)
    for statement in WAKE_RELAY:
        op.execute(statement)
