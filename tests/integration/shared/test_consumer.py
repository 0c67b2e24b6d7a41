"""From JetStream to the effect: once, whatever is delivered."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext

from shared import consumer as consumer_module
from shared.broker import declare_consumer
from shared.codec import Envelope, encode
from shared.consumer import Consumer
from shared.contracts.base import Event
from shared.contracts.registry import UnitChanged, UnitClosed, UnitRegistered
from shared.contracts.workflow import On
from shared.ids import uuid7
from shared.pull import Pull
from shared.reactions import Handle
from shared.transaction import Transaction
from tests.integration.shared.conftest import Toy
from tests.support.eventually import eventually
from tests.support.service import an_envelope
from tests.support.toy import a_closure, a_consumer, a_consumer_of, a_reaction, write_effect, write_effects
from tests.support.units import a_unit_told

UnitTold = UnitRegistered | UnitChanged | UnitClosed


async def put(js: JetStreamContext, *envelopes: Envelope) -> None:
    for envelope in envelopes:
        await js.publish(envelope.event.type, encode(envelope), headers={"Nats-Msg-Id": str(uuid7())})


@asynccontextmanager
async def listening(client: Client, consumer: Consumer, *events: type[Event]) -> AsyncIterator[None]:
    name = f"toy-{uuid7().hex[-8:]}"
    lines = [On(event, "toy", "toy", "toy") for event in events or (UnitClosed,)]
    await declare_consumer(client.jetstream(), name, lines)
    pull = Pull(client, stream="registry", consumer=name, window=500)
    await pull.start()
    task = asyncio.create_task(consumer.run(pull))
    try:
        yield
    finally:
        if task.done():
            task.result()
        task.cancel()
        await pull.stop()


@pytest.mark.parametrize(("handle", "batched"), [(write_effect, False), (write_effects, True)])
async def test_an_event_delivered_three_times_has_one_effect(
    toy: Toy, js: JetStreamContext, client: Client, handle: Handle, *, batched: bool
) -> None:
    envelopes = [an_envelope(a_closure(version)) for version in range(1, 31)]
    await put(js, *envelopes, *reversed(envelopes), *envelopes)
    async with listening(client, a_consumer(toy.resources, handle, batched=batched)):

        async def all_there() -> bool:
            return await toy.count("inbox") == 30

        await eventually("all events were handled", all_there)
        last = an_envelope(a_closure(99))
        await put(js, last)

        async def last_there() -> bool:
            return await toy.count("effect", "note LIKE '%/99'") == 1

        await eventually("the event after the duplicates was handled", last_there)
    assert await toy.count("effect") == 31
    assert await toy.count("dead_letter") == 0


async def test_events_of_one_reaction_are_handed_over_together_and_in_order(
    toy: Toy, js: JetStreamContext, client: Client
) -> None:
    kinds: tuple[type[UnitTold], ...] = (UnitRegistered, UnitChanged, UnitClosed)
    told = [a_unit_told(kinds[version % 3], version) for version in range(1, 31)]
    heard: list[list[Event]] = []

    async def hear(_tx: Transaction, events: Sequence[Event]) -> None:
        heard.append(list(events))

    await put(js, *(an_envelope(event) for event in told))
    consumer = a_consumer(toy.resources, hear, batched=True, events=kinds)
    async with listening(client, consumer, *kinds):

        async def all_there() -> bool:
            return await toy.count("inbox") == 30

        await eventually("all events were handled", all_there)
    assert [event for batch in heard for event in batch] == told
    assert len(heard) < 15


async def test_a_batch_of_two_reactions_is_handed_over_in_runs(toy: Toy) -> None:
    heard: list[tuple[str, list[int]]] = []

    def hearer(name: str) -> Handle:
        async def hear(_tx: Transaction, events: Sequence[Event]) -> None:
            heard.append((name, [event.version for event in events]))

        return hear

    copying = a_reaction((UnitRegistered, UnitChanged), hearer("copy"), batched=True, name="copy")
    closing = a_reaction((UnitClosed,), hearer("close"), batched=True, name="close")
    consumer = a_consumer_of(toy.resources, copying, closing)
    told: tuple[type[UnitTold], ...] = (UnitRegistered, UnitChanged, UnitClosed, UnitClosed, UnitChanged)
    events = [a_unit_told(kind, version) for version, kind in enumerate(told, start=1)]
    await consumer.handle([an_envelope(event) for event in events])
    assert heard == [("copy", [1, 2]), ("close", [3, 4]), ("copy", [5])]


async def test_a_refused_event_is_a_dead_letter_at_once_and_the_others_go_on(
    toy: Toy, js: JetStreamContext, client: Client
) -> None:
    refused = an_envelope(a_closure(-2), correlation_id="trace-me")
    await put(js, an_envelope(a_closure(1)), refused, an_envelope(a_closure(2)))
    async with listening(client, a_consumer(toy.resources, write_effects, batched=True)):

        async def settled() -> bool:
            return await toy.count("effect") == 2 and await toy.count("dead_letter") == 1

        await eventually("two effects and one dead letter", settled)
    assert await toy.column("SELECT error || '/' || correlation_id FROM dead_letter") == [
        "rule-broken/trace-me"
    ]
    assert await toy.count("inbox") == 2


async def test_what_fails_for_another_reason_is_tried_again_and_then_buried(
    toy: Toy, js: JetStreamContext, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer_module, "DELAYS", (0.01, 0.01, 0.01))
    await put(js, an_envelope(a_closure(-1)))
    async with listening(client, a_consumer(toy.resources, write_effect, batched=False)):

        async def buried() -> bool:
            return await toy.count("dead_letter", "attempts = 4 AND error = 'ConnectionError'") == 1

        await eventually("the event was buried after four deliveries", buried)


async def test_a_message_that_is_no_event_of_ours_is_buried(
    toy: Toy, js: JetStreamContext, client: Client
) -> None:
    await js.publish(UnitClosed.type, b"no json")
    await js.publish(UnitClosed.type, b'{"type": "registry.unit.closed.v9"}')
    await js.publish(UnitClosed.type, b"[1]")
    await js.publish(UnitClosed.type, b"\x00\xff")
    await put(js, an_envelope(a_closure(5)))
    async with listening(client, a_consumer(toy.resources, write_effect, batched=False)):

        async def settled() -> bool:
            return await toy.count("effect") == 1 and await toy.count("dead_letter") == 4

        await eventually("one effect and four dead letters", settled)


async def test_a_dead_letter_is_handled_when_it_is_replayed(
    toy: Toy, js: JetStreamContext, client: Client
) -> None:
    await put(js, an_envelope(a_closure(-2)))
    async with listening(client, a_consumer(toy.resources, write_effect, batched=False)):

        async def buried() -> bool:
            return await toy.count("dead_letter") == 1

        await eventually("the event was buried", buried)

    async def mended(_tx: object, _event: object) -> None:
        return None

    assert await a_consumer(toy.resources, write_effect, batched=False).replay() == 0
    assert await toy.count("dead_letter") == 1
    assert await a_consumer(toy.resources, mended, batched=False).replay() == 1
    assert (await toy.count("dead_letter"), await toy.count("inbox")) == (0, 1)


async def test_one_event_waits_for_no_batch(toy: Toy, js: JetStreamContext, client: Client) -> None:
    async with listening(client, a_consumer(toy.resources, write_effects, batched=True)):
        for version in (1, 2, 3):
            await put(js, an_envelope(a_closure(version)))

            async def handled(version: int = version) -> bool:
                return await toy.count("effect") == version

            await eventually("the single event was handled", handled, within=1.0)
