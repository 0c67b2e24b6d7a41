"""What planning does when an evaluation recommends something."""

from collections.abc import Sequence

from planning.recommendations import use_cases
from shared.contracts.evaluation import RecommendationIssued
from shared.transaction import Transaction


async def keep_recommendations(tx: Transaction, events: Sequence[RecommendationIssued]) -> None:
    """Keep what is recommended: it waits for an answer, and the plan's next revision with it."""
    await use_cases.keep_recommendations(tx, events)
