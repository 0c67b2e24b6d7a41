"""What evaluation does when registry tells of its units."""

from collections.abc import Sequence

from evaluation.units import repository
from shared.contracts.registry import UnitChanged, UnitClosed, UnitPlaced, UnitRegistered
from shared.transaction import Transaction


async def copy_units(tx: Transaction, events: Sequence[UnitRegistered | UnitChanged | UnitClosed]) -> None:
    """Keep the newest word on each unit: one statement cannot write a row twice."""
    newest = {event.unit_id: event for event in sorted(events, key=lambda event: event.version)}
    await repository.save_newer_units(tx.session, [_row(event) for event in newest.values()])


async def place_units(tx: Transaction, events: Sequence[UnitPlaced]) -> None:
    """Keep the newest word on where each unit lies."""
    newest = {event.unit_id: event for event in sorted(events, key=lambda event: event.version)}
    await repository.save_newer_places(tx.session, newest)


def _row(event: UnitRegistered | UnitChanged | UnitClosed) -> dict[str, object]:
    return {
        "id": event.unit_id,
        "version": event.version,
        "kind": event.kind,
        "code": event.code,
        "name": event.name,
        "valid_until": event.valid_until,
    }
