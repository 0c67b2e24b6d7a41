"""The JSON of settlements."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from planning.comments.domain import CommentKind
from planning.consultations.domain import ConsultationStatus
from planning.plans.node_schemas import Values, reworded
from planning.plans.tree import Node
from planning.settlement.change_schemas import ChangeOut
from planning.settlement.disposition_use_cases import AlreadyChanged, ChangeNode, Wanted
from planning.settlement.domain import Approval, Disposition, Result
from shared.http import ApiModel, Count, Day, LongText, ShortText, Title


class ChangeIn(ApiModel):
    """Change the draft in one step: `values` of the node (by default the one that the comment is on)."""

    node_id: UUID | None = None
    values: Values
    plan_version: Annotated[Count, Field(ge=1, description="The version of the plan that was read")]

    def wanted(self) -> ChangeNode:
        return ChangeNode(node_id=self.node_id, reword=self._onto, plan_version=self.plan_version)

    def _onto(self, node: Node) -> Node:
        return reworded(node, self.values, at="/change/values")


class ChangeMadeIn(ApiModel):
    """Point to a change that was made already; null is the head of the plan."""

    node_id: UUID | None


class DispositionIn(ApiModel):
    result: Result
    justification: LongText = ""
    settled_on: Day
    body_id: UUID | None = Field(default=None, description="The working group that decided, where one did")
    change: ChangeIn | None = None
    change_made: ChangeMadeIn | None = None

    @model_validator(mode="after")
    def _one_change(self) -> Self:
        if self.change is not None and self.change_made is not None:
            raise PydanticCustomError("one_change", "Give either change or change_made")
        return self

    def wanted(self) -> Wanted:
        change: ChangeNode | AlreadyChanged | None = None
        if self.change is not None:
            change = self.change.wanted()
        elif self.change_made is not None:
            change = AlreadyChanged(node_id=self.change_made.node_id)
        return Wanted(
            result=self.result,
            justification=self.justification,
            settled_on=self.settled_on,
            body_id=self.body_id,
            change=change,
        )


class BulkIn(ApiModel):
    """One decision on many comments; nothing in the draft changes with it."""

    numbers: Annotated[
        tuple[Annotated[Count, Field(ge=1, le=2_000_000_000)], ...], Field(min_length=1, max_length=1000)
    ]
    result: Result
    justification: LongText = ""
    settled_on: Day
    body_id: UUID | None = None

    def wanted(self) -> Wanted:
        return Wanted(
            result=self.result,
            justification=self.justification,
            settled_on=self.settled_on,
            body_id=self.body_id,
        )


class ReopeningIn(ApiModel):
    reason: Annotated[LongText, Field(min_length=1)]


class SettlementApprovalIn(ApiModel):
    body: Title
    approved_on: Day
    note: ShortText = ""

    def approval(self) -> Approval:
        return Approval(body=self.body, approved_on=self.approved_on, note=self.note)


class DispositionState(ApiModel):
    """What was made of the disposition."""

    comment_id: UUID
    version: int
    result: Result | None

    @classmethod
    def of(cls, made: Disposition) -> "DispositionState":
        result = made.settled.result if made.settled else None
        return cls(comment_id=made.comment_id, version=made.version, result=result)


class DispositionOut(ApiModel):
    """A comment and what was decided; `version` 0 where nobody decided yet."""

    comment_id: UUID
    number: int
    version: int
    node_id: UUID | None
    node_number: str
    node_title: str
    kind: CommentKind | None
    is_timely: bool
    is_withdrawn: bool
    settled_with: int | None = Field(description="The number of the comment that this one is a duplicate of")
    result: Result | None
    justification: str
    settled_on: date | None
    settled_for: str | None
    body_id: UUID | None
    body_name: str | None
    change: ChangeOut | None


class DispositionList(ApiModel):
    items: tuple[DispositionOut, ...]
    next: str | None


class StepOut(ApiModel):
    """One state that the disposition had; without a result it was reopened."""

    version: int
    result: Result | None
    justification: str
    change: ChangeOut | None
    body_id: UUID | None
    settled_on: date | None
    reason: str
    affiliation: str
    at: datetime


class StepList(ApiModel):
    items: tuple[StepOut, ...]
    next: str | None


class ApprovalOut(ApiModel):
    body: str
    approved_on: date
    note: str
    approved_for: str


class SettlementOut(ApiModel):
    """How far the settlement is; `overdue` counts timely comments that wait after the day set."""

    consultation_id: UUID
    version: int
    status: ConsultationStatus
    settle_by_on: date
    comments: int
    waiting: int
    late_waiting: int
    overdue: int
    accepted: int
    partly: int
    rejected: int
    noted: int
    withdrawn: int
    duplicates: int
    approval: ApprovalOut | None


class SettlementState(ApiModel):
    id: UUID
    version: int
    status: ConsultationStatus
