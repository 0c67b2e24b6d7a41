"""SQL of the values: an obligation under lock, its trail, what is to be announced."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Row, Select, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.monitoring.domain import ObligationStatus
from evaluation.monitoring.tables import IS_AWAITED, MonitoredPlanRow, ObligationRow, ValueActRow
from evaluation.values.domain import Act, Obligation
from shared.auth import Actor

MOST_AT_ONCE = 5_000


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.is_agency else MonitoredPlanRow.unit_ids.overlap(list(actor.units))


async def lock_obligation(session: AsyncSession, obligation_id: UUID, *, actor: Actor) -> Obligation | None:
    """Return the obligation under lock, or None where there is none that the actor may know of."""
    found = await session.execute(
        select(ObligationRow, MonitoredPlanRow.unit_ids)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .where(ObligationRow.obligation_id == obligation_id, _visible_to(actor))
        .with_for_update(of=ObligationRow)
    )
    locked = found.one_or_none()
    if locked is None:
        return None
    row, unit_ids = locked
    return Obligation(
        obligation_id=row.obligation_id,
        plan_id=row.plan_id,
        unit_ids=frozenset(unit_ids),
        indicator_id=row.indicator_id,
        period=row.period,
        starts_on=row.starts_on,
        status=ObligationStatus(row.status),
        version=row.version,
        value=row.value,
        measured_on=row.measured_on,
        reported_by=row.reported_by,
    )


async def save_obligation(session: AsyncSession, obligation: Obligation) -> None:
    await session.execute(
        update(ObligationRow)
        .where(ObligationRow.obligation_id == obligation.obligation_id)
        .values(
            status=obligation.status.value,
            version=obligation.version,
            value=obligation.value,
            measured_on=obligation.measured_on,
            reported_by=obligation.reported_by,
        )
    )


async def append_act(  # noqa: PLR0913
    session: AsyncSession,
    obligation: Obligation,
    act: Act,
    *,
    actor: Actor,
    at: datetime,
    measured_on: date | None = None,
    source: str | None = None,
    note: str | None = None,
    reason: str | None = None,
) -> None:
    await session.execute(
        insert(ValueActRow).values(
            obligation_id=obligation.obligation_id,
            version=obligation.version,
            act=act.value,
            value=obligation.value,
            measured_on=measured_on,
            source=source,
            note=note,
            reason=reason,
            actor_id=actor.id,
            actor_affiliation=actor.affiliation,
            at=at,
        )
    )


AnnouncedRow = Row[tuple[UUID, int, UUID, UUID, str, str, date]]


async def take_due(
    session: AsyncSession, *, today: date, until: date, now: datetime
) -> Sequence[AnnouncedRow]:
    """Mark what is due from today until that day; two workers share the rows, none takes one twice."""
    picked = _picked(
        select(ObligationRow.obligation_id).where(
            IS_AWAITED,
            ObligationRow.overdue_announced_at.is_(None),
            ObligationRow.due_announced_at.is_(None),
            ObligationRow.due_on.between(today, until),
        )
    )
    return await _mark(session, picked, due_announced_at=now)


async def take_overdue(session: AsyncSession, *, today: date, now: datetime) -> Sequence[AnnouncedRow]:
    picked = _picked(
        select(ObligationRow.obligation_id).where(
            IS_AWAITED, ObligationRow.overdue_announced_at.is_(None), ObligationRow.due_on < today
        )
    )
    return await _mark(session, picked, overdue_announced_at=now)


def _picked(awaited: Select[tuple[UUID]]) -> CTE:
    ordered = awaited.order_by(ObligationRow.due_on, ObligationRow.obligation_id)
    return ordered.limit(MOST_AT_ONCE).with_for_update(skip_locked=True).cte("picked")


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
