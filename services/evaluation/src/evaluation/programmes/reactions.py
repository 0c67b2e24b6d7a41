"""What happens here when a document is published or withdrawn."""

from collections.abc import Sequence

from evaluation.programmes import use_cases
from shared.contracts.documents import DocumentPublished, DocumentWithdrawn
from shared.transaction import Transaction


async def count_deliverable(tx: Transaction, events: Sequence[DocumentPublished]) -> None:
    await use_cases.count_deliverables(tx, events)


async def withdraw_deliverable(tx: Transaction, events: Sequence[DocumentWithdrawn]) -> None:
    await use_cases.withdraw_deliverables(tx, events)
