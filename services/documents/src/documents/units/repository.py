"""Every statement on the copied units."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.units.tables import UnitRow


async def save_newer_units(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the units or bring them forward; one that is newer here already stays as it is."""
    statement = insert(UnitRow).values(rows)
    fresh = {name: statement.excluded[name] for name in ("version", "kind", "code", "name", "valid_until")}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_=fresh, where=UnitRow.version < statement.excluded.version
        )
    )


async def known_units(session: AsyncSession, unit_ids: Iterable[UUID]) -> frozenset[UUID]:
    return frozenset(await session.scalars(select(UnitRow.id).where(UnitRow.id.in_(unit_ids))))
