"""What `planning` tells of public consultations of drafts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationOpened(Event):
    """A draft was put before the public: the text with this digest is frozen, comments may come.

    The window is `opens_at` ≤ t < `closes_at`; planning serves the text at
    `/consultations/{consultation_id}/draft`.
    """

    type: ClassVar[str] = "planning.consultation.opened.v1"
    identity: ClassVar[str] = "consultation_id"

    consultation_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    opens_at: datetime
    closes_at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationSettled(Event):
    """Every timely comment was decided on and the settlement approved: the plan may go to approval.

    The counts are of comments; `unsettled` are late ones that nobody decided on.
    """

    type: ClassVar[str] = "planning.consultation.settled.v1"
    identity: ClassVar[str] = "consultation_id"

    consultation_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    settled_on: date
    accepted: int
    partly: int
    rejected: int
    noted: int
    withdrawn: int
    unsettled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementPublished(Event):
    """Everybody may read what became of each comment: the settlement is frozen and goes on paper.

    `digest` is the SHA-256 (hex) of the canonical JSON, which planning serves at
    `/consultations/{consultation_id}/publication`; there are no names of citizens in it.
    """

    type: ClassVar[str] = "planning.settlement.published.v1"
    identity: ClassVar[str] = "consultation_id"

    consultation_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    published_on: date
    comments: int
    digest: str
