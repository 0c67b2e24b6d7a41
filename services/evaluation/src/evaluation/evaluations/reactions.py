"""What happens here when planning approves or closes a plan."""

from evaluation.evaluations import use_cases
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.transaction import Transaction


async def schedule_evaluations(tx: Transaction, event: PlanApproved) -> None:
    await use_cases.schedule_evaluations(tx, event)


async def cancel_evaluations(tx: Transaction, event: PlanClosed) -> None:
    await use_cases.cancel_evaluations(tx, event)
