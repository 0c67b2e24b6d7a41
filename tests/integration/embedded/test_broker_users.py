"""A service at the broker can do its work, and nothing of the others."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import nats
import pytest
from nats.aio.client import Client
from nats.js.api import AckPolicy, ConsumerConfig, StreamConfig

from embedded.nats import Nats
from embedded.nats_users import SERVICES


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nats]:
    folder = tmp_path_factory.mktemp("broker")
    server = Nats(folder=folder / "nats", logs=folder, passwords={name: f"1-{name}" for name in SERVICES})
    server.start()
    yield server
    server.stop()


class Connection:
    """A client of one service that keeps what the broker refused."""

    def __init__(self) -> None:
        self.refused: asyncio.Queue[str] = asyncio.Queue()
        self.client: Client

    async def open(self, broker: Nats, service: str) -> "Connection":
        async def note(error: Exception) -> None:
            self.refused.put_nowait(str(error).lower())

        inbox = f"_INBOX_{service}".encode()
        self.client = await nats.connect(broker.url(service), inbox_prefix=inbox, error_cb=note)
        return self

    async def refusal(self) -> str:
        return await asyncio.wait_for(self.refused.get(), 5)


@pytest.fixture
async def registry(broker: Nats) -> AsyncIterator[Connection]:
    connection = await Connection().open(broker, "registry")
    yield connection
    await connection.client.close()


@pytest.fixture
async def planning(broker: Nats) -> AsyncIterator[Connection]:
    connection = await Connection().open(broker, "planning")
    yield connection
    await connection.client.close()


async def test_what_one_service_tells_another_reads(registry: Connection, planning: Connection) -> None:
    await registry.client.jetstream().add_stream(StreamConfig(name="registry", subjects=["registry.>"]))
    await registry.client.jetstream().publish("registry.unit.registered.v1", b"{}")
    name = "planning-units-from-registry"
    js = planning.client.jetstream()
    await js.add_consumer(
        "registry", ConsumerConfig(name=name, durable_name=name, ack_policy=AckPolicy.EXPLICIT)
    )
    subscription = await js.pull_subscribe_bind(durable=name, stream="registry")
    (message,) = await subscription.fetch(1, timeout=5)
    await message.ack_sync()
    assert (await js.consumer_info("registry", name)).num_ack_pending == 0
    assert registry.refused.empty()
    assert planning.refused.empty()


@pytest.mark.parametrize(
    "subject",
    [
        "registry.unit.registered.v1",
        "$JS.API.STREAM.DELETE.registry",
        "$JS.API.STREAM.PURGE.registry",
        "$JS.API.STREAM.CREATE.other",
        "$JS.API.CONSUMER.DELETE.registry.evaluation-units-from-registry",
        "$JS.API.CONSUMER.MSG.NEXT.registry.documents-units-from-registry",
        "$JS.ACK.registry.evaluation-units-from-registry.1.1.1.1.0",
        "_INBOX_registry.answer",
        "$SYS.REQ.SERVER.PING",
    ],
)
async def test_planning_cannot_speak_or_act_for_another(planning: Connection, subject: str) -> None:
    await planning.client.publish(subject, b"{}")
    assert f'permissions violation for publish to "{subject.lower()}"' in await planning.refusal()


async def test_planning_may_tell_its_own_events(planning: Connection) -> None:
    await planning.client.publish("planning.plan.submitted.v1", b"{}")
    await planning.client.publish("registry.mark", b"{}")
    assert '"registry.mark"' in await planning.refusal()


@pytest.mark.parametrize("subject", [">", "registry.>", "_INBOX_registry.>", "_INBOX.>", "planning.>"])
async def test_planning_hears_only_answers_to_itself(planning: Connection, subject: str) -> None:
    await planning.client.subscribe(subject)
    assert f'permissions violation for subscription to "{subject.lower()}"' in await planning.refusal()


async def test_nobody_comes_in_without_a_password(broker: Nats) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", broker.port)
    assert (await reader.readline()).startswith(b"INFO")
    writer.write(b'CONNECT {"verbose":false,"lang":"test","version":"1"}\r\nPING\r\n')
    assert await reader.readline() == b"-ERR 'Authorization Violation'\r\n"
    writer.close()
    await writer.wait_closed()
