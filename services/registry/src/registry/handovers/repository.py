"""SQL of handovers: which are missing, and one as it is decided on."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Date, Row, bindparam, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.caseload.repository import cooperates
from registry.handovers.domain import Handover
from registry.handovers.pack import Pack
from registry.handovers.tables import ElectionRow, HandoverRow
from registry.units.repository import named_on
from registry.units.tables import UnitRow, UnitStateRow
from shared.canonical import plain
from shared.stored import from_row

_STORED: Final = tuple(column for column in HandoverRow.__table__.c if column.key != "pack")


async def without_handover(
    session: AsyncSession, election_ids: Collection[UUID], day: date
) -> Sequence[Row[UUID, UUID, str, str | None]]:
    """Return election, unit, its kind and code for units that cooperate and have no handover yet.

    After an election only units that cooperated with the leadership before it have anything to hand over.
    """
    there = exists().where(HandoverRow.unit_id == UnitRow.id, HandoverRow.election_id == ElectionRow.id)
    on = bindparam("day", day, type_=Date)
    missing = (
        select(ElectionRow.id, UnitRow.id, UnitRow.kind, UnitStateRow.code)
        .select_from(ElectionRow)
        .join(UnitRow, cooperates(UnitRow.__table__.c.id, on))
        .join(UnitStateRow, (UnitStateRow.unit_id == UnitRow.id) & named_on(UnitStateRow, on))
        .where(
            ElectionRow.id.in_(election_ids),
            cooperates(UnitRow.__table__.c.id, func.least(on, ElectionRow.last_on)),
            ~there,
        )
        .order_by(UnitRow.id, ElectionRow.id)
    )
    return (await session.execute(missing)).all()


async def add(session: AsyncSession, handovers: Collection[Handover]) -> set[UUID]:
    """Insert those that another worker has not opened meanwhile, and return their ids."""
    if not handovers:
        return set()
    statement = insert(HandoverRow).on_conflict_do_nothing().returning(HandoverRow.id)
    return set(await session.scalars(statement, [_plain(each) for each in handovers]))


async def lock(session: AsyncSession, handover_id: UUID) -> Handover | None:
    """Load a handover for a decision; whoever decides next on it waits."""
    statement = select(*_STORED).where(HandoverRow.id == handover_id).with_for_update()
    row = (await session.execute(statement)).one_or_none()
    return from_row(Handover, row._asdict()) if row else None


async def save(session: AsyncSession, handover: Handover, pack: Pack | None = None) -> None:
    values = _plain(handover)
    if pack is not None:
        values["pack"] = plain(pack)
    await session.execute(update(HandoverRow).where(HandoverRow.id == handover.id).values(values))


async def unit_name(session: AsyncSession, unit_id: UUID, day: date) -> str:
    """Return how the unit is named on the day, or by its latest name before."""
    on = bindparam("day", day, type_=Date)
    name = select(UnitStateRow.name).where(UnitStateRow.unit_id == unit_id, named_on(UnitStateRow, on))
    return (await session.scalars(name)).one()


async def load(session: AsyncSession, handover_id: UUID) -> Handover | None:
    row = (await session.execute(select(*_STORED).where(HandoverRow.id == handover_id))).one_or_none()
    return from_row(Handover, row._asdict()) if row else None


async def frozen_pack(session: AsyncSession, handover_id: UUID) -> dict[str, object] | None:
    """Return what was handed over, None where it has not been yet."""
    return await session.scalar(select(HandoverRow.pack).where(HandoverRow.id == handover_id))


def _plain(handover: Handover) -> dict[str, object]:
    """Return the columns; days stay days, what is nested becomes JSON."""
    nested = {"items": handover.items, "meeting": handover.meeting, "signatures": handover.signatures}
    single = {field.name: getattr(handover, field.name) for field in fields(handover)}
    return {**single, **{name: plain(value) for name, value in nested.items()}}
