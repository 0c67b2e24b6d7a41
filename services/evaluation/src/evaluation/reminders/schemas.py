"""What the database gives for the feed."""

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from evaluation.reminders.feed import AwaitedValue


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedOfPlan:
    title: str
    awaited: tuple[AwaitedValue, ...]


AWAITED_OF_PLAN = TypeAdapter(AwaitedOfPlan)
