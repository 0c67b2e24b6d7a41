"""JSON of communication plans, their outputs, and of the rules by which acts ask for them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from documents.communications.domain import CommunicationPlan, Completion, Output, Rule, Target
from documents.communications.kinds import ActKind, CommunicationKind, OutputState
from shared.http import ApiModel, Count, Day, Flag, Reason, ShortText, Storable, Title

Names = Annotated[tuple[Title, ...], Field(max_length=30)]
ProofUrl = Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s<>\"]+$"), Storable]


class TargetIn(ApiModel):
    kind: CommunicationKind
    promised: Annotated[Count, Field(ge=1, le=1_000_000)]


class CommunicationPlanIn(ApiModel):
    """Of a cooperation, a plan or a project; a plan of a project alone sums all plans of it."""

    title: Title
    cooperation_id: UUID | None = None
    plan_id: UUID | None = None
    project_id: UUID | None = None
    unit_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    responsible: Title
    channels: Names = ()
    target_groups: Names = ()
    valid_from: Day
    valid_until: Day
    targets: Annotated[tuple[TargetIn, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _expect_each_kind_once(self) -> "CommunicationPlanIn":
        kinds = [each.kind for each in self.targets]
        if len(kinds) != len(set(kinds)):
            raise PydanticCustomError("kind_twice", "Each kind has one target")
        return self

    def plan(self, plan_id: UUID) -> CommunicationPlan:
        return CommunicationPlan(
            id=plan_id,
            title=self.title,
            unit_ids=tuple(dict.fromkeys(self.unit_ids)),
            responsible=self.responsible,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            channels=self.channels,
            target_groups=self.target_groups,
            targets=tuple(Target(kind=each.kind, promised=each.promised) for each in self.targets),
            cooperation_id=self.cooperation_id,
            plan_id=self.plan_id,
            project_id=self.project_id,
        )


class CommunicationPlanMade(ApiModel):
    id: UUID
    closed_on: date | None
    version: int


class TargetOut(ApiModel):
    kind: CommunicationKind
    promised: int
    done: int
    planned: int
    overdue: int


class CommunicationPlanOut(ApiModel):
    id: UUID
    title: str
    cooperation_id: UUID | None
    plan_id: UUID | None
    project_id: UUID | None
    unit_ids: tuple[UUID, ...]
    responsible: str
    channels: tuple[str, ...]
    target_groups: tuple[str, ...]
    valid_from: date
    valid_until: date
    closed_on: date | None
    version: int
    targets: tuple[TargetOut, ...]


class CommunicationPlanList(ApiModel):
    items: tuple[CommunicationPlanOut, ...]
    next: str | None


class CommunicationOutputIn(ApiModel):
    kind: CommunicationKind
    title: Title
    due_on: Day
    channel: ShortText = ""
    target_group: ShortText = ""
    responsible: ShortText = ""

    def output(self, output_id: UUID, plan_id: UUID) -> Output:
        return Output(
            id=output_id,
            communication_plan_id=plan_id,
            unit_ids=(),
            kind=self.kind,
            title=self.title,
            due_on=self.due_on,
            channel=self.channel,
            target_group=self.target_group,
            responsible=self.responsible,
        )


class CompletionIn(ApiModel):
    """By what it is proven: a link or a document kept here."""

    done_on: Day
    proof_url: ProofUrl | None = None
    document_id: UUID | None = None
    note: ShortText | None = None

    def completion(self) -> Completion:
        return Completion(
            done_on=self.done_on, proof_url=self.proof_url, document_id=self.document_id, note=self.note
        )


class CancellationIn(ApiModel):
    reason: Reason


class CommunicationOutputMade(ApiModel):
    id: UUID
    state: OutputState
    version: int


class CommunicationOutputOut(ApiModel):
    """`act` is what asked for it; `is_counted_by_programme`: its document counts in a project."""

    id: UUID
    communication_plan_id: UUID | None
    unit_ids: tuple[UUID, ...]
    kind: CommunicationKind
    title: str
    channel: str
    target_group: str
    responsible: str
    due_on: date
    state: OutputState
    done_on: date | None
    proof_url: str | None
    document_id: UUID | None
    note: str | None
    rule_id: UUID | None
    about_id: UUID | None
    version: int
    act: ActKind | None
    is_overdue: bool
    is_counted_by_programme: bool


class CommunicationOutputList(ApiModel):
    items: tuple[CommunicationOutputOut, ...]
    next: str | None


class RuleIn(ApiModel):
    """An output of the kind is due so many working days after the act."""

    act: ActKind
    kind: CommunicationKind
    title: Title
    channel: ShortText = ""
    target_group: ShortText = ""
    working_days: Annotated[Count, Field(ge=1, le=250)]
    is_active: Flag = True

    def rule(self, rule_id: UUID) -> Rule:
        return Rule(
            id=rule_id,
            act=self.act,
            kind=self.kind,
            title=self.title,
            channel=self.channel,
            target_group=self.target_group,
            working_days=self.working_days,
            is_active=self.is_active,
        )


class RuleOut(ApiModel):
    id: UUID
    act: ActKind
    kind: CommunicationKind
    title: str
    channel: str
    target_group: str
    working_days: int
    is_active: bool
    version: int


class RuleList(ApiModel):
    items: tuple[RuleOut, ...]
    next: str | None
