"""Announce the values that are awaited."""

from datetime import timedelta

from evaluation.reminders import repository
from shared.contracts.evaluation import ObligationDue, ObligationOverdue
from shared.transaction import Transaction

ANNOUNCED_BEFORE = timedelta(days=14)


async def announce_obligations(tx: Transaction) -> None:
    """Tell once of each value that is due within two weeks, and once of each that is overdue."""
    today = tx.today
    for row in await repository.take_overdue(tx.session, today=today, now=tx.now):
        tx.emit(ObligationOverdue(**row._asdict()))
    until = today + ANNOUNCED_BEFORE
    for row in await repository.take_due(tx.session, today=today, until=until, now=tx.now):
        tx.emit(ObligationDue(**row._asdict()))
