"""What evaluation does when a recommendation is answered."""

from evaluation.recommendations import use_cases
from shared.contracts.planning import RecommendationAnswered
from shared.transaction import Transaction


async def note_answers(tx: Transaction, event: RecommendationAnswered) -> None:
    """Keep the answer, its deadline, and what the town reports as fulfilled."""
    await use_cases.note_answers(tx, event)
