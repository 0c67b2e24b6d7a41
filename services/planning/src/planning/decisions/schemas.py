"""The JSON of decisions."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from planning.decisions.domain import Decision, DecisionStatus, Votes, Wording
from shared.http import ApiModel, Count, Day, ShortText, Storable

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000), Storable]
Vote = Annotated[Count, Field(le=1_000)]


class VotesIn(ApiModel):
    votes_for: Vote
    votes_against: Vote = 0
    abstained: Vote = 0


class DecisionIn(ApiModel):
    text: Text
    votes: VotesIn | None = Field(default=None, description="Empty where nobody counted: a consensus")
    responsible: ShortText = ""
    due_on: Day | None = None

    def wording(self) -> Wording:
        counted = None
        if self.votes is not None:
            counted = Votes(
                votes_for=self.votes.votes_for,
                votes_against=self.votes.votes_against,
                abstained=self.votes.abstained,
            )
        return Wording(text=self.text, votes=counted, responsible=self.responsible, due_on=self.due_on)


class SettlementIn(ApiModel):
    status: Literal[DecisionStatus.DONE, DecisionStatus.DROPPED]
    settled_on: Day
    note: ShortText = ""


class DecisionState(ApiModel):
    """What was made of the decision."""

    id: UUID
    version: int
    number: str
    status: DecisionStatus

    @classmethod
    def of(cls, decision: Decision) -> "DecisionState":
        return cls.model_validate(decision)


class DecisionOut(ApiModel):
    id: UUID
    version: int
    number: str = Field(examples=["3/2026"])
    body_id: UUID
    body_name: str
    meeting_id: UUID
    decided_on: date
    text: str
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    responsible: str
    due_on: date | None
    status: DecisionStatus
    is_overdue: bool
    settled_on: date | None
    settlement_note: str


class DecisionList(ApiModel):
    items: tuple[DecisionOut, ...]
    next: str | None
