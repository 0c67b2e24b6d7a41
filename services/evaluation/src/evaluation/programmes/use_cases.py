"""Count what the programme has delivered."""

from evaluation.programmes import repository
from shared.contracts.documents import DocumentPublished
from shared.transaction import Transaction


async def count_deliverable(tx: Transaction, event: DocumentPublished) -> None:
    await repository.add_deliverable(tx.session, event, now=tx.now)
