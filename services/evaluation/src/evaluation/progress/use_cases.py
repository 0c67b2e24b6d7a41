"""Lock the periods whose figures were published."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from evaluation.monitoring.domain import PlanNotMonitored
from evaluation.progress import repository
from evaluation.progress.domain import expect_lockable
from evaluation.progress.repository import LockedPlan
from shared.contracts.evaluation import PeriodsLocked
from shared.errors import expect_version
from shared.transaction import Transaction


async def lock_periods(
    tx: Transaction, plan_id: UUID, *, until: date | None, reason: str, expected_version: int
) -> LockedPlan:
    """Lock what ends until a day, or unlock it; values that wait there move only with a reason.

    Raises PlanNotMonitored, LockInTheFuture.
    """
    plan = await repository.lock_plan(tx.session, plan_id)
    if plan is None:
        raise PlanNotMonitored
    expect_version(expected_version, plan.version)
    expect_lockable(until, today=tx.today)
    after = replace(plan, locked_until=until, version=plan.version + 1)
    await repository.save_lock(tx, plan_id, after, reason=reason)
    tx.emit(
        PeriodsLocked(
            version=after.version, plan_id=plan_id, unit_ids=after.unit_ids, locked_until=after.locked_until
        )
    )
    return after
