"""JSON of the caseload."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.caseload.domain import Assignment, Duty
from registry.cooperation.phases import Status
from shared.contracts.registry import CooperationRegime, UnitKind
from shared.http import ApiModel, Count, Day, Reason, ShortText, Storable, Title

Person = Annotated[
    str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$"), Storable
]
"""A person is named as in the tokens (`sub`)."""
_On = Annotated[
    Day | None,
    Field(description="The day when it was decided; the Agency may write down a past one"),
]
_OVER: str = "Why the person carries more units than the capacity; without it that is refused"


class AssignmentIn(ApiModel):
    unit_id: UUID
    person: Person = Field(examples=["petr.konzultant"])
    person_name: Title = Field(examples=["Petr Konzultant"])
    duty: Duty
    starts_on: Day
    ends_on: Day | None = Field(default=None, description="Last day, where it is known; a substitute has one")
    reason: ShortText = ""
    over_capacity_reason: ShortText = Field(default="", description=_OVER)
    on: _On = None

    def assignment(self, new_id: UUID) -> Assignment:
        return Assignment(
            id=new_id,
            unit_id=self.unit_id,
            person=self.person,
            person_name=self.person_name,
            duty=self.duty,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            version=1,
        )


class AssignmentChangeIn(ApiModel):
    starts_on: Day
    ends_on: Day | None
    reason: Reason
    over_capacity_reason: ShortText = Field(default="", description=_OVER)
    on: _On = None


class AssignmentEndIn(ApiModel):
    ends_on: Day = Field(description="Last day")
    reason: Reason
    on: _On = None


class TransferIn(ApiModel):
    """Everything a person has goes to another one; with `until_on` only for a time (a substitution)."""

    to: Person = Field(examples=["jan.novy"])
    to_name: Title = Field(examples=["Jan Nový"])
    from_on: Day = Field(description="First day of the other person")
    until_on: Day | None = Field(default=None, description="Last day of a substitution")
    reason: Reason
    over_capacity_reason: ShortText = Field(default="", description=_OVER)
    on: _On = None


class CapacityIn(ApiModel):
    person_name: Title
    units: Annotated[Count, Field(le=100)] = Field(description="0: nothing more from that day on")
    from_on: Day
    reason: Reason


class CapacityOut(ApiModel):
    id: UUID
    person: str
    units: int
    from_on: date


class AssignmentOut(ApiModel):
    id: UUID
    unit_id: UUID
    person: str
    person_name: str
    duty: Duty
    starts_on: date
    ends_on: date | None
    version: int


class AssignmentList(ApiModel):
    items: list[AssignmentOut]
    next: str | None


class TransferOut(ApiModel):
    """What the other person has in addition."""

    taken: list[AssignmentOut]


class CarriedUnitOut(ApiModel):
    unit_id: UUID
    name: str
    duties: list[Duty]
    starts_on: date = Field(description="Since when the person has it")
    cooperates: bool = Field(description="Whether a cooperation runs that day; others make no load")


class CaseloadOut(ApiModel):
    """`load` counts cooperating units that the person has as a local consultant or a substitute."""

    person: str
    person_name: str
    load: int
    capacity: int
    free: int = Field(description="Negative where the person carries more than the capacity")
    units: list[CarriedUnitOut]
    version: int


class CaseloadList(ApiModel):
    items: list[CaseloadOut]
    next: str | None


class UnassignedOut(ApiModel):
    unit_id: UUID
    name: str
    kind: UnitKind
    regimes: list[CooperationRegime]
    starts_on: date | None
    cooperates: bool = Field(description="Whether a cooperation runs that day, rather than being prepared")


class UnassignedList(ApiModel):
    items: list[UnassignedOut]
    next: str | None


class RunningCooperationOut(ApiModel):
    id: UUID
    regime: CooperationRegime
    status: Status
    starts_on: date | None
    ends_on: date | None


class WaitingOut(ApiModel):
    kind: Literal["handover", "statement", "application", "promise"]
    id: UUID
    title: str = Field(
        description="What was promised, a statement's project, an application's number, or the election"
    )
    due_on: date | None = Field(description="Empty where no day was agreed, or while the clock stands")
    overdue: bool


class MyUnitOut(ApiModel):
    unit_id: UUID
    name: str
    kind: UnitKind
    duties: list[Duty]
    starts_on: date
    cooperations: list[RunningCooperationOut] = Field(description="Those that have not ended")
    waiting: list[WaitingOut] = Field(description="What is open, by the day when it is due")


class MyUnitList(ApiModel):
    items: list[MyUnitOut]
    next: str | None
