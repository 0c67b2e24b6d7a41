"""SQL of reminders: set-based, each obligation once."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Uuid,
    and_,
    any_,
    bindparam,
    delete,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, insert

from evaluation.monitoring.tables import (
    FALLS_DUE,
    IS_AWAITED,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.reminders.domain import Stage
from evaluation.reminders.recipient_repository import noting
from evaluation.reminders.tables import PlannedEscalationRow
from shared.contracts.base import Event
from shared.contracts.evaluation import ObligationDue, ObligationEscalated, ObligationOverdue
from shared.reads import Query, json_object
from shared.telling import telling
from shared.transaction import Transaction

MOST_AT_ONCE = 20_000
"""The rest waits for the next tick of the clock."""


async def plan_for_these_days(tx: Transaction) -> None:
    """Let PostgreSQL plan for the days at hand until the end of the transaction.

    A plan that it keeps for any day reads all obligations: a second instead of a twentieth of it.
    """
    await tx.session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))


async def tell_due(tx: Transaction, *, until: date) -> None:
    """Mark and tell what is due from today until that day; two workers share the rows, none is told twice."""
    picked = _picked(
        ObligationRow.overdue_announced_at.is_(None),
        ObligationRow.due_announced_at.is_(None),
        ObligationRow.due_on.between(tx.today, until),
    )
    await _tell(tx, ObligationDue, _marked(picked, due_announced_at=tx.now), stage=Stage.DUE_SOON)


async def tell_overdue(tx: Transaction, *, escalates_on: date) -> None:
    """Mark and tell what is overdue, and note that it is escalated on that day unless its value comes."""
    picked = _picked(ObligationRow.overdue_announced_at.is_(None), ObligationRow.due_on < tx.today)
    marked = _marked(picked, overdue_announced_at=tx.now)
    later = select(marked.c.obligation_id, marked.c.due_on, literal(escalates_on, Date()))
    planned = insert(PlannedEscalationRow).from_select(["obligation_id", "due_on", "escalates_on"], later)
    planning = planned.on_conflict_do_nothing().cte("planned")
    await _tell(tx, ObligationOverdue, marked, planning, stage=Stage.OVERDUE)


_STILL_LATE = and_(
    PlannedEscalationRow.obligation_id == ObligationRow.obligation_id,
    PlannedEscalationRow.due_on == ObligationRow.due_on,
)


async def tell_escalated(tx: Transaction) -> None:
    """Tell what is late for long; what was reported, moved or dropped meanwhile falls through."""
    is_time = PlannedEscalationRow.escalates_on <= tx.today
    awaited = select(ObligationRow.obligation_id).where(IS_AWAITED, _STILL_LATE).exists()
    await tx.session.execute(delete(PlannedEscalationRow).where(is_time, ~awaited))
    picked = (
        select(ObligationRow.obligation_id)
        .select_from(PlannedEscalationRow)
        .join(ObligationRow, _STILL_LATE)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(is_time, FALLS_DUE)
        .order_by(PlannedEscalationRow.escalates_on, PlannedEscalationRow.obligation_id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=[ObligationRow, PlannedEscalationRow], skip_locked=True)
        .cte("picked")
    )
    gone = (
        delete(PlannedEscalationRow)
        .where(PlannedEscalationRow.obligation_id == any_(_ids_of(picked)), is_time)
        .returning(PlannedEscalationRow.obligation_id)
        .cte("gone")
    )
    await _tell(tx, ObligationEscalated, _marked(gone), stage=Stage.ESCALATED)


def _picked(*conditions: ColumnElement[bool]) -> CTE:
    """Lock the obligations alone: their plans and indicators are only looked at."""
    awaited = (
        select(ObligationRow.obligation_id)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(FALLS_DUE, *conditions)
    )
    ordered = awaited.order_by(ObligationRow.due_on, ObligationRow.obligation_id).limit(MOST_AT_ONCE)
    return ordered.with_for_update(of=ObligationRow, skip_locked=True).cte("picked")


def _ids_of(picked: CTE) -> ColumnElement[Sequence[UUID]]:
    """Return the ids as one array: joined, the planner would read all obligations for them."""
    return func.array(select(picked.c.obligation_id).scalar_subquery(), type_=ARRAY(Uuid()))


def _marked(picked: CTE, **announced: datetime) -> CTE:
    told = ("obligation_id", "version", "plan_id", "indicator_id", "period", "owner", "due_on")
    return (
        update(ObligationRow)
        .where(ObligationRow.obligation_id == any_(_ids_of(picked)))
        .values(**announced, version=ObligationRow.version + 1)
        .returning(*(getattr(ObligationRow, name) for name in told))
        .cte("marked")
    )


async def _tell(tx: Transaction, event: type[Event], marked: CTE, *more: CTE, stage: Stage) -> None:
    """Change, tell by due date, and note for whom, in one statement: no row leaves the database."""
    told = telling(tx, event, marked, order=("due_on", "obligation_id")).cte("told")
    noted = noting(marked, stage=stage, now=tx.now).cte("noted")
    await tx.session.execute(select(func.count()).select_from(marked).add_cte(told, noted, *more))


@cache
def awaited_of_plan(*, of_all_units: bool) -> Query:
    """Return one row: the plan, and all that falls due in it, by due date."""
    value = json_object(
        {
            "obligation_id": ObligationRow.obligation_id,
            "version": ObligationRow.version,
            "indicator_number": MonitoredIndicatorRow.number,
            "indicator_name": MonitoredIndicatorRow.name,
            "period": ObligationRow.period,
            "owner": ObligationRow.owner,
            "due_on": ObligationRow.due_on,
        }
    )
    by_due_date = aggregate_order_by(value, ObligationRow.due_on, ObligationRow.obligation_id)
    values = (
        select(func.coalesce(func.json_agg(by_due_date), text("'[]'::json")))
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(ObligationRow.plan_id == MonitoredPlanRow.plan_id, FALLS_DUE)
        .correlate(MonitoredPlanRow)
        .scalar_subquery()
    )
    statement = select(MonitoredPlanRow.title, values.label("awaited")).where(
        MonitoredPlanRow.plan_id == bindparam("plan_id", type_=Uuid()), MonitoredPlanRow.revision.is_not(None)
    )
    if not of_all_units:
        visible = MonitoredPlanRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid())))
        statement = statement.where(visible)
    return Query(statement)
