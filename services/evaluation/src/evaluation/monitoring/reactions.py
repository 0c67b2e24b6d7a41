"""What happens here when planning approves or closes a plan."""

from evaluation.monitoring import use_cases
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.transaction import Transaction


async def set_up_monitoring(tx: Transaction, event: PlanApproved) -> None:
    await use_cases.set_up_monitoring(tx, event)


async def stop_monitoring(tx: Transaction, event: PlanClosed) -> None:
    await use_cases.stop_monitoring(tx, event)
