"""JSON of commissions and assessments."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, TypeAdapter

from registry.commission.assessing import Assessment, Move, Status
from registry.commission.domain import BODIES, Duty, NominatingBody
from registry.commission.minutes import Minutes
from registry.commission.ranking import Recommendation, TieRule
from registry.decided import DecisionDay
from shared.http import ApiModel, Count, Day, DecimalText, Reasons, ShortText, Title

TermDay = Annotated[Day, Field(ge=date(2008, 1, 23), le=date(2199, 12, 31))]
"""No commission is older than the Agency."""

_MINUTES = TypeAdapter(Minutes)


def minutes_in(content: Mapping[str, object]) -> Minutes:
    """Return the minutes from the JSON in which they were frozen."""
    return _MINUTES.validate_python(content)


class CommissionIn(ApiModel):
    established_by: Annotated[ShortText, Field(min_length=1)] = Field(
        examples=["rozhodnutí ministra č. 25/2021 ze dne 19. 10. 2021"]
    )
    starts_on: TermDay
    ends_on: TermDay | None = None


class SeatIn(ApiModel):
    """`person` is the subject of the person's tokens."""

    person: Title
    person_name: Title
    body: NominatingBody
    duty: Duty = Duty.MEMBER
    starts_on: TermDay
    ends_on: TermDay | None = None


class LeaveIn(ApiModel):
    ends_on: TermDay = Field(description="Last day in the commission")


class SeatOut(ApiModel):
    """`id` and `person` are told to the Agency alone."""

    id: UUID | None = None
    person: str | None = None
    person_name: str
    body: NominatingBody
    duty: Duty
    starts_on: date
    ends_on: date | None


class CommissionOut(ApiModel):
    id: UUID
    version: int
    established_by: str
    starts_on: date
    ends_on: date | None
    seats: list[SeatOut]


class CommissionList(ApiModel):
    items: list[CommissionOut]
    next: str | None


class BodyOut(ApiModel):
    code: NominatingBody
    name_cs: str
    name_en: str


class BodyList(ApiModel):
    items: list[BodyOut]

    @classmethod
    def of_all(cls) -> "BodyList":
        return cls(items=[BodyOut(code=code, name_cs=cs, name_en=en) for code, (cs, en) in BODIES.items()])


class AssessmentIn(ApiModel):
    """`quorum`: scores that each application needs, more than half of the members if left out."""

    call_id: UUID
    commission_id: UUID
    quorum: Annotated[Count, Field(ge=1, le=1000)] | None = None
    spread_alarm: Annotated[DecimalText, Field(ge=0)] | None = Field(
        default=None, description="In points of the weighted total; a quarter of the maximum if left out"
    )
    on: DecisionDay = None


class CriterionOut(ApiModel):
    code: str
    name_cs: str
    name_en: str
    weight: DecimalText
    max_points: int
    min_points: int | None


class AssessorOut(ApiModel):
    person: str
    person_name: str
    body: NominatingBody
    is_chair: bool


class AssessmentOut(ApiModel):
    id: UUID
    version: int
    call_id: UUID
    commission_id: UUID
    status: Status
    opened_on: date
    closed_on: date | None
    quorum: int
    spread_alarm: DecimalText
    criteria: list[CriterionOut]
    minimum_points: DecimalText
    capacity: int | None
    secretary: str
    secretary_name: str
    assessors: list[AssessorOut]
    allowed_moves: list[Move]

    @classmethod
    def of(cls, assessment: Assessment) -> "AssessmentOut":
        return cls.model_validate(assessment)


class AssessmentHeadOut(ApiModel):
    id: UUID
    version: int
    call_id: UUID
    commission_id: UUID
    status: Status
    opened_on: date
    closed_on: date | None
    sealed: int = Field(description="Scores sealed in all applications")


class AssessmentList(ApiModel):
    items: list[AssessmentHeadOut]
    next: str | None


class ReinforcementIn(ApiModel):
    person: Title
    reason: Reasons


class RecusalIn(ApiModel):
    person: Title
    ground: Reasons


class AbsenceIn(ApiModel):
    """Without `application_ids` all applications that the member has not sealed."""

    person: Title
    reason: Reasons
    application_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)] | None = None


class DiscussionIn(ApiModel):
    note: Reasons


class ClosureIn(ApiModel):
    on: DecisionDay = None


class MissedOut(ApiModel):
    criterion: str | None
    reached: DecimalText
    needed: DecimalText


class LineOut(ApiModel):
    rank: int
    application_id: UUID
    number: str
    unit_name: str
    result: DecimalText
    exact: str = Field(examples=["203/9"])
    scores: int
    means: dict[str, DecimalText]
    spread: DecimalText
    is_alarmed: bool
    discussion: str | None
    index: DecimalText | None
    index_year: int | None
    received_at: str
    recommendation: Recommendation
    missed: list[MissedOut]
    tied_by: TieRule | None


class RankingOut(ApiModel):
    items: list[LineOut]

    @classmethod
    def of(cls, minutes: Minutes) -> "RankingOut":
        return cls(items=[LineOut.model_validate(line) for line in minutes.ranking])


class SignatureOut(ApiModel):
    duty: Duty
    person_name: str
    signed_on: date


class MinutesOut(ApiModel):
    """`digest` is the SHA-256 of the canonical JSON of `content`; `text` is in the reader's language."""

    number: str
    digest: str
    content: dict[str, object]
    text: str
    signatures: list[SignatureOut]
