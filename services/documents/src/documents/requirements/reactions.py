"""What happens here when a cooperation or a plan begins, goes on and ends."""

from documents.requirements import use_cases
from shared.contracts.intake import CooperationDescribed, MemorandumConcluded
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.contracts.registry import CooperationChanged, CooperationEnded, CooperationStarted
from shared.transaction import Transaction


async def follow_cooperation(tx: Transaction, event: CooperationStarted | CooperationChanged) -> None:
    await use_cases.follow_cooperation(tx, event)


async def end_cooperation(tx: Transaction, event: CooperationEnded) -> None:
    await use_cases.end_cooperation(tx, event)


async def note_memorandum(tx: Transaction, event: MemorandumConcluded) -> None:
    await use_cases.note_memorandum(tx, event)


async def note_description(tx: Transaction, event: CooperationDescribed) -> None:
    await use_cases.note_description(tx, event)


async def follow_plan(tx: Transaction, event: PlanApproved) -> None:
    await use_cases.follow_plan(tx, event)


async def end_plan(tx: Transaction, event: PlanClosed) -> None:
    await use_cases.end_plan(tx, event)
