"""The client of the mail server: one connection for many letters, and what its answers mean."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

import structlog
from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
)

from shared.mail_message import Addressed, bytes_of
from shared.settings import Settings

PATIENCE_SECONDS = 20
CLOSING = 421
PERMANENT = 500
LONGEST_REPLY = 500
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")

log = structlog.get_logger()


class Outcome(StrEnum):
    DELIVERED = "delivered"
    PUT_OFF = "put-off"
    """The server says: not now. It says nothing of the letters after this one."""
    REFUSED = "refused"


class PostDown(Exception):  # noqa: N818
    """Nobody answers there, or with a fault that no letter is guilty of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`of_address`: it is the address that was refused, not what was written."""

    outcome: Outcome
    text: str
    of_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """`smtps://` is TLS from the first byte, `smtp://` insists on STARTTLS, `smtp-plain://` has none."""

    scheme: str
    host: str
    port: int | None
    username: str | None
    password: str | None
    sender: str

    @asynccontextmanager
    async def line(self) -> AsyncIterator["Line"]:
        """Connect; raises PostDown where that fails."""
        client = SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.scheme == "smtps",
            start_tls=None if self.scheme == "smtps" else self.scheme == "smtp",
            timeout=PATIENCE_SECONDS,
        )
        try:
            await client.connect()
        except (SMTPException, OSError, ValueError) as error:
            raise PostDown(_short(str(error))) from error
        try:
            yield Line(client, self.sender)
        finally:
            client.close()


class Line:
    """An open connection."""

    def __init__(self, client: SMTP, sender: str) -> None:
        self._client = client
        self._sender = sender

    async def send(self, addressed: Addressed) -> Reply:
        """Hand over one letter.

        Raises PostDown where the connection broke or our sender is not welcome: whether a letter that
        was being handed over arrived, nobody knows then.
        """
        content = bytes_of(addressed, sender=self._sender)
        try:
            _, text = await self._client.sendmail(_bare(self._sender), [addressed.address], content)
        except SMTPRecipientsRefused as error:
            return _judged(error.recipients[0])
        except SMTPDataError as error:
            return _judged(error)
        except (SMTPException, OSError) as error:
            raise PostDown(_short(str(error))) from error
        return Reply(outcome=Outcome.DELIVERED, text=_short(text))


def _judged(error: SMTPRecipientRefused | SMTPDataError) -> Reply:
    if error.code == CLOSING:
        raise PostDown(_short(error.message)) from error
    outcome = Outcome.REFUSED if error.code >= PERMANENT else Outcome.PUT_OFF
    of_address = isinstance(error, SMTPRecipientRefused)
    return Reply(outcome=outcome, text=_short(f"{error.code} {error.message}"), of_address=of_address)


def _short(text: str) -> str:
    """Return what can be stored: servers answer with any bytes."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:LONGEST_REPLY]


def _bare(sender: str) -> str:
    """Return the address alone: `Pospolu <upominky@pospolu.cz>` has a name too."""
    return sender.rpartition("<")[2].rstrip(">")


def post_of(settings: Settings) -> Post | None:
    """Return None where no mail server is set: letters wait."""
    if not settings.smtp_url:
        return None
    parts = urlsplit(settings.smtp_url)
    return Post(
        scheme=parts.scheme,
        host=parts.hostname or "localhost",
        port=parts.port,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        sender=settings.mail_from,
    )


def without_addresses(text: str) -> str:
    """Return what a server said without the addresses that servers like to repeat."""
    return _ADDRESS.sub("<address>", text)


def note_down(down: PostDown, *, handed_over: int) -> None:
    log.warning("mail-server-down", reason=without_addresses(str(down)), handed_over=handed_over)
