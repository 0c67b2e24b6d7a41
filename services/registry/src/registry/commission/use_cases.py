"""Who sits in a commission; which assessment is meant, and what of it goes into the journal."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from registry.commission import domain, repository
from registry.commission.assessing import Assessment
from registry.commission.domain import Commission, CommissionUnknown, Seat
from registry.commission.refusals import AssessmentUnknown
from registry.commission.sheet import Sheet
from registry.journal.domain import Audience, Decision, Subject
from registry.journal.use_cases import record
from shared.errors import expect_version
from shared.transaction import Transaction


async def establish_commission(
    tx: Transaction, *, established_by: str, starts_on: date, ends_on: date | None
) -> Commission:
    commission = domain.establish(
        id=tx.new_id(), established_by=established_by, starts_on=starts_on, ends_on=ends_on
    )
    await repository.add_commission(tx.session, commission)
    await _note(tx, None, commission, action="establish")
    return commission


async def take_seat(tx: Transaction, commission_id: UUID, seat: Seat, *, expected: int) -> Commission:
    commission = await locked_commission(tx, commission_id, expected)
    changed = domain.take_seat(commission, seat)
    await repository.save_commission(tx.session, changed, seat)
    await _note(tx, commission, changed, action="take-seat")
    return changed


async def leave_seat(
    tx: Transaction, commission_id: UUID, seat_id: UUID, *, on: date, expected: int
) -> Commission:
    commission = await locked_commission(tx, commission_id, expected)
    changed, seat = domain.leave_seat(commission, seat_id, on)
    await repository.save_commission(tx.session, changed, seat)
    await _note(tx, commission, changed, action="leave-seat")
    return changed


async def known(tx: Transaction, assessment_id: UUID, expected: int | None) -> Assessment:
    """Lock an assessment for a decision; raises AssessmentUnknown, also to who may not know of it."""
    assessment = await repository.lock(tx.session, assessment_id)
    if assessment is None or not may_know(tx, assessment):
        raise AssessmentUnknown
    if expected is not None:
        expect_version(expected, assessment.version)
    return assessment


def may_know(tx: Transaction, assessment: Assessment) -> bool:
    people = {each.person for each in assessment.assessors} | {assessment.secretary}
    return tx.actor.is_agency or tx.actor.id in people


async def note_assessment(
    tx: Transaction, before: Assessment | None, after: Assessment, *, action: str, on: date, reason: str = ""
) -> None:
    """Write into the journal; an assessment holds no points."""
    await record(
        tx,
        Decision.on(
            Subject.ASSESSMENT, before, after, audience=Audience.AGENCY, action=action, day=on, reason=reason
        ),
    )


async def read(tx: Transaction, assessment_id: UUID) -> Assessment:
    """Load an assessment for reading; raises AssessmentUnknown, also to who may not know of it."""
    assessment = await load(tx, assessment_id)
    if not may_know(tx, assessment):
        raise AssessmentUnknown
    return assessment


async def load(tx: Transaction, assessment_id: UUID) -> Assessment:
    assessment = await repository.load(tx.session, assessment_id)
    if assessment is None:
        raise AssessmentUnknown
    return assessment


async def note_sheets(tx: Transaction, changed: Iterable[tuple[Sheet, Sheet]], *, action: str) -> None:
    """Write into the journal who was recused or is absent; a sheet holds no points."""
    decisions = [
        Decision.on(
            Subject.ASSESSMENT,
            before,
            after,
            audience=Audience.AGENCY,
            action=action,
            day=tx.today,
            reason=after.absence or after.ground,
        )
        for before, after in changed
    ]
    await record(tx, *decisions)


async def note_move(
    tx: Transaction,
    assessment: Assessment,
    *,
    action: str,
    reason: str = "",
    before: Assessment | None = None,
) -> Assessment:
    changed = assessment.moved()
    await repository.save(tx.session, changed)
    await note_assessment(tx, before or assessment, changed, action=action, on=tx.today, reason=reason)
    return changed


async def locked_commission(tx: Transaction, commission_id: UUID, expected: int | None) -> Commission:
    commission = await repository.lock_commission(tx.session, commission_id)
    if commission is None:
        raise CommissionUnknown
    if expected is not None:
        expect_version(expected, commission.version)
    return commission


async def _note(tx: Transaction, before: Commission | None, after: Commission, *, action: str) -> None:
    decision = Decision.on(
        Subject.COMMISSION, before, after, audience=Audience.AGENCY, action=action, day=tx.today
    )
    await record(tx, decision)
