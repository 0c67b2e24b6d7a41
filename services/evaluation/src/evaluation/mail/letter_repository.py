"""SQL of letters: they are written, taken back, shown and forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Text, bindparam, delete, func, null, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.mail.domain import LETTERS_KEPT, LetterKind, LetterStatus, Reader
from evaluation.mail.tables import MailMessageRow
from evaluation.reminders.tables import ReminderItemRow
from shared.mail_message import Letter
from shared.reads import Query

WAITING = LetterStatus.WAITING.value
IS_WAITING = text("mail_message.status = 'waiting'")
"""Literal, so that the planner may use the partial index."""


async def drop_waiting(
    session: AsyncSession, person_id: str, kind: LetterKind | None = None, *, now: datetime
) -> None:
    """Drop what has not gone out; a letter that travels this moment is not tried again."""
    waiting = await _lock_waiting(session, person_id, kind, now=now)
    await session.execute(delete(MailMessageRow).where(MailMessageRow.message_id.in_(waiting)))


async def _lock_waiting(
    session: AsyncSession, person_id: str, kind: LetterKind | None, *, now: datetime
) -> list[UUID]:
    """Take back all that waits; return what nobody is handing over."""
    mine = select(MailMessageRow.message_id, MailMessageRow.lease_ends_at).where(
        IS_WAITING, MailMessageRow.person_id == person_id
    )
    if kind is not None:
        mine = mine.where(MailMessageRow.kind == kind.value)
    found = (await session.execute(mine.order_by(MailMessageRow.message_id).with_for_update())).all()
    travelling = [row.message_id for row in found if row.lease_ends_at and row.lease_ends_at > now]
    await session.execute(
        update(MailMessageRow).where(MailMessageRow.message_id.in_(travelling)).values(is_taken_back=True)
    )
    return [row.message_id for row in found if row.message_id not in travelling]


async def forget_address(session: AsyncSession, person_id: str) -> None:
    """Keep that letters went out, not whereto: the count of codes in a day still stands."""
    mine = MailMessageRow.person_id == person_id
    refused, sent = (
        MailMessageRow.status == status.value for status in (LetterStatus.REFUSED, LetterStatus.SENT)
    )
    await session.execute(delete(MailMessageRow).where(mine, refused))
    await session.execute(update(MailMessageRow).where(mine, sent).values(address="", subject=""))


async def count_codes(session: AsyncSession, person_id: str, *, now: datetime) -> tuple[int, datetime | None]:
    """Return how many codes went to the person within a day, and when the last one was written."""
    found = await session.execute(
        select(func.count(), func.max(MailMessageRow.created_at)).where(
            MailMessageRow.person_id == person_id,
            MailMessageRow.kind == LetterKind.CODE.value,
            MailMessageRow.created_at > now - timedelta(days=1),
        )
    )
    count, last_at = found.one()
    return count, last_at


async def put_letters(session: AsyncSession, rows: Sequence[dict[str, object]]) -> None:
    """Put letters among those that wait; one that was made already is not made again."""
    if rows:
        await session.execute(upsert(MailMessageRow).on_conflict_do_nothing(), rows)


def letter_row(
    reader: Reader, letter: Letter, *, kind: LetterKind, key: str, message_id: UUID, now: datetime
) -> dict[str, object]:
    return {
        "message_id": message_id,
        "key": key,
        "person_id": reader.person_id,
        "address": reader.address,
        "language": reader.language.value,
        "kind": kind.value,
        "subject": letter.subject,
        "plain": letter.plain,
        "html": letter.html,
        "status": WAITING,
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
        "version": 1,
        "is_taken_back": False,
    }


async def take_back_waiting(session: AsyncSession, person_id: str, *, now: datetime) -> None:
    """Drop the digests that have not gone out; what they told waits to be told anew."""
    for message_id in await _lock_waiting(session, person_id, LetterKind.DIGEST, now=now):
        await drop_letter(session, message_id)


async def drop_letter(session: AsyncSession, message_id: UUID) -> None:
    """Drop a letter; what it told waits to be told anew."""
    await session.execute(
        update(ReminderItemRow).where(ReminderItemRow.message_id == message_id).values(message_id=None)
    )
    await session.execute(delete(MailMessageRow).where(MailMessageRow.message_id == message_id))


async def lock_letter(session: AsyncSession, message_id: UUID) -> tuple[LetterStatus, int] | None:
    """Return status and version of a letter under lock."""
    found = await session.execute(
        select(MailMessageRow.status, MailMessageRow.version)
        .where(MailMessageRow.message_id == message_id)
        .with_for_update()
    )
    row = found.one_or_none()
    return None if row is None else (LetterStatus(row[0]), row[1])


async def wait_again(session: AsyncSession, message_id: UUID, *, now: datetime) -> None:
    """Put a refused letter back among those that wait; its three days begin anew."""
    await session.execute(
        update(MailMessageRow)
        .where(MailMessageRow.message_id == message_id)
        .values(
            status=WAITING,
            settled_at=null(),
            attempts=0,
            next_attempt_at=now,
            created_at=now,
            version=MailMessageRow.version + 1,
        )
    )


async def forget_old_letters(session: AsyncSession, *, now: datetime) -> None:
    await session.execute(delete(MailMessageRow).where(MailMessageRow.settled_at < now - LETTERS_KEPT))


_NEWEST_FIRST = (MailMessageRow.__table__.c.created_at, MailMessageRow.__table__.c.message_id)
_SHOWN = (
    MailMessageRow.message_id.label("id"),
    MailMessageRow.kind,
    MailMessageRow.address,
    MailMessageRow.subject,
    MailMessageRow.status,
    MailMessageRow.attempts,
    MailMessageRow.next_attempt_at,
    MailMessageRow.created_at,
    MailMessageRow.settled_at,
    MailMessageRow.last_reply,
    MailMessageRow.version,
)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "person": MailMessageRow.person_id == bindparam("person", type_=Text()),
    "status": MailMessageRow.status == bindparam("status", type_=Text()),
}


@cache
def letters(filters: frozenset[str]) -> Query:
    """Return letters, the newest first."""
    conditions = [_FILTERS[name] for name in sorted(filters)]
    return Query(select(*_SHOWN).where(*conditions), keys=_NEWEST_FIRST, descending=True)
