"""SQL of workbooks: how the municipalities are called of which a comparison speaks."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

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
