"""Thousands of rows at once: COPY in and out, inside the transaction of the session."""

from collections.abc import Sequence
from io import BytesIO

import asyncpg
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Table

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]


async def copy_in(session: AsyncSession, table: Table, columns: Sequence[str], csv: bytes) -> None:
    """Append rows to a table from CSV without a header; an empty field without quotes is NULL."""
    driver = await _driver_of(session)
    await driver.copy_to_table(table.name, source=BytesIO(csv), columns=list(columns), format="csv")


async def copy_out(session: AsyncSession, statement: Select[*tuple[object, ...]]) -> bytes:
    """Return the rows of a select without parameters of its own as CSV with a header."""
    driver = await _driver_of(session)
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
    out = BytesIO()
    await driver.copy_from_query(str(compiled), output=out, format="csv", header=True)
    return out.getvalue()


async def _driver_of(session: AsyncSession) -> asyncpg.Connection:
    await session.flush()
    connection = await session.connection()
    raw = await connection.get_raw_connection()
    return raw.driver_connection
