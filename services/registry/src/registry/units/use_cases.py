"""What is done with units: register, change, close, tell of changes whose day has come."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from registry.cooperation import repository as cooperations
from registry.memberships import line_repository
from registry.units import domain, history_repository, repository
from registry.units.domain import Details, Unit, UnitAlreadyRegistered, UnitUnknown
from registry.units.places import ParentUnknown, Place
from registry.units.timeline import History
from shared.contracts.registry import UnitKind, UnitRegistered
from shared.errors import expect_version
from shared.transaction import Transaction


async def register_unit(
    tx: Transaction, *, kind: UnitKind, details: Details, valid_from: date, valid_until: date | None
) -> Unit:
    """Register a unit, a unit established again, or one that takes over a code that another gave up.

    Raises UnitAlreadyRegistered, IdentifierTaken, or why the codes or the place do not fit.
    """
    await history_repository.write_beside_others(tx.session)
    unit, registered = domain.register(
        kind=kind,
        details=details,
        valid_from=valid_from,
        valid_until=valid_until,
        parent=await _parent(tx, details),
        new_id=tx.new_id(),
    )
    if await repository.add(tx.session, [unit], now=tx.now):
        tx.emit(registered)
        return unit
    bearer = await repository.lock(tx.session, unit.id)
    if bearer is not None and bearer.details.code != unit.details.code:
        heir = replace(unit, id=tx.new_id())
        await repository.add(tx.session, [heir], now=tx.now)
        tx.emit(replace(registered, unit_id=heir.id))
        return heir
    return await _establish_again(tx, unit, bearer)


async def _establish_again(tx: Transaction, unit: Unit, before: Unit | None) -> Unit:
    """Let a unit that was closed exist again: the same unit, which did not exist in between."""
    if before is None or before.valid_until is None or unit.valid_from <= before.valid_until:
        raise UnitAlreadyRegistered(unit_code=unit.details.code)
    again = replace(unit, valid_from=before.valid_from, version=before.version + 1)
    is_now = again.state_from <= tx.today
    await repository.save_next_life(tx.session, again, now=tx.now, told_at=tx.now if is_now else None)
    if is_now:
        tx.emit(domain.tell_change(again))
    return again


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
    """End the unit and its memberships; units that belong to it and cooperations must have ended by then."""
    before = await _load(tx, id_, expected)
    unit, closed = domain.close(
        before,
        told=await repository.told_details(tx.session, id_) or before.details,
        last_day=last_day,
        lasting_parts=await repository.count_parts(tx.session, id_, after=last_day),
        cooperates=await cooperations.lasts_after(tx.session, id_, last_day),
    )
    await repository.save_end(tx.session, unit, now=tx.now)
    await line_repository.end_with_units(tx.session, {id_: last_day})
    tx.emit(closed)
    return unit


async def tell_begun_changes(tx: Transaction) -> None:
    """Tell of changes that were decided in advance and hold from today; a unit held by others comes later."""
    await history_repository.write_beside_others(tx.session)
    today = tx.today
    for id_ in await repository.units_with_begun_changes(tx.session, today):
        before = await repository.lock(tx.session, id_, if_free=True, begun_by=today)
        if before is not None and await repository.mark_told(tx.session, id_, begun_by=today, now=tx.now):
            unit = replace(before, version=before.version + 1)
            await repository.save_version(tx.session, unit, now=tx.now)
            tx.emit(domain.tell_change(unit))


async def register_missing(
    tx: Transaction, registrations: Sequence[tuple[Unit, UnitRegistered]]
) -> list[Unit]:
    """Register the units that are not there yet and return them; parents come before their children.

    Those that are there stay as they were made since. Thousands at once; raises IdentifierTaken.
    """
    await history_repository.write_alone(tx.session)
    known = await history_repository.known_ids(tx.session, [unit.id for unit, _ in registrations])
    new = {unit.id: (unit, told) for unit, told in registrations if unit.id not in known}
    histories = [History.of(unit, told_at=tx.now) for unit, _ in new.values()]
    await history_repository.add(tx.session, histories, now=tx.now)
    for _, registered in new.values():
        tx.emit(registered)
    return [unit for unit, _ in new.values()]


async def _load(tx: Transaction, id_: UUID, expected: int) -> Unit:
    await history_repository.write_beside_others(tx.session)
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
