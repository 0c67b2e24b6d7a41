"""Empties a database between tests: some seventy tables of which a test filled five."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

BIG: Final = 2 * 1024 * 1024
"""From so many bytes a table is made anew: deleted rows stay in its pages."""
LOOK: Final = """SELECT '{name}', pg_relation_size('"{name}"') WHERE EXISTS (SELECT 1 FROM "{name}")"""
RESTART: Final = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences
    """


async def empty_tables(connection: AsyncConnection, names: Sequence[str]) -> None:
    """Delete the rows of the tables that hold any, past triggers and foreign keys, and begin counting at one.

    TRUNCATE makes new files for every table, full or not: 60 to 150 ms for registry. It is kept for big
    tables, and for a server on which we may not silence triggers.
    """
    filled = (await connection.execute(text(_look(names)))).all()
    superuser = await connection.scalar(text("SELECT current_setting('is_superuser') = 'on'"))
    if not superuser or any(size > BIG for _, size in filled):
        everything = ", ".join(f'"{name}"' for name in names)
        await connection.execute(text(f"TRUNCATE {everything} RESTART IDENTITY"))
        return
    await connection.execute(text("SET LOCAL session_replication_role = replica"))
    for name, _ in filled:
        await connection.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608 - names of our tables
    await connection.execute(text(RESTART))


def _look(names: Sequence[str]) -> str:
    return " UNION ALL ".join(LOOK.format(name=name) for name in names)
