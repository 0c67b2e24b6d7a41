"""Every statement on notices of webhooks that were disabled, and on how their secrets are sealed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from documents.webhooks.domain import DisabledFor, Notice
from documents.webhooks.tables import WebhookRow

W = WebhookRow


async def is_notice_waiting(session: AsyncSession, *, now: datetime) -> bool:
    return bool(await session.scalar(select(exists().where(W.notice_at <= now))))


async def take_notice(session: AsyncSession, *, now: datetime) -> Notice | None:
    """Lock the notice that waits longest; those of other workers are passed over."""
    waiting = select(W).where(W.notice_at <= now, W.reason.is_not(None)).order_by(W.notice_at).limit(1)
    row = await session.scalar(waiting.with_for_update(skip_locked=True))
    if row is None:
        return None
    return Notice(
        webhook_id=row.id,
        contact=row.contact,
        description=row.description,
        url=row.url,
        reason=DisabledFor(row.reason or ""),
        disabled_at=row.changed_at,
        attempts=row.notice_attempts,
    )


async def save_notice(session: AsyncSession, notice: Notice, *, next_at: datetime | None) -> None:
    saved = update(W).where(W.id == notice.webhook_id)
    await session.execute(saved.values(notice_at=next_at, notice_attempts=notice.attempts + 1))


async def lock_unsealed(session: AsyncSession, *, prefix: str) -> Sequence[tuple[UUID, str, str | None]]:
    """Lock webhooks with a secret that the present key did not seal."""
    other = or_(~W.secret.startswith(prefix), ~W.previous_secret.startswith(prefix))
    found = await session.execute(
        select(W.id, W.secret, W.previous_secret).where(other).with_for_update(skip_locked=True)
    )
    return [(row.id, row.secret, row.previous_secret) for row in found]


async def keep_sealed(
    session: AsyncSession, webhook_id: UUID, *, secret: str | None, previous: str | None
) -> None:
    kept = update(W).where(W.id == webhook_id)
    await session.execute(kept.values(secret=secret, previous_secret=previous))
