"""Every statement on notices of webhooks that were disabled, and on how their secrets are sealed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, exists, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from documents.webhooks.domain import DisabledFor, Notice
from documents.webhooks.tables import WebhookRow

W = WebhookRow


async def is_notice_waiting(session: AsyncSession, *, now: datetime) -> bool:
    return bool(await session.scalar(select(exists().where(W.notice_at <= now))))


async def claim_notice(session: AsyncSession, *, now: datetime, lease_ends_at: datetime) -> Notice | None:
    """Take the notice that waits longest; nobody else takes it before the lease is over.

    Nothing is locked while its letter travels: who activates the webhook waits for no mail server.
    """
    waiting = select(W).where(W.notice_at <= now, W.reason.is_not(None)).order_by(W.notice_at).limit(1)
    row = await session.scalar(waiting.with_for_update(skip_locked=True))
    if row is None:
        return None
    claimed = (
        update(W).where(W.id == row.id).values(notice_at=lease_ends_at, notice_attempts=W.notice_attempts + 1)
    )
    await session.execute(claimed.execution_options(synchronize_session=False))
    return Notice(
        webhook_id=row.id,
        contact=row.contact,
        description=row.description,
        url=row.url,
        reason=DisabledFor(row.reason or ""),
        disabled_at=row.changed_at,
        attempts=row.notice_attempts + 1,
        lease_ends_at=lease_ends_at,
    )


async def save_notice(session: AsyncSession, notice: Notice, *, next_at: datetime | None) -> None:
    """Note when it is tried again; of one that a person or another worker took meanwhile nothing."""
    mine = (W.id == notice.webhook_id, W.notice_at == notice.lease_ends_at)
    await session.execute(update(W).where(*mine).values(notice_at=next_at))


async def lock_unsealed(
    session: AsyncSession, *, prefix: str, now: datetime
) -> Sequence[tuple[UUID, str, str | None]]:
    """Lock webhooks with a secret that the present key did not seal; a former one only while it signs."""
    other = or_(~W.secret.startswith(prefix), ~W.previous_secret.startswith(prefix))
    former = case((W.previous_ends_at > now, W.previous_secret))
    found = await session.execute(
        select(W.id, W.secret, former.label("former")).where(other).with_for_update(skip_locked=True)
    )
    return [(row.id, row.secret, row.former) for row in found]


async def keep_sealed(
    session: AsyncSession, webhook_id: UUID, *, secret: str | None, previous: str | None
) -> None:
    ends_at = W.previous_ends_at if previous else null()
    kept = update(W).where(W.id == webhook_id)
    await session.execute(kept.values(secret=secret, previous_secret=previous, previous_ends_at=ends_at))
