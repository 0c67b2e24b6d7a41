"""HTTP of monitoring: the state of a plan at a glance."""

from uuid import UUID

from evaluation.monitoring.domain import PlanNotMonitored
from evaluation.progress import repository
from evaluation.progress.schemas import MonitoredPlan, PlanProgress
from shared.http import Caller, Reads, logged_in, router, today

monitoring = router("/monitoring", tag="monitoring")


@monitoring.get("/{plan_id}", dependencies=[logged_in()])
async def get_progress(reads: Reads, caller: Caller, plan_id: UUID) -> PlanProgress:
    """Of the plans of one's own units, the Agency of all."""
    query = repository.progress_of_plan(of_all_units=caller.is_agency)
    found = await reads.one(query, plan_id=plan_id, units=list(caller.units))
    if found is None:
        raise PlanNotMonitored
    plan = MonitoredPlan.model_validate_json(bytes(found.body))
    return PlanProgress.of(plan, today=today())
