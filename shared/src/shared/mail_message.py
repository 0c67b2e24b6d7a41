"""A letter as it travels (RFC 5322, RFC 2045): the same bytes at each attempt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is written, in plain text and in HTML."""

    subject: str
    plain: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What a letter to many carries: where one click ends it (RFC 8058, RFC 2369), and of which list it is.

    `list_id` names the list (RFC 2919), for example `newsletter.pospolu.cz`.
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
    bulk: Bulk | None = None


def bytes_of(addressed: Addressed, *, sender: str) -> bytes:
    """Return the message; Message-ID, date and boundary stand, so that a repetition can be known as one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = addressed.address
    message["Subject"] = addressed.letter.subject
    message["Date"] = addressed.created_at
    message["Message-ID"] = message_id(addressed, sender=sender)
    message["Auto-Submitted"] = "auto-generated"
    if addressed.bulk is not None:
        message["List-Id"] = f"<{addressed.bulk.list_id}>"
        message["List-Unsubscribe"] = f"<{addressed.bulk.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Precedence"] = "bulk"
    message.set_content(addressed.letter.plain, cte="quoted-printable")
    message.add_alternative(addressed.letter.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"={addressed.message_id.hex}=")
    return message.as_bytes()


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
