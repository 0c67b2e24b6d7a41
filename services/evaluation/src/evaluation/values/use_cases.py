"""Report, approve and return a value."""

from uuid import UUID

from evaluation.values import repository
from evaluation.values.domain import (
    Act,
    Obligation,
    ObligationNotFound,
    Report,
    approve_value,
    report_value,
    return_value,
)
from shared.errors import expect_version
from shared.transaction import Transaction


async def _locked(tx: Transaction, obligation_id: UUID, expected_version: int) -> Obligation:
    obligation = await repository.lock_obligation(tx.session, obligation_id, actor=tx.actor)
    if obligation is None:
        raise ObligationNotFound
    expect_version(expected_version, obligation.version)
    return obligation


async def report(
    tx: Transaction, obligation_id: UUID, report: Report, *, expected_version: int
) -> Obligation:
    obligation = await _locked(tx, obligation_id, expected_version)
    submitted, event = report_value(obligation, report, by=tx.actor.id, units=tx.actor.units, today=tx.today)
    await repository.save_obligation(tx.session, submitted)
    await repository.append_act(
        tx.session,
        submitted,
        Act.REPORTED,
        actor=tx.actor,
        at=tx.now,
        measured_on=report.measured_on,
        source=report.source,
        note=report.note,
    )
    tx.emit(event)
    return submitted


async def approve(tx: Transaction, obligation_id: UUID, *, expected_version: int) -> Obligation:
    obligation = await _locked(tx, obligation_id, expected_version)
    approved, event = approve_value(obligation, by=tx.actor.id)
    await repository.save_obligation(tx.session, approved)
    await repository.append_act(tx.session, approved, Act.APPROVED, actor=tx.actor, at=tx.now)
    tx.emit(event)
    return approved


async def give_back(
    tx: Transaction, obligation_id: UUID, *, reason: str, expected_version: int
) -> Obligation:
    obligation = await _locked(tx, obligation_id, expected_version)
    returned = return_value(obligation)
    await repository.save_obligation(tx.session, returned)
    await repository.append_act(tx.session, returned, Act.RETURNED, actor=tx.actor, at=tx.now, reason=reason)
    return returned
