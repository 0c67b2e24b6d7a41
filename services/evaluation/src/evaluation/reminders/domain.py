"""What is told when: the stages of a reminder, subscriptions, and the days on which letters go out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.days import PRAGUE
from shared.errors import NotFound, RuleBroken
from shared.working_days import is_working_day, working_days_after

ESCALATES_AFTER = 10
"""Working days after a value was found overdue."""
MOST_SUBSCRIPTIONS = 100
NEVER_CHANGED = 1
"""The version of what is only ever made and dropped."""
FIRST_HOUR, LAST_HOUR = 6, 20
"""Nobody is written to at night."""


class Stage(StrEnum):
    DUE_SOON = "due-soon"
    DUE_TODAY = "due-today"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    EVALUATION_DUE = "evaluation-due"
    RECOMMENDATION_ISSUED = "recommendation-issued"
    ANSWER_OVERDUE = "answer-overdue"
    READING_DUE = "reading-due"
    APPROVAL_OVERDUE = "approval-overdue"
    OWNER_LAPSED = "owner-lapsed"


URGENT_FIRST = (
    *(Stage.ESCALATED, Stage.OVERDUE, Stage.APPROVAL_OVERDUE, Stage.ANSWER_OVERDUE, Stage.OWNER_LAPSED),
    *(Stage.DUE_TODAY, Stage.DUE_SOON, Stage.RECOMMENDATION_ISSUED, Stage.READING_DUE, Stage.EVALUATION_DUE),
)
LATE = frozenset({Stage.ESCALATED, Stage.OVERDUE, Stage.APPROVAL_OVERDUE, Stage.ANSWER_OVERDUE})
TO_WHOM_ANSWERS = frozenset({Stage.ESCALATED, Stage.APPROVAL_OVERDUE, Stage.OWNER_LAPSED})
"""Told to coordinators and consultants of the unit too, subscribed or not."""
READ_AGAIN_AFTER = timedelta(days=365)
"""Quality is read once a year; the methodology says no interval, this one is ours."""
READ_BEFORE_THE_END = timedelta(days=90)
"""A reading so shortly before the end of a cooperation is its final one."""


class SubscriptionNotFound(NotFound):
    cs = "Takové upomínky neodebíráte."
    en = "You have no such subscription to reminders."


class SubscribedAlready(RuleBroken):
    cs = "Tyto upomínky už odebíráte."
    en = "You have these reminders already."


class TooManySubscriptions(RuleBroken):
    cs = "Nejvýš {most} odběrů upomínek."
    en = "At most {most} subscriptions to reminders."


class UnitNotYours(NotFound):
    cs = "Takovou jednotku nesledujete."
    en = "There is no such unit among yours."


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What reminders are about: one unit, one plan, or all that one office reports."""

    unit_id: UUID | None = None
    plan_id: UUID | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What planning told of a plan; `owner` is an office or an organisation, `label` the step of approval."""

    notice_id: UUID
    stage: Stage
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    due_on: date
    number: str = ""
    label: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What of letters may go out now: `since` is the Monday after which a weekly letter counts."""

    today: date
    is_working_day: bool
    since: date


def escalates_on(told_on: date) -> date:
    return working_days_after(told_on, ESCALATES_AFTER)


def posting_at(now: datetime) -> Posting | None:
    """Return what may be posted at that instant; None at night."""
    local = now.astimezone(PRAGUE)
    if not FIRST_HOUR <= local.hour < LAST_HOUR:
        return None
    today = local.date()
    monday = date.fromordinal(today.toordinal() - today.weekday())
    return Posting(today=today, is_working_day=is_working_day(today), since=monday)
