"""A letter as it travels (RFC 5322, RFC 2045): the same bytes at each attempt."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.quoprimime import body_encode
from typing import Final
from uuid import UUID

_LINE: Final = 76
"""So long is a line of quoted-printable at most (RFC 2045)."""
_BOUNDARY: Final = "=_alternative"
"""Quoted-printable never has `=_`: no text of a letter ends a part."""
_LINE_END: Final = re.compile(r"\r\n?")
_ADDRESS: Final = re.compile(r"[!-?A-~]+@[0-9A-Za-z.-]+")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is written, in plain text and in HTML."""

    subject: str
    plain: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What a letter to many carries: where one click ends it (RFC 8058, RFC 2369), and of which list it is.

    `list_id` names the list (RFC 2919), for example `newsletter.pospolu.cz`. The mail server signs both
    headers of unsubscription (DKIM): programs of mail offer the click only then.
    """

    unsubscribe_url: str
    list_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A letter on its way; `message_id` names it wherever it is tried."""

    message_id: UUID
    address: str
    letter: Letter
    attempts: int
    created_at: datetime


def bytes_of(addressed: Addressed, *, sender: str) -> bytes:
    """Return the message; Message-ID, date and boundary stand, so that a repetition can be known as one."""
    message = _headed(addressed.letter, sender=sender, created_at=addressed.created_at)
    message["To"] = addressed.address
    message["Message-ID"] = message_id(addressed, sender=sender)
    message.set_content(addressed.letter.plain, cte="quoted-printable")
    message.add_alternative(addressed.letter.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"={addressed.message_id.hex}=")
    return message.as_bytes()


def _headed(letter: Letter, *, sender: str, created_at: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["Subject"] = letter.subject
    message["Date"] = created_at
    message["Auto-Submitted"] = "auto-generated"
    return message


@dataclass(frozen=True, slots=True, kw_only=True)
class Circular:
    """A letter to many, encoded once; each recipient's own key stands between the `pieces`."""

    domain: str
    pieces: tuple[bytes, ...]

    def bytes_for(self, message_id: UUID, *, address: str, key: str) -> bytes:
        """Return one recipient's message; raises ValueError where a header cannot carry what is given."""
        if not _ADDRESS.fullmatch(address) or not _KEY.fullmatch(key):
            raise ValueError("not fit for a header")
        head = f"To: {address}\r\nMessage-ID: <{message_id}@{self.domain}>\r\n"
        return head.encode("ascii") + key.encode("ascii").join(self.pieces)


def circular(letter: Letter, bulk: Bulk, *, mark: str, sender: str, created_at: datetime) -> Circular:
    """Encode a letter in which `mark`, a text of its own, stands for the key of each recipient.

    The addresses of unsubscription are written as they are: the library would encode a long one word by
    word (RFC 2047), and no program of mail finds an address in that.
    """
    message = _headed(letter, sender=sender, created_at=created_at)
    message["List-Id"] = f"<{bulk.list_id}>"
    message["List-Post"] = "NO"
    message["Precedence"] = "bulk"
    message["MIME-Version"] = "1.0"
    lines = (
        f"List-Unsubscribe: <{bulk.unsubscribe_url}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"',
        "",
        *_part("plain", letter.plain, mark),
        *_part("html", letter.html, mark),
        f"--{_BOUNDARY}--",
        "",
    )
    whole = message.as_bytes().rstrip(b"\r\n") + "\r\n".join(("", *lines)).encode("ascii")
    return Circular(domain=domain_of(sender), pieces=tuple(whole.split(mark.encode("ascii"))))


def _part(subtype: str, text: str, mark: str) -> tuple[str, ...]:
    pieces = (_quoted(piece) for piece in _LINE_END.sub("\n", text).split(mark))
    return (
        f"--{_BOUNDARY}",
        f'Content-Type: text/{subtype}; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        f"=\r\n{mark}=\r\n".join(pieces),
    )


def _quoted(text: str) -> str:
    """Return quoted-printable text whose last line has room for the mark of a soft break."""
    return body_encode(text.encode().decode("latin-1"), maxlinelen=_LINE - 1, eol="\r\n")


def message_id(addressed: Addressed, *, sender: str) -> str:
    return f"<{addressed.message_id}@{domain_of(sender)}>"


def domain_of(sender: str) -> str:
    """Return what stands after the @ of `Pospolu <upominky@pospolu.cz>`."""
    return sender.rpartition("@")[2].rstrip(">")


_RETRY_MINUTES = (1, 5, 15, 60)
_THEN_EVERY = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=3)


def next_attempt_at(attempts: int, *, now: datetime) -> datetime:
    """Return when a letter that was put off for the `attempts`-th time is tried again."""
    soon = attempts <= len(_RETRY_MINUTES)
    return now + (timedelta(minutes=_RETRY_MINUTES[attempts - 1]) if soon else _THEN_EVERY)


def is_given_up(created_at: datetime, *, now: datetime) -> bool:
    return now - created_at >= GIVEN_UP_AFTER
