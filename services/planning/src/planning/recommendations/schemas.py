"""The JSON of recommendations and of replies."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from planning.recommendations.domain import Reply, State
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.planning import RecommendationAnswer
from shared.http import ApiModel, Day, LongText, ShortText

Places = Annotated[tuple[UUID, ...], Field(max_length=200)]


class ReplyIn(ApiModel):
    """Accepted in whole or part: an office and a day. Rejected or accepted in part: reasons."""

    answer: RecommendationAnswer
    reasons: LongText = ""
    responsible: ShortText = Field(default="", description="The office or organisation that fulfils it")
    due_on: Day | None = None
    node_ids: Places = Field(default=(), description="Where in the plan, or in its draft, it is met")

    def reply(self) -> Reply:
        return Reply(
            version=0,
            answer=self.answer,
            reasons=self.reasons,
            responsible=self.responsible,
            due_on=self.due_on,
            node_ids=tuple(dict.fromkeys(self.node_ids)),
        )


class FulfilmentIn(ApiModel):
    fulfilled_on: Day
    evidence: Annotated[LongText, Field(min_length=1)] = Field(
        description="What shows it: a resolution, a document, a contract"
    )
    node_ids: Places = ()


class RecommendationState(ApiModel):
    """What a reply made of the recommendation."""

    id: UUID
    version: int
    state: State


class RecommendationOut(ApiModel):
    id: UUID
    version: int
    evaluation_id: UUID
    plan_id: UUID
    plan_title: str
    revision: int
    unit_ids: tuple[UUID, ...]
    number: str
    text: str
    addressee: str
    priority: RecommendationPriority
    issued_on: date
    response_due_on: date
    node_ids: tuple[UUID, ...]
    state: State
    answer: RecommendationAnswer | None
    reasons: str | None
    responsible: str | None
    due_on: date | None
    met_in: tuple[UUID, ...] | None
    fulfilled_on: date | None
    evidence: str | None
    replied_at: datetime | None
    worded_anew: bool = Field(description="Whether the wording changed after the reply")


class RecommendationList(ApiModel):
    items: tuple[RecommendationOut, ...]
    next: str | None


class ReplyOut(ApiModel):
    version: int
    answer: RecommendationAnswer
    reasons: str
    responsible: str
    due_on: date | None
    met_in: tuple[UUID, ...]
    fulfilled_on: date | None
    evidence: str
    affiliation: str
    replied_at: datetime


class ReplyList(ApiModel):
    items: tuple[ReplyOut, ...]
    next: str | None
