"""What is done with imports: one at a time, each leaves a record."""

from uuid import UUID

from registry.imports import repository
from registry.imports.domain import ImportRun
from shared.transaction import Transaction


async def take_turn(tx: Transaction, what: str) -> None:
    """Wait until no other import of `what` runs; to be called before anything is read."""
    await repository.wait_for_others(tx.session, what)


async def record(tx: Transaction, run: ImportRun) -> UUID | None:
    """Note the import in the log and return its id; a dry run leaves nothing."""
    if run.dry_run:
        return None
    id_ = tx.new_id()
    await repository.add(tx.session, run, id_=id_, by=tx.actor.id, at=tx.now)
    return id_
