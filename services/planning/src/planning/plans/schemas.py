"""The JSON of plans; that of their trees is in `tree_schemas`."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from planning.plans.domain import PlanStatus, StepStatus
from planning.plans.part_schemas import AreaOut, ChapterOut, RiskOut
from planning.plans.tree_schemas import Day, ProblemOut
from shared.contracts.planning import PlanKind
from shared.http import ApiModel, DecimalText, LongText, Title


class PlanIn(ApiModel):
    kind: PlanKind
    title: Title
    vision: LongText = ""
    unit_ids: Annotated[frozenset[UUID], Field(min_length=1, max_length=200)]
    valid_from: Day
    valid_until: Day


class PlanPatch(ApiModel):
    title: Title | None = None
    vision: LongText | None = None
    unit_ids: Annotated[frozenset[UUID], Field(min_length=1, max_length=200)] | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None

    def changes(self) -> dict[str, object]:
        """Return what was sent, ready for the plan; null and absent both leave a field as it is."""
        sent = self.model_dump(exclude_none=True)
        if self.unit_ids is not None:
            sent["unit_ids"] = tuple(sorted(self.unit_ids))
        return sent


class ReturnIn(ApiModel):
    reason: Annotated[LongText, Field(min_length=1)]


class ApprovalIn(ApiModel):
    body: Title
    approved_on: Day
    resolution_number: Title
    unit_id: UUID | None = Field(default=None, description="Whose council, where several units decide")


class ClosureIn(ApiModel):
    closed_on: Day
    reason: Annotated[LongText, Field(min_length=1)]


class UnitOut(ApiModel):
    id: UUID
    kind: str | None
    code: str | None
    name: str | None


class DraftState(ApiModel):
    """The draft of the next revision of a plan in force, for those who may know of it."""

    revision: int
    status: PlanStatus


class PlanHead(ApiModel):
    """A plan in a list."""

    id: UUID
    version: int
    kind: PlanKind
    title: str
    status: PlanStatus
    revision: int
    valid_from: date
    valid_until: date
    units: tuple[UnitOut, ...]
    created_at: datetime
    changed_at: datetime
    draft: DraftState | None


class PlanOut(PlanHead):
    """A plan with its whole tree."""

    vision: str
    problems: tuple[ProblemOut, ...]
    areas: tuple[AreaOut, ...]
    chapters: tuple[ChapterOut, ...]
    risks: tuple[RiskOut, ...]


class PlanState(ApiModel):
    """What a change or a decision made of the plan."""

    id: UUID
    version: int
    status: PlanStatus
    revision: int
    draft: DraftState | None = None


class PlanList(ApiModel):
    items: tuple[PlanHead, ...]
    next: str | None


class FindingOut(ApiModel):
    pointer: str
    code: str
    detail: str


class CompletenessOut(ApiModel):
    """`missing` is empty when the plan may be approved."""

    complete: bool
    missing: tuple[FindingOut, ...]


class RevisionHead(ApiModel):
    number: int
    digest: str
    body: str
    approved_on: date
    resolution_number: str
    recorded_at: datetime


class RevisionList(ApiModel):
    items: tuple[RevisionHead, ...]
    next: str | None


class ChangesOut(ApiModel):
    """How much the next revision changes: nodes, fields of the head, targets, and what all measures cost."""

    head: int
    added: int
    removed: int
    moved: int
    changed: int
    targets: int
    cost_before: DecimalText
    cost_after: DecimalText


class StepOut(ApiModel):
    id: UUID
    status: StepStatus
    revision: int
    at: datetime
    affiliation: str
    note: str
    changes: ChangesOut | None


class StepList(ApiModel):
    items: tuple[StepOut, ...]
    next: str | None
