"""An issue to 5,000 subscribers through a mail server of another process, beside aiosmtplib alone."""

import asyncio
import os
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Sequence
from contextlib import ExitStack
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import aiosmtplib
from aiosmtpd.smtp import SMTP, Envelope, Session

from documents.app import SERVICE
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.support.mail import SENDER, Mailbox, a_mail_server, hang_up
from tests.support.newsletter import (
    an_approved_issue,
    counts_of,
    handed_over,
    many_subscribers,
    no_more_pauses,
)
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import ServiceUnderTest, a_service

LETTERS = int(os.environ.get("BENCH_LETTERS", "5000"))
SECTIONS = [
    {"heading": f"Oddíl {number}", "text": "Žluťoučký kůň úpěl ďábelské ódy. " * 12, "items": []}
    for number in range(5)
]


def bench() -> None:
    heading(f"An issue of the newsletter to {LETTERS:,} subscribers")
    table("", "letters", "seconds", "letters/s")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        postgres = stack.enter_context(a_durable_postgres(Path(name)))
        nats = start_nats(Path(name) / "nats")
        stack.callback(nats.stop)
        ours, theirs = get_context("spawn").Pipe()
        server = get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
        server.start()
        stack.callback(server.terminate)
        port = int(ours.recv())
        asyncio.run(_bench(postgres, nats, port, ours))


def _serve(pipe: Connection) -> None:
    asyncio.run(_serve_mail(pipe))


async def _serve_mail(pipe: Connection) -> None:
    """Serve until the end; whenever asked, tell what was taken since and begin to count anew."""
    mailbox = _Forgetful()
    async with a_mail_server(mailbox) as port:
        pipe.send(port)
        while True:
            mailbox.dies_at = set(await asyncio.to_thread(pipe.recv))
            pipe.send((len(mailbox.readers), max(mailbox.readers.values(), default=0)))
            mailbox.readers.clear()


class _Forgetful(Mailbox):
    """Counts who gets a letter, keeps none, and dies while it reads the letters of those numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.readers: Counter[str] = Counter()
        self.dies_at: set[int] = set()

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.readers.total() in self.dies_at:
            self.dies_at.remove(self.readers.total())
            return hang_up(server)
        self.readers[envelope.rcpt_tos[0]] += 1
        return "250 OK"


async def _bench(postgres: PostgresServer, nats: NatsServer, port: int, server: Connection) -> None:
    await _floor(port)
    async with a_service(SERVICE, postgres, nats) as service:
        await many_subscribers(service, LETTERS)
        place = await an_approved_issue(service, sections=SECTIONS)
        await _measure("newsletter, one worker", handed_over(service, port))
        assert (await counts_of(service, place))["sent"] == LETTERS
        second = await an_approved_issue(service, sections=SECTIONS)
        await no_more_pauses(service)
        both = _both(handed_over(service, port), handed_over(service, port))
        await _measure("newsletter, two workers in one process", both)
        assert (await counts_of(service, second))["sent"] == LETTERS
        _taken(server, dies_at=(LETTERS // 3, 2 * LETTERS // 3))
        third = await an_approved_issue(service, sections=SECTIONS)
        await no_more_pauses(service)
        await _measure("newsletter, one worker, the server dies twice", _dying(service, port))
        assert (await counts_of(service, third))["sent"] == LETTERS
        assert _taken(server) == (LETTERS, 1), "each gets it exactly once"


def _taken(server: Connection, dies_at: Sequence[int] = ()) -> tuple[int, int]:
    """Return how many readers the server had since it was asked last, and how often one of them at most."""
    server.send(dies_at)
    readers, most = server.recv()
    return int(readers), int(most)


async def _dying(service: ServiceUnderTest, port: int) -> int:
    """Come by three times, without the minute's pause after a death."""
    sent = await handed_over(service, port)
    for _ in range(2):
        await no_more_pauses(service)
        sent += await handed_over(service, port)
    return sent


async def _both(*rounds: Awaitable[int]) -> int:
    return sum(await asyncio.gather(*rounds))


async def _floor(port: int) -> None:
    """Send as many ready letters of the same size over one connection, with nothing noted anywhere."""
    letter = EmailMessage(policy=WIRE)
    letter["From"], letter["To"], letter["Subject"] = SENDER, "1@obec.test", "Zpravodaj"
    letter.set_content("Žluťoučký kůň úpěl ďábelské ódy. " * 120, cte="quoted-printable")
    content = letter.as_bytes()
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
    await client.connect()
    await _measure("floor: aiosmtplib alone, ready bytes", _raw(client, content))
    client.close()


async def _raw(client: aiosmtplib.SMTP, content: bytes) -> int:
    for _ in range(LETTERS):
        await client.sendmail("upominky@pospolu.test", ["1@obec.test"], content)
    return LETTERS


async def _measure(name: str, work: Awaitable[int]) -> None:
    began = time.perf_counter()
    count = await work
    taken = time.perf_counter() - began
    row(name, f"{count:,}", f"{taken:.1f}", f"{count / taken:,.0f}")
