"""What planning does when registry tells of units and their cooperation."""

from collections.abc import Sequence
from datetime import date

from planning.units import repository
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationStarted,
    UnitChanged,
    UnitClosed,
    UnitRegistered,
)
from shared.transaction import Transaction


async def copy_units(tx: Transaction, events: Sequence[UnitRegistered | UnitChanged | UnitClosed]) -> None:
    """Keep the newest word on each unit: one statement cannot write a row twice."""
    newest = {event.unit_id: event for event in sorted(events, key=lambda event: event.version)}
    rows = [{**_row(event), "heard_at": tx.now} for event in newest.values()]
    await repository.save_newer_units(tx.session, rows)


async def allow_plans(tx: Transaction, event: CooperationStarted | CooperationChanged) -> None:
    await repository.save_newer_cooperation(
        tx.session, _cooperation(event, starts_on=event.starts_on, ends_on=event.ends_on)
    )


async def disallow_plans(tx: Transaction, event: CooperationEnded) -> None:
    """End the cooperation: no new drafts; what the council approved goes on."""
    await repository.save_newer_cooperation(
        tx.session, _cooperation(event, starts_on=date.min, ends_on=event.ended_on)
    )


def _row(event: UnitRegistered | UnitChanged | UnitClosed) -> dict[str, object]:
    return {
        "id": event.unit_id,
        "version": event.version,
        "kind": event.kind,
        "code": event.code,
        "name": event.name,
        "valid_until": event.valid_until,
    }


def _cooperation(
    event: CooperationStarted | CooperationChanged | CooperationEnded,
    *,
    starts_on: date,
    ends_on: date | None,
) -> dict[str, object]:
    return {
        "id": event.cooperation_id,
        "version": event.version,
        "unit_id": event.unit_id,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
