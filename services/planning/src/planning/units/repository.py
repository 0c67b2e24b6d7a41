"""Every statement on the copied units."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, any_, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from planning.units.tables import CooperationRow, UnitRow
from shared.reads import json_object

FRESH = ("version", "kind", "code", "name", "valid_until", "heard_at")


async def save_newer_units(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the units or bring them forward; one that is newer here already stays as it is."""
    statement = insert(UnitRow).values(rows)
    fresh = {name: statement.excluded[name] for name in FRESH}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_=fresh, where=UnitRow.version < statement.excluded.version
        )
    )


async def save_newer_cooperation(session: AsyncSession, row: Mapping[str, object]) -> None:
    statement = insert(CooperationRow).values(row)
    fresh = {name: statement.excluded[name] for name in row if name != "id"}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_=fresh, where=CooperationRow.version < statement.excluded.version
        )
    )


async def describe(session: AsyncSession, unit_ids: Collection[UUID]) -> list[dict[str, object]]:
    """Return id, kind, code and name of the units that we know."""
    rows = await session.execute(
        select(UnitRow.id, UnitRow.kind, UnitRow.code, UnitRow.name).where(UnitRow.id.in_(unit_ids))
    )
    return [dict(row) for row in rows.mappings()]


async def cooperating(session: AsyncSession, unit_ids: Collection[UUID], *, on: date) -> set[UUID]:
    """Return which of the units cooperate with the Agency on a day."""
    found = await session.scalars(
        select(CooperationRow.unit_id).where(
            CooperationRow.unit_id.in_(unit_ids),
            CooperationRow.starts_on <= on,
            or_(CooperationRow.ends_on.is_(None), CooperationRow.ends_on >= on),
        )
    )
    return set(found)


def as_json(unit_ids: ColumnElement[object], *, whole: bool = False) -> ColumnElement[object]:
    """Return the units that an array names as JSON, by name: id and name, or kind and code too."""
    shown = {"id": UnitRow.id, "name": UnitRow.name}
    if whole:
        shown = {"id": UnitRow.id, "kind": UnitRow.kind, "code": UnitRow.code, "name": UnitRow.name}
    ordered = aggregate_order_by(json_object(shown), UnitRow.name)
    return (
        select(func.coalesce(func.json_agg(ordered), func.json_build_array()))
        .where(UnitRow.id == any_(unit_ids))
        .correlate_except(UnitRow)
        .scalar_subquery()
    )
