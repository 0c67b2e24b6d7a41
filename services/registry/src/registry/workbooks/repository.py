"""SQL of workbooks: what is in force, and how the municipalities are called of which a comparison speaks."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from registry.exclusion.repository import in_force
from registry.units.tables import UnitStateRow
from shared.reads import Query

_NAMES: Final = (
    select(UnitStateRow.unit_id, UnitStateRow.name)
    .ext(distinct_on(UnitStateRow.unit_id))
    .where(UnitStateRow.unit_id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .order_by(UnitStateRow.unit_id, UnitStateRow.valid_from.desc())
)
NAMES: Final = Query(_NAMES)


async def names(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the latest names of units."""
    return {row.unit_id: row.name for row in await session.execute(_NAMES, {"ids": list(ids)})}


async def municipalities_in_force(session: AsyncSession, year: int) -> int:
    """Return how many municipalities the edition in force of a year has; 0 where there is none."""
    editions = in_force().subquery()
    return await session.scalar(select(editions.c.municipalities).where(editions.c.year == year)) or 0
