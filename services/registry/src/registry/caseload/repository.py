"""SQL of the caseload."""

from collections.abc import Collection
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.caseload.tables import AssignmentRow
from shared.reads import Query

_KEYS = (AssignmentRow.__table__.c.starts_on, AssignmentRow.__table__.c.id)


@cache
def assignments(*, of_unit: bool) -> Query:
    found = select(*AssignmentRow.__table__.c)
    if of_unit:
        found = found.where(AssignmentRow.unit_id == bindparam("unit_id"))
    return Query(found, keys=_KEYS, descending=True)


async def assigned(
    session: AsyncSession, unit_ids: Collection[UUID], day: date
) -> dict[UUID, frozenset[str]]:
    """Return the persons assigned on the day, for each unit asked for."""
    rows = await session.execute(
        select(AssignmentRow.unit_id, AssignmentRow.person).where(
            AssignmentRow.unit_id.in_(unit_ids),
            AssignmentRow.starts_on <= day,
            or_(AssignmentRow.ends_on.is_(None), AssignmentRow.ends_on >= day),
        )
    )
    found: dict[UUID, set[str]] = {unit_id: set() for unit_id in unit_ids}
    for unit_id, person in rows:
        found[unit_id].add(person)
    return {unit_id: frozenset(persons) for unit_id, persons in found.items()}
