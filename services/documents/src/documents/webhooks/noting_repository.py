"""Every statement on events that are noted for webhooks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.webhooks.domain import (
    EVENTS_KEPT,
)
from documents.webhooks.tables import WebhookDeliveryRow, WebhookEventRow, WebhookRow, WebhookSourceRow

W, E, D = WebhookRow, WebhookEventRow, WebhookDeliveryRow


async def source_cursor(session: AsyncSession, service: str) -> str:
    """Return how far the events of a service are noted, empty at the very beginning."""
    statement = select(WebhookSourceRow.cursor).where(WebhookSourceRow.service == service)
    return await session.scalar(statement) or ""


async def lock_source(session: AsyncSession, service: str, *, now: datetime) -> str:
    """Return the same under a lock: who read from an older cursor than this came too late."""
    statement = upsert(WebhookSourceRow).values(service=service, cursor="", moved_at=now)
    statement = statement.on_conflict_do_update(index_elements=["service"], set_={"service": service})
    return (await session.execute(statement.returning(WebhookSourceRow.cursor))).scalar_one()


async def move_source(session: AsyncSession, service: str, cursor: str, *, now: datetime) -> None:
    moved = update(WebhookSourceRow).where(WebhookSourceRow.service == service)
    await session.execute(moved.values(cursor=cursor, moved_at=now))


async def note_events(session: AsyncSession, rows: Sequence[Mapping[str, object]], *, now: datetime) -> None:
    """Note events that are not noted yet, one who notes after the other: positions commit in their order."""
    lock = func.pg_advisory_xact_lock(func.hashtextextended("webhook_event", 0))
    await session.execute(select(lock))
    values = [{**row, "noted_at": now} for row in rows]
    await session.execute(upsert(E).on_conflict_do_nothing(index_elements=["event_id"]), values)


async def forget(session: AsyncSession, *, now: datetime) -> None:
    """Delete what its time has passed for."""
    await session.execute(delete(E).where(E.noted_at < now - EVENTS_KEPT))
    await session.execute(delete(D).where(D.asked_at < now - EVENTS_KEPT))
