"""What happens here when a document is published."""

from evaluation.programmes import use_cases
from shared.contracts.documents import DocumentPublished
from shared.transaction import Transaction


async def count_deliverable(tx: Transaction, event: DocumentPublished) -> None:
    await use_cases.count_deliverable(tx, event)
