"""The JSON of rounds of approval."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from planning.approvals.rounds import Round, RoundStatus, StepState
from planning.approvals.use_cases import Said
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel, PlanKind
from shared.http import ApiModel, Day, LongText, ShortText


class StepDecisionIn(ApiModel):
    decided_on: Day
    body: ShortText = Field(default="", description="Who decided; asked for at a council's step")
    reference: ShortText = Field(default="", description="Number of the resolution, or the minutes")
    unit_id: UUID | None = Field(default=None, description="Whose council, where several units decide")
    decision_id: UUID | None = Field(default=None, description="The decision of a meeting, where it is here")
    note: LongText = ""

    def said(self) -> Said:
        return Said(**self.model_dump())


class RoundReturnIn(ApiModel):
    reason: Annotated[LongText, Field(min_length=1)]


class RoundState(ApiModel):
    """What a decision made of the round."""

    id: UUID
    version: int
    plan_id: UUID
    revision: int
    status: RoundStatus
    position: int
    due_on: date | None
    quiet_until: date | None
    allowed_moves: tuple[str, ...]

    @classmethod
    def of(cls, current: Round) -> "RoundState":
        running = current.status is RoundStatus.RUNNING
        return cls(
            id=current.id,
            version=current.version,
            plan_id=current.plan_id,
            revision=current.revision,
            status=current.status,
            position=current.position,
            due_on=current.current.due_on if running else None,
            quiet_until=current.quiet_until,
            allowed_moves=tuple(current.allowed_moves),
        )


class UnitOfRound(ApiModel):
    id: UUID
    name: str | None


class PendingStepOut(ApiModel):
    position: int
    level: ApprovalLevel
    label_cs: str
    label_en: str
    opened_on: date
    due_on: date | None
    days_pending: int = Field(description="Calendar days since the step opened")
    escalated_at: datetime | None
    escalates_to: Role


class RoundHead(ApiModel):
    """A round in a list; `step` is the one that is being decided."""

    id: UUID
    version: int
    plan_id: UUID
    title: str
    kind: PlanKind
    revision: int
    number: int
    units: tuple[UnitOfRound, ...]
    status: RoundStatus
    is_overdue: bool
    step: PendingStepOut | None
    opened_on: date
    quiet_until: date | None = Field(description="Last day on which publication can be stopped")
    ended_on: date | None
    reason: str = Field(description="Why it was returned, stopped or withdrawn")
    hindered_by: str = Field(description="Code of what keeps the approved revision from being published")


class PartyOut(ApiModel):
    """Who agrees in a step: the council of a unit, or the plan's people as one."""

    unit_id: UUID | None
    decided_on: date | None
    affiliation: str
    body: str
    reference: str
    decision_id: UUID | None
    note: str
    recorded_at: datetime | None


class RoundStepOut(ApiModel):
    position: int
    level: ApprovalLevel
    label_cs: str
    label_en: str
    body_id: UUID | None
    roles: tuple[Role, ...]
    working_days: int | None
    escalates_to: Role
    state: StepState
    opened_on: date | None
    due_on: date | None
    closed_on: date | None
    escalated_at: datetime | None
    known_deciders: int | None = Field(
        description="Chairs and managers of the body who can decide; null where only roles decide, "
        "as accounts with a role are known to the identity provider alone"
    )
    parties: tuple[PartyOut, ...]


class RoundOut(RoundHead):
    steps: tuple[RoundStepOut, ...]


class RoundList(ApiModel):
    items: tuple[RoundHead, ...]
    next: str | None


class LevelFigures(ApiModel):
    """Steps of a kind of plan and a level, in calendar days; medians with one decimal."""

    kind: PlanKind
    level: ApprovalLevel
    pending: int
    overdue: int
    median_pending_days: str | None
    longest_pending_days: int | None
    finished: int = Field(description="Steps decided in rounds that ended")
    median_days: str | None
    longest_days: int | None


class ThinStep(ApiModel):
    """A step that hangs on one person or nobody; whoever has one of the roles can decide beside them."""

    round_id: UUID
    plan_id: UUID
    title: str
    revision: int
    position: int
    level: ApprovalLevel
    label_cs: str
    label_en: str
    body_id: UUID
    roles: tuple[Role, ...]
    state: StepState
    due_on: date | None
    known_deciders: int


class InsightOut(ApiModel):
    figures: tuple[LevelFigures, ...]
    thin: tuple[ThinStep, ...]
