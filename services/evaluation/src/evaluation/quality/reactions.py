"""What happens here when a cooperation is described."""

from evaluation.quality import use_cases
from shared.contracts.intake import CooperationDescribed
from shared.transaction import Transaction


async def lock_baseline(tx: Transaction, event: CooperationDescribed) -> None:
    await use_cases.lock_baseline(tx, event)
