"""What happens here when registry tells of its units."""

from collections.abc import Sequence

from documents.units import use_cases
from shared.contracts.registry import UnitChanged, UnitClosed, UnitRegistered
from shared.transaction import Transaction


async def copy_registered_units(tx: Transaction, events: Sequence[UnitRegistered]) -> None:
    await use_cases.copy_units(tx, events)


async def copy_changed_unit(tx: Transaction, event: UnitChanged) -> None:
    await use_cases.copy_units(tx, [event])


async def close_unit(tx: Transaction, event: UnitClosed) -> None:
    await use_cases.note_closing(tx, event)
