"""Events are noted and sent: in order, once by id, and a slow receiver holds up no other."""

import asyncio
from secrets import randbelow
from time import monotonic
from typing import Final
from uuid import UUID

from documents.neighbours.gathering import OURS, Batch, Feeds, NotGathered, own_events, ping_body
from documents.neighbours.posting import Poster, signed
from documents.outside import feeds_of, note, poster_of, sealer_of
from documents.proving.sealing import Sealer
from documents.webhooks import attempt_repository, noting_repository, repository
from documents.webhooks.domain import PING, SPREAD, Attempt, Taken, ToSend, after_attempt
from shared.settings import load_settings
from shared.transaction import Transaction, apart

AT_ONCE: Final = 40
MOST_PAGES: Final = 40
TURN_SECONDS: Final = 20
"""So long one webhook is served before another that waits may have its place."""
_LOOK_AGAIN: Final = 1


async def gather_events(tx: Transaction) -> None:
    """Note what all services told; one that does not answer is asked again, the others meanwhile."""
    await gather(tx, feeds_of(load_settings(OURS)))


async def gather(tick: Transaction, feeds: Feeds) -> None:
    async with asyncio.TaskGroup() as asking:
        for service in (OURS, *feeds.addresses):
            asking.create_task(_gather_of(tick, feeds, service))


async def _gather_of(tick: Transaction, feeds: Feeds, service: str) -> None:
    try:
        for _ in range(MOST_PAGES):
            if not await _gather_page(tick, feeds, service):
                return
    except NotGathered as error:
        note("events-not-gathered", of=service, error=repr(error))


async def _gather_page(tick: Transaction, feeds: Feeds, service: str) -> bool:
    """Return whether there was anything; no transaction is open while a neighbour is asked."""
    async with apart(tick) as tx:
        cursor = await noting_repository.source_cursor(tx.session, service)
        ours = await own_events(tx, cursor) if service == OURS else None
    batch = ours or await feeds.after(service, cursor)
    if batch.forgotten:
        note("events-were-missed", of=service)
    async with apart(tick) as tx:
        if await noting_repository.lock_source(tx.session, service, now=tx.now) != cursor:
            return False
        await _note(tx, batch)
        await noting_repository.move_source(tx.session, service, batch.cursor, now=tx.now)
    return bool(batch.events)


async def _note(tx: Transaction, batch: Batch) -> None:
    if batch.events:
        rows = [
            {
                "event_id": event.event_id,
                "type": event.type,
                "unit_ids": list(event.unit_ids),
                "body": event.body,
            }
            for event in batch.events
        ]
        await noting_repository.note_events(tx.session, rows, now=tx.now)


async def deliver_events(tx: Transaction) -> None:
    settings = load_settings(OURS)
    await deliver(tx, poster_of(settings), sealer_of(settings))


async def deliver(tick: Transaction, poster: Poster, sealer: Sealer) -> None:
    """Send until nothing waits that is due; each webhook has its own order and waits for no other."""
    running: set[asyncio.Task[None]] = set()
    try:
        while True:
            running |= await _begin(tick, poster, sealer, most=AT_ONCE - len(running))
            if not running:
                return
            done, running = await asyncio.wait(running, timeout=_LOOK_AGAIN)
            for each in done:
                if each.exception() is not None:
                    note("webhook-not-served", error=repr(each.exception()))
    finally:
        for each in running:
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _begin(tick: Transaction, poster: Poster, sealer: Sealer, *, most: int) -> set[asyncio.Task[None]]:
    async with apart(tick) as tx:
        asked = await attempt_repository.take_asked(tx.session, now=tx.now, most=most)
    async with apart(tick) as tx:
        rest = most - len(asked)
        due = await attempt_repository.take_due(tx.session, lease=tx.new_id(), now=tx.now, most=rest)
    sending = [_send_asked(tick, poster, sealer, delivery_id) for delivery_id in asked]
    sending += [_serve(tick, poster, sealer, taken) for taken in due]
    return {asyncio.create_task(each) for each in sending}


async def _serve(tick: Transaction, poster: Poster, sealer: Sealer, taken: Taken) -> None:
    """Send what waits for one webhook, event after event, until one fails or its turn is over."""
    until = monotonic() + TURN_SECONDS
    while monotonic() < until and await _send_next(tick, poster, sealer, taken):
        pass
    async with apart(tick) as tx:
        await attempt_repository.rest(tx.session, taken)


async def _send_next(tick: Transaction, poster: Poster, sealer: Sealer, lease: Taken) -> bool:
    """Return whether to go on.

    Whoever dies after the request and before the note has sent an event that is sent again: the
    receiver knows it by its id.
    """
    async with apart(tick) as tx:
        last = await repository.last_position(tx.session)
        taken = await attempt_repository.lock_taken(tx.session, lease.id, lease.lease, now=tx.now)
        if taken is None:
            return False
        event = await attempt_repository.next_event(tx.session, taken.id)
        if event is None:
            await attempt_repository.rest(tx.session, taken, position=last)
            return False
        sent_at = tx.now
    headers = signed(event.body, event.event_id, secrets=_opened(taken, sealer), now=sent_at)
    attempt = await poster.post(taken.url, event.body, headers, now=sent_at)
    async with apart(tick) as tx:
        return await _settle(tx, taken, event, attempt)


async def _settle(tx: Transaction, taken: Taken, event: ToSend, attempt: Attempt) -> bool:
    standing = after_attempt(taken, event, attempt, now=tx.now, spread=randbelow(SPREAD + 1))
    known = await attempt_repository.stand(tx.session, taken, standing, now=tx.now)
    if not await attempt_repository.is_there(tx.session, taken.id):
        return False
    await attempt_repository.add_attempt(tx.session, tx.new_id(), taken, event, attempt, sent_at=tx.now)
    return known and attempt.delivered


def _opened(taken: Taken, sealer: Sealer) -> list[str]:
    """Return the secrets that sign, the present one first; one before it may be lost with its key."""
    present, *before = taken.sealed_secrets
    known = [each for each in before if sealer.opens(each, of=taken.id)]
    return [sealer.open(each, of=taken.id) for each in (present, *known)]


async def _send_asked(tick: Transaction, poster: Poster, sealer: Sealer, delivery_id: UUID) -> None:
    """Send what a person asked for, beside the order of the others."""
    async with apart(tick) as tx:
        found = await attempt_repository.asked(tx.session, delivery_id, now=tx.now)
    if found is None:
        return
    taken, event = found
    body = event.body
    if event.type == PING:
        body = ping_body(event.event_id, PING, taken.id, now=tick.now)
    headers = signed(body, event.event_id, secrets=_opened(taken, sealer), now=tx.now)
    attempt = await poster.post(taken.url, body, headers, now=tx.now)
    async with apart(tick) as tx:
        await attempt_repository.settle_asked(tx.session, delivery_id, attempt, now=tx.now)


async def forget_events(tx: Transaction) -> None:
    """Delete events and attempts that are older than we keep them."""
    await noting_repository.forget(tx.session, now=tx.now)
