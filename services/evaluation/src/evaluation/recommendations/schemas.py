"""JSON of the register of recommendations."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from evaluation.recommendations.domain import Answer, FollowUp, Fulfilment, Recommendation, State
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.planning import RecommendationAnswer
from shared.contracts.reports import EvaluationType
from shared.http import ApiModel, Day, LongText, ShortText


class RecommendationOut(ApiModel):
    """A recommendation as it was issued, with its answer and with what became of it."""

    id: UUID
    version: int
    evaluation_id: UUID
    edition: int
    evaluation_type: EvaluationType
    evaluation_title: str
    plan_id: UUID | None
    revision: int | None
    unit_ids: list[UUID]
    number: str
    text: str
    addressee: str
    priority: RecommendationPriority
    issued_on: date
    response_due_on: date
    node_ids: list[UUID]
    state: State
    answer: RecommendationAnswer | None
    reasons: str | None
    responsible: str | None
    due_on: date | None
    met_in: list[UUID] | None
    fulfilled_on: date | None
    fulfilment: Fulfilment | None
    evidence: str | None
    followed_up_on: date | None


class RecommendationList(ApiModel):
    items: list[RecommendationOut]
    next: str | None


class FollowUpOut(ApiModel):
    fulfilment: Fulfilment
    evidence: str
    followed_up_on: date
    affiliation: str


class RecommendationDetail(RecommendationOut):
    follow_ups: list[FollowUpOut]


class RecommendationState(ApiModel):
    """What a decision left behind."""

    id: UUID
    version: int
    state: State

    @classmethod
    def of(cls, kept: Recommendation, *, today: date) -> "RecommendationState":
        return cls(id=kept.id, version=kept.version, state=kept.state(today))


class RecommendationSummary(ApiModel):
    """How many recommendations stand where."""

    states: dict[State, int]


class FollowUpIn(ApiModel):
    fulfilment: Fulfilment
    evidence: Annotated[LongText, Field(min_length=1)] = Field(
        description="What shows it: a document, a figure, a meeting"
    )
    followed_up_on: Day

    def follow_up(self) -> FollowUp:
        return FollowUp(
            fulfilment=self.fulfilment, evidence=self.evidence, followed_up_on=self.followed_up_on
        )


class RecordedAnswerIn(ApiModel):
    """The answer to a recommendation outside any plan, as its addressee sent it."""

    answer: RecommendationAnswer
    reasons: Annotated[LongText, Field(min_length=1)] = Field(
        description="What was answered, and in which document"
    )
    responsible: ShortText = ""
    due_on: Day | None = None

    def recorded(self) -> Answer:
        return Answer(
            version=0,
            answer=self.answer,
            reasons=self.reasons,
            responsible=self.responsible,
            due_on=self.due_on,
        )
