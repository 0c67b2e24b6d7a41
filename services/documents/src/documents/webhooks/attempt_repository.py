"""Every statement of deliveries: what waits, who sends it, what became of each attempt."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, case, cast, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from documents.webhooks.domain import (
    Attempt,
    Cause,
    Outcome,
    Standing,
    Taken,
    ToSend,
    WebhookState,
)
from documents.webhooks.tables import WebhookDeliveryRow, WebhookEventRow, WebhookRow

W, E, D = WebhookRow, WebhookEventRow, WebhookDeliveryRow
_WAITING = Outcome.WAITING.value
LEASE = timedelta(minutes=2)


def _is_wanted() -> ColumnElement[bool]:
    """Whether a webhook wants an event: by its type, or the beginning of it, and by its units."""
    pattern = func.unnest(W.types).table_valued("name", name="pattern")
    of_type = (
        select(1)
        .select_from(pattern)
        .where(or_(E.type == pattern.c.name, func.starts_with(E.type, pattern.c.name + ".")))
    )
    by_type = or_(func.cardinality(W.types) == 0, of_type.exists())
    none = cast(literal([]), ARRAY(Uuid))
    return by_type & or_(W.unit_ids == none, E.unit_ids.overlap(W.unit_ids))


IS_WANTED = _is_wanted()


async def take_due(session: AsyncSession, *, lease: UUID, now: datetime, most: int) -> list[Taken]:
    """Lease webhooks that events wait for; those of other workers are passed over."""
    last = select(func.coalesce(func.max(E.position), 0)).scalar_subquery()
    due = (
        select(W.id)
        .where(
            W.state == WebhookState.ACTIVE.value,
            W.due_at <= now,
            or_(W.lease_ends_at.is_(None), W.lease_ends_at < now),
            W.position < last,
        )
        .order_by(W.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    leased = update(W).where(W.id.in_(due)).values(lease=lease, lease_ends_at=now + LEASE)
    rows = await session.scalars(leased.returning(W).execution_options(populate_existing=True))
    return [taken(row, lease=lease, now=now) for row in rows]


def taken(row: WebhookRow, *, lease: UUID, now: datetime) -> Taken:
    overlapping = row.previous_ends_at is not None and row.previous_ends_at > now
    sealed = (row.secret, row.previous_secret) if overlapping else (row.secret,)
    return Taken(
        id=row.id,
        lease=lease,
        version=row.version,
        url=row.url,
        position=row.position,
        attempts=row.attempts,
        first_failed_at=row.first_failed_at,
        sealed_secrets=tuple(each for each in sealed if each),
    )


async def lock_taken(session: AsyncSession, webhook_id: UUID, lease: UUID, *, now: datetime) -> Taken | None:
    """Return a leased webhook as it is now, under its lock; None where it is leased no more, or not active.

    The lease begins anew.
    """
    row = await session.scalar(
        update(W)
        .where(W.id == webhook_id, W.lease == lease, W.state == WebhookState.ACTIVE.value)
        .values(lease_ends_at=now + LEASE)
        .returning(W)
        .execution_options(populate_existing=True)
    )
    return taken(row, lease=lease, now=now) if row else None


async def next_event(session: AsyncSession, webhook_id: UUID) -> ToSend | None:
    """Return the first event after the position of the webhook that it wants."""
    found = await session.execute(
        select(E.event_id, E.type, E.body, E.position)
        .join(W, W.position < E.position)
        .where(W.id == webhook_id, IS_WANTED)
        .order_by(E.position)
        .limit(1)
    )
    row = found.one_or_none()
    return ToSend(event_id=row.event_id, type=row.type, body=row.body, position=row.position) if row else None


async def stand(session: AsyncSession, taken: Taken, standing: Standing, *, now: datetime) -> bool:
    """Note where a webhook stands after an attempt; False where the lease was lost meanwhile.

    A failure counts for nothing where a person decided on the webhook in the meantime.
    """
    values: dict[str, object] = {
        "position": standing.position,
        "attempts": standing.attempts,
        "first_failed_at": standing.first_failed_at,
        "due_at": standing.due_at,
    }
    if standing.attempts == 0:
        values["delivered_at"] = now
    if standing.disabled is not None:
        disabled = {"state": WebhookState.DISABLED.value, "reason": standing.disabled.value}
        notice_at = case((W.contact != "", literal(now, W.notice_at.type)))
        values |= {**disabled, "changed_at": now, "version": W.version + 1}
        values |= {"notice_at": notice_at, "notice_attempts": 0}
    mine = update(W).where(W.id == taken.id, W.lease == taken.lease)
    if standing.attempts > 0:
        mine = mine.where(W.version == taken.version)
    return (await session.execute(mine.values(values).returning(W.id))).first() is not None


async def rest(session: AsyncSession, taken: Taken, *, position: int | None = None) -> None:
    """Give the lease back; nothing is wanted up to `position`, also not what failed before."""
    values: dict[str, object] = {"lease": None, "lease_ends_at": None}
    if position is not None:
        values |= {"position": func.greatest(W.position, position), "attempts": 0, "first_failed_at": None}
    await session.execute(update(W).where(W.id == taken.id, W.lease == taken.lease).values(values))


async def add_attempt(
    session: AsyncSession,
    delivery_id: UUID,
    taken: Taken,
    sent: ToSend,
    attempt: Attempt,
    *,
    sent_at: datetime,
) -> None:
    await session.execute(
        insert(D).values(
            id=delivery_id,
            webhook_id=taken.id,
            event_id=sent.event_id,
            type=sent.type,
            cause=Cause.EVENT.value,
            attempt=taken.attempts + 1,
            asked_at=sent_at,
            sent_at=sent_at,
            **_told(attempt),
        )
    )


def _told(attempt: Attempt) -> dict[str, object]:
    outcome = Outcome.DELIVERED if attempt.delivered else Outcome.FAILED
    return {
        "outcome": outcome.value,
        "status": attempt.status,
        "fault": attempt.fault.value if attempt.fault else None,
        "excerpt": attempt.excerpt,
        "duration_ms": attempt.duration_ms,
    }


async def take_asked(session: AsyncSession, *, now: datetime, most: int) -> Sequence[UUID]:
    """Lease what people asked for."""
    due = (
        select(D.id)
        .where(D.outcome == _WAITING, or_(D.lease_ends_at.is_(None), D.lease_ends_at < now))
        .order_by(D.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    leased = update(D).where(D.id.in_(due)).values(lease_ends_at=now + LEASE)
    return sorted((await session.scalars(leased.returning(D.id))).all())


async def asked(session: AsyncSession, delivery_id: UUID, *, now: datetime) -> tuple[Taken, ToSend] | None:
    """Return what is to be sent; the body of a ping, and of an event kept no more, is empty."""
    statement = (
        select(W, D.event_id, D.type, func.coalesce(E.body, cast("", Text)).label("body"))
        .join(D, D.webhook_id == W.id)
        .outerjoin(E, E.event_id == D.event_id)
        .where(D.id == delivery_id, D.outcome == _WAITING)
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        return None
    return taken(row[0], lease=delivery_id, now=now), ToSend(
        event_id=row.event_id, type=row.type, body=row.body
    )


async def settle_asked(session: AsyncSession, delivery_id: UUID, attempt: Attempt, *, now: datetime) -> None:
    settled = update(D).where(D.id == delivery_id, D.outcome == _WAITING)
    await session.execute(settled.values(sent_at=now, lease_ends_at=None, **_told(attempt)))


async def is_there(session: AsyncSession, webhook_id: UUID) -> bool:
    """Whether the webhook was not removed meanwhile, and keep it from being removed in this transaction."""
    statement = select(W.id).where(W.id == webhook_id).with_for_update(key_share=True, read=True)
    return await session.scalar(statement) is not None
