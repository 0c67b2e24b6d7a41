"""SQL of the units: one statement however many units there are."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.units.tables import UnitRow
from shared.contracts.registry import UnitChanged, UnitClosed, UnitRegistered


async def save_described(session: AsyncSession, events: Sequence[UnitRegistered | UnitChanged]) -> None:
    """Insert or update; what is known by a later version stays as it is."""
    statement = insert(UnitRow)
    told = statement.excluded
    is_later = told.closing_version > UnitRow.closing_version
    statement = statement.on_conflict_do_update(
        index_elements=[UnitRow.unit_id],
        set_={
            "kind": told.kind,
            "code": told.code,
            "name": told.name,
            "version": told.version,
            "valid_until": case((is_later, told.valid_until), else_=UnitRow.valid_until),
            "closing_version": func.greatest(told.closing_version, UnitRow.closing_version),
        },
        where=told.version > UnitRow.version,
    )
    await session.execute(statement.values([_row(event) for event in events]))


def _row(event: UnitRegistered | UnitChanged) -> dict[str, object]:
    return {
        "unit_id": event.unit_id,
        "kind": event.kind.value,
        "code": event.code,
        "name": event.name,
        "version": event.version,
        "valid_until": event.valid_until,
        "closing_version": event.version,
    }


async def save_closed(session: AsyncSession, event: UnitClosed) -> None:
    """Note the last day of a unit, described or not; a later version's word stays."""
    statement = insert(UnitRow).values(
        unit_id=event.unit_id, version=0, valid_until=event.valid_until, closing_version=event.version
    )
    told = statement.excluded
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[UnitRow.unit_id],
            set_={"valid_until": told.valid_until, "closing_version": told.closing_version},
            where=told.closing_version > UnitRow.closing_version,
        )
    )


async def known_units(session: AsyncSession, unit_ids: Iterable[UUID]) -> frozenset[UUID]:
    found = select(UnitRow.unit_id).where(UnitRow.unit_id.in_(unit_ids), UnitRow.version > 0)
    return frozenset(await session.scalars(found))
