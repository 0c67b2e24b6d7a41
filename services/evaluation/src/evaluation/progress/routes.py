"""HTTP of monitoring: the state of a plan at a glance, and the lock of its periods."""

from uuid import UUID

from fastapi import Response

from evaluation.monitoring.domain import PlanNotMonitored
from evaluation.progress import repository, use_cases
from evaluation.progress.schemas import LockIn, LockState, MonitoredPlan, PlanProgress
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, Reads, Tx, allow, etag, logged_in, router, today

monitoring = router("/monitoring", tag="monitoring")


@monitoring.get("/{plan_id}", dependencies=[logged_in()])
async def get_progress(reads: Reads, caller: Caller, plan_id: UUID, response: Response) -> PlanProgress:
    """Of the plans of one's own units, the Agency of all."""
    query = repository.progress_of_plan(of_all_units=caller.is_agency)
    found = await reads.one(query, plan_id=plan_id, units=list(caller.units))
    if found is None:
        raise PlanNotMonitored
    plan = MonitoredPlan.model_validate_json(bytes(found.body))
    response.headers.update(etag(plan.version))
    return PlanProgress.of(plan, today=today())


@monitoring.post("/{plan_id}/lock", dependencies=[allow(Role.CONSULTANT, Role.EVALUATOR)])
async def lock_periods(
    tx: Tx, plan_id: UUID, body: LockIn, expected: ExpectedVersion, response: Response
) -> LockState:
    """Lock the periods whose figures were published, or unlock them; each time with a reason."""
    done = await use_cases.lock_periods(
        tx, plan_id, until=body.locked_until, reason=body.reason, expected_version=expected
    )
    response.headers.update(etag(done.version))
    return LockState(plan_id=plan_id, locked_until=done.locked_until, version=done.version)
