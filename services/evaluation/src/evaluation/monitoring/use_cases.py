"""Set up, re-plan and stop the monitoring of a plan."""

from evaluation.definitions import repository as definitions
from evaluation.monitoring import repository
from evaluation.monitoring.calendar import PlannedObligation, collection_calendar
from shared.contracts.evaluation import MonitoringSetUp
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.transaction import Transaction


async def set_up_monitoring(tx: Transaction, event: PlanApproved) -> None:
    """Make the calendar of a revision the one that counts; an older revision changes nothing.

    The outcome depends on the newest revision and the closing alone, not on the order of arrival.
    """
    plan = await repository.take_revision(tx.session, event, now=tx.now)
    if plan is None:
        return
    calendar = collection_calendar(
        event.indicators, valid_from=event.valid_from, valid_until=event.valid_until
    )
    named = await definitions.named(tx.session, [(each.name, each.unit) for each in event.indicators])
    await repository.keep_indicators(tx.session, event.plan_id, event.indicators, named=named)
    await repository.keep_obligations(tx.session, event.plan_id, calendar, is_new=plan.is_new)
    if not plan.is_new:
        await _drop_left_out(tx, event, calendar)
    if plan.closed_on is not None:
        await repository.cancel_due_after(tx.session, event.plan_id, plan.closed_on)
    tx.emit(
        MonitoringSetUp(
            version=plan.version,
            plan_id=event.plan_id,
            revision=event.revision,
            indicators=len(event.indicators),
            obligations=len(calendar),
            first_due_on=min((planned.period.due_on for planned in calendar), default=None),
        )
    )


async def _drop_left_out(
    tx: Transaction, event: PlanApproved, calendar: tuple[PlannedObligation, ...]
) -> None:
    indicators = [indicator.indicator_id for indicator in event.indicators]
    await repository.drop_indicators_except(tx.session, event.plan_id, indicators, revision=event.revision)
    await repository.cancel_left_out(tx.session, event.plan_id, calendar, indicators=indicators)


async def stop_monitoring(tx: Transaction, event: PlanClosed) -> None:
    """Nothing more falls due after the closing; what was reported stays."""
    if await repository.take_closing(tx.session, event):
        await repository.cancel_due_after(tx.session, event.plan_id, event.closed_on)
