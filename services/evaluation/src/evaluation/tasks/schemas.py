"""JSON of my tasks and of private calendars."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

from evaluation.reminders.domain import Subject
from evaluation.reminders.feed import AwaitedValue
from evaluation.tasks.domain import PrivateFeed, TaskKind
from shared.contracts.reports import EvaluationType
from shared.http import ApiModel, Title


class TaskOut(ApiModel):
    """What waits for me: a value (`id` is its obligation), or an evaluation.

    `plan_title` is the title of the evaluation or the name of its unit where there is no plan.
    """

    kind: TaskKind
    id: UUID
    plan_id: UUID | None
    plan_title: str
    indicator: str | None
    period: str | None
    owner: str | None
    evaluation_type: EvaluationType | None
    due_on: date
    is_overdue: bool
    version: int


class TaskList(ApiModel):
    items: list[TaskOut]
    next: str | None


class TaskSum(ApiModel):
    kind: TaskKind
    count: int
    overdue: int


class TaskSums(ApiModel):
    """A kind of mine that is not among the items has nothing that waits."""

    items: list[TaskSum]


class FeedIn(ApiModel):
    """What the calendar shows: at most one of the three, else all that I see."""

    unit_id: UUID | None = None
    plan_id: UUID | None = None
    owner: Title | None = Field(default=None, examples=["Odbor sociálních věcí"])

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        if sum(value is not None for value in (self.unit_id, self.plan_id, self.owner)) > 1:
            raise ValueError("Say at most one of unit_id, plan_id and owner")
        return self

    def subject(self) -> Subject:
        return Subject(unit_id=self.unit_id, plan_id=self.plan_id, owner=self.owner)


class FeedOut(ApiModel):
    """A private calendar; it shows nothing after `valid_until` and once it is revoked.

    Ninety days after the login of `rights_at` it asks for another one.
    """

    id: UUID
    unit_id: UUID | None
    plan_id: UUID | None
    owner: str | None
    created_at: datetime
    valid_until: date
    rights_at: datetime | None = None
    revoked_at: datetime | None
    version: int

    @classmethod
    def of(cls, feed: PrivateFeed) -> "FeedOut":
        return cls(
            id=feed.feed_id,
            unit_id=feed.subject.unit_id,
            plan_id=feed.subject.plan_id,
            owner=feed.subject.owner,
            created_at=feed.created_at,
            valid_until=feed.valid_until,
            revoked_at=feed.revoked_at,
            version=feed.version,
        )


class RightsOut(ApiModel):
    """Until when letters and calendars tell what this login may see, without another one."""

    renewed_at: datetime
    expires_at: datetime
    has_account: bool = Field(description="Whether there is an address for reminders")
    calendars: int = Field(description="How many private calendars there are")


class NewFeed(ApiModel):
    """`path` is told this once: whoever has it reads the calendar."""

    feed: FeedOut
    path: str


class FeedList(ApiModel):
    items: list[FeedOut]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedInFeed:
    title: str
    awaited: tuple[AwaitedValue, ...]
    wants_login: bool = False


AWAITED_IN_FEED = TypeAdapter(AwaitedInFeed)
