"""The JSON of chains of approval."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from planning.approvals.chain import Chain, ChainStep
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel, PlanKind
from shared.http import ApiModel, Count, Day, Reasons, Title

WorkingDays = Annotated[int, Field(strict=True, ge=1, le=250)]
LABELS: Final[Mapping[ApprovalLevel, tuple[str, str]]] = {
    ApprovalLevel.WORKING_GROUP: ("Projednání v pracovní skupině", "Discussed by the working group"),
    ApprovalLevel.PARTNERSHIP: ("Projednání v lokálním partnerství", "Discussed by the local partnership"),
    ApprovalLevel.COUNCIL: ("Schválení zastupitelstvem", "Approval by the council"),
    ApprovalLevel.AGENCY: ("Vyjádření Agentury", "Word of the Agency"),
}
ROLES: Final[Mapping[ApprovalLevel, frozenset[Role]]] = {
    # a town with one coordinator, who submits, still has somebody for each step
    ApprovalLevel.WORKING_GROUP: frozenset({Role.COORDINATOR, Role.CONSULTANT}),
    ApprovalLevel.PARTNERSHIP: frozenset({Role.COORDINATOR, Role.CONSULTANT}),
    ApprovalLevel.COUNCIL: frozenset({Role.MAYOR, Role.COORDINATOR}),
    ApprovalLevel.AGENCY: frozenset({Role.CONSULTANT, Role.DIRECTOR}),
}
ESCALATION: Final[Mapping[ApprovalLevel, Role]] = {
    ApprovalLevel.WORKING_GROUP: Role.COORDINATOR,
    ApprovalLevel.PARTNERSHIP: Role.COORDINATOR,
    ApprovalLevel.COUNCIL: Role.CONSULTANT,
    ApprovalLevel.AGENCY: Role.DIRECTOR,
}


class ChainStepIn(ApiModel):
    level: ApprovalLevel
    label_cs: Title | None = Field(default=None, description="Usual for the level where none is given")
    label_en: Title | None = None
    body_id: UUID | None = Field(default=None, description="A body of the unit; its chair and manager decide")
    roles: Annotated[frozenset[Role], Field(max_length=10)] | None = Field(
        default=None,
        description="Who decides or records it; usual for the level where none is given",
    )
    working_days: WorkingDays | None = Field(default=None, description="After them the step is overdue")
    escalates_to: Role | None = None

    def step(self) -> ChainStep:
        return ChainStep(
            level=self.level,
            label_cs=self.label_cs or LABELS[self.level][0],
            label_en=self.label_en or LABELS[self.level][1],
            body_id=self.body_id,
            roles=tuple(sorted(ROLES[self.level] if self.roles is None else self.roles)),
            working_days=self.working_days,
            escalates_to=self.escalates_to or ESCALATION[self.level],
        )


class ChainIn(ApiModel):
    kind: PlanKind
    unit_id: UUID | None = Field(default=None, description="For this unit alone; it can only add steps")
    starts_on: Day
    ends_on: Day | None = None
    quiet_days: Annotated[Count, Field(le=60)] = Field(
        default=0, description="Working days between the last decision and publication"
    )
    steps: Annotated[tuple[ChainStepIn, ...], Field(min_length=1, max_length=12)]
    reason: Reasons

    def chain(self, chain_id: UUID) -> Chain:
        return Chain(
            id=chain_id,
            version=1,
            kind=self.kind,
            unit_id=self.unit_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            quiet_days=self.quiet_days,
            steps=tuple(each.step() for each in self.steps),
        )


class ChainEndIn(ApiModel):
    ends_on: Day = Field(description="Last day")


class ChainState(ApiModel):
    """What a change made of the chain."""

    id: UUID
    version: int
    starts_on: date
    ends_on: date | None


class ChainStepOut(ApiModel):
    level: ApprovalLevel
    label_cs: str
    label_en: str
    body_id: UUID | None
    roles: tuple[Role, ...]
    working_days: int | None
    escalates_to: Role


class ChainOut(ApiModel):
    id: UUID
    version: int
    kind: PlanKind
    unit_id: UUID | None
    starts_on: date
    ends_on: date | None
    quiet_days: int
    steps: tuple[ChainStepOut, ...]
    reason: str
    affiliation: str
    set_at: datetime


class ChainList(ApiModel):
    items: tuple[ChainOut, ...]
    next: str | None
