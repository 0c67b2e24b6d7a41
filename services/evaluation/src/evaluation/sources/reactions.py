"""What evaluation does when the registry publishes figures that values were taken from."""

from collections.abc import Mapping

from evaluation.sources import checking_use_cases as checking
from evaluation.sources.checking_use_cases import Answer
from shared.contracts.registry import FiguresPublished
from shared.reactions import prepare
from shared.transaction import Transaction


@prepare(checking.fetch_figures)
async def recheck_figures(tx: Transaction, event: FiguresPublished, answers: Mapping[str, Answer]) -> None:
    await checking.recheck(tx, event, answers)
