"""A real mail server that refuses or dies when told to, and a person who proves an address."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import httpx
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text

from evaluation.mail.sending_use_cases import hand_over
from evaluation.reminders.digest_use_cases import write_digests_of
from evaluation.reminders.use_cases import announce_obligations
from shared.auth import Actor
from shared.mail import Post
from tests.support.service import ServiceUnderTest

SENDER = "Pospolu <upominky@pospolu.test>"
PUBLIC_URL = "https://pospolu.test"


@dataclass(slots=True)
class Mailbox:
    """What the server took; `recipient` and `data` may answer otherwise than 250.

    After so many letters it `dies_after` reading the next one without taking it, or takes it and `mute_after`
    hangs up before it says so.
    """

    letters: list[EmailMessage] = field(default_factory=list)
    recipient: Callable[[str], str] = lambda _: "250 OK"
    data: Callable[[int], str] = lambda _: "250 OK"
    dies_after: int | None = None
    mute_after: int | None = None

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.dies_after == len(self.letters):
            return hang_up(server)
        answer = self.data(len(self.letters))
        if answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            letter = message_from_bytes(content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        return hang_up(server) if self.mute_after == len(self.letters) - 1 else answer

    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]

    def plain(self, index: int = -1) -> str:
        body = self.letters[index].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def html(self, index: int = -1) -> str:
        body = self.letters[index].get_body(("html",))
        assert body is not None
        return str(body.get_content())


def hang_up(server: SMTP) -> str:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()
    return "421 gone"


def a_post(port: int) -> Post:
    return Post(scheme="smtp-plain", host="127.0.0.1", port=port, username=None, password=None, sender=SENDER)


@asynccontextmanager
async def a_mail_server(mailbox: Mailbox, *, port: int = 0) -> AsyncIterator[int]:
    """Serve SMTP on 127.0.0.1 while the block runs; give the port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="mail.test", loop=loop), host="127.0.0.1", port=port
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def a_closed_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def post_letters(evaluation: ServiceUnderTest, port: int) -> int:
    async with evaluation.transaction() as tx:
        return await hand_over(tx, a_post(port))


async def no_more_waiting(evaluation: ServiceUnderTest) -> None:
    """Let the pauses between attempts pass."""
    async with evaluation.transaction() as tx:
        await tx.session.execute(text("UPDATE mail_message SET next_attempt_at = now()"))


async def tick(
    evaluation: ServiceUnderTest, day: date, *, hour: int = 12, logged_in: date | None = None
) -> None:
    """Let the clock come by at that hour (UTC): announce, note and write letters.

    All have logged in on the day `logged_in`, on this one where nothing is said.
    """
    async with evaluation.transaction() as tx:
        tx.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        login = datetime.combine(logged_in or day, time(), UTC)
        await tx.session.execute(text("UPDATE mail_account SET rights_at = :at"), {"at": login})
        await announce_obligations(tx)
        await write_digests_of(tx, public_url=PUBLIC_URL)
    async with evaluation.transaction() as tx:  # what was written on that day waits from today on
        await tx.session.execute(text("UPDATE mail_message SET created_at = now(), next_attempt_at = now()"))


def a_mail_account(**changes: object) -> dict[str, object]:
    return {"address": "jana.malinova@obrnice.test", "delivery": "at-once", "quiet_days": False, **changes}


async def open_account(
    evaluation: ServiceUnderTest,
    actor: Actor,
    changes: Mapping[str, object] | None = None,
    *,
    proven: bool = True,
) -> httpx.Response:
    """Open the actor's account; prove its address by the code, as it stands in the letter."""
    async with evaluation.client(actor) as client:
        opened = await client.post("/mail-accounts", json=a_mail_account(**(changes or {})))
        assert opened.status_code == 201, opened.text
        if not proven:
            return opened
        code = await code_of(evaluation, actor)
        answer = await client.post("/mail-accounts/mine/verification", json={"code": code})
        assert answer.json()["verified"], answer.text
    async with evaluation.transaction() as tx:
        await tx.session.execute(text("DELETE FROM mail_message WHERE kind = 'code'"))
    return answer


async def code_of(evaluation: ServiceUnderTest, actor: Actor) -> str:
    """Return the code in the newest letter that waits for the actor."""
    async with evaluation.transaction() as tx:
        found = await tx.session.execute(
            text(
                "SELECT plain FROM mail_message WHERE person_id = :person AND kind = 'code' "
                "ORDER BY created_at DESC LIMIT 1"
            ),
            {"person": actor.id},
        )
    code = re.search(r"\d{8}", found.scalar_one())
    assert code
    return code[0]


async def subscribe(evaluation: ServiceUnderTest, actor: Actor, **subject: object) -> str:
    body = {name: str(value) for name, value in subject.items()}
    async with evaluation.client(actor) as client:
        answer = await client.post("/reminder-subscriptions", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
