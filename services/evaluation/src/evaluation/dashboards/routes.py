"""HTTP of the dashboard: the Agency sees where the plans of all units stand."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from evaluation.dashboards import repository
from evaluation.dashboards.domain import DayToCome, PlanState, by_unit
from evaluation.dashboards.schemas import Dashboard
from evaluation.progress.schemas import light_of
from evaluation.projects.refusals import ProjectUnknown
from evaluation.projects.sum_repository import sums_of_project
from evaluation.projects.sum_schemas import PROJECT_SUMS, ProjectProgress
from evaluation.shifts import repository as shifts
from evaluation.shifts.overview import overview
from evaluation.shifts.schemas import ShiftOverview
from shared.contracts.base import Role
from shared.days import end_of
from shared.http import Day, Reads, allow, router, today

dashboards = router("/projects/{project_id}/dashboard", tag="projects")

AsOf = Annotated[Day | None, Query(description="Today where left out")]
_AGENCY = (Role.ADMINISTRATOR, Role.ANALYST, Role.CONSULTANT, Role.DIRECTOR, Role.EVALUATOR)


@dashboards.get("", dependencies=[allow(*_AGENCY)])
async def get_project_dashboard(reads: Reads, project_id: UUID, as_of: AsOf = None) -> Dashboard:
    """Give the lights and arrears of the plans of a project's units beside what the project promised.

    Of a past day: values that were measured until it, as they count today, and what was not reported by it.
    """
    day = as_of or today()
    if day > today():
        raise DayToCome(pointer="as_of", today=today())
    found = await reads.one(sums_of_project(), project_id=project_id, as_of=day, until=end_of(day))
    if found is None:
        raise ProjectUnknown
    project = ProjectProgress.of(PROJECT_SUMS.validate_json(bytes(found.body)), on=day)
    query = repository.plans_of_units(past=day < today())
    rows = await reads.rows(query, project_id=project_id, today=day, until=end_of(day))
    measured = shifts.measured(frozenset({"of_units"}), of_all_units=True)
    units = sorted({row["unit_id"] for row in rows})
    lines = await reads.rows(measured, of_units=units, as_of=day)
    quality = ShiftOverview.of(overview(shifts.line_in(line) for line in lines), day).together
    plans = {
        row["plan_id"]: PlanState(
            lights=tuple(light_of(each, day) for each in row["indicators"]), overdue=row["overdue"]
        )
        for row in rows
        if row["plan_id"] is not None
    }
    return Dashboard.of(project, plans, by_unit(rows), quality)
