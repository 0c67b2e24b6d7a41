"""An issue to 5,000 subscribers through a mail server of another process, beside aiosmtplib alone."""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable
from contextlib import ExitStack
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from aiosmtplib import SMTP

from documents.app import SERVICE
from tests.bench.approval import a_durable_postgres
from tests.bench.figures import heading, row, table
from tests.support.mail import SENDER, Mailbox, a_mail_server
from tests.support.newsletter import (
    an_approved_issue,
    counts_of,
    handed_over,
    many_subscribers,
    no_more_pauses,
)
from tests.support.servers import NatsServer, PostgresServer, start_nats
from tests.support.service import a_service

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
        asyncio.run(_bench(postgres, nats, port))


def _serve(pipe: Connection) -> None:
    asyncio.run(_serve_mail(pipe))


async def _serve_mail(pipe: Connection) -> None:
    async with a_mail_server(_Forgetful()) as port:
        pipe.send(port)
        await asyncio.Event().wait()


class _Forgetful(Mailbox):
    """Takes letters and keeps none."""

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802
        return "250 OK"


async def _bench(postgres: PostgresServer, nats: NatsServer, port: int) -> None:
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


async def _both(*rounds: Awaitable[int]) -> int:
    return sum(await asyncio.gather(*rounds))


async def _floor(port: int) -> None:
    """Send as many ready letters of the same size over one connection, with nothing noted anywhere."""
    letter = EmailMessage(policy=WIRE)
    letter["From"], letter["To"], letter["Subject"] = SENDER, "1@obec.test", "Zpravodaj"
    letter.set_content("Žluťoučký kůň úpěl ďábelské ódy. " * 120, cte="quoted-printable")
    content = letter.as_bytes()
    client = SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
    await client.connect()
    await _measure("floor: aiosmtplib alone, ready bytes", _raw(client, content))
    client.close()


async def _raw(client: SMTP, content: bytes) -> int:
    for _ in range(LETTERS):
        await client.sendmail("upominky@pospolu.test", ["1@obec.test"], content)
    return LETTERS


async def _measure(name: str, work: Awaitable[int]) -> None:
    began = time.perf_counter()
    count = await work
    taken = time.perf_counter() - began
    row(name, f"{count:,}", f"{taken:.1f}", f"{count / taken:,.0f}")
