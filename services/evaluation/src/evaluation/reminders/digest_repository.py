"""SQL of letters to come: whose turn it is, what they say, and that it was said."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Date,
    Text,
    Uuid,
    bindparam,
    case,
    column,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.mail.domain import Delivery, Language, Reader
from evaluation.mail.tables import MailAccountRow
from evaluation.reminders.domain import Posting
from evaluation.reminders.tables import ReminderItemRow

MOST_LETTERS = 500
"""The rest waits for the next tick of the clock."""
LOGIN_ASKED_EVERY = timedelta(days=30)
_WAITS = text("reminder_item.message_id IS NULL")


async def take_readers(session: AsyncSession, posting: Posting, *, rights_since: datetime) -> list[Reader]:
    """Lock the accounts whose turn it is and for whom something waits; who logged in since then is told what.

    Others get a letter that asks for a login, once in `LOGIN_ASKED_EVERY`.
    """
    account = MailAccountRow
    asked_before = literal(posting.today - LOGIN_ASKED_EVERY, Date())
    today, since = literal(posting.today, Date()), literal(posting.since, Date())
    last = func.coalesce(account.last_digest_on, date.min)
    its_turn = case(
        (account.delivery == Delivery.AT_ONCE.value, True),
        (account.delivery == Delivery.DAILY.value, last < today),
        (account.delivery == Delivery.WEEKLY.value, last < since),
        else_=False,
    )
    found = await session.execute(
        select(account.person_id, account.address, account.language, account.rights_at)
        .where(
            account.verified_at.is_not(None),
            its_turn,
            or_(account.rights_at >= rights_since, last <= asked_before),
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
        Reader(
            person_id=row.person_id,
            address=row.address,
            language=Language(row.language),
            rights_at=row.rights_at,
        )
        for row in found
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


async def note_turn(session: AsyncSession, person_ids: Sequence[str], *, today: date) -> None:
    """Note who had a letter today; a reader without one keeps the turn."""
    persons = bindparam(None, list(person_ids), type_=ARRAY(Text()))
    await session.execute(
        update(MailAccountRow).where(MailAccountRow.person_id == persons.any_()).values(last_digest_on=today)
    )
