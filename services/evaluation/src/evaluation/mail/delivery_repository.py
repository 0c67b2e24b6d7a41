"""SQL of letters on their way: claimed for a while, noted when it is known what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.mail.domain import LetterStatus
from evaluation.mail.letter_repository import IS_WAITING, drop_letter
from evaluation.mail.tables import MailAccountRow, MailMessageRow
from shared.mail_message import Addressed, Letter

_OF_ADDRESS: Final = (MailAccountRow.person_id == MailMessageRow.person_id) & (
    MailAccountRow.address == MailMessageRow.address
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A letter that is ours until `lease_ends_at`; its attempts count the one that is to come."""

    addressed: Addressed
    lease_ends_at: datetime


async def is_anything_waiting(session: AsyncSession, *, now: datetime) -> bool:
    asked = exists().where(IS_WAITING, MailMessageRow.next_attempt_at <= now)
    return bool((await session.execute(select(asked))).scalar_one())


async def claim(
    session: AsyncSession, *, now: datetime, lease_ends_at: datetime, rights_since: datetime
) -> Claimed | None:
    """Take the letter that waits longest; nobody else takes it before the lease is over.

    What waits for an address that was taken back, or tells what nobody knows that they may see, is dropped.
    """
    while (row := await _lock_next(session, now=now)) is not None:
        if await _is_wanted(session, row.message_id, rights_since=rights_since):
            break
        await drop_letter(session, row.message_id)
    if row is None:
        return None
    await session.execute(
        update(MailMessageRow)
        .where(MailMessageRow.message_id == row.message_id)
        .values(
            lease_ends_at=lease_ends_at,
            next_attempt_at=lease_ends_at,
            attempts=row.attempts + 1,
            version=row.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    addressed = Addressed(
        message_id=row.message_id,
        address=row.address,
        letter=Letter(subject=row.subject, plain=row.plain, html=row.html),
        attempts=row.attempts + 1,
        created_at=row.created_at,
    )
    return Claimed(addressed=addressed, lease_ends_at=lease_ends_at)


async def _lock_next(session: AsyncSession, *, now: datetime) -> MailMessageRow | None:
    found = await session.scalars(
        select(MailMessageRow)
        .where(IS_WAITING, MailMessageRow.next_attempt_at <= now)
        .order_by(MailMessageRow.next_attempt_at, MailMessageRow.message_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return found.one_or_none()


async def _is_wanted(session: AsyncSession, message_id: UUID, *, rights_since: datetime) -> bool:
    """Whether the address is still the one that its person gave, and who wrote it knew what they may see.

    A code, and a letter that asks for a login, say nothing that needs rights.
    """
    says_nothing = ~MailMessageRow.key.startswith("digest:")
    found = (
        select(MailMessageRow.message_id)
        .join(MailAccountRow, _OF_ADDRESS)
        .where(
            MailMessageRow.message_id == message_id,
            ~MailMessageRow.is_taken_back,
            or_(says_nothing, MailAccountRow.rights_at >= rights_since),
        )
    )
    return await session.scalar(found) is not None


def _still_ours(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    return (
        MailMessageRow.message_id == claimed.addressed.message_id,
        MailMessageRow.status == LetterStatus.WAITING.value,
        MailMessageRow.lease_ends_at == claimed.lease_ends_at,
    )


async def put_off(session: AsyncSession, claimed: Claimed, *, reply: str, until: datetime) -> None:
    """Let the letter wait, unless the lease is over and somebody else has it."""
    await session.execute(
        update(MailMessageRow)
        .where(*_still_ours(claimed))
        .values(
            next_attempt_at=until,
            lease_ends_at=None,
            last_reply=reply,
            version=MailMessageRow.version + 1,
        )
    )


async def note_refused(session: AsyncSession, claimed: Claimed, *, reply: str, now: datetime) -> None:
    """Keep a letter that the server does not want, unless its address was taken back while it travelled."""
    if not await _is_locked(session, *_still_ours(claimed)):
        return
    if await _is_left(session, claimed):
        await drop_letter(session, claimed.addressed.message_id)
        return
    await session.execute(
        update(MailMessageRow)
        .where(*_still_ours(claimed))
        .values(**_ended(LetterStatus.REFUSED, reply=reply, now=now))
    )


async def note_sent(session: AsyncSession, claimed: Claimed, *, reply: str, now: datetime) -> None:
    """Note that a letter went out, whoever has it meanwhile; its texts are needed no more.

    Of an address that was taken back while it travelled nothing is kept but that it went.
    """
    this, waiting, _ = _still_ours(claimed)
    if not await _is_locked(session, this, waiting):
        return
    texts = ("plain", "html", "address", "subject") if await _is_left(session, claimed) else ("plain", "html")
    said = "" if "address" in texts else reply
    await session.execute(
        update(MailMessageRow)
        .where(this)
        .values(**_ended(LetterStatus.SENT, reply=said, now=now), **dict.fromkeys(texts, ""))
    )


async def _is_locked(session: AsyncSession, *which: ColumnElement[bool]) -> bool:
    found = select(MailMessageRow.message_id).where(*which)
    return await session.scalar(found.with_for_update()) is not None


async def _is_left(session: AsyncSession, claimed: Claimed) -> bool:
    """Whether the address is no longer its person's; asked under the lock of the letter."""
    mine = MailMessageRow.message_id == claimed.addressed.message_id
    found = select(MailAccountRow.person_id).join(MailMessageRow, _OF_ADDRESS).where(mine)
    return await session.scalar(found) is None


def _ended(status: LetterStatus, *, reply: str, now: datetime) -> dict[str, object]:
    return {
        "status": status.value,
        "settled_at": now,
        "lease_ends_at": None,
        "last_reply": reply,
        "version": MailMessageRow.version + 1,
    }
