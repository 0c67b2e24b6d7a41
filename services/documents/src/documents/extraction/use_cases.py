"""Read the text of files, one after another."""

from documents.extraction import repository
from shared.transaction import Transaction


async def ask_for_texts(tx: Transaction) -> None:
    """Queue the files that came since."""
    await repository.ask_for_new_files(tx.session, now=tx.now)
