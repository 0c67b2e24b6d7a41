"""SQL of letters to come: whose turn it is, what they say, and that it was said."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Date,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    null,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.tables import EvaluatedPlanRow, EvaluationRow
from evaluation.mail.domain import Delivery, Language, Reader
from evaluation.mail.tables import MailAccountRow
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.reminders.digest import Item
from evaluation.reminders.domain import Posting, Stage
from evaluation.reminders.tables import ReminderItemRow
from shared.contracts.reports import EvaluationType

MOST_LETTERS = 500
"""The rest waits for the next tick of the clock."""
_WAITS = text("reminder_item.message_id IS NULL")


async def take_readers(session: AsyncSession, posting: Posting) -> list[Reader]:
    """Lock the accounts whose turn it is and for whom something waits."""
    account = MailAccountRow
    today, since = literal(posting.today, Date()), literal(posting.since, Date())
    last = func.coalesce(account.last_digest_on, date.min)
    its_turn = case(
        (account.delivery == Delivery.AT_ONCE.value, True),
        (account.delivery == Delivery.DAILY.value, last < today),
        (account.delivery == Delivery.WEEKLY.value, last < since),
        else_=False,
    )
    found = await session.execute(
        select(account.person_id, account.address, account.language)
        .where(
            account.verified_at.is_not(None),
            its_turn,
            or_(literal(posting.is_working_day), ~account.quiet_days),
            select(ReminderItemRow.person_id)
            .where(_WAITS, ReminderItemRow.person_id == account.person_id)
            .exists(),
        )
        .order_by(account.person_id)
        .limit(MOST_LETTERS)
        .with_for_update(skip_locked=True)
    )
    return [
        Reader(person_id=row.person_id, address=row.address, language=Language(row.language)) for row in found
    ]


async def take_items(session: AsyncSession, letter_of: Mapping[str, UUID]) -> None:
    """Put what waits for each into the letter; what falls through later is settled by that too."""
    persons = bindparam(None, list(letter_of), type_=ARRAY(Text()))
    letters = bindparam(None, list(letter_of.values()), type_=ARRAY(Uuid()))
    columns = (column("person_id", Text()), column("letter_id", Uuid()))
    written = func.unnest(persons, letters).table_valued(*columns).render_derived(name="written")
    await session.execute(
        update(ReminderItemRow)
        .where(_WAITS, ReminderItemRow.person_id == written.c.person_id)
        .values(message_id=written.c.letter_id)
    )


async def items_of(session: AsyncSession, letter_ids: Sequence[UUID]) -> dict[UUID, list[Item]]:
    """Return what is in each letter and still so: nothing that was reported, moved or closed meanwhile."""
    found = await session.execute(union_all(_values(letter_ids), _evaluations(letter_ids)))
    items: dict[UUID, list[Item]] = {letter_id: [] for letter_id in letter_ids}
    for row in found:
        items[row.message_id].append(
            Item(
                stage=Stage(row.stage),
                subject_id=row.subject_id,
                plan_title=row.plan_title,
                due_on=row.due_on,
                indicator=row.indicator or "",
                period=row.period or "",
                owner=row.owner or "",
                type=EvaluationType(row.type) if row.type else None,
            )
        )
    return items


def _written(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    letters = bindparam(None, list(letter_ids), type_=ARRAY(Uuid()))
    return select(
        ReminderItemRow.message_id, ReminderItemRow.stage, ReminderItemRow.subject_id, ReminderItemRow.due_on
    ).where(ReminderItemRow.message_id == letters.any_())


def _values(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    same = and_(
        ObligationRow.obligation_id == ReminderItemRow.subject_id,
        ObligationRow.due_on == ReminderItemRow.due_on,
    )
    sees = or_(MailAccountRow.sees_all, MailAccountRow.unit_ids.overlap(MonitoredPlanRow.unit_ids))
    return (
        _written(letter_ids)
        .add_columns(
            MonitoredPlanRow.title.label("plan_title"),
            (MonitoredIndicatorRow.number + " " + MonitoredIndicatorRow.name).label("indicator"),
            ObligationRow.period,
            ObligationRow.owner,
            cast(null(), Text()).label("type"),
        )
        .join(ObligationRow, same)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .join(MailAccountRow, MailAccountRow.person_id == ReminderItemRow.person_id)
        .where(FALLS_DUE, sees)
    )


def _evaluations(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    same = and_(
        EvaluationRow.evaluation_id == ReminderItemRow.subject_id,
        EvaluationRow.due_on == ReminderItemRow.due_on,
    )
    units = func.coalesce(EvaluatedPlanRow.unit_ids, EvaluationRow.unit_ids)
    sees = or_(MailAccountRow.sees_all, MailAccountRow.unit_ids.overlap(units))
    title = func.coalesce(func.nullif(EvaluationRow.title, ""), EvaluatedPlanRow.title)
    nothing = cast(null(), Text())
    return (
        _written(letter_ids)
        .add_columns(title.label("plan_title"), nothing, nothing, nothing, EvaluationRow.type)
        .join(EvaluationRow, same)
        .join(EvaluatedPlanRow, EvaluatedPlanRow.plan_id == EvaluationRow.plan_id, isouter=True)
        .join(MailAccountRow, MailAccountRow.person_id == ReminderItemRow.person_id)
        .where(text("evaluation.status = 'planned'"), sees)
    )


async def note_turn(session: AsyncSession, person_ids: Sequence[str], *, today: date) -> None:
    """Note who had a letter today; a reader without one keeps the turn."""
    persons = bindparam(None, list(person_ids), type_=ARRAY(Text()))
    await session.execute(
        update(MailAccountRow).where(MailAccountRow.person_id == persons.any_()).values(last_digest_on=today)
    )
