"""JSON of applications as it is answered."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from registry.applications.content import Body, Check, Covers
from registry.applications.domain import Application
from registry.applications.steps import PROCEDURE, Move, Status
from shared.contracts.intake import DecisionOutcome
from shared.contracts.registry import ThematicArea
from shared.errors import Finding
from shared.http import ApiModel


class AttachmentOut(ApiModel):
    kind: str
    document_id: UUID
    file_name: str
    digest: str


class ResolutionOut(ApiModel):
    number: str
    adopted_on: date
    body: Body
    covers: list[Covers]
    document_id: UUID | None


class PauseOut(ApiModel):
    since: date
    until: date | None


class DeadlineOut(ApiModel):
    started_on: date
    working_days: int
    pauses: list[PauseOut]
    due_on: date | None


class MissingItemOut(ApiModel):
    pointer: str
    what: str


class CompletionOut(ApiModel):
    items: list[MissingItemOut]
    deadline: DeadlineOut


class CheckedItemOut(ApiModel):
    check: Check
    is_met: bool
    note: str


class VerdictOut(ApiModel):
    outcome: DecisionOutcome
    decided_on: date
    decided_by: str
    reasons: str
    exceeding_reason: str


class ContactOut(ApiModel):
    name: str
    function: str
    email: str
    phone: str


class ApplicationOut(ApiModel):
    """`received_at` is the first receipt; `due_on` ends the deadline that runs."""

    id: UUID
    version: int
    call_id: UUID
    unit_id: UUID
    methodology: str
    status: Status
    allowed_moves: list[Move]
    number: str | None
    form: dict[str, object]
    areas: list[ThematicArea]
    contact: ContactOut | None
    attachments: list[AttachmentOut]
    resolution: ResolutionOut | None
    received_at: datetime | None
    message_id: str
    due_on: date | None
    days_left: int | None = Field(description="Working days, today not among them; negative once it is over")
    clock: DeadlineOut | None
    completion: CompletionOut | None
    checklist: list[CheckedItemOut]
    evaluation_note: str
    verdict: VerdictOut | None
    withdrawal_reason: str
    submitters: list[str]
    checkers: list[str]
    created_by: str
    created_at: datetime

    @classmethod
    def of(cls, application: Application, *, today: date) -> "ApplicationOut":
        computed = {"allowed_moves", "days_left"}
        return cls.model_validate(
            {
                **{name: getattr(application, name) for name in cls.model_fields if name not in computed},
                "allowed_moves": PROCEDURE.allowed(application.status),
                "days_left": application.days_left(today),
            }
        )


class ApplicationHead(ApiModel):
    id: UUID
    version: int
    number: str | None
    call_id: UUID
    call_code: str
    unit_id: UUID
    unit_name: str
    status: Status
    areas: list[ThematicArea]
    received_at: datetime | None
    due_on: date | None


class ApplicationList(ApiModel):
    items: list[ApplicationHead]
    next: str | None


class LackOut(ApiModel):
    pointer: str = Field(description="JSON Pointer into the application")
    code: str
    detail: str


class CompletenessOut(ApiModel):
    is_complete: bool
    lacks: list[LackOut]

    @classmethod
    def of(cls, lacks: Iterable[Finding], *, language: str) -> "CompletenessOut":
        said = [
            LackOut(pointer=each.pointer, code=each.code, detail=each.cs if language == "cs" else each.en)
            for each in lacks
        ]
        return cls(is_complete=not said, lacks=said)


class DecisionOut(ApiModel):
    """What the ministry decided, as it is published."""

    application_id: UUID
    number: str
    call_id: UUID
    call_code: str
    unit_id: UUID
    unit_name: str
    outcome: DecisionOutcome
    decided_on: date
    reasons: str


class DecisionList(ApiModel):
    items: list[DecisionOut]
    next: str | None
