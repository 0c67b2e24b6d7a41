"""What an obligation can be, and why it can be cancelled."""

from enum import StrEnum

from shared.errors import NotFound


class ObligationStatus(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class CancelReason(StrEnum):
    INDICATOR_REMOVED = "indicator-removed"
    CALENDAR_CHANGED = "calendar-changed"
    PLAN_CLOSED = "plan-closed"


AWAITED = (ObligationStatus.OPEN, ObligationStatus.RETURNED)
"""In these states somebody is to report."""


class PlanNotMonitored(NotFound):
    cs = "Takový sledovaný plán není."
    en = "There is no such monitored plan."
