"""The consumer: each event's effect and the note that it was handled commit together, once."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import groupby
from uuid import UUID

import structlog
from nats.aio.msg import Msg
from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.contextvars import bound_contextvars

from shared.auth import Actor
from shared.broker import honour_cancellation
from shared.codec import Envelope, UnknownEvent, decode
from shared.contracts.base import Event
from shared.dead_letters import bury, forget, waiting
from shared.errors import Refusal
from shared.pull import Pull
from shared.reactions import Reaction
from shared.settings import Settings
from shared.transaction import Transaction, transaction, write_events

BATCH = 100
DELAYS = (0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600)
"""Seconds before the next try; after the last one the event becomes a dead letter."""
STILL_WORKING_SECONDS = 3

NOTE = text(
    "INSERT INTO inbox (consumer, event_id, handled_at) "
    "SELECT :consumer, id, :now FROM unnest(:ids) AS id ON CONFLICT DO NOTHING RETURNING event_id"
).bindparams(bindparam("ids", type_=ARRAY(Uuid)))

log = structlog.get_logger()


class Consumer:
    """Carries out the reactions of one durable consumer. Duplicates and reordering do no harm."""

    def __init__(
        self,
        engine: AsyncEngine,
        settings: Settings,
        *,
        service: str,
        name: str,
        reactions: Mapping[type[Event], Reaction],
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._actor = Actor.system(service)
        self._reactions = reactions
        self._prepares = any(reaction.prepare for reaction in reactions.values())
        self.name = name

    @property
    def batch(self) -> int:
        """How many events are handled at once: one where a reaction works outside the transaction."""
        return 1 if self._prepares else BATCH

    async def run(self, pull: Pull) -> None:
        """Handle messages until cancelled."""
        while True:
            honour_cancellation()
            await self._handle_messages(await pull.take(self.batch))

    async def _handle_messages(self, messages: Sequence[Msg]) -> None:
        if len(messages) == 1:
            await self._handle_message(messages[0])
            return
        try:
            await self.handle([decode(message.data) for message in messages])
        except Exception as error:  # noqa: BLE001 - one of them is poisoned: find it
            log.info("batch-failed", consumer=self.name, events=len(messages), error=repr(error))
            for message in messages:
                await self._handle_message(message)
        else:
            for message in messages:
                await message.ack()

    async def _handle_message(self, message: Msg) -> None:
        attempts = message.metadata.num_delivered
        try:
            envelope = decode(message.data)
        except (UnknownEvent, LookupError, TypeError, ValueError) as error:
            await self._bury(message, error, attempts)
            return
        try:
            async with _still_working(message):
                await self.handle([envelope])
        except Refusal as error:
            await self._bury(message, error, attempts)
        except Exception as error:  # noqa: BLE001 - anything else may pass: try again later
            if attempts > len(DELAYS):
                await self._bury(message, error, attempts)
            else:
                log.warning("event-will-be-retried", consumer=self.name, attempts=attempts, error=repr(error))
                await message.nak(delay=DELAYS[attempts - 1])
        else:
            await message.ack()

    async def handle(self, envelopes: Sequence[Envelope]) -> None:
        """Handle events in one transaction; those handled before are passed over."""
        first = envelopes[0]
        with bound_contextvars(correlation_id=first.correlation_id, consumer=self.name):
            prepared = {e.id: await self._prepare(e) for e in envelopes} if self._prepares else {}
            async with transaction(
                self._engine, actor=self._actor, correlation_id=first.correlation_id
            ) as tx:
                fresh = await self._note(tx, envelopes)
                for _, group in groupby(fresh, key=self._reaction_to):
                    await self._react(tx, list(group), prepared)

    def _reaction_to(self, envelope: Envelope) -> Reaction:
        return self._reactions[type(envelope.event)]

    async def _prepare(self, envelope: Envelope) -> object:
        prepare = self._reaction_to(envelope).prepare
        return await prepare(envelope.event, self._settings) if prepare else None

    async def _note(self, tx: Transaction, envelopes: Sequence[Envelope]) -> list[Envelope]:
        """Insert the inbox rows; return the events not handled before, in order, each once."""
        by_id = {envelope.id: envelope for envelope in envelopes}
        facts = {"consumer": self.name, "ids": list(by_id), "now": tx.now}
        fresh = set((await tx.session.execute(NOTE, facts)).scalars())
        return [envelope for event_id, envelope in by_id.items() if event_id in fresh]

    async def _react(
        self, tx: Transaction, envelopes: Sequence[Envelope], prepared: Mapping[UUID, object]
    ) -> None:
        reaction = self._reaction_to(envelopes[0])
        if reaction.batched:
            _follow(tx, envelopes[0])
            await reaction.handle(tx, [envelope.event for envelope in envelopes])
            return
        for envelope in envelopes:
            _follow(tx, envelope)
            extra = (prepared[envelope.id],) if reaction.prepare else ()
            await reaction.handle(tx, envelope.event, *extra)
            await write_events(tx)

    async def _bury(self, message: Msg, error: Exception, attempts: int) -> None:
        await bury(self._engine, self.name, message, error, attempts=attempts)
        await message.ack()

    async def replay(self) -> int:
        """Handle this consumer's dead letters again, the oldest first; return how many went through."""
        handled = 0
        for event_id, body in await waiting(self._engine, self.name):
            try:
                await self.handle([decode(body)])
            except Exception as error:  # noqa: BLE001 - it stays a dead letter
                log.warning("replay-failed", consumer=self.name, event_id=str(event_id), error=repr(error))
            else:
                await forget(self._engine, self.name, event_id)
                handled += 1
        return handled


def _follow(tx: Transaction, envelope: Envelope) -> None:
    tx.correlation_id = envelope.correlation_id
    tx.causation_id = str(envelope.id)


@asynccontextmanager
async def _still_working(message: Msg) -> AsyncIterator[None]:
    """Tell the broker that a long reaction still runs, so that it is not delivered a second time."""

    async def tell() -> None:
        while True:
            await asyncio.sleep(STILL_WORKING_SECONDS)
            await message.in_progress()

    task = asyncio.create_task(tell())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
