"""How an application comes in: drafted, filled in, checked for completeness, submitted, withdrawn."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from registry.applications import domain, repository
from registry.applications.completeness import lacks_of
from registry.applications.content import Written
from registry.applications.domain import Application
from registry.applications.forms import faults_in_draft
from registry.applications.refusals import (
    ApplicantDoesNotExist,
    ApplicantNotEligible,
    ApplicationAlreadyLives,
    ApplicationIsIncomplete,
    ApplicationUnknown,
    ApplyingUnitUnknown,
    AreaNotOfTheCall,
    AttachmentNotOfTheCall,
    CallIsAssessed,
    CallIsOver,
    CallOfApplicationUnknown,
    FormDoesNotFit,
    OnlyTheAgencyWritesDownReceipts,
    ReceivedInTheFuture,
    ReceivedOutsideTheIntake,
)
from registry.applications.steps import Move, Status
from registry.applications.use_cases import call_of, keep, known
from registry.calls import repository as calls
from registry.calls.domain import Call, CallUnknown, Phase
from registry.calls.outage_use_cases import end_silence
from registry.caseload.use_cases import expect_acting_for
from registry.commission import repository as commission
from registry.journal.use_cases import decision_day
from registry.units import repository as units
from shared.days import day_of
from shared.errors import Finding
from shared.transaction import Transaction


async def draft_application(
    tx: Transaction, *, call_id: UUID, unit_id: UUID, written: Written
) -> Application:
    """Begin an application; the Agency may do so after the intake too, to write down what came before."""
    call = await _call_to_apply_in(tx, call_id)
    await expect_acting_for(tx, unit_id)
    await _expect_applicant(tx, unit_id, call)
    _expect_fit(written, call)
    application = domain.draft(
        written,
        id_=tx.new_id(),
        call_id=call.id,
        unit_id=unit_id,
        methodology=call.methodology,
        by=tx.actor.id,
        at=tx.now,
    )
    if not await repository.add(tx.session, application):
        living = await repository.living(tx.session, call_id, unit_id)
        status = living.status if living else Status.DRAFT
        raise ApplicationAlreadyLives(
            status,
            rule="one-living-application-of-a-unit-in-a-call",
            application_id=living.id if living else None,
        )
    return application


async def edit_application(
    tx: Transaction, id_: UUID, *, expected: int, written: Written, on: date | None
) -> Application:
    """Put in all that is written; once submitted, what was changed is written down."""
    application = await known(tx, id_, expected)
    await expect_acting_for(tx, application.unit_id)
    edited = domain.edit(application, written)
    _expect_fit(written, await call_of(tx, application))
    if application.status is Status.DRAFT:
        await repository.save(tx.session, edited)
    else:
        await keep(tx, application, edited, action="edit", on=decision_day(tx, on))
    return edited


async def submit_application(
    tx: Transaction, id_: UUID, *, expected: int, received_at: datetime | None, message_id: str
) -> Application:
    """Submit, and give the next number of the call; a refused submission uses none.

    What an outage took is given back first. The call is held before the application, so that it is
    neither cancelled nor handed over to the commission meanwhile.
    Raises ReceivedOutsideTheIntake, CallIsAssessed, ApplicationIsIncomplete.
    """
    await end_silence(tx)
    await repository.hold_call(tx.session, id_)
    application = await known(tx, id_, expected)
    await expect_acting_for(tx, application.unit_id)
    at = _receipt(tx, received_at, message_id)
    call = await call_of(tx, application)
    submitted = domain.submit(
        application,
        received_at=at,
        message_id=message_id,
        by=tx.actor.id,
        check_days=call.formal_check_days,
    )
    await _expect_intake(tx, application, call, at)
    _expect_complete(application, call, on=day_of(at))
    ordinal = await repository.next_ordinal(tx.session, call.id)
    submitted = replace(submitted, number=f"{call.code}/{ordinal:03}")
    await keep(tx, application, submitted, action=Move.SUBMIT, on=day_of(at))
    tx.emit(domain.submitted_event(submitted))
    return submitted


async def resubmit_application(
    tx: Transaction, id_: UUID, *, expected: int, received_at: datetime | None, message_id: str
) -> Application:
    """Submit the completed application, whether the call still takes others or not.

    Raises CompletionIsLate, ApplicationIsIncomplete.
    """
    application = await known(tx, id_, expected)
    await expect_acting_for(tx, application.unit_id)
    at = _receipt(tx, received_at, message_id)
    submitted = domain.resubmit(application, received_at=at, message_id=message_id, by=tx.actor.id)
    _expect_complete(application, await call_of(tx, application), on=day_of(at))
    await keep(tx, application, submitted, action=Move.RESUBMIT, on=day_of(at))
    tx.emit(domain.submitted_event(submitted))
    return submitted


async def withdraw_application(
    tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None
) -> Application:
    application = await known(tx, id_, expected)
    await expect_acting_for(tx, application.unit_id)
    withdrawn = replace(application.moved(Move.WITHDRAW), withdrawal_reason=reason)
    await keep(tx, application, withdrawn, action=Move.WITHDRAW, on=decision_day(tx, on), reason=reason)
    return withdrawn


async def completeness(tx: Transaction, id_: UUID) -> tuple[Application, list[Finding]]:
    """Return the application and all that stands against submitting it today."""
    application = await repository.load(tx.session, id_)
    if application is None or not tx.actor.may_see([application.unit_id]):
        raise ApplicationUnknown
    return application, lacks_of(application, await call_of(tx, application), on=tx.today)


async def call_to_read(tx: Transaction, call_id: UUID) -> Call:
    """Return a call whose applications are listed; raises CallUnknown."""
    call = await calls.load(tx.session, call_id)
    if call is None:
        raise CallUnknown
    return call


async def _call_to_apply_in(tx: Transaction, call_id: UUID) -> Call:
    call = await calls.load(tx.session, call_id)
    phase = call.phase(tx.now) if call else Phase.DRAFT
    if call is None or phase is Phase.DRAFT:
        raise CallOfApplicationUnknown(pointer="/call_id")
    if phase is Phase.CANCELLED or (phase is Phase.CLOSED and not tx.actor.is_agency):
        raise CallIsOver(call_code=call.code, phase=phase.value, rule="begin-only-before-the-intake-is-over")
    return call


async def _expect_applicant(tx: Transaction, unit_id: UUID, call: Call) -> None:
    """Expect an eligible unit that exists today; on the last day of the intake where that is over."""
    unit = await units.lock(tx.session, unit_id, to_lean_on=True)
    if unit is None:
        raise ApplyingUnitUnknown(pointer="/unit_id")
    day = min(tx.today, call.closes_on or tx.today)
    place = unit.place
    if not place.exists_between(day, day):
        raise ApplicantDoesNotExist(day=day, unit_from=place.first_day, unit_until=place.last_day or "–")
    if unit.kind not in call.eligible_kinds:
        raise ApplicantNotEligible(
            call_code=call.code,
            kind=unit.kind.value,
            eligible_kinds=", ".join(sorted(call.eligible_kinds)),
        )


def _expect_fit(written: Written, call: Call) -> None:
    """Raise where something is written that the call does not know; what is missing may come later."""
    for at, area in enumerate(written.areas):
        if area not in call.areas:
            raise AreaNotOfTheCall(
                pointer=f"/areas/{at}", area=area.value, allowed=", ".join(sorted(call.areas))
            )
    kinds = [each.code for each in call.attachments]
    for at, attachment in enumerate(written.attachments):
        if attachment.kind not in kinds:
            raise AttachmentNotOfTheCall(
                pointer=f"/attachments/{at}/kind", kind=attachment.kind, allowed=", ".join(kinds) or "–"
            )
    faults = faults_in_draft(written.form, call.form)
    if faults:
        raise FormDoesNotFit(findings=faults)


def _receipt(tx: Transaction, received_at: datetime | None, message_id: str) -> datetime:
    if (received_at is not None or message_id) and not tx.actor.is_agency:
        raise OnlyTheAgencyWritesDownReceipts
    at = (received_at or tx.now).astimezone(UTC)
    if at > tx.now:
        raise ReceivedInTheFuture(pointer="/received_at", received_at=at)
    return at


async def _expect_intake(tx: Transaction, application: Application, call: Call, at: datetime) -> None:
    phase = call.phase(at)
    if phase is not Phase.OPEN:
        raise ReceivedOutsideTheIntake(
            application.status,
            rule="submit-only-within-the-intake",
            call_code=call.code,
            phase=phase.value,
            opens_at=call.opens_at,
            closes_at=call.closes_at,
            received_at=at,
        )
    assessment_id = await commission.assessment_of(tx.session, call.id)
    if assessment_id is not None:
        raise CallIsAssessed(
            application.status,
            rule="submit-only-before-the-assessment",
            call_code=call.code,
            assessment_id=assessment_id,
        )


def _expect_complete(application: Application, call: Call, *, on: date) -> None:
    lacks = lacks_of(application, call, on=on)
    if lacks:
        raise ApplicationIsIncomplete(
            application.status, rule="submit-only-complete", findings=lacks, missing=len(lacks)
        )
