"""JSON of the caseload."""

from datetime import date
from uuid import UUID

from registry.caseload.domain import Duty
from shared.http import ApiModel


class AssignmentOut(ApiModel):
    id: UUID
    unit_id: UUID
    person: str
    person_name: str
    duty: Duty
    starts_on: date
    ends_on: date | None
    version: int


class AssignmentList(ApiModel):
    items: list[AssignmentOut]
    next: str | None
