"""What is done with the journal: a decision is written down, the state of a day is read from it."""

from datetime import date
from uuid import UUID

from registry.journal import repository
from registry.journal.domain import Decision, OnlyTheAgencyBackdates, Subject, expect_in_order
from shared.auth import Actor
from shared.reads import Reader
from shared.transaction import Transaction


async def record(tx: Transaction, *decisions: Decision) -> None:
    """Write decisions down, each on another subject; raises DecidedInTheFuture, DecidedBeforeTheLast.

    Two statements, however many they are. The caller holds the locks of the subjects, so that versions and
    days follow each other.
    """
    if not decisions:
        return
    last_days = await repository.last_days(tx, decisions)
    for each in decisions:
        last_on = last_days.get((each.subject, each.subject_id))
        expect_in_order(each.decided_on, last_on=last_on, today=tx.today)
    await repository.add(tx, decisions)


def decision_day(tx: Transaction, on: date | None) -> date:
    """Return the day on which a decision takes effect: today unless the Agency says an earlier one."""
    if on is None or on == tx.today:
        return tx.today
    if not tx.actor.is_agency:
        raise OnlyTheAgencyBackdates(decided_on=on)
    return on


async def state_on(reads: Reader, subject: Subject, subject_id: UUID, day: date, actor: Actor) -> str | None:
    """Return the JSON of a subject as the last decision until `day` left it; None before the first."""
    found = await reads.row(
        repository.STATE_ON,
        subject=subject.value,
        subject_id=subject_id,
        day=day,
        **actor.sees(),
    )
    return found["after"] if found else None
