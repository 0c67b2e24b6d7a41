"""JSON of evaluations."""

from datetime import date
from uuid import UUID

from pydantic import Field

from evaluation.evaluations.domain import CancelReason, EvaluationStatus
from evaluation.lists import ListRequest
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.planning import PlanKind
from shared.http import ApiModel


class EvaluationFilters(ListRequest):
    plan: UUID | None = Field(default=None, alias="filter[plan]")
    unit: UUID | None = Field(default=None, alias="filter[unit]", description="A unit of the plan")
    kind: EvaluationKind | None = Field(default=None, alias="filter[kind]")
    status: EvaluationStatus | None = Field(default=None, alias="filter[status]")
    due_before: date | None = Field(default=None, alias="filter[due_before]", description="Without that day")


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
