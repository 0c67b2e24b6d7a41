"""What is done with units: register, change, close, tell of changes whose day has come."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from registry.cooperation import repository as cooperations
from registry.units import domain, repository
from registry.units.domain import Details, Unit, UnitAlreadyRegistered, UnitUnknown
from registry.units.places import ParentUnknown, Place
from shared.contracts.registry import UnitKind, UnitRegistered
from shared.errors import expect_version
from shared.transaction import Transaction


async def register_unit(
    tx: Transaction, *, kind: UnitKind, details: Details, valid_from: date, valid_until: date | None
) -> Unit:
    """Raise UnitAlreadyRegistered, IdentifierTaken, or why the codes or the place do not fit."""
    unit, registered = domain.register(
        kind=kind,
        details=details,
        valid_from=valid_from,
        valid_until=valid_until,
        parent=await _parent(tx, details),
        new_id=tx.new_id(),
    )
    if not await repository.add(tx.session, [unit], now=tx.now):
        raise UnitAlreadyRegistered(unit_code=unit.details.code)
    tx.emit(registered)
    return unit


async def change_unit(
    tx: Transaction, id_: UUID, *, expected: int, on: date, amend: Callable[[Details], Details]
) -> Unit:
    """Give the unit another state from a day on; a day to come is told when it comes."""
    before = await _load(tx, id_, expected)
    details = amend(before.details)
    unit = domain.change(before, details, on=on, parent=await _parent(tx, details))
    is_now = on <= tx.today
    await repository.replace_state(
        tx.session, unit, before=before, now=tx.now, told_at=tx.now if is_now else None
    )
    if is_now:
        tx.emit(domain.tell_change(unit))
    return unit


async def close_unit(tx: Transaction, id_: UUID, *, expected: int, last_day: date) -> Unit:
    """End the unit; units that belong to it and cooperations must have ended by then."""
    before = await _load(tx, id_, expected)
    unit, closed = domain.close(
        before,
        told=await repository.told_details(tx.session, id_) or before.details,
        last_day=last_day,
        lasting_parts=await repository.count_parts(tx.session, id_, after=last_day),
        cooperates=await cooperations.lasts_after(tx.session, id_, last_day),
    )
    await repository.save_end(tx.session, unit, now=tx.now)
    tx.emit(closed)
    return unit


async def tell_begun_changes(tx: Transaction) -> None:
    """Tell of changes that were decided in advance and hold from today; a unit held by others comes later."""
    today = tx.today
    for id_ in await repository.units_with_begun_changes(tx.session, today):
        before = await repository.lock(tx.session, id_, if_free=True, begun_by=today)
        if before is not None and await repository.mark_told(tx.session, id_, begun_by=today, now=tx.now):
            unit = replace(before, version=before.version + 1)
            await repository.save_version(tx.session, unit, now=tx.now)
            tx.emit(domain.tell_change(unit))


async def seed_units(tx: Transaction, registrations: Sequence[tuple[Unit, UnitRegistered]]) -> None:
    """Register the units that are not there yet; those that are stay as they were made since."""
    new = await repository.add(tx.session, [unit for unit, _ in registrations], now=tx.now)
    new_ids = {unit.id for unit in new}
    for unit, registered in registrations:
        if unit.id in new_ids:
            tx.emit(registered)


async def _load(tx: Transaction, id_: UUID, expected: int) -> Unit:
    unit = await repository.lock(tx.session, id_)
    if unit is None:
        raise UnitUnknown
    expect_version(expected, unit.version)
    return unit


async def _parent(tx: Transaction, details: Details) -> Place | None:
    if details.parent_id is None:
        return None
    parent = await repository.lock(tx.session, details.parent_id, to_lean_on=True)
    if parent is None:
        raise ParentUnknown(pointer="/parent_id")
    return parent.place
