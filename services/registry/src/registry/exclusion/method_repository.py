"""SQL of methods: enacted once, never changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.exclusion.definition import definition_of, digest_of, method_of
from registry.exclusion.method import Method
from registry.exclusion.tables import IndexMethodRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMethod:
    method: Method
    digest: str


async def methods(session: AsyncSession, codes: Collection[str] | None = None) -> list[StoredMethod]:
    """Return the methods, those first that were enacted first."""
    rows = select(IndexMethodRow).order_by(IndexMethodRow.enacted_at, IndexMethodRow.code)
    if codes is not None:
        rows = rows.where(IndexMethodRow.code.in_(codes))
    found = await session.scalars(rows)
    return [
        StoredMethod(method=method_of(row.definition), digest=row.digest)  # type: ignore[arg-type]
        for row in found
    ]


async def add_method(session: AsyncSession, method: Method, *, by: str, at: datetime) -> bool:
    """Store a method; return whether there was none of that code."""
    statement = insert(IndexMethodRow).values(
        code=method.code,
        definition=definition_of(method),
        digest=digest_of(method),
        first_year=method.first_year,
        last_year=method.last_year,
        enacted_by=by,
        enacted_at=at,
    )
    added = statement.on_conflict_do_nothing().returning(IndexMethodRow.code)
    return await session.scalar(added) is not None
