"""Parts of a statement as they are stored in JSON, and back."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from registry.deadline import Deadline, Pause
from registry.statements.domain import Applicant, Draft, Form, Issue, Statement, Status
from shared.contracts.intake import StatementKind, StatementOutcome


class PauseJson(TypedDict):
    since: str
    until: str | None


class FormJson(TypedDict):
    document_id: str
    file_name: str
    digest: str


class DraftJson(TypedDict):
    outcome: str
    reasons: str
    conditions: list[str]
    has_capacity: bool | None
    drafted_by: str
    drafted_on: str
    unmet: list[str]
    findings_digest: str


class ClockJson(TypedDict):
    started_on: str
    working_days: int
    pauses: list[PauseJson]


class ApplicantJson(TypedDict):
    name: str
    ico: str
    data_box: str | None


class IssueJson(TypedDict):
    number: str
    issued_on: str
    signed_by: str
    signatory_function: str
    digest: str


class StatementJson(TypedDict):
    """A statement as the journal keeps it."""

    id: str
    version: int
    kind: str
    status: str
    applicant: ApplicantJson
    unit_ids: list[str]
    project_title: str
    call_code: str
    requested_amount_czk: str | None
    selected_on: str | None
    received_on: str
    message_id: str | None
    form: FormJson
    replaces: str | None
    clock: ClockJson
    alarm_days: int
    draft: DraftJson | None
    issue: IssueJson | None


def pauses_of(stored: Iterable[PauseJson]) -> tuple[Pause, ...]:
    return tuple(Pause(since=date.fromisoformat(each["since"]), until=_day(each["until"])) for each in stored)


def form_of(stored: FormJson) -> Form:
    return Form(
        document_id=UUID(stored["document_id"]), file_name=stored["file_name"], digest=stored["digest"]
    )


def draft_of(stored: DraftJson) -> Draft:
    return Draft(
        outcome=StatementOutcome(stored["outcome"]),
        reasons=stored["reasons"],
        conditions=tuple(stored["conditions"]),
        has_capacity=stored["has_capacity"],
        drafted_by=stored["drafted_by"],
        drafted_on=date.fromisoformat(stored["drafted_on"]),
        unmet=tuple(stored["unmet"]),
        findings_digest=stored["findings_digest"],
    )


def statement_of(stored: StatementJson) -> Statement:
    """Give back the statement that a decision left behind."""
    clock, draft, issue = stored["clock"], stored["draft"], stored["issue"]
    amount, replaces = stored["requested_amount_czk"], stored["replaces"]
    return Statement(
        id=UUID(stored["id"]),
        version=stored["version"],
        kind=StatementKind(stored["kind"]),
        status=Status(stored["status"]),
        applicant=Applicant(**stored["applicant"]),
        unit_ids=tuple(map(UUID, stored["unit_ids"])),
        project_title=stored["project_title"],
        call_code=stored["call_code"],
        requested_amount_czk=None if amount is None else Decimal(amount),
        selected_on=_day(stored["selected_on"]),
        received_on=date.fromisoformat(stored["received_on"]),
        message_id=stored["message_id"],
        form=form_of(stored["form"]),
        replaces=UUID(replaces) if replaces else None,
        clock=Deadline(
            started_on=date.fromisoformat(clock["started_on"]),
            working_days=clock["working_days"],
            pauses=pauses_of(clock["pauses"]),
        ),
        alarm_days=stored["alarm_days"],
        draft=draft_of(draft) if draft else None,
        issue=_issue(issue) if issue else None,
    )


def _issue(stored: IssueJson) -> Issue:
    return Issue(
        number=stored["number"],
        issued_on=date.fromisoformat(stored["issued_on"]),
        signed_by=stored["signed_by"],
        signatory_function=stored["signatory_function"],
        digest=stored["digest"],
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
