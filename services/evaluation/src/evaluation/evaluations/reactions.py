"""What happens here when planning approves or closes a plan, and registry tells of cooperations."""

from evaluation.evaluations import use_cases
from shared.contracts.intake import CooperationDescribed
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.contracts.registry import CooperationChanged, CooperationEnded, CooperationStarted
from shared.transaction import Transaction


async def schedule_evaluations(tx: Transaction, event: PlanApproved) -> None:
    await use_cases.schedule_evaluations(tx, event)


async def cancel_evaluations(tx: Transaction, event: PlanClosed) -> None:
    await use_cases.cancel_evaluations(tx, event)


async def schedule_studies(
    tx: Transaction, event: CooperationStarted | CooperationChanged | CooperationEnded
) -> None:
    """Put the analyses that a cooperation asks for into the calendar, move them, call them off."""
    await use_cases.schedule_studies(tx, event)


async def note_description(tx: Transaction, event: CooperationDescribed) -> None:
    """Keep the themes that both parties agreed on: reports tell them."""
    await use_cases.note_description(tx, event)
