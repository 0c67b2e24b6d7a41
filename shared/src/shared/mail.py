"""The client of the mail server: one connection for many letters, and what its answers mean."""

import asyncio
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
    SMTPRecipientsRefused,
)
from aiosmtplib.email import parse_address

from shared.mail_message import Addressed, bytes_of
from shared.settings import Settings

PATIENCE_SECONDS = 20
CLOSING = 421
PERMANENT = 500
LONGEST_REPLY = 500
ANSWER_SECONDS = 120
LONGEST_SECONDS = 150
"""So long one letter may take: who hangs up on a server that still looks at it sends it twice (RFC 5321)."""
_ENHANCED = re.compile(r"5\.(\d{1,3})\.(\d{1,3})\b")
_NO_MAILBOX = frozenset({(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)})
_NO_SUCH = frozenset({550, 551, 553})
"""What servers without enhanced codes answer where there is no such mailbox."""
_POLICY = 7
_NOT_LET_IN = frozenset({530, 534, 535, 538})
_DISTRUST = re.compile(r"relay|authenticat|block|spam|policy|reputation", re.IGNORECASE)
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
        """Connect; raises PostDown where that fails, or our sender is no address: no reader is to blame."""
        if not _is_sendable(_bare(self.sender)):
            raise PostDown("MAIL_FROM is not an address of SMTP")
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
        return await self.send_bytes(addressed.address, bytes_of(addressed, sender=self._sender))

    async def send_bytes(self, address: str, content: bytes) -> Reply:
        """Hand over a message that is encoded already; raises what `send` does."""
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                _, text = await self._client.sendmail(
                    _bare(self._sender), [address], content, timeout=ANSWER_SECONDS
                )
        except SMTPRecipientsRefused as error:
            refused = error.recipients[0]
            return judged(refused.code, refused.message, at_recipient=True)
        except SMTPDataError as error:
            return judged(error.code, error.message, at_recipient=False)
        except (SMTPException, OSError) as error:
            raise PostDown(_short(str(error))) from error
        except ValueError:
            return Reply(outcome=Outcome.REFUSED, text="not an address of SMTP", of_address=True)
        return Reply(outcome=Outcome.DELIVERED, text=_short(text))


def judged(code: int, message: str, *, at_recipient: bool) -> Reply:
    """Tell what a reply other than 2xx means (RFC 5321, RFC 3463).

    Only a server that says that there is no such mailbox blames the address. Where it does not let us
    relay, or not trust us, somebody must put our own house in order: the letter waits. Raises PostDown
    where the server is closing.
    """
    if code == CLOSING:
        raise PostDown(_short(message))
    found = _ENHANCED.match(message)
    status = (int(found[1]), int(found[2])) if found else None
    is_ours = code in _NOT_LET_IN or (status[0] == _POLICY if status else bool(_DISTRUST.search(message)))
    outcome = Outcome.REFUSED if code >= PERMANENT and not (at_recipient and is_ours) else Outcome.PUT_OFF
    is_nobody = status in _NO_MAILBOX if status else code in _NO_SUCH
    return Reply(
        outcome=outcome,
        text=_short(f"{code} {message}"),
        of_address=at_recipient and outcome is Outcome.REFUSED and is_nobody,
    )


def _short(text: str) -> str:
    """Return what can be stored: servers answer with any bytes."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:LONGEST_REPLY]


def _is_sendable(address: str) -> bool:
    try:
        parse_address(address)
    except ValueError:
        return False
    return address.isascii()


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
