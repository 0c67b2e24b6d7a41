"""HTTP of the dashboard: the Agency sees where the plans of all units stand."""

from uuid import UUID

from evaluation.dashboards import repository
from evaluation.dashboards.domain import PlanState, by_unit
from evaluation.dashboards.schemas import Dashboard
from evaluation.progress.schemas import light_of
from evaluation.projects.refusals import ProjectUnknown
from evaluation.projects.sum_repository import sums_of_project
from evaluation.projects.sum_schemas import PROJECT_SUMS, ProjectProgress
from shared.contracts.base import Role
from shared.days import end_of
from shared.http import Reads, allow, router, today

dashboards = router("/projects/{project_id}/dashboard", tag="projects")

_AGENCY = (Role.ADMINISTRATOR, Role.ANALYST, Role.CONSULTANT, Role.DIRECTOR, Role.EVALUATOR)


@dashboards.get("", dependencies=[allow(*_AGENCY)])
async def get_project_dashboard(reads: Reads, project_id: UUID) -> Dashboard:
    """Give the lights and arrears of the plans of a project's units beside what the project promised."""
    day = today()
    found = await reads.one(sums_of_project(), project_id=project_id, as_of=day, until=end_of(day))
    if found is None:
        raise ProjectUnknown
    project = ProjectProgress.of(PROJECT_SUMS.validate_json(bytes(found.body)), on=day)
    rows = await reads.rows(repository.plans_of_units(), project_id=project_id, today=day)
    plans = {
        row["plan_id"]: PlanState(
            lights=tuple(light_of(each, day) for each in row["indicators"]), overdue=row["overdue"]
        )
        for row in rows
        if row["plan_id"] is not None
    }
    return Dashboard.of(project, plans, by_unit(rows))
