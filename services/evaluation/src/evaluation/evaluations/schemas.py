"""JSON of evaluations."""

from datetime import date
from uuid import UUID

from evaluation.evaluations.domain import CancelReason, EvaluationStatus
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.planning import PlanKind
from shared.http import ApiModel


class EvaluationOut(ApiModel):
    """One evaluation in the calendar of a plan."""

    id: UUID
    plan_id: UUID
    plan_title: str
    plan_kind: PlanKind
    unit_ids: list[UUID]
    kind: EvaluationKind
    due_on: date
    status: EvaluationStatus
    cancelled_reason: CancelReason | None
    version: int


class EvaluationList(ApiModel):
    items: list[EvaluationOut]
    next: str | None
