"""HTTP of projects: everybody reads what was promised and what came of it."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from evaluation.projects import list_repository, sum_repository, use_cases
from evaluation.projects.domain import Programme
from evaluation.projects.list_repository import Filters
from evaluation.projects.refusals import ProjectUnknown
from evaluation.projects.schemas import ProjectIn, ProjectList, ProjectOut, ProjectState
from evaluation.projects.sum_schemas import PROJECT_SUMS, ProjectProgress
from evaluation.projects.sums import ProjectSums, for_the_public, told_until
from shared.contracts.base import Role
from shared.days import end_of
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Title,
    Tx,
    allow,
    etag,
    public,
    router,
    today,
)
from shared.names import pattern_of

projects = router("/projects", tag="projects")

_WRITE: Final = allow(Role.ADMINISTRATOR, Role.ANALYST, Role.COORDINATOR)


@projects.post("", status_code=201, dependencies=[_WRITE])
async def enter_project(tx: Tx, body: ProjectIn, request: Request, response: Response) -> ProjectState:
    """Enter a project with its key activities and promised outputs."""
    entered = await use_cases.enter_project(tx, body.project(tx.new_id()))
    response.headers["Location"] = f"{request.url.path}/{entered.id}"
    response.headers.update(etag(entered.version))
    return ProjectState(id=entered.id, version=entered.version)


@projects.get("", response_model=ProjectList, dependencies=[public()])
async def list_projects(
    reads: Reads,
    page: Page,
    *,
    programme: Annotated[Programme | None, Query(alias="filter[programme]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    q: Annotated[Title | None, Query(description="Words of title, number or beneficiary")] = None,
) -> Response:
    """List projects in Czech order."""
    filters = Filters(of_programme=programme is not None, of_unit=unit is not None, by_words=q is not None)
    return await reads.page(
        list_repository.projects(filters),
        page,
        programme=programme and programme.value,
        unit=unit,
        patterns=[pattern_of(word) for word in (q or "").split()],
    )


@projects.get("/{project_id}", response_model=ProjectOut, dependencies=[public()])
async def get_project(reads: Reads, project_id: UUID) -> Response:
    found = await reads.one(list_repository.PROJECT, project_id=project_id)
    if found is None:
        raise ProjectUnknown
    return found


@projects.put("/{project_id}", dependencies=[_WRITE])
async def change_project(
    tx: Tx, project_id: UUID, body: ProjectIn, expected: ExpectedVersion, response: Response
) -> ProjectState:
    """Say all of a project anew; what documents or participants hang on cannot be left out."""
    changed = await use_cases.change_project(
        tx, body.project(project_id), expected=expected, threshold_valid_from=body.threshold_valid_from
    )
    response.headers.update(etag(changed.version))
    return ProjectState(id=changed.id, version=changed.version)


@projects.get("/{project_id}/progress", dependencies=[public()])
async def get_project_progress(
    reads: Reads,
    caller: Caller,
    project_id: UUID,
    as_of: Annotated[Day | None, Query(description="Today where left out")] = None,
) -> ProjectProgress:
    """Give target, actual and forecast of indicators, key activities and outputs on a day.

    Small numbers of people are hidden from all but the Agency and the municipality that keeps the project.
    """
    day = as_of or today()
    whole = await _sums(reads, project_id, day)
    if not (caller.is_agency or whole.owner_unit_id in caller.units):
        known = await _sums(reads, project_id, told_until(day))
        whole = replace(whole, people=for_the_public(known.people))
    return ProjectProgress.of(whole, on=day)


async def _sums(reads: Reads, project_id: UUID, day: date) -> ProjectSums:
    query = sum_repository.sums_of_project()
    found = await reads.one(query, project_id=project_id, as_of=day, until=end_of(day))
    if found is None:
        raise ProjectUnknown
    return PROJECT_SUMS.validate_json(bytes(found.body))
