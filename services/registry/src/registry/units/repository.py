"""SQL of the units: locks before decisions, states in time, nothing row by row."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Row,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.units.codes import MunicipalityStatus
from registry.units.domain import Details, IdentifierTaken, Unit
from registry.units.tables import UnitRow, UnitStateRow
from shared.contracts.registry import UnitKind
from shared.names import search_text, sort_key
from shared.reads import Query

UNIT_COLUMNS = (
    UnitRow.id,
    UnitRow.kind,
    UnitStateRow.code,
    UnitStateRow.name,
    UnitStateRow.parent_id,
    UnitStateRow.csu_code,
    UnitStateRow.ruian_code,
    UnitStateRow.ico,
    UnitStateRow.data_box,
    UnitStateRow.status,
    UnitRow.valid_from,
    UnitRow.valid_until,
    UnitStateRow.valid_from.label("state_from"),
    UnitRow.version,
)
_UNITS = select(*UNIT_COLUMNS).join(UnitStateRow, UnitStateRow.unit_id == UnitRow.id)


_DAY = bindparam("day", type_=Date)


def holds_on(day: BindParameter[date]) -> ColumnElement[bool]:
    lasts = or_(UnitStateRow.valid_until.is_(None), UnitStateRow.valid_until >= day)
    return (UnitStateRow.valid_from <= day) & lasts


def named_on(state: type[UnitStateRow], day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return whether a state names its unit on a day: it holds then, or is the last of a unit that ended.

    For what was published of a unit: it stays when the unit is closed back in time.
    """
    later = aliased(UnitStateRow)
    goes_on = exists().where(
        later.unit_id == state.unit_id, later.valid_from > state.valid_from, later.valid_from <= day
    )
    lasts = or_(state.valid_until.is_(None), state.valid_until >= day, ~goes_on.correlate(state))
    return (state.valid_from <= day) & lasts


ONE_ON_A_DAY = Query(_UNITS.where(UnitRow.id == bindparam("unit_id"), holds_on(_DAY)), version="version")
ONE_AT_PRESENT = Query(
    _UNITS.where(UnitRow.id == bindparam("unit_id"))
    .order_by((UnitStateRow.valid_from <= _DAY).desc(), func.abs(UnitStateRow.valid_from - _DAY))
    .limit(1),
    version="version",
)
"""The state on the day; after the end the last one, before the beginning the first."""


async def lock(
    session: AsyncSession,
    unit_id: UUID,
    *,
    to_lean_on: bool = False,
    if_free: bool = False,
    begun_by: date = date.max,
) -> Unit | None:
    """Load a unit with its latest state begun by a day, for a decision; whoever decides next on it waits.

    `to_lean_on` locks it only against being changed or closed, for those that will refer to it.
    `if_free` does not wait for others that hold it: whoever locks many units would wait in a circle.
    Two statements: the second sees what those transactions wrote for whose end the first had to wait.
    """
    row = select(UnitRow.id).where(UnitRow.id == unit_id)
    row = row.with_for_update(read=to_lean_on, key_share=not to_lean_on, skip_locked=if_free)
    if await session.scalar(row) is None:
        return None
    begun = _UNITS.where(UnitRow.id == unit_id, UnitStateRow.valid_from <= begun_by)
    latest = begun.order_by(UnitStateRow.valid_from.desc()).limit(1)
    return _unit((await session.execute(latest)).one())


async def told_details(session: AsyncSession, unit_id: UUID) -> Details | None:
    """Return what was told of a unit last, or None where its only state was corrected before it began."""
    told = _UNITS.where(UnitRow.id == unit_id, UnitStateRow.told_at.is_not(None))
    found = (await session.execute(told.order_by(UnitStateRow.valid_from.desc()).limit(1))).one_or_none()
    return _unit(found).details if found else None


async def count_parts(session: AsyncSession, unit_id: UUID, *, after: date) -> int:
    """Count the units that belong to the unit on any day after `after`."""
    parts = select(func.count(UnitStateRow.unit_id.distinct())).where(
        UnitStateRow.parent_id == unit_id,
        or_(UnitStateRow.valid_until.is_(None), UnitStateRow.valid_until > after),
    )
    return await session.scalar(parts) or 0


async def add(session: AsyncSession, units: Sequence[Unit], *, now: datetime) -> list[Unit]:
    """Insert those that are not there yet and return them, in the order given.

    Raises IdentifierTaken where a code or an IČO belongs to another unit at the same time.
    """
    rows = [
        {
            "id": unit.id,
            "kind": unit.kind.value,
            "valid_from": unit.valid_from,
            "valid_until": unit.valid_until,
            "version": unit.version,
            "registered_at": now,
            "changed_at": now,
        }
        for unit in units
    ]
    statement = insert(UnitRow).on_conflict_do_nothing().returning(UnitRow.id)
    new_ids = set(await session.scalars(statement, rows)) if rows else set()
    new = [unit for unit in units if unit.id in new_ids]
    await _add_states(session, new, told_at=now)
    return new


async def replace_state(
    session: AsyncSession, unit: Unit, *, before: Unit, now: datetime, told_at: datetime | None
) -> None:
    """Put the new state after the latest one, or in its place when both begin on the same day."""
    latest = (UnitStateRow.unit_id == unit.id, UnitStateRow.valid_from == before.state_from)
    if unit.state_from == before.state_from:
        await session.execute(delete(UnitStateRow).where(*latest))
    else:
        last_day = unit.state_from - timedelta(days=1)
        await session.execute(update(UnitStateRow).where(*latest).values(valid_until=last_day))
    await _add_states(session, [unit], told_at=told_at)
    await save_version(session, unit, now=now)


async def save_end(session: AsyncSession, unit: Unit, *, now: datetime) -> None:
    latest = (UnitStateRow.unit_id == unit.id, UnitStateRow.valid_from == unit.state_from)
    await session.execute(update(UnitStateRow).where(*latest).values(valid_until=unit.valid_until))
    await save_version(session, unit, now=now)


async def save_next_life(
    session: AsyncSession, unit: Unit, *, now: datetime, told_at: datetime | None
) -> None:
    """Add a state after the unit's end; between the two it did not exist."""
    await _add_states(session, [unit], told_at=told_at)
    await save_version(session, unit, now=now)


async def save_version(session: AsyncSession, unit: Unit, *, now: datetime) -> None:
    await session.execute(
        update(UnitRow)
        .where(UnitRow.id == unit.id)
        .values(valid_until=unit.valid_until, version=unit.version, changed_at=now)
    )


async def units_with_begun_changes(session: AsyncSession, today: date) -> Sequence[UUID]:
    """Return the units whose changes were decided in advance, hold by now and were not told."""
    begun = select(UnitStateRow.unit_id).distinct().where(_is_untold(today))
    in_order = begun.order_by(UnitStateRow.unit_id).limit(1000)
    return (await session.scalars(in_order)).all()


async def mark_told(session: AsyncSession, unit_id: UUID, *, begun_by: date, now: datetime) -> bool:
    """Return whether anything was still to be told: another worker may have been first."""
    marked = (
        update(UnitStateRow)
        .where(UnitStateRow.unit_id == unit_id, _is_untold(begun_by))
        .values(told_at=now)
        .returning(UnitStateRow.unit_id)
    )
    return bool((await session.scalars(marked)).all())


def _is_untold(today: date) -> ColumnElement[bool]:
    return UnitStateRow.told_at.is_(None) & (UnitStateRow.valid_from <= today)


async def _add_states(session: AsyncSession, units: Sequence[Unit], *, told_at: datetime | None) -> None:
    if not units:
        return
    statement = insert(UnitStateRow).on_conflict_do_nothing().returning(UnitStateRow.unit_id)
    added = await session.scalars(statement, [_state(unit, told_at) for unit in units])
    if len(added.all()) < len(units):
        raise IdentifierTaken


def _state(unit: Unit, told_at: datetime | None) -> dict[str, object]:
    details = unit.details
    return {
        "unit_id": unit.id,
        "valid_from": unit.state_from,
        "valid_until": unit.valid_until,
        "kind": unit.kind.value,
        "code": details.code,
        "name": details.name,
        "sort_key": sort_key(details.name),
        "search_text": search_text(details.name),
        "parent_id": details.parent_id,
        "csu_code": details.csu_code,
        "ruian_code": details.ruian_code,
        "ico": details.ico,
        "data_box": details.data_box,
        "status": details.status.value if details.status else None,
        "told_at": told_at,
    }


def _unit(row: Row[*tuple[object, ...]]) -> Unit:
    return Unit(
        id=row.id,
        kind=UnitKind(row.kind),
        version=row.version,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state_from=row.state_from,
        details=Details(
            name=row.name,
            code=row.code,
            parent_id=row.parent_id,
            csu_code=row.csu_code,
            ruian_code=row.ruian_code,
            ico=row.ico,
            data_box=row.data_box,
            status=MunicipalityStatus(row.status) if row.status else None,
        ),
    )
