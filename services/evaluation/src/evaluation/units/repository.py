"""Every statement on the copied units."""

from collections.abc import Mapping, Sequence

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.units.tables import UnitRow


async def save_newer_units(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the units or bring them forward; one that is newer here already stays as it is."""
    statement = insert(UnitRow).values(rows)
    fresh = {name: statement.excluded[name] for name in ("version", "kind", "code", "name", "valid_until")}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_=fresh, where=UnitRow.version < statement.excluded.version
        )
    )
