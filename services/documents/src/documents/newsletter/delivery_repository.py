"""Every statement on the letters of an issue: frozen at the start, claimed, noted, counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    Uuid,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from documents.newsletter.domain import DELIVERIES_KEPT, DeliveryStatus, Issue
from documents.newsletter.tables import DeliveryRow
from documents.subscribers.domain import SubscriberStatus
from documents.subscribers.tables import SubscriberRow

L: Final = DeliveryRow.__table__.c
S: Final = SubscriberRow.__table__.c
_MINUTE: Final = timedelta(minutes=1)
_WAITING: Final = text("newsletter_delivery.status = 'waiting'")
"""Literal, so that the planner may use the partial index."""
_OPEN: Final = text("newsletter_delivery.status IN ('waiting', 'dropped')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A letter that is ours until `lease_ends_at`; `address` is None where the reader has left meanwhile."""

    subscriber_id: UUID
    message_id: UUID
    attempts: int
    lease_ends_at: datetime
    address: str | None
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What became of a letter, or when it is tried again; `suspends`: its address is refused for good."""

    delivery: Delivery
    status: DeliveryStatus
    reply: str | None
    next_attempt_at: datetime | None = None
    suspends: bool = False


async def freeze_recipients(session: AsyncSession, issue: Issue, *, now: datetime) -> int:
    """Write down who gets the issue, in one statement; return how many."""
    segment = issue.content.segment
    chosen = select(
        literal(issue.id, Uuid()),
        S.id,
        func.gen_random_uuid(),
        literal(DeliveryStatus.WAITING.value, Text()),
        literal(0),
        literal(now),
    ).where(
        S.status == SubscriberStatus.ACTIVE.value,
        S.language == issue.content.language.value,
        _meets(SubscriberRow.unit_ids, list(segment.unit_ids), Uuid()),
        _meets(SubscriberRow.areas, [area.value for area in segment.areas], Text()),
        _meets(SubscriberRow.themes, [theme.value for theme in segment.themes], Text()),
    )
    columns = ["issue_id", "subscriber_id", "message_id", "status", "attempts", "next_attempt_at"]
    await session.execute(insert(DeliveryRow).from_select(columns, chosen))
    found = select(func.count()).select_from(DeliveryRow).where(L.issue_id == issue.id)
    return int(await session.scalar(found) or 0)


def _meets(
    wanted: InstrumentedAttribute[list[UUID]] | InstrumentedAttribute[list[str]],
    offered: list[UUID] | list[str],
    kind: Uuid[UUID] | Text,
) -> ColumnElement[bool]:
    """Nothing chosen, on either side, is everything."""
    if not offered:
        return literal(value=True)
    mine = cast(array(offered), ARRAY(kind))
    return or_(func.cardinality(wanted) == 0, wanted.overlap(mine))


async def is_waiting(session: AsyncSession, issue_id: UUID) -> bool:
    """Whether any letter of the issue has not come to its end; one that travels now counts."""
    found = exists().where(_WAITING, L.issue_id == issue_id)
    return bool(await session.scalar(select(found)))


async def is_due(session: AsyncSession, issue_id: UUID, *, now: datetime) -> bool:
    """Whether a letter of the issue is to be tried now."""
    found = exists().where(_WAITING, L.issue_id == issue_id, L.next_attempt_at <= now)
    return bool(await session.scalar(select(found)))


async def room(session: AsyncSession, *, per_minute: int, now: datetime) -> int:
    """Return how many letters may still go within this minute; nobody else takes any until we commit."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("newsletter_room"))))
    tried = select(func.count()).select_from(DeliveryRow).where(L.attempted_at > now - _MINUTE)
    return per_minute - int(await session.scalar(tried) or 0)


async def claim(
    session: AsyncSession, issue_id: UUID, *, most: int, now: datetime, lease_ends_at: datetime
) -> list[Delivery]:
    """Take the letters that wait longest; nobody else takes them before the lease is over.

    That they are tried is noted here, before a server sees any of them.
    """
    rows = await session.execute(
        select(L.subscriber_id, L.message_id, L.attempts)
        .where(_WAITING, L.issue_id == issue_id, L.next_attempt_at <= now)
        .order_by(L.next_attempt_at, L.subscriber_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = rows.all()
    if not taken:
        return []
    ids = [row.subscriber_id for row in taken]
    await session.execute(
        update(DeliveryRow)
        .where(L.issue_id == issue_id, L.subscriber_id.in_(ids))
        .values(next_attempt_at=lease_ends_at, attempted_at=now, attempts=L.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    active = select(S.id, S.address, S.secret).where(S.id.in_(ids), S.status == SubscriberStatus.ACTIVE.value)
    known = {row.id: row for row in await session.execute(active)}
    return [
        Delivery(
            subscriber_id=row.subscriber_id,
            message_id=row.message_id,
            attempts=row.attempts + 1,
            lease_ends_at=lease_ends_at,
            address=known[row.subscriber_id].address if row.subscriber_id in known else None,
            secret=known[row.subscriber_id].secret if row.subscriber_id in known else "",
        )
        for row in taken
    ]


async def note(session: AsyncSession, issue_id: UUID, noted: Sequence[Noted], *, now: datetime) -> None:
    """Write down what became of letters.

    One that travelled while its issue was stopped counts as what it is; one that waits again does so
    unless its lease is over and somebody else has it.
    """
    mine = (L.issue_id == issue_id, L.subscriber_id == bindparam("whose"))
    common: dict[str, object] = {"attempted_at": bindparam("tried_at"), "reply": bindparam("said")}
    settled = (
        update(DeliveryRow)
        .where(*mine, _OPEN)
        .values(status=bindparam("becomes"), settled_at=bindparam("tried_at"), **common)
    )
    put_off = (
        update(DeliveryRow)
        .where(*mine, _WAITING, L.next_attempt_at == bindparam("lease"))
        .values(next_attempt_at=bindparam("until"), **common)
    )
    connection = await session.connection()
    for statement, waits in ((settled, False), (put_off, True)):
        values = [
            {**_values(each), "tried_at": now}
            for each in noted
            if (each.next_attempt_at is not None) is waits
        ]
        if values:
            await connection.execute(statement, values)


def _values(noted: Noted) -> dict[str, object]:
    own = {"whose": noted.delivery.subscriber_id, "said": noted.reply}
    if noted.next_attempt_at is None:
        return {**own, "becomes": noted.status.value}
    return {**own, "lease": noted.delivery.lease_ends_at, "until": noted.next_attempt_at}


async def release(
    session: AsyncSession, issue_id: UUID, untried: Collection[Delivery], *, now: datetime
) -> None:
    """Give letters of one lease back that were not tried: the next round finds them at once."""
    if not untried:
        return
    ids = [each.subscriber_id for each in untried]
    await session.execute(
        update(DeliveryRow)
        .where(
            *(L.issue_id == issue_id, L.subscriber_id.in_(ids), _WAITING),
            L.next_attempt_at == next(iter(untried)).lease_ends_at,
        )
        .values(next_attempt_at=now, attempted_at=null(), attempts=L.attempts - 1)
        .execution_options(synchronize_session=False)
    )


async def drop_waiting(session: AsyncSession, issue_id: UUID, *, now: datetime) -> None:
    """Drop what has not gone out; of a letter that travels this moment is noted what becomes of it."""
    await session.execute(
        update(DeliveryRow)
        .where(L.issue_id == issue_id, L.status == DeliveryStatus.WAITING.value)
        .values(status=DeliveryStatus.DROPPED.value, settled_at=now, reply=null())
    )


async def forget_replies(session: AsyncSession, *, now: datetime) -> None:
    """Forget who got which issue long ago: the counts stay, for rows do without their subscribers."""
    old = L.settled_at < now - DELIVERIES_KEPT
    await session.execute(update(DeliveryRow).where(old, L.reply.is_not(None)).values(reply=null()))
    await session.execute(
        update(DeliveryRow).where(old, L.subscriber_id != L.message_id).values(subscriber_id=L.message_id)
    )
