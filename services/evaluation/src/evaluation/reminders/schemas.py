"""JSON of subscriptions, and what the database gives for the feed."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

from evaluation.reminders.domain import Subject
from evaluation.reminders.feed import AwaitedValue
from shared.http import ApiModel, Title


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedOfPlan:
    title: str
    awaited: tuple[AwaitedValue, ...]


AWAITED_OF_PLAN = TypeAdapter(AwaitedOfPlan)


class SubjectIn(ApiModel):
    """What it is about: exactly one of the three."""

    unit_id: UUID | None = None
    plan_id: UUID | None = None
    owner: Title | None = Field(default=None, examples=["Odbor sociálních věcí"])

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        if sum(value is not None for value in (self.unit_id, self.plan_id, self.owner)) != 1:
            raise ValueError("Say exactly one of unit_id, plan_id and owner")
        return self

    def subject(self) -> Subject:
        return Subject(unit_id=self.unit_id, plan_id=self.plan_id, owner=self.owner)


class SubscriptionState(ApiModel):
    id: UUID
    version: int


class SubscriptionOut(SubscriptionState):
    """I am told of this; `plan_title` where it is a plan."""

    unit_id: UUID | None
    plan_id: UUID | None
    plan_title: str | None
    owner: str | None
    created_at: datetime


class SubscriptionList(ApiModel):
    items: list[SubscriptionOut]
    next: str | None
