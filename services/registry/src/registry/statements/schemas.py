"""JSON of statements and confirmations."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.statements.domain import (
    FOUNDED_ON,
    LARGEST_SET,
    PROCEDURE,
    Alarm,
    Applicant,
    Move,
    Statement,
    Status,
)
from registry.statements.preconditions import Requirement
from registry.statements.registration_use_cases import Request
from registry.statements.use_cases import Proposal
from registry.units.codes import checked_ico
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import StatementKind, StatementOutcome
from shared.http import ApiModel, Day, DecimalText, Digest, IsoDay, LongText, Reasons, Storable, Title

DataBox = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{7}$"), Storable]
MessageId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$"), Storable]
Amount = Annotated[DecimalText, Field(ge=0, max_digits=14, decimal_places=2)]
_ON = Field(default=None, description="The day when it took effect; the Agency may write down a past one")


class StatementApplicantIn(ApiModel):
    name: Title = Field(examples=["Město Obrnice"])
    ico: Annotated[str, StringConstraints(max_length=20), Storable] = Field(examples=["00266086"])
    data_box: DataBox | None = Field(default=None, examples=["b9qb5xm"])

    def applicant(self) -> Applicant:
        return Applicant(
            name=self.name, ico=checked_ico(self.ico, pointer="/applicant/ico"), data_box=self.data_box
        )


class SignedFormIn(ApiModel):
    """The filled and signed form, kept by the service of documents."""

    document_id: UUID
    file_name: Title = Field(examples=["zadost-o-potvrzeni.pdf"])
    digest: Digest = Field(description="SHA-256 in hexadecimal")

    def form(self) -> DocumentRef:
        return DocumentRef(**self.model_dump())


class StatementIn(ApiModel):
    """A request for a statement or a confirmation."""

    kind: StatementKind
    applicant: StatementApplicantIn
    unit_ids: list[UUID] = Field(min_length=1, max_length=LARGEST_SET, description="Units covered")
    project_title: Title = Field(examples=["Místní akční plán vzdělávání ORP Most IV"])
    call_code: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50), Storable
    ] = Field(examples=["02_23_017"])
    requested_amount_czk: Amount | None = None
    selected_on: Annotated[Day, Field(ge=FOUNDED_ON, le=date(2199, 12, 31))] | None = Field(
        default=None, description="When the units were selected for KPSVL; else the start of cooperation"
    )
    received_on: Annotated[date, Field(ge=FOUNDED_ON), IsoDay] | None = Field(
        default=None, description="Day of delivery to the data box; today"
    )
    message_id: MessageId | None = Field(
        default=None, description="Number of the data box message", examples=["1284567890"]
    )
    form: SignedFormIn
    replaces: UUID | None = Field(default=None, description="The issued statement that this one corrects")

    def request(self) -> Request:
        return Request(
            kind=self.kind,
            applicant=self.applicant.applicant(),
            unit_ids=tuple(self.unit_ids),
            project_title=self.project_title,
            call_code=self.call_code,
            requested_amount_czk=self.requested_amount_czk,
            selected_on=self.selected_on,
            received_on=self.received_on,
            message_id=self.message_id,
            form=self.form.form(),
            replaces=self.replaces,
        )


class StatementReasonIn(ApiModel):
    reason: Reasons = Field(examples=["Chybí podpis statutárního zástupce."])
    on: Day | None = _ON


class StatementWithdrawalIn(ApiModel):
    reason: LongText = ""
    on: Day | None = _ON


class StatementCompletionIn(ApiModel):
    form: SignedFormIn | None = Field(default=None, description="The form, where it is another file")
    note: LongText = ""
    on: Day | None = _ON


class StatementDraftIn(ApiModel):
    """Conditions are obligatory with a condition, reasons where the outcome is unfavourable."""

    outcome: StatementOutcome
    reasons: LongText = ""
    conditions: list[Reasons] = Field(default=[], max_length=50)
    has_capacity: bool | None = Field(
        default=None, strict=True, description="The Agency's capacity where the Index gives no priority"
    )
    on: Day | None = _ON

    def proposal(self) -> Proposal:
        return Proposal(
            outcome=self.outcome,
            reasons=self.reasons,
            conditions=tuple(self.conditions),
            has_capacity=self.has_capacity,
        )


class StatementIssueIn(ApiModel):
    signatory_function: Title = "ředitel odboru pro sociální začleňování"
    on: Day | None = _ON


class StatementApplicantOut(ApiModel):
    name: str
    ico: str
    data_box: str | None


class SignedFormOut(ApiModel):
    document_id: UUID
    file_name: str
    digest: str


class ClockPauseOut(ApiModel):
    since: date
    until: date | None


class StatementClockOut(ApiModel):
    """The clock stands from the day after `since` until the end of `until`."""

    started_on: date
    working_days: int
    pauses: list[ClockPauseOut]


class StatementDraftOut(ApiModel):
    outcome: StatementOutcome
    reasons: str
    conditions: list[str]
    has_capacity: bool | None
    drafted_by: str
    drafted_on: date
    unmet: list[Requirement]
    findings_digest: str


class StatementIssueOut(ApiModel):
    number: str = Field(examples=["12/2026"])
    issued_on: date
    signed_by: str
    signatory_function: str
    digest: str


class StatementOut(ApiModel):
    """`due_on` is empty while the clock stands; others than the Agency see a draft when it is issued."""

    id: UUID
    version: int
    kind: StatementKind
    status: Status
    applicant: StatementApplicantOut
    unit_ids: list[UUID]
    project_title: str
    call_code: str
    requested_amount_czk: DecimalText | None
    selected_on: date | None
    received_on: date
    message_id: str | None
    form: SignedFormOut
    replaces: UUID | None
    clock: StatementClockOut
    alarm_days: int
    draft: StatementDraftOut | None
    issue: StatementIssueOut | None
    due_on: date | None
    days_left: int | None = Field(description="Working days, today not among them; negative when overdue")
    alarm: Alarm
    allowed_moves: list[Move]

    @classmethod
    def of(cls, statement: Statement, today: date) -> "StatementOut":
        own = {name: getattr(statement, name) for name in Statement.__dataclass_fields__}
        return cls.model_validate(
            own
            | {
                "due_on": statement.due_on,
                "days_left": statement.days_left(today),
                "alarm": statement.alarm(today),
                "allowed_moves": PROCEDURE.allowed(statement.status),
            }
        )


class StatementList(ApiModel):
    items: list[StatementOut]
    next: str | None
