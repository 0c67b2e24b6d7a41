"""What evaluation does when planning tells of measures and of how they go."""

from evaluation.measures import repository
from shared.contracts.measures import MeasureStateChanged
from shared.contracts.planning import PlanApproved
from shared.transaction import Transaction


async def note_measures(tx: Transaction, event: PlanApproved) -> None:
    """Keep the measures of the approved revision: reports tell their states."""
    await repository.keep_measures(tx.session, event)


async def note_measure_state(tx: Transaction, event: MeasureStateChanged) -> None:
    await repository.keep_word(tx, event)
