"""SQL of workbooks: how the municipalities are called of which a comparison speaks."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from registry.units.tables import UnitStateRow


async def names(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the latest names of units."""
    rows = await session.execute(
        select(UnitStateRow.unit_id, UnitStateRow.name)
        .ext(distinct_on(UnitStateRow.unit_id))
        .where(UnitStateRow.unit_id.in_(ids))
        .order_by(UnitStateRow.unit_id, UnitStateRow.valid_from.desc())
    )
    return {row.unit_id: row.name for row in rows}
