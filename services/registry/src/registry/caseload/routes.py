"""HTTP of the caseload."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from registry.caseload import repository
from registry.caseload.schemas import AssignmentList
from shared.http import Page, Reads, logged_in, router

assignments = router("/assignments", tag="caseload")


@assignments.get("", response_model=AssignmentList, dependencies=[logged_in()])
async def list_assignments(
    reads: Reads,
    page: Page,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
) -> Response:
    """List who looks after which unit, the latest first."""
    return await reads.page(repository.assignments(of_unit=unit is not None), page, unit_id=unit)
