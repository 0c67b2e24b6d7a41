"""An application: who asks in which call, what is written in it, and how it moves on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from registry.applications.content import (
    Attachment,
    CheckedItem,
    Completion,
    Contact,
    Form,
    MissingItem,
    Resolution,
    Verdict,
    Written,
)
from registry.applications.refusals import (
    ApplicationCannotBeEdited,
    CheckedByWhoSubmitted,
    ChecklistFails,
    CompletionIsLate,
    DecidedByWhoCheckedOrScored,
)
from registry.applications.steps import EDITABLE, PROCEDURE, Move, Status
from registry.deadline import Deadline
from shared.contracts.intake import ApplicationSubmitted
from shared.contracts.registry import ThematicArea
from shared.days import day_of

__all__ = ["PROCEDURE", "Application", "Move", "Status"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """`received_at` is the first receipt: it decides ties, a completion does not move it.

    `clock` is the formal check's, in working days from the receipt; it stands while the applicant
    completes. `submitters` and `checkers` are all who ever did either.
    """

    id: UUID
    version: int
    call_id: UUID
    unit_id: UUID
    methodology: str
    status: Status
    form: Form
    areas: tuple[ThematicArea, ...]
    contact: Contact | None
    attachments: tuple[Attachment, ...]
    resolution: Resolution | None
    created_by: str
    created_at: datetime
    number: str | None = None
    received_at: datetime | None = None
    message_id: str = ""
    submitters: tuple[str, ...] = ()
    clock: Deadline | None = None
    completion: Completion | None = None
    checklist: tuple[CheckedItem, ...] = ()
    checkers: tuple[str, ...] = ()
    evaluation_note: str = ""
    verdict: Verdict | None = None
    withdrawal_reason: str = ""

    @property
    def running(self) -> Deadline | None:
        """The deadline that runs: the Agency's check, or the applicant's completion."""
        if self.status is Status.SUBMITTED:
            return self.clock
        return self.completion.deadline if self.status is Status.RETURNED and self.completion else None

    @property
    def due_on(self) -> date | None:
        return self.running.due_on if self.running else None

    def days_left(self, today: date) -> int | None:
        """Return the working days left of the deadline that runs; negative when it is over."""
        return self.running.days_left(today) if self.running else None

    @property
    def before_decision(self) -> "Application":
        """The application without points of the commission, which nobody else learns until the decision."""
        return self if self.verdict else replace(self, evaluation_note="")

    def moved(self, move: Move) -> "Application":
        """Return the application after the move; raises ApplicationDoesNotAllow."""
        return replace(self, status=PROCEDURE.after(self.status, move), version=self.version + 1)


def draft(  # noqa: PLR0913 - what an application begins with
    written: Written, *, id_: UUID, call_id: UUID, unit_id: UUID, methodology: str, by: str, at: datetime
) -> Application:
    return Application(
        id=id_,
        version=1,
        call_id=call_id,
        unit_id=unit_id,
        methodology=methodology,
        status=Status.DRAFT,
        form=written.form,
        areas=written.areas,
        contact=written.contact,
        attachments=written.attachments,
        resolution=written.resolution,
        created_by=by,
        created_at=at,
    )


def edit(application: Application, written: Written) -> Application:
    """Put in all that is written; raises ApplicationCannotBeEdited."""
    if application.status not in EDITABLE:
        raise ApplicationCannotBeEdited(
            application.status, rule=f"edit-only-from-{'-or-'.join(sorted(EDITABLE))}"
        )
    return replace(
        application,
        version=application.version + 1,
        form=written.form,
        areas=written.areas,
        contact=written.contact,
        attachments=written.attachments,
        resolution=written.resolution,
    )


def submit(
    application: Application, *, received_at: datetime, message_id: str, by: str, check_days: int
) -> Application:
    """Hand the draft in, without its number; the clock of the formal check starts."""
    return replace(
        application.moved(Move.SUBMIT),
        received_at=received_at,
        message_id=message_id,
        submitters=_with(application.submitters, by),
        clock=Deadline(started_on=day_of(received_at), working_days=check_days),
    )


def resubmit(application: Application, *, received_at: datetime, message_id: str, by: str) -> Application:
    """Hand the completed application in; the clock runs on. Raises CompletionIsLate."""
    moved = application.moved(Move.RESUBMIT)
    on = day_of(received_at)
    due_on = application.due_on
    if due_on is not None and on > due_on:
        raise CompletionIsLate(application.status, rule="resubmit-only-until-due-on", due_on=due_on)
    clock = application.clock.resume(on) if application.clock else None
    submitters = _with(application.submitters, by)
    return replace(moved, clock=clock, submitters=submitters, message_id=message_id or application.message_id)


def return_for_completion(
    application: Application, items: tuple[MissingItem, ...], *, by: str, on: date, completion_days: int
) -> Application:
    """Send it back with what is missing; the clock stands until it is handed in again."""
    moved = _checked(application, Move.RETURN, by)
    clock = application.clock.pause(on) if application.clock else None
    deadline = Deadline(started_on=on, working_days=completion_days)
    return replace(moved, clock=clock, completion=Completion(items=items, deadline=deadline))


def pass_formal_check(
    application: Application, checklist: tuple[CheckedItem, ...], *, by: str
) -> Application:
    """Raise ChecklistFails where an item is not met."""
    moved = _checked(application, Move.PASS_FORMAL_CHECK, by)
    failed = [each.check.value for each in checklist if not each.is_met]
    if failed:
        raise ChecklistFails(
            application.status, rule="pass-only-with-all-items-met", failed=", ".join(failed)
        )
    return replace(moved, checklist=checklist)


def reject_formally(
    application: Application, checklist: tuple[CheckedItem, ...], verdict: Verdict
) -> Application:
    moved = _checked(application, Move.REJECT_FORMALLY, verdict.decided_by)
    return replace(moved, checklist=checklist, verdict=verdict)


def decide(
    application: Application, move: Move, verdict: Verdict, *, scored_by: frozenset[str]
) -> Application:
    """Approve or reject; raises DecidedByWhoCheckedOrScored."""
    moved = application.moved(move)
    if verdict.decided_by in scored_by.union(application.checkers, application.submitters):
        raise DecidedByWhoCheckedOrScored(application.status, rule="decide-only-who-did-not-check-nor-score")
    return replace(moved, verdict=verdict)


def _checked(application: Application, move: Move, by: str) -> Application:
    moved = application.moved(move)
    if by in application.submitters:
        raise CheckedByWhoSubmitted(application.status, rule="check-only-who-did-not-submit")
    return replace(moved, checkers=_with(application.checkers, by))


def _with(people: tuple[str, ...], person: str) -> tuple[str, ...]:
    return people if person in people else (*people, person)


def soon_until(today: date) -> date:
    """Return the last day of a deadline that counts as near: three working days from now."""
    return Deadline(started_on=today, working_days=3).due_on or today


def submitted_event(application: Application) -> ApplicationSubmitted:
    """Tell of a submission, also after a return: with the number and the instant of the first one."""
    return ApplicationSubmitted(
        version=application.version,
        application_id=application.id,
        call_id=application.call_id,
        unit_id=application.unit_id,
        number=application.number or "",
        received_at=application.received_at or application.created_at,
    )
