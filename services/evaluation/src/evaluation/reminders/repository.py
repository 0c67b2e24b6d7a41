"""SQL of reminders: set-based, each obligation once."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    CTE,
    Date,
    Row,
    Select,
    Uuid,
    and_,
    bindparam,
    column,
    delete,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.monitoring.tables import (
    FALLS_DUE,
    IS_AWAITED,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.reminders.tables import PlannedEscalationRow
from shared.reads import Query, json_object

MOST_AT_ONCE = 20_000
"""The rest waits for the next tick of the clock."""

AnnouncedRow = Row[UUID, int, UUID, UUID, str, str, date]


async def take_due(
    session: AsyncSession, *, today: date, until: date, now: datetime
) -> Sequence[AnnouncedRow]:
    """Mark what is due from today until that day; two workers share the rows, none takes one twice."""
    picked = _picked(
        select(ObligationRow.obligation_id).where(
            FALLS_DUE,
            ObligationRow.overdue_announced_at.is_(None),
            ObligationRow.due_announced_at.is_(None),
            ObligationRow.due_on.between(today, until),
        )
    )
    return await _mark(session, picked, due_announced_at=now)


async def take_overdue(session: AsyncSession, *, today: date, now: datetime) -> Sequence[AnnouncedRow]:
    picked = _picked(
        select(ObligationRow.obligation_id).where(
            FALLS_DUE, ObligationRow.overdue_announced_at.is_(None), ObligationRow.due_on < today
        )
    )
    return await _mark(session, picked, overdue_announced_at=now)


async def plan_escalations(session: AsyncSession, overdue: Sequence[AnnouncedRow], *, on: date) -> None:
    """Note that these are escalated on that day, unless their values come."""
    if overdue:
        arrays = (
            bindparam(None, [row.obligation_id for row in overdue], type_=ARRAY(Uuid())),
            bindparam(None, [row.due_on for row in overdue], type_=ARRAY(Date())),
        )
        told = func.unnest(*arrays).table_valued(column("obligation_id", Uuid()), column("due_on", Date()))
        rows = select(*told.render_derived(name="told").c, literal(on, Date()))
        statement = insert(PlannedEscalationRow).from_select(
            ["obligation_id", "due_on", "escalates_on"], rows
        )
        await session.execute(statement.on_conflict_do_nothing())


_STILL_LATE = and_(
    PlannedEscalationRow.obligation_id == ObligationRow.obligation_id,
    PlannedEscalationRow.due_on == ObligationRow.due_on,
)


async def take_escalated(session: AsyncSession, *, today: date) -> Sequence[AnnouncedRow]:
    """Take what is late for long; what was reported, moved or dropped meanwhile falls through."""
    awaited = select(ObligationRow.obligation_id).where(IS_AWAITED, _STILL_LATE).exists()
    await session.execute(
        delete(PlannedEscalationRow).where(PlannedEscalationRow.escalates_on <= today, ~awaited)
    )
    picked = (
        select(ObligationRow.obligation_id)
        .select_from(PlannedEscalationRow)
        .join(ObligationRow, _STILL_LATE)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(PlannedEscalationRow.escalates_on <= today, FALLS_DUE)
        .order_by(PlannedEscalationRow.escalates_on, PlannedEscalationRow.obligation_id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=[ObligationRow, PlannedEscalationRow], skip_locked=True)
        .cte("picked")
    )
    gone = await session.execute(
        delete(PlannedEscalationRow)
        .where(PlannedEscalationRow.obligation_id == picked.c.obligation_id)
        .returning(PlannedEscalationRow.obligation_id)
    )
    ids = bindparam(None, list(gone.scalars()), type_=ARRAY(Uuid()))
    told = func.unnest(ids).table_valued(column("obligation_id", Uuid())).render_derived(name="told")
    return await _mark(session, select(told.c.obligation_id).cte("late"))


def _picked(awaited: Select[UUID]) -> CTE:
    """Lock the obligations alone: their plans and indicators are only looked at."""
    joined = (
        awaited.select_from(ObligationRow)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
    )
    ordered = joined.order_by(ObligationRow.due_on, ObligationRow.obligation_id).limit(MOST_AT_ONCE)
    return ordered.with_for_update(of=ObligationRow, skip_locked=True).cte("picked")


async def _mark(session: AsyncSession, picked: CTE, **announced: datetime) -> Sequence[AnnouncedRow]:
    marked = await session.execute(
        update(ObligationRow)
        .where(ObligationRow.obligation_id == picked.c.obligation_id)
        .values(**announced, version=ObligationRow.version + 1)
        .returning(
            ObligationRow.obligation_id,
            ObligationRow.version,
            ObligationRow.plan_id,
            ObligationRow.indicator_id,
            ObligationRow.period,
            ObligationRow.owner,
            ObligationRow.due_on,
        )
    )
    return sorted(marked.all(), key=lambda row: (row.due_on, row.obligation_id))


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
