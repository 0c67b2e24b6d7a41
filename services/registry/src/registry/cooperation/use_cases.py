"""What is done with cooperation: start it, agree on its end, conclude what is over."""

from datetime import date
from uuid import UUID

from registry.cooperation import domain, repository
from registry.cooperation.domain import CooperatingUnitUnknown, Cooperation, CooperationUnknown
from registry.units import repository as units
from registry.units.places import Place
from shared.contracts.registry import CooperationRegime
from shared.errors import expect_version
from shared.transaction import Transaction


async def start_cooperation(
    tx: Transaction, *, unit_id: UUID, regime: CooperationRegime, starts_on: date, ends_on: date | None
) -> Cooperation:
    """Lock the unit first: of two requests at once the second sees what the first began."""
    cooperation, started = domain.start(
        Cooperation(
            id=tx.new_id(),
            unit_id=unit_id,
            regime=regime,
            starts_on=starts_on,
            ends_on=ends_on,
            version=1,
            started_at=tx.now,
        ),
        await _lock_unit(tx, unit_id),
        await repository.of_unit(tx.session, unit_id),
    )
    await repository.add(tx.session, cooperation)
    tx.emit(started)
    return cooperation


async def end_cooperation(tx: Transaction, id_: UUID, *, expected: int, on: date) -> Cooperation:
    """Agree on the last day. If it has come the cooperation ends now, otherwise when it is over."""
    unit_id = await repository.unit_of(tx.session, id_)
    if unit_id is None:
        raise CooperationUnknown
    unit = await _lock_unit(tx, unit_id)
    of_unit = await repository.of_unit(tx.session, unit_id)
    cooperation = next(each for each in of_unit if each.id == id_)
    expect_version(expected, cooperation.version)
    agreed, told = domain.end(cooperation, on, unit=unit, others=of_unit, today=tx.today, now=tx.now)
    await repository.save(tx.session, agreed)
    tx.emit(told)
    return agreed


async def conclude_expired(tx: Transaction) -> None:
    """End the cooperations whose last agreed day is over; those of a unit held by others come later."""
    today = tx.today
    for unit_id in await repository.units_with_expired(tx.session, today):
        if await units.lock(tx.session, unit_id, if_free=True) is None:
            continue
        for cooperation in await repository.of_unit(tx.session, unit_id):
            concluded = domain.conclude(cooperation, today=today, now=tx.now)
            if concluded is not None:
                await repository.save(tx.session, concluded[0])
                tx.emit(concluded[1])


async def _lock_unit(tx: Transaction, unit_id: UUID) -> Place:
    unit = await units.lock(tx.session, unit_id)
    if unit is None:
        raise CooperatingUnitUnknown(pointer="/unit_id")
    return unit.place
