"""Set up, re-plan and stop the monitoring of a plan."""

from evaluation.definitions import repository as definitions
from evaluation.monitoring import calendar_repository, repository
from evaluation.monitoring.calendar import collection_calendar, earlier
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
    named = await definitions.named(tx.session, [(each.name, each.unit) for each in event.indicators])
    await repository.keep_indicators(
        tx.session, event.plan_id, event.indicators, named=named, since=event.approved_on
    )
    since = {} if plan.is_new else await repository.changed_periodicities(tx.session, event.plan_id)
    calendar = collection_calendar(
        event.indicators,
        valid_from=event.valid_from,
        valid_until=earlier(event.valid_until, plan.closed_on),
        since=since,
    )
    await calendar_repository.keep_obligations(tx.session, event.plan_id, calendar, is_new=plan.is_new)
    if not plan.is_new:
        kept = [indicator.indicator_id for indicator in event.indicators]
        await repository.drop_indicators_except(tx.session, event.plan_id, kept, revision=event.revision)
        await calendar_repository.leave_out(
            tx.session, event.plan_id, calendar, indicators=kept, closed_on=plan.closed_on
        )
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


async def stop_monitoring(tx: Transaction, event: PlanClosed) -> None:
    """End the collection with the day of the closing, which cuts the last periods; what was reported stays.

    What ended before is still to be reported, however late it is due: the last year is of most interest.
    """
    plan = await repository.take_closing(tx.session, event)
    if plan is None or plan.valid_from is None or plan.valid_until is None:
        return
    indicators = await repository.indicators_of(tx.session, event.plan_id)
    calendar = collection_calendar(
        indicators,
        valid_from=plan.valid_from,
        valid_until=earlier(plan.valid_until, event.closed_on),
        since=await repository.changed_periodicities(tx.session, event.plan_id),
    )
    await calendar_repository.keep_obligations(tx.session, event.plan_id, calendar, is_new=False)
    kept = [indicator.indicator_id for indicator in indicators]
    await calendar_repository.leave_out(
        tx.session, event.plan_id, calendar, indicators=kept, closed_on=event.closed_on
    )
