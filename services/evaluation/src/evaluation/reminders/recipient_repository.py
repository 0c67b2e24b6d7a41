"""SQL of who is told: subscriptions, and the lines that wait for each person's next letter."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    column,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.tables import EvaluatedPlanRow, EvaluationRow
from evaluation.mail.domain import Delivery
from evaluation.mail.tables import MailAccountRow
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.reminders.domain import NEVER_CHANGED, TO_WHOM_ANSWERS, Stage, Subject
from evaluation.reminders.tables import ReminderItemRow, ReminderSubscriptionRow
from shared.contracts.base import Role
from shared.reads import Query

ANSWERING = (Role.COORDINATOR.value, Role.CONSULTANT.value)
"""Whom an escalation goes to: subscribed or not, they answer for their units."""
_ITEM = ("person_id", "stage", "subject_id", "due_on", "created_at")


def noting(marked: CTE, *, stage: Stage, now: datetime) -> Insert:
    """Return the statement that notes these values for all who are to be told of them."""
    told = select(
        marked.c.obligation_id.label("subject_id"),
        marked.c.plan_id,
        marked.c.owner,
        marked.c.due_on,
        MonitoredPlanRow.unit_ids,
    ).join(MonitoredPlanRow, MonitoredPlanRow.plan_id == marked.c.plan_id)
    return reaching(told, stage, now)


async def note_due_today(session: AsyncSession, *, today: date, now: datetime) -> None:
    """Note what is due today; whoever was told already is not told again."""
    awaited = (
        select(
            ObligationRow.obligation_id.label("subject_id"),
            ObligationRow.plan_id,
            ObligationRow.owner,
            ObligationRow.due_on,
            MonitoredPlanRow.unit_ids,
        )
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(FALLS_DUE, ObligationRow.due_on == today)
    )
    await session.execute(reaching(awaited, Stage.DUE_TODAY, now))


async def note_evaluations(session: AsyncSession, *, since: date, until: date, now: datetime) -> None:
    """Note the evaluations that should begin between the days."""
    due = (
        select(
            EvaluationRow.evaluation_id.label("subject_id"),
            EvaluationRow.plan_id,
            cast(null(), Text()).label("owner"),
            EvaluationRow.due_on,
            func.coalesce(EvaluatedPlanRow.unit_ids, EvaluationRow.unit_ids).label("unit_ids"),
        )
        .join(EvaluatedPlanRow, EvaluatedPlanRow.plan_id == EvaluationRow.plan_id, isouter=True)
        .where(text("evaluation.status = 'planned'"), EvaluationRow.due_on.between(since, until))
    )
    await session.execute(reaching(due, Stage.EVALUATION_DUE, now))


def reaching(told: Select[*tuple[object, ...]], stage: Stage, now: datetime) -> Insert:
    """Return the statement that notes what has subject_id, plan_id, owner, due_on and unit_ids, for all."""
    told_rows = told.cte("told_of")
    reached = _reached(told_rows, answering_too=stage in TO_WHOM_ANSWERS).subquery("reached")
    account = MailAccountRow
    sees = or_(account.sees_all, account.unit_ids.overlap(reached.c.unit_ids))
    rows = (
        select(
            reached.c.person_id,
            literal(stage.value),
            reached.c.subject_id,
            reached.c.due_on,
            literal(now),
        )
        .join(account, account.person_id == reached.c.person_id)
        .where(account.verified_at.is_not(None), account.delivery != Delivery.NONE.value, sees)
        .distinct()
    )
    if stage is Stage.ESCALATED:
        rows = rows.where(account.roles.overlap(list(ANSWERING)))
    return insert(ReminderItemRow).from_select(list(_ITEM), rows).on_conflict_do_nothing()


def _reached(told: CTE, *, answering_too: bool) -> Select[str, UUID, date, list[UUID]]:
    """Return who subscribes to the plan, the office or a unit; three joins by equality, none by OR."""
    subscription = ReminderSubscriptionRow
    shown = (told.c.subject_id, told.c.due_on, told.c.unit_ids)
    of_unit = func.unnest(told.c.unit_ids).table_valued(column("unit_id", Uuid())).render_derived("of_unit")
    ways = [
        select(subscription.person_id, *shown).join(told, subscription.plan_id == told.c.plan_id),
        select(subscription.person_id, *shown).join(told, subscription.owner == told.c.owner),
        select(subscription.person_id, *shown)
        .select_from(told)
        .join(of_unit, true())
        .join(subscription, subscription.unit_id == of_unit.c.unit_id),
    ]
    if answering_too:
        answering = (
            select(MailAccountRow.person_id, func.unnest(MailAccountRow.unit_ids).label("unit_id"))
            .where(MailAccountRow.roles.overlap(list(ANSWERING)))
            .subquery("answering")
        )
        ways.append(
            select(answering.c.person_id, *shown)
            .select_from(told)
            .join(of_unit, true())
            .join(answering, answering.c.unit_id == of_unit.c.unit_id)
        )
    found = union_all(*ways).subquery("ways")
    return select(found.c.person_id, found.c.subject_id, found.c.due_on, found.c.unit_ids)


async def count_subscriptions(session: AsyncSession, person_id: str) -> int:
    found = await session.execute(select(func.count()).where(ReminderSubscriptionRow.person_id == person_id))
    return found.scalar_one()


async def insert_subscription(
    session: AsyncSession, subscription_id: UUID, person_id: str, subject: Subject, *, now: datetime
) -> bool:
    """Insert; return False where the person has it already."""
    statement = insert(ReminderSubscriptionRow).values(
        subscription_id=subscription_id,
        person_id=person_id,
        unit_id=subject.unit_id,
        plan_id=subject.plan_id,
        owner=subject.owner,
        created_at=now,
    )
    made = await session.execute(
        statement.on_conflict_do_nothing().returning(ReminderSubscriptionRow.subscription_id)
    )
    return made.one_or_none() is not None


async def delete_subscription(session: AsyncSession, subscription_id: UUID, person_id: str) -> bool:
    gone = await session.execute(
        delete(ReminderSubscriptionRow)
        .where(
            ReminderSubscriptionRow.subscription_id == subscription_id,
            ReminderSubscriptionRow.person_id == person_id,
        )
        .returning(ReminderSubscriptionRow.subscription_id)
    )
    return gone.one_or_none() is not None


async def forget_person(session: AsyncSession, person_id: str) -> None:
    for row in (ReminderItemRow, ReminderSubscriptionRow):
        await session.execute(delete(row).where(row.person_id == person_id))


async def forget_old_items(session: AsyncSession, *, before: datetime) -> None:
    await session.execute(delete(ReminderItemRow).where(ReminderItemRow.created_at < before))


async def is_plan_seen(
    session: AsyncSession, plan_id: UUID, *, sees_all: bool, unit_ids: Sequence[UUID]
) -> bool:
    sees: ColumnElement[bool] = true() if sees_all else MonitoredPlanRow.unit_ids.overlap(list(unit_ids))
    known = and_(MonitoredPlanRow.plan_id == plan_id, MonitoredPlanRow.revision.is_not(None), sees)
    return (await session.execute(select(MonitoredPlanRow.plan_id).where(known))).one_or_none() is not None


MY_SUBSCRIPTIONS = Query(
    select(
        ReminderSubscriptionRow.subscription_id.label("id"),
        ReminderSubscriptionRow.unit_id,
        ReminderSubscriptionRow.plan_id,
        case((MonitoredPlanRow.revision.is_not(None), MonitoredPlanRow.title), else_=null()).label(
            "plan_title"
        ),
        ReminderSubscriptionRow.owner,
        ReminderSubscriptionRow.created_at,
        literal(NEVER_CHANGED).label("version"),
    )
    .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ReminderSubscriptionRow.plan_id, isouter=True)
    .where(ReminderSubscriptionRow.person_id == bindparam("person", type_=Text())),
    keys=(
        ReminderSubscriptionRow.__table__.c.created_at,
        ReminderSubscriptionRow.__table__.c.subscription_id,
    ),
)
