"""What planning does when the registry publishes what its evidence cites."""

from planning.evidence import checking_use_cases as checking
from planning.evidence.checking_use_cases import Answers
from shared.contracts.registry import FiguresPublished, IndexPublished
from shared.reactions import prepare
from shared.transaction import Transaction


@prepare(checking.fetch_figures)
async def recheck_figures(tx: Transaction, event: FiguresPublished, answers: Answers) -> None:
    """Judge by the answers; vintages are numbered as they come, so the registry is at least that far."""
    await checking.recheck(tx, checking.parts_until(event), answers, at_least=event.vintage_id)


@prepare(checking.fetch_index)
async def recheck_index(tx: Transaction, event: IndexPublished, answers: Answers) -> None:
    await checking.recheck(tx, checking.year_until(event), answers)
