"""One transaction: the rows that change and the events that tell of it commit together, or neither."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.auth import Actor
from shared.bulk import copy_in, csv_of
from shared.codec import Envelope, encode
from shared.contracts.base import Event
from shared.database import OUTBOX
from shared.days import day_of
from shared.ids import uuid7

COPY_FROM = 100
"""From this many events on COPY is faster than inserts; both give positions in the order of the rows."""
_COLUMNS = ("event_id", "aggregate_id", "subject", "body", "recorded_at")


@dataclass(slots=True, kw_only=True)
class Transaction:
    """What a use case works with. Only `shared` begins and commits it."""

    session: AsyncSession
    now: datetime
    actor: Actor
    correlation_id: str
    causation_id: str | None = None
    envelopes: list[Envelope] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in Prague: deadlines and council meetings know no UTC."""
        return day_of(self.now)

    def new_id(self) -> UUID:
        return uuid7()

    def emit(self, event: Event) -> None:
        """Tell an event when, and only when, this transaction commits; in the order of the calls."""
        self.envelopes.append(
            Envelope(
                id=uuid7(),
                time=self.now,
                event=event,
                correlation_id=self.correlation_id,
                causation_id=self.causation_id,
            )
        )


def engine_of(tick: Transaction) -> AsyncEngine:
    """Return what a transaction was opened on; raises TypeError where it was opened on one connection."""
    if not isinstance(tick.session.bind, AsyncEngine):
        raise TypeError("long work needs transactions of its own")
    return tick.session.bind


def apart(tick: Transaction) -> AbstractAsyncContextManager[Transaction]:
    """Open a transaction that ends before the one of the tick does: for one of many, or beside long work."""
    return transaction(engine_of(tick), actor=tick.actor, correlation_id=tick.correlation_id)


@asynccontextmanager
async def transaction(
    engine: AsyncEngine, *, actor: Actor, correlation_id: str
) -> AsyncIterator[Transaction]:
    """Commit at the end of the block, roll back when it raises."""
    async with AsyncSession(engine, expire_on_commit=False, autoflush=False) as session:
        tx = Transaction(session=session, now=datetime.now(UTC), actor=actor, correlation_id=correlation_id)
        yield tx
        await write_events(tx)
        await session.commit()


async def write_events(tx: Transaction) -> None:
    """Flush the aggregate first: a flush sorts its statements by table, not by what happened."""
    await tx.session.flush()
    if len(tx.envelopes) >= COPY_FROM:
        await copy_in(tx.session, OUTBOX, _COLUMNS, csv_of(_row(envelope) for envelope in tx.envelopes))
    elif tx.envelopes:
        rows = [dict(zip(_COLUMNS, _row(envelope), strict=True)) for envelope in tx.envelopes]
        await tx.session.execute(insert(OUTBOX), rows)
    tx.envelopes.clear()


def _row(envelope: Envelope) -> tuple[object, ...]:
    event = envelope.event
    return envelope.id, event.aggregate_id, event.type, encode(envelope).decode(), envelope.time
