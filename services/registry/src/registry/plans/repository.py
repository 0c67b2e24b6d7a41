"""SQL of copied plans."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.plans.tables import PlanRow
from shared.reads import Query

_APPROVAL: Final = (
    *("approved_version", "unit_ids", "revision", "kind", "title", "valid_from", "valid_until", "body"),
    *("approved_on", "resolution_number"),
)
_STATE: Final = ("told_version", "state", "closed_on")

OF_UNIT: Final = Query(
    select(
        PlanRow.id,
        PlanRow.kind,
        PlanRow.title,
        PlanRow.state,
        PlanRow.revision,
        PlanRow.valid_from,
        PlanRow.valid_until,
        PlanRow.body,
        PlanRow.approved_on,
        PlanRow.resolution_number,
        PlanRow.closed_on,
    )
    .where(PlanRow.unit_ids.contains(array([bindparam("unit_id", type_=Uuid)])), PlanRow.approved_version > 0)
    .order_by(PlanRow.approved_on.desc(), PlanRow.id)
)
"""The approved plans of a unit (`unit_id`), those approved last first."""


async def save_newer_approvals(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the plans or bring their approvals forward; a newer one that is here already stays."""
    statement = insert(PlanRow).values(rows)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={name: statement.excluded[name] for name in _APPROVAL},
            where=PlanRow.approved_version < statement.excluded.approved_version,
        )
    )


async def save_newer_states(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the plans or bring their states forward; a newer one that is here already stays."""
    statement = insert(PlanRow).values(rows)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={name: statement.excluded[name] for name in _STATE},
            where=PlanRow.told_version < statement.excluded.told_version,
        )
    )
