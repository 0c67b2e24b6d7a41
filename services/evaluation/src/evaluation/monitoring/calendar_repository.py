"""SQL of the obligations of a calendar: inserted, moved, left out; a fixed number of statements."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Uuid, case, literal, null, or_, select, true, tuple_, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.monitoring.calendar import PlannedObligation
from evaluation.monitoring.domain import AWAITED, CancelReason, ObligationStatus
from evaluation.monitoring.repository import among, as_rows
from evaluation.monitoring.tables import OF_ITS_INDICATOR, MonitoredIndicatorRow, ObligationRow

OPEN = ObligationStatus.OPEN.value
CANCELLED = ObligationStatus.CANCELLED.value
_MOVABLE = ("starts_on", "ends_on", "due_on", "owner")


async def keep_obligations(
    session: AsyncSession, plan_id: UUID, calendar: Sequence[PlannedObligation], *, is_new: bool
) -> None:
    """Insert the calendar; what stands already is moved or reopened where it has to be.

    A new plan has nothing that stands: a plain insert is cheaper, and an id that is taken is a fault.
    """
    arrays = _arrays(calendar)
    told = as_rows(ObligationRow, arrays)
    rows = select(literal(plan_id, Uuid()), *told.c, literal(OPEN), literal(1, Integer()))
    statement = insert(ObligationRow).from_select(["plan_id", *arrays, "status", "version"], rows)
    await session.execute(statement if is_new else _moving_what_stands(statement))


def _moving_what_stands(statement: Insert) -> Insert:
    """Touch nothing but changes; a submitted or approved value stays, whatever the calendar says."""
    new = statement.excluded
    was_cancelled = ObligationRow.status == CANCELLED
    is_new_date = or_(was_cancelled, ObligationRow.due_on != new.due_on)
    stands = tuple_(*(getattr(ObligationRow, name) for name in _MOVABLE))
    differs = stands.is_distinct_from(tuple_(*(new[name] for name in _MOVABLE)))
    moves = or_(was_cancelled, ObligationRow.status.in_(AWAITED) & differs)
    forgotten = {
        name: case((moves & is_new_date, null()), else_=getattr(ObligationRow, name))
        for name in ("due_announced_at", "overdue_announced_at")
    }
    return statement.on_conflict_do_update(
        index_elements=[ObligationRow.obligation_id],
        set_={
            **{name: case((moves, new[name]), else_=getattr(ObligationRow, name)) for name in _MOVABLE},
            **forgotten,
            "status": case((was_cancelled, OPEN), else_=ObligationRow.status),
            "cancelled_reason": null(),
            "in_calendar": true(),
            "version": case((moves, ObligationRow.version + 1), else_=ObligationRow.version),
        },
        where=or_(moves, ~ObligationRow.in_calendar),
    )


def _arrays(calendar: Sequence[PlannedObligation]) -> dict[str, list[object]]:
    return {
        "obligation_id": [planned.obligation_id for planned in calendar],
        "indicator_id": [planned.indicator_id for planned in calendar],
        "period": [planned.period.label for planned in calendar],
        "starts_on": [planned.period.starts_on for planned in calendar],
        "ends_on": [planned.period.ends_on for planned in calendar],
        "due_on": [planned.period.due_on for planned in calendar],
        "owner": [planned.owner for planned in calendar],
    }


async def leave_out(
    session: AsyncSession,
    plan_id: UUID,
    calendar: Sequence[PlannedObligation],
    *,
    indicators: Sequence[UUID],
    closed_on: date | None,
) -> None:
    """Cancel what is open and no longer in the calendar; what was reported stays, and is collected no more.

    Periods of a former periodicity that were over when it changed stay to be reported.
    """
    row, indicator = ObligationRow, MonitoredIndicatorRow
    was_over = (
        select(indicator.indicator_id)
        .where(OF_ITS_INDICATOR, indicator.removed_in.is_(None), row.ends_on < indicator.periodicity_from)
        .correlate(row)
        .exists()
    )
    reasons: list[tuple[ColumnElement[bool], str]] = [
        (row.indicator_id.not_in(among(indicators)), CancelReason.INDICATOR_REMOVED.value)
    ]
    if closed_on is not None:
        reasons.append((row.starts_on > closed_on, CancelReason.PLAN_CLOSED.value))
    is_open = row.status == OPEN
    await session.execute(
        update(row)
        .where(
            row.plan_id == plan_id,
            row.status != CANCELLED,
            row.in_calendar,
            row.obligation_id.not_in(among(planned.obligation_id for planned in calendar)),
            ~was_over,
        )
        .values(
            status=case((is_open, CANCELLED), else_=row.status),
            cancelled_reason=case(
                (is_open, case(*reasons, else_=CancelReason.CALENDAR_CHANGED.value)), else_=null()
            ),
            in_calendar=is_open,
            version=case((is_open, row.version + 1), else_=row.version),
        )
        .execution_options(synchronize_session=False)
    )
