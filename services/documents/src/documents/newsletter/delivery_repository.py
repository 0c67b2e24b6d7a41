"""Every statement on the letters of an issue: frozen at the start, taken one by one, counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    Uuid,
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
from documents.subscribers.domain import Subscriber, SubscriberStatus
from documents.subscribers.repository import subscriber_of
from documents.subscribers.tables import SubscriberRow

L: Final = DeliveryRow.__table__.c
S: Final = SubscriberRow.__table__.c
_WAITING: Final = text("newsletter_delivery.status = 'waiting'")
"""Literal, so that the planner may use the partial index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A letter on its way; `subscriber` is None where they have left meanwhile."""

    issue_id: UUID
    subscriber_id: UUID
    message_id: UUID
    attempts: int
    subscriber: Subscriber | None


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


async def attempts_since(session: AsyncSession, at: datetime) -> int:
    found = select(func.count()).select_from(DeliveryRow).where(L.attempted_at > at)
    return int(await session.scalar(found) or 0)


async def take(session: AsyncSession, issue_id: UUID, *, now: datetime) -> Delivery | None:
    """Lock the letter that waits longest; two workers never take the same one."""
    row = await session.scalar(
        select(DeliveryRow)
        .where(_WAITING, L.issue_id == issue_id, L.next_attempt_at <= now)
        .order_by(L.next_attempt_at, L.subscriber_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    active = S.status == SubscriberStatus.ACTIVE.value
    found = await session.scalar(select(SubscriberRow).where(S.id == row.subscriber_id, active))
    return Delivery(
        issue_id=issue_id,
        subscriber_id=row.subscriber_id,
        message_id=row.message_id,
        attempts=row.attempts,
        subscriber=None if found is None else subscriber_of(found),
    )


async def settle(
    session: AsyncSession, delivery: Delivery, status: DeliveryStatus, *, reply: str | None, now: datetime
) -> None:
    await session.execute(
        update(DeliveryRow)
        .where(*_mine(delivery))
        .values(status=status.value, attempts=L.attempts + 1, attempted_at=now, settled_at=now, reply=reply)
    )


async def put_off(
    session: AsyncSession, delivery: Delivery, *, reply: str, until: datetime, now: datetime
) -> None:
    await session.execute(
        update(DeliveryRow)
        .where(*_mine(delivery))
        .values(attempts=L.attempts + 1, attempted_at=now, next_attempt_at=until, reply=reply)
    )


def _mine(delivery: Delivery) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return L.issue_id == delivery.issue_id, L.subscriber_id == delivery.subscriber_id


async def drop_waiting(session: AsyncSession, issue_id: UUID, *, now: datetime) -> None:
    """Drop what has not gone out; a letter that travels this moment ends first."""
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
        update(DeliveryRow)
        .where(old, exists().where(S.id == L.subscriber_id))
        .values(subscriber_id=L.message_id)
    )
