"""What is told besides awaited values: notices of planning, recommendations, readings of quality."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import (
    Date,
    Select,
    Text,
    and_,
    cast,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.tables import EvaluatedPlanRow
from evaluation.quality.tables import CriteriaSetRow
from evaluation.readings.tables import ReadingRow
from evaluation.recommendations.tables import RecommendationRow
from evaluation.reminders.domain import READ_AGAIN_AFTER, READ_BEFORE_THE_END, Notice, Stage
from evaluation.reminders.recipient_repository import reaching
from evaluation.reminders.tables import PlanNoticeRow
from evaluation.units.tables import UnitRow

N: Final = PlanNoticeRow
R: Final = RecommendationRow
S: Final = CriteriaSetRow


async def keep_notice(session: AsyncSession, notice: Notice, *, now: datetime) -> None:
    """Keep what planning told and note it for those who are to be told; the same twice is once."""
    row = {
        "notice_id": notice.notice_id,
        "stage": notice.stage.value,
        "plan_id": notice.plan_id,
        "revision": notice.revision,
        "unit_ids": list(notice.unit_ids),
        "due_on": notice.due_on,
        "number": notice.number,
        "label": notice.label,
        "owner": notice.owner,
        "heard_at": now,
    }
    await session.execute(insert(N).values(row).on_conflict_do_nothing())
    told = select(
        N.notice_id.label("subject_id"),
        N.plan_id,
        cast(null(), Text()).label("owner"),
        N.due_on,
        N.unit_ids,
    ).where(N.notice_id == notice.notice_id)
    await session.execute(reaching(told, notice.stage, now))


async def note_recommendations(session: AsyncSession, *, since: date, today: date, now: datetime) -> None:
    """Note what was recommended since that day, and what nobody answered in time."""
    await session.execute(
        reaching(_unanswered().where(R.issued_on >= since), Stage.RECOMMENDATION_ISSUED, now)
    )
    overdue = _unanswered().where(R.response_due_on.between(since, today - timedelta(days=1)))
    await session.execute(reaching(overdue, Stage.ANSWER_OVERDUE, now))


def _unanswered() -> Select[*tuple[object, ...]]:
    units = func.coalesce(EvaluatedPlanRow.unit_ids, R.unit_ids)
    return (
        select(
            R.recommendation_id.label("subject_id"),
            R.plan_id,
            R.addressee.label("owner"),
            R.response_due_on.label("due_on"),
            units.label("unit_ids"),
        )
        .outerjoin(EvaluatedPlanRow, EvaluatedPlanRow.plan_id == R.plan_id)
        .where(R.answer_version.is_(None))
    )


async def note_readings(session: AsyncSession, *, since: date, until: date, now: datetime) -> None:
    """Note the sets of criteria whose next reading is due between the days."""
    due = readings_due().subquery("due")
    told = select(
        due.c.set_id.label("subject_id"),
        cast(null(), EvaluatedPlanRow.plan_id.type).label("plan_id"),
        cast(null(), Text()).label("owner"),
        due.c.due_on,
        func.array_agg(due.c.unit_id).label("unit_ids"),
    ).where(due.c.due_on.between(since, until))
    grouped = told.group_by(due.c.set_id, due.c.due_on)
    await session.execute(reaching(grouped, Stage.READING_DUE, now))


def readings_due() -> Select[UUID, UUID, date]:
    """Return when each set should be read next: a year after it was read last, at its end at the latest.

    A set that was read shortly before the end of its cooperation, or is being read, is not due.
    """
    last = func.max(ReadingRow.assessed_on).filter(ReadingRow.status == "agreed")
    open_ones = func.count().filter(ReadingRow.status.in_(("open", "closed")))
    read = (
        select(ReadingRow.set_id, last.label("last_on"), open_ones.label("under_way"))
        .group_by(ReadingRow.set_id)
        .subquery("read")
    )
    began = func.coalesce(read.c.last_on, S.starts_on)
    a_year_later = type_coerce(cast(began + literal(READ_AGAIN_AFTER), Date()), Date())
    return (
        select(S.id.label("set_id"), S.unit_id, func.least(a_year_later, S.ends_on).label("due_on"))
        .outerjoin(read, read.c.set_id == S.id)
        .where(
            func.coalesce(read.c.under_way, 0) == 0,
            or_(read.c.last_on.is_(None), read.c.last_on < S.ends_on - READ_BEFORE_THE_END.days),
        )
    )


async def forget_old_notices(session: AsyncSession, *, before: datetime) -> None:
    await session.execute(delete(N).where(N.heard_at < before))


def still_so() -> Select[*tuple[object, ...]]:
    """Return the notices whose plan has neither a newer revision nor an end since, with its title."""
    plan = EvaluatedPlanRow
    open_plan = or_(plan.plan_id.is_(None), plan.closed_on.is_(None))
    of_revision = or_(plan.revision.is_(None), plan.revision <= N.revision)
    undecided = or_(
        N.stage != Stage.APPROVAL_OVERDUE.value, plan.revision.is_(None), plan.revision < N.revision
    )
    unit = select(UnitRow.name).where(UnitRow.id == N.unit_ids[1]).scalar_subquery()
    return (
        select(
            N.notice_id,
            N.plan_id,
            N.number,
            N.label,
            N.owner,
            N.due_on,
            N.unit_ids,
            func.coalesce(plan.title, unit, "").label("plan_title"),
        )
        .outerjoin(plan, plan.plan_id == N.plan_id)
        .where(and_(open_plan, of_revision, undecided))
    )
