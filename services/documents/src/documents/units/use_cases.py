"""Keep the copy of registry's units."""

from collections.abc import Sequence

from documents.units import repository
from shared.contracts.registry import UnitChanged, UnitClosed, UnitRegistered
from shared.transaction import Transaction


async def copy_units(tx: Transaction, events: Sequence[UnitRegistered | UnitChanged]) -> None:
    """Take the latest word on each unit; one upsert cannot touch a row twice."""
    latest = {event.unit_id: event for event in sorted(events, key=lambda event: event.version)}
    if latest:
        await repository.save_described(tx.session, list(latest.values()))


async def note_closing(tx: Transaction, event: UnitClosed) -> None:
    await repository.save_closed(tx.session, event)
