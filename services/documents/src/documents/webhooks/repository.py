"""Every statement of what people decide on webhooks."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from documents.webhooks.domain import (
    PING,
    Cause,
    Outcome,
    ToSend,
    Wanted,
    Webhook,
    WebhookState,
)
from documents.webhooks.tables import WebhookDeliveryRow, WebhookEventRow, WebhookRow

W, E, D = WebhookRow, WebhookEventRow, WebhookDeliveryRow
_WAITING = Outcome.WAITING.value


async def last_position(session: AsyncSession) -> int:
    return await session.scalar(select(func.coalesce(func.max(E.position), 0))) or 0


async def position_before(
    session: AsyncSession, *, event_id: UUID | None, since: datetime | None
) -> int | None:
    """Return the position after which an event, or what was noted since then, comes; None: not kept."""
    if event_id is not None:
        found = await session.scalar(select(E.position).where(E.event_id == event_id))
        return None if found is None else found - 1
    if since is None:
        return 0
    first = await session.scalar(select(func.min(E.position)).where(E.noted_at >= since))
    return await last_position(session) if first is None else first - 1


async def lock_owner(session: AsyncSession, owner: str) -> int:
    """Return how many webhooks somebody has, under a lock: nobody makes two at once."""
    lock = func.pg_advisory_xact_lock(func.hashtextextended(f"webhooks\n{owner}", 0))
    await session.execute(select(lock))
    return await session.scalar(select(func.count()).select_from(W).where(W.created_by == owner)) or 0


async def add_webhook(session: AsyncSession, webhook: Webhook, *, now: datetime) -> None:
    await session.execute(
        insert(W).values(
            id=webhook.id,
            version=webhook.version,
            created_by=webhook.created_by,
            created_at=now,
            **_wanted(webhook.wanted),
            secret=webhook.sealed_secret,
            state=webhook.state.value,
            changed_at=now,
            position=webhook.position,
            attempts=0,
            due_at=now,
            notice_attempts=0,
        )
    )


def _wanted(wanted: Wanted) -> dict[str, object]:
    return asdict(wanted) | {"types": list(wanted.types), "unit_ids": list(wanted.unit_ids)}


async def lock_webhook(session: AsyncSession, webhook_id: UUID, *, owner: str | None) -> Webhook | None:
    """Return a webhook under its lock, of this owner where one is given."""
    statement = select(W).where(W.id == webhook_id).with_for_update()
    row = await session.scalar(statement.where(W.created_by == owner) if owner is not None else statement)
    if row is None:
        return None
    wanted = Wanted(
        url=row.url,
        description=row.description,
        contact=row.contact,
        types=tuple(row.types),
        unit_ids=tuple(row.unit_ids),
    )
    return Webhook(
        id=row.id,
        version=row.version,
        created_by=row.created_by,
        wanted=wanted,
        state=WebhookState(row.state),
        position=row.position,
        attempts=row.attempts,
        sealed_secret=row.secret,
        previous_ends_at=row.previous_ends_at,
    )


async def change(session: AsyncSession, webhook_id: UUID, values: Mapping[str, object]) -> None:
    """Change what a person decided on, in a new version."""
    changed = update(W).where(W.id == webhook_id)
    await session.execute(changed.values(version=W.version + 1, **values))


async def want(session: AsyncSession, webhook_id: UUID, wanted: Wanted, *, now: datetime) -> None:
    """Change what is wanted; what failed before failed somewhere else, or of something else."""
    anew = {"attempts": 0, "first_failed_at": None, "due_at": now}
    await change(session, webhook_id, {**_wanted(wanted), **anew, "changed_at": now})


async def remove(session: AsyncSession, webhook_id: UUID) -> None:
    await session.execute(delete(W).where(W.id == webhook_id))


async def find_delivered(
    session: AsyncSession, webhook_id: UUID, delivery_id: UUID
) -> tuple[UUID, str] | None:
    """Return event and type of a delivery."""
    statement = select(D.event_id, D.type).where(D.id == delivery_id, D.webhook_id == webhook_id)
    row = (await session.execute(statement)).one_or_none()
    return (row.event_id, row.type) if row else None


async def ask_for(
    session: AsyncSession,
    delivery_id: UUID,
    webhook_id: UUID,
    *,
    event_id: UUID,
    kind: str,
    now: datetime,
) -> None:
    """Note that a person wants an event sent once more, or a ping."""
    cause = Cause.PING if kind == PING else Cause.RETRY
    await session.execute(
        insert(D).values(
            id=delivery_id,
            webhook_id=webhook_id,
            event_id=event_id,
            type=kind,
            cause=cause.value,
            attempt=1,
            outcome=_WAITING,
            excerpt="",
            asked_at=now,
        )
    )


async def note_skipped(
    session: AsyncSession, delivery_id: UUID, webhook: Webhook, sent: ToSend, *, now: datetime
) -> None:
    await session.execute(
        insert(D).values(
            id=delivery_id,
            webhook_id=webhook.id,
            event_id=sent.event_id,
            type=sent.type,
            cause=Cause.EVENT.value,
            attempt=webhook.attempts,
            outcome=Outcome.SKIPPED.value,
            excerpt="",
            asked_at=now,
        )
    )
