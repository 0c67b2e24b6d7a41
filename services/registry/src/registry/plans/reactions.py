"""What registry does when planning tells of approved plans."""

from collections.abc import Sequence

from registry.plans import repository
from shared.contracts.planning import ImplementationStarted, PlanApproved, PlanClosed
from shared.transaction import Transaction

_STATES = {
    PlanApproved.type: "approved",
    ImplementationStarted.type: "in-implementation",
    PlanClosed.type: "closed",
}


async def copy_plans(
    tx: Transaction, events: Sequence[PlanApproved | ImplementationStarted | PlanClosed]
) -> None:
    """Keep the newest approval and the newest state of each plan: one statement cannot write a row twice."""
    in_order = sorted(events, key=lambda event: event.version)
    approvals = {event.plan_id: event for event in in_order if isinstance(event, PlanApproved)}
    if approvals:
        await repository.save_newer_approvals(
            tx.session, [_state(event) | _approval(event) for event in approvals.values()]
        )
    states = {event.plan_id: event for event in in_order}
    await repository.save_newer_states(tx.session, [_state(event) for event in states.values()])


def _approval(event: PlanApproved) -> dict[str, object]:
    return {
        "approved_version": event.version,
        "kind": event.kind,
        "title": event.title,
        "valid_from": event.valid_from,
        "valid_until": event.valid_until,
        "body": event.body,
        "approved_on": event.approved_on,
        "resolution_number": event.resolution_number,
    }


def _state(event: PlanApproved | ImplementationStarted | PlanClosed) -> dict[str, object]:
    return {
        "id": event.plan_id,
        "told_version": event.version,
        "state": _STATES[event.type],
        "closed_on": event.closed_on if isinstance(event, PlanClosed) else None,
        "approved_version": 0,
        "unit_ids": list(event.unit_ids),
        "revision": event.revision,
    }
