"""HTTP of what is decided on applications: the formal check, the ministry's decision."""

from datetime import date
from uuid import UUID

from fastapi import Response

from registry.applications import use_cases
from registry.applications.answer_schemas import ApplicationOut
from registry.applications.domain import Application
from registry.applications.schemas import (
    ApprovalIn,
    FormalCheckIn,
    FormalRejectionIn,
    RejectionIn,
    ReturnIn,
)
from shared.contracts.base import Role
from shared.http import ExpectedVersion, Tx, allow, etag, router

application_decisions = router("/applications", tag="applications")

_CHECK = allow(Role.CONSULTANT, Role.ANALYST, Role.ADMINISTRATOR)
_DECIDE = allow(Role.DIRECTOR)


@application_decisions.post("/{application_id}/return", response_model=ApplicationOut, dependencies=[_CHECK])
async def return_application(
    tx: Tx, application_id: UUID, body: ReturnIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    """Return it for completion with what is missing; the clock of the formal check stands."""
    application = await use_cases.return_application(
        tx, application_id, expected=expected, items=body.missing(), on=body.on
    )
    return _answer(application, tx.today, response)


@application_decisions.post(
    "/{application_id}/formal-check", response_model=ApplicationOut, dependencies=[_CHECK]
)
async def pass_formal_check(
    tx: Tx, application_id: UUID, body: FormalCheckIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    """Find it formally correct; not by whoever submitted it."""
    application = await use_cases.pass_formal_check(
        tx, application_id, expected=expected, checklist=body.checklist.items(), on=body.on
    )
    return _answer(application, tx.today, response)


@application_decisions.post(
    "/{application_id}/formal-rejection", response_model=ApplicationOut, dependencies=[_CHECK]
)
async def reject_formally(
    tx: Tx, application_id: UUID, body: FormalRejectionIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    """Reject it on formal grounds: not eligible, or not completed in time."""
    application = await use_cases.reject_formally(
        tx,
        application_id,
        expected=expected,
        checklist=body.checklist.items() if body.checklist else (),
        reasons=body.reasons,
        on=body.on,
    )
    return _answer(application, tx.today, response)


@application_decisions.post(
    "/{application_id}/approval", response_model=ApplicationOut, dependencies=[_DECIDE]
)
async def approve_application(
    tx: Tx, application_id: UUID, body: ApprovalIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    """Accept the unit; not by whoever checked or scored it, beyond the capacity only with a reason."""
    application = await use_cases.approve_application(
        tx,
        application_id,
        expected=expected,
        reasons=body.reasons,
        exceeding_reason=body.exceeding_reason,
        on=body.on,
    )
    return _answer(application, tx.today, response)


@application_decisions.post(
    "/{application_id}/rejection", response_model=ApplicationOut, dependencies=[_DECIDE]
)
async def reject_application(
    tx: Tx, application_id: UUID, body: RejectionIn, expected: ExpectedVersion, response: Response
) -> ApplicationOut:
    application = await use_cases.reject_application(
        tx, application_id, expected=expected, reasons=body.reasons, on=body.on
    )
    return _answer(application, tx.today, response)


def _answer(application: Application, day: date, response: Response) -> ApplicationOut:
    response.headers.update(etag(application.version))
    return ApplicationOut.of(application, today=day)
