"""What planning does when evaluation has set up what an approved plan needs."""

from planning.plans import use_cases
from shared.contracts.evaluation import EvaluationsScheduled, MonitoringSetUp
from shared.transaction import Transaction


async def note_monitoring(tx: Transaction, event: MonitoringSetUp) -> None:
    await use_cases.note_what_stands(tx, event.plan_id, monitored=event.revision)


async def note_evaluations(tx: Transaction, event: EvaluationsScheduled) -> None:
    await use_cases.note_what_stands(tx, event.plan_id, evaluated=event.revision)
