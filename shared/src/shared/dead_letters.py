"""Events that could not be handled: kept with the reason, counted, and run again on demand."""

import traceback
from datetime import UTC, datetime
from uuid import UUID, uuid5

import structlog
from nats.aio.msg import Msg
from nats.js.api import Header
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.codec import decode
from shared.database import DEAD_LETTER
from shared.errors import Refusal

UNREADABLE = UUID("6f7e0d52-9f0c-5d0e-8a4e-2f4f6f1f3c11")
"""Namespace of ids for messages that carry none."""

log = structlog.get_logger()


async def bury(engine: AsyncEngine, consumer: str, message: Msg, error: Exception, *, attempts: int) -> None:
    """Keep a message as a dead letter; a second burial of the same event refreshes the reason."""
    letter = {
        "consumer": consumer,
        "event_id": _event_id(message),
        "subject": message.subject,
        "body": message.data.decode(errors="replace").replace("\0", "�"),
        "error": error.code if isinstance(error, Refusal) else type(error).__name__,
        "detail": "".join(traceback.format_exception(error))[-8000:].replace("\0", "�"),
        "correlation_id": _correlation_id(message),
        "attempts": attempts,
        "failed_at": datetime.now(UTC),
    }
    statement = insert(DEAD_LETTER).values(letter)
    fresh = {key: statement.excluded[key] for key in ("error", "detail", "attempts", "failed_at")}
    async with engine.begin() as connection:
        await connection.execute(
            statement.on_conflict_do_update(index_elements=["consumer", "event_id"], set_=fresh)
        )
    log.error(
        "dead-letter",
        consumer=consumer,
        event_id=str(letter["event_id"]),
        subject=message.subject,
        error=letter["error"],
        correlation_id=letter["correlation_id"],
    )


async def waiting(engine: AsyncEngine, consumer: str) -> list[tuple[UUID, str]]:
    """Return id and body of each dead letter of a consumer, the oldest first."""
    query = (
        select(DEAD_LETTER.c.event_id, DEAD_LETTER.c.body)
        .where(DEAD_LETTER.c.consumer == consumer)
        .order_by(DEAD_LETTER.c.failed_at)
    )
    async with engine.connect() as connection:
        return [(row.event_id, row.body) for row in await connection.execute(query)]


async def forget(engine: AsyncEngine, consumer: str, event_id: UUID) -> None:
    async with engine.begin() as connection:
        await connection.execute(
            delete(DEAD_LETTER).where(DEAD_LETTER.c.consumer == consumer, DEAD_LETTER.c.event_id == event_id)
        )


def _event_id(message: Msg) -> UUID:
    name = (message.headers or {}).get(Header.MSG_ID, "")
    try:
        return UUID(name)
    except ValueError:
        return uuid5(UNREADABLE, f"{message.metadata.stream}:{message.metadata.sequence.stream}")


def _correlation_id(message: Msg) -> str:
    try:
        return decode(message.data).correlation_id
    except Exception:  # noqa: BLE001 - that it cannot be read may be why it is here
        return ""
