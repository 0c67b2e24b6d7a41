"""JSON of the log of activities."""

from dataclasses import fields
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.activities import domain
from registry.activities.code_lists import PeopleRole, StaffRole
from registry.activities.domain import LONGEST, Activity, ActivityMove, ActivityStatus, Facts
from registry.activities.sums import SummedBy
from shared.contracts.intake import ExpertActivityKind
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Day, DecimalText, Digest, LongText, ShortText, Storable, Title

Minutes = Annotated[int, Field(strict=True, ge=1, le=LONGEST)]
Head = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Person = Annotated[str, StringConstraints(min_length=1, max_length=255), Storable]
Key = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    Storable,
    Field(description="A random key of 8–64 letters, digits, - and _; never a name", examples=["p4f7Qz81Lk"]),
]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Storable]


class OutputIn(ApiModel):
    document_id: UUID
    file_name: Title
    digest: Digest = Field(description="SHA-256 of the file, in hex")
    label: ShortText = ""


class StaffIn(ApiModel):
    person: Person
    role: StaffRole = StaffRole.LEAD
    minutes: Minutes


class PeopleIn(ApiModel):
    role: PeopleRole
    count: Head = Field(description="How many of them")
    minutes: Minutes = Field(description="Of each of them")


class ParticipantIn(ApiModel):
    person: Key
    role: PeopleRole
    minutes: Minutes


class FactsIn(ApiModel):
    """Staff that is not told is the caller alone, all the time."""

    kind: ExpertActivityKind
    unit_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50)]
    areas: Annotated[tuple[ThematicArea, ...], Field(max_length=len(ThematicArea))] = ()
    held_on: Day = Field(examples=["2026-11-12"])
    minutes: Minutes = Field(description="How long it lasted", examples=[90])
    place: ShortText = ""
    online: bool = Field(default=False, strict=True)
    title: Title
    note: LongText = ""
    documents: Annotated[tuple[OutputIn, ...], Field(max_length=20)] = ()
    staff: Annotated[tuple[StaffIn, ...], Field(min_length=1, max_length=50)] | None = Field(
        default=None,
        description="Who of the Agency took part; left out: whoever writes it down, all the time",
    )
    people: Annotated[tuple[PeopleIn, ...], Field(max_length=50)] = ()
    attendance: Annotated[tuple[ParticipantIn, ...], Field(max_length=500)] = ()

    def facts(self, *, caller: str) -> Facts:
        alone = domain.Staff(person=caller, role=StaffRole.LEAD, minutes=self.minutes)
        staff = [domain.Staff(**each.model_dump()) for each in self.staff or ()]
        return Facts(
            kind=self.kind,
            unit_ids=self.unit_ids,
            areas=self.areas,
            held_on=self.held_on,
            minutes=self.minutes,
            place=self.place,
            online=self.online,
            title=self.title,
            note=self.note,
            documents=tuple(domain.Document(**each.model_dump()) for each in self.documents),
            staff=tuple(staff) or (alone,),
            people=tuple(domain.People(**each.model_dump()) for each in self.people),
            attendance=tuple(domain.Participant(**each.model_dump()) for each in self.attendance),
        )


class ActivityIn(FactsIn):
    on: Day | None = Field(default=None, description="Day of writing down; the Agency may give a past one")


class ActivityCorrectionIn(FactsIn):
    reason: Reason
    on: Day | None = Field(default=None, description="Day of the correction; a past one where it was")


class StrikeOutIn(ApiModel):
    reason: Reason
    on: Day | None = None


class ActivityCopyIn(ApiModel):
    held_on: Day
    minutes: Minutes | None = Field(default=None, description="Those of the pattern where left out")
    people: Annotated[tuple[PeopleIn, ...], Field(max_length=50)] = ()

    def people_told(self) -> tuple[domain.People, ...]:
        return tuple(domain.People(**each.model_dump()) for each in self.people)


class OutputOut(ApiModel):
    document_id: UUID
    file_name: str
    digest: str
    label: str


class StaffOut(ApiModel):
    person: str
    role: StaffRole
    minutes: int


class PeopleOut(ApiModel):
    role: PeopleRole
    count: int
    minutes: int


class ParticipantOut(ApiModel):
    person: str
    role: PeopleRole
    minutes: int


class ActivityHead(ApiModel):
    id: UUID
    version: int
    status: ActivityStatus
    kind: ExpertActivityKind
    unit_ids: list[UUID]
    areas: list[ThematicArea]
    held_on: date
    minutes: int
    place: str
    online: bool
    title: str
    staff: list[StaffOut]
    people: list[PeopleOut]
    recorded_by: str
    recorded_at: datetime


class ActivityOut(ActivityHead):
    """A state of a past day (`as_of`) has no `allowed_moves`."""

    note: str
    documents: list[OutputOut]
    attendance: list[ParticipantOut]
    allowed_moves: list[ActivityMove] | None = None

    @classmethod
    def of(cls, activity: Activity) -> "ActivityOut":
        values = {field.name: getattr(activity, field.name) for field in fields(activity)}
        return cls.model_validate({**values, "allowed_moves": domain.PROCEDURE.allowed(activity.status)})


class ActivityList(ApiModel):
    items: list[ActivityHead]
    next: str | None


class ActivityCodeOut(ApiModel):
    code: str
    name_cs: str
    name_en: str


class ActivityCodeListsOut(ApiModel):
    kinds: list[ActivityCodeOut]
    people_roles: list[ActivityCodeOut]
    staff_roles: list[ActivityCodeOut]


class ActivitySumOut(ApiModel):
    """What is not summed by is null; so is the area of activities without one."""

    kind: ExpertActivityKind | None
    area: ThematicArea | None
    period: str | None = Field(examples=["2026-11", "2026-Q4", "2026"])
    unit_id: UUID | None
    staff: str | None
    activities: int
    minutes: int
    hours: DecimalText = Field(description="Hours of 60 minutes, two places")


class ReachedOut(ApiModel):
    """Somebody who took part twice counts twice: people without a key cannot be told apart."""

    role: PeopleRole
    people: int
    minutes: int
    hours: DecimalText


class ActivityTotalOut(ApiModel):
    activities: int
    minutes: int
    hours: DecimalText


class ActivitySummaryOut(ApiModel):
    by: list[SummedBy]
    adds_up: bool = Field(
        description="Whether the lines add up to the total; an activity may be of several areas, units, staff"
    )
    total: ActivityTotalOut
    lines: list[ActivitySumOut]
    people: list[ReachedOut]
