"""Statements that time asks for, and those that end what a plan no longer waits for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.approvals.rounds import LIVE, RoundStatus
from planning.approvals.tables import ApprovalStepRow, RoundRow

MOST_AT_ONCE: Final = 200
"""The rest waits for the next tick of the clock."""
_IS_LIVE: Final = RoundRow.status.in_(sorted(LIVE))
AnnouncedRow = Row[UUID, int, UUID, int, list[UUID], date | None, str, str, str]


async def withdraw(session: AsyncSession, plan_id: UUID, *, reason: str, now: datetime, today: date) -> None:
    """End what runs of a plan that ends, or whose draft is discarded."""
    await session.execute(
        update(RoundRow)
        .where(RoundRow.plan_id == plan_id, _IS_LIVE)
        .values(
            status=RoundStatus.WITHDRAWN.value,
            version=RoundRow.version + 1,
            ended_on=today,
            reason=reason,
            changed_at=now,
        )
    )


async def note_hindrance(session: AsyncSession, round_id: UUID, code: str, *, now: datetime) -> None:
    """Note what keeps a round from being published, once."""
    await session.execute(
        update(RoundRow)
        .where(RoundRow.id == round_id, RoundRow.hindered_by != code)
        .values(hindered_by=code, version=RoundRow.version + 1, changed_at=now)
    )


async def plans_after_quiet(session: AsyncSession, today: date, *, most: int) -> Sequence[UUID]:
    """Return the plans whose quiet period is over, what nothing hindered yet first."""
    found = await session.scalars(
        select(RoundRow.plan_id)
        .where(RoundRow.status == RoundStatus.QUIET.value, RoundRow.quiet_until < today)
        .order_by(RoundRow.hindered_by != "", RoundRow.quiet_until, RoundRow.id)
        .limit(most)
    )
    return found.all()


async def take_overdue(session: AsyncSession, today: date, *, now: datetime) -> Sequence[AnnouncedRow]:
    """Mark steps past their day; two workers share them, none takes one twice."""
    return await _take(session, "escalated_at", ApprovalStepRow.due_on < today, now=now)


async def take_due(
    session: AsyncSession, today: date, until: date, *, now: datetime
) -> Sequence[AnnouncedRow]:
    """Mark steps that are due from today until that day."""
    return await _take(session, "reminded_at", ApprovalStepRow.due_on.between(today, until), now=now)


async def _take(
    session: AsyncSession, mark: str, falls: ColumnElement[bool], *, now: datetime
) -> Sequence[AnnouncedRow]:
    here = (ApprovalStepRow.round_id == RoundRow.id) & (ApprovalStepRow.position == RoundRow.position)
    marked: ColumnElement[datetime | None] = getattr(ApprovalStepRow, mark)
    picked = (
        select(RoundRow.id)
        .join(ApprovalStepRow, here)
        .where(RoundRow.status == RoundStatus.RUNNING.value, falls, marked.is_(None))
        .order_by(RoundRow.due_on, RoundRow.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=RoundRow, skip_locked=True)
    )
    taken = (await session.scalars(picked)).all()
    if not taken:
        return []
    await session.execute(update(ApprovalStepRow).where(here, RoundRow.id.in_(taken)).values({mark: now}))
    rows = await session.execute(
        update(RoundRow)
        .where(here, RoundRow.id.in_(taken))
        .values(version=RoundRow.version + 1, changed_at=now)
        .returning(
            RoundRow.id,
            RoundRow.version,
            RoundRow.plan_id,
            RoundRow.revision,
            RoundRow.unit_ids,
            RoundRow.due_on,
            ApprovalStepRow.level,
            ApprovalStepRow.label_cs,
            ApprovalStepRow.escalates_to,
        )
    )
    return rows.all()
