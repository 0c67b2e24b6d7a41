"""Tell where units lie, whenever that is not what was told: every way of writing units ends here."""

from registry.placing import repository
from shared.contracts.registry import UnitPlaced
from shared.transaction import Transaction


async def tell_places(tx: Transaction) -> None:
    """Tell all places in time of each unit whose parents or groups changed; also of what was never told."""
    await repository.hold(tx.session)
    for placed in await repository.take_changed(tx.session):
        tx.emit(UnitPlaced(unit_id=placed.unit_id, version=placed.version, places=placed.places))
