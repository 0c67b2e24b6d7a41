"""Every statement on the copied units."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.units.tables import PlacedUnitRow, UnitPlaceRow, UnitRow
from shared.contracts.registry import UnitPlaced


async def save_newer_units(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the units or bring them forward; one that is newer here already stays as it is."""
    statement = insert(UnitRow).values(rows)
    fresh = {name: statement.excluded[name] for name in ("version", "kind", "code", "name", "valid_until")}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_=fresh, where=UnitRow.version < statement.excluded.version
        )
    )


async def save_newer_places(session: AsyncSession, told: Mapping[UUID, UnitPlaced]) -> None:
    """Put the places of units in place of those known; what is newer here already stays as it is."""
    versions = [{"unit_id": unit_id, "version": event.version} for unit_id, event in told.items()]
    statement = insert(PlacedUnitRow).values(sorted(versions, key=lambda row: str(row["unit_id"])))
    newer = await session.scalars(
        statement.on_conflict_do_update(
            index_elements=["unit_id"],
            set_={"version": statement.excluded.version},
            where=PlacedUnitRow.version < statement.excluded.version,
        ).returning(PlacedUnitRow.unit_id)
    )
    fresh = list(newer)
    await session.execute(delete(UnitPlaceRow).where(UnitPlaceRow.unit_id.in_(fresh)))
    rows = [
        {
            "unit_id": unit_id,
            "group_id": place.group_id,
            "valid_from": place.valid_from,
            "valid_until": place.valid_until,
        }
        for unit_id in fresh
        for place in told[unit_id].places
    ]
    if rows:
        await session.execute(insert(UnitPlaceRow).on_conflict_do_nothing(), rows)
