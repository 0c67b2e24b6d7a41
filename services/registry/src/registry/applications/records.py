"""An application from its JSON, as rows and the journal keep it."""

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from registry.applications.content import (
    Attachment,
    Body,
    Check,
    CheckedItem,
    Completion,
    Contact,
    Covers,
    MissingItem,
    Resolution,
    Verdict,
)
from registry.applications.domain import Application
from registry.applications.steps import Status
from registry.deadline import Deadline, Pause
from shared.contracts.intake import DecisionOutcome
from shared.contracts.registry import ThematicArea


class ContactJson(TypedDict):
    name: str
    function: str
    email: str
    phone: str


class AttachmentJson(TypedDict):
    kind: str
    document_id: str
    file_name: str
    digest: str


class ResolutionJson(TypedDict):
    number: str
    adopted_on: str
    body: str
    covers: list[str]
    document_id: str | None


class PauseJson(TypedDict):
    since: str
    until: str | None


class DeadlineJson(TypedDict):
    started_on: str
    working_days: int
    pauses: list[PauseJson]


class MissingItemJson(TypedDict):
    pointer: str
    what: str


class CompletionJson(TypedDict):
    items: list[MissingItemJson]
    deadline: DeadlineJson


class CheckedItemJson(TypedDict):
    check: str
    is_met: bool
    note: str


class VerdictJson(TypedDict):
    outcome: str
    decided_on: str
    decided_by: str
    reasons: str
    exceeding_reason: str


class ApplicationJson(TypedDict):
    """What `shared.canonical.plain` makes of an application."""

    id: str
    version: int
    call_id: str
    unit_id: str
    methodology: str
    status: str
    form: dict[str, object]
    areas: list[str]
    contact: ContactJson | None
    attachments: list[AttachmentJson]
    resolution: ResolutionJson | None
    created_by: str
    created_at: str
    number: str | None
    received_at: str | None
    message_id: str
    submitters: list[str]
    clock: DeadlineJson | None
    completion: CompletionJson | None
    checklist: list[CheckedItemJson]
    checkers: list[str]
    evaluation_note: str
    verdict: VerdictJson | None
    withdrawal_reason: str


def application_of(kept: ApplicationJson) -> Application:
    received_at = kept["received_at"]
    return Application(
        id=UUID(kept["id"]),
        version=kept["version"],
        call_id=UUID(kept["call_id"]),
        unit_id=UUID(kept["unit_id"]),
        methodology=kept["methodology"],
        status=Status(kept["status"]),
        form=kept["form"],
        areas=tuple(map(ThematicArea, kept["areas"])),
        contact=Contact(**kept["contact"]) if kept["contact"] else None,
        attachments=tuple(map(_attachment, kept["attachments"])),
        resolution=_resolution(kept["resolution"]) if kept["resolution"] else None,
        created_by=kept["created_by"],
        created_at=datetime.fromisoformat(kept["created_at"]),
        number=kept["number"],
        received_at=datetime.fromisoformat(received_at) if received_at else None,
        message_id=kept["message_id"],
        submitters=tuple(kept["submitters"]),
        clock=_deadline(kept["clock"]) if kept["clock"] else None,
        completion=_completion(kept["completion"]) if kept["completion"] else None,
        checklist=tuple(map(_checked, kept["checklist"])),
        checkers=tuple(kept["checkers"]),
        evaluation_note=kept["evaluation_note"],
        verdict=_verdict(kept["verdict"]) if kept["verdict"] else None,
        withdrawal_reason=kept["withdrawal_reason"],
    )


def _attachment(kept: AttachmentJson) -> Attachment:
    return Attachment(
        kind=kept["kind"],
        document_id=UUID(kept["document_id"]),
        file_name=kept["file_name"],
        digest=kept["digest"],
    )


def _resolution(kept: ResolutionJson) -> Resolution:
    document = kept["document_id"]
    return Resolution(
        number=kept["number"],
        adopted_on=date.fromisoformat(kept["adopted_on"]),
        body=Body(kept["body"]),
        covers=frozenset(map(Covers, kept["covers"])),
        document_id=UUID(document) if document else None,
    )


def _deadline(kept: DeadlineJson) -> Deadline:
    return Deadline(
        started_on=date.fromisoformat(kept["started_on"]),
        working_days=kept["working_days"],
        pauses=tuple(map(_pause, kept["pauses"])),
    )


def _pause(kept: PauseJson) -> Pause:
    until = kept["until"]
    return Pause(since=date.fromisoformat(kept["since"]), until=date.fromisoformat(until) if until else None)


def _completion(kept: CompletionJson) -> Completion:
    return Completion(
        items=tuple(MissingItem(**each) for each in kept["items"]), deadline=_deadline(kept["deadline"])
    )


def _checked(kept: CheckedItemJson) -> CheckedItem:
    return CheckedItem(check=Check(kept["check"]), is_met=kept["is_met"], note=kept["note"])


def _verdict(kept: VerdictJson) -> Verdict:
    return Verdict(
        outcome=DecisionOutcome(kept["outcome"]),
        decided_on=date.fromisoformat(kept["decided_on"]),
        decided_by=kept["decided_by"],
        reasons=kept["reasons"],
        exceeding_reason=kept["exceeding_reason"],
    )
