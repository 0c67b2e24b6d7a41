"""Work that time asks for: functions that run every so often, in transactions of their own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.auth import Actor
from shared.database import IDEMPOTENCY, INBOX, OUTBOX
from shared.http.idempotency import KEPT
from shared.ids import uuid7
from shared.transaction import Transaction, transaction

EVENTS_KEPT = timedelta(days=90)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Every:
    """Run `work` every `seconds`, first at the start; a failure is logged and tried again next time."""

    seconds: float
    work: Callable[[Transaction], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class EveryOne:
    """Run `work` every `seconds` for each that `due` finds, in a transaction of its own.

    One that fails is logged and tried again next time; it holds up no other.
    """

    seconds: float
    due: Callable[[Transaction], Awaitable[Sequence[UUID]]]
    work: Callable[[Transaction, UUID], Awaitable[None]]


Timed = Every | EveryOne


async def keep_time(engine: AsyncEngine, service: str, every: Timed) -> None:
    """Run until cancelled."""
    while True:
        await run_once(engine, service, every)
        await asyncio.sleep(every.seconds)


@asynccontextmanager
async def time_kept(engine: AsyncEngine, service: str, works: Sequence[Timed]) -> AsyncIterator[None]:
    """Run each work once before the block begins, and then every so often while the block lasts."""
    for every in works:
        await run_once(engine, service, every)
    tasks = [asyncio.create_task(_keep_on(engine, service, every)) for every in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _keep_on(engine: AsyncEngine, service: str, every: Timed) -> None:
    await asyncio.sleep(every.seconds)
    await keep_time(engine, service, every)


async def run_once(engine: AsyncEngine, service: str, every: Timed) -> None:
    """Do what is due now; what fails is logged."""
    if isinstance(every, Every):
        async with _attempt(engine, service, every.work.__name__) as tx:
            await every.work(tx)
        return
    due: Sequence[UUID] = ()
    async with _attempt(engine, service, every.due.__name__) as tx:
        due = await every.due(tx)
    for one in due:
        async with _attempt(engine, service, every.work.__name__, of=str(one)) as tx:
            await every.work(tx, one)


@asynccontextmanager
async def _attempt(
    engine: AsyncEngine, service: str, work: str, *, of: str | None = None
) -> AsyncIterator[Transaction]:
    try:
        async with transaction(engine, actor=Actor.system(service), correlation_id=str(uuid7())) as tx:
            yield tx
    except Exception:
        log.exception("clock-failed", work=work, of=of)


async def forget_the_old(tx: Transaction) -> None:
    """Delete what its time has passed for: kept answers, published events, handled notes."""
    await tx.session.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.created_at < tx.now - KEPT))
    await tx.session.execute(delete(OUTBOX).where(OUTBOX.c.published_at < tx.now - EVENTS_KEPT))
    await tx.session.execute(delete(INBOX).where(INBOX.c.handled_at < tx.now - 2 * EVENTS_KEPT))


HOUSEKEEPING = Every(3600, forget_the_old)
