"""What an evaluation can be, and why it can be cancelled."""

from enum import StrEnum

from shared.errors import NotFound


class EvaluationStatus(StrEnum):
    PLANNED = "planned"
    BEGUN = "begun"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CancelReason(StrEnum):
    SCHEDULE_CHANGED = "schedule-changed"
    PLAN_CLOSED = "plan-closed"


class EvaluationNotFound(NotFound):
    cs = "Taková evaluace není."
    en = "There is no such evaluation."
