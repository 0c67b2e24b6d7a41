"""A letter as it travels (RFC 5322, RFC 2045): the same bytes at each attempt."""

from email.message import EmailMessage
from email.policy import SMTP

from evaluation.mail.domain import Addressed


def bytes_of(addressed: Addressed, *, sender: str) -> bytes:
    """Return the message; Message-ID, date and boundary stand, so that a repetition can be known as one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = addressed.address
    message["Subject"] = addressed.letter.subject
    message["Date"] = addressed.created_at
    message["Message-ID"] = message_id(addressed, sender=sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(addressed.letter.plain, cte="quoted-printable")
    message.add_alternative(addressed.letter.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"={addressed.message_id.hex}=")
    return message.as_bytes()


def message_id(addressed: Addressed, *, sender: str) -> str:
    return f"<{addressed.message_id}@{sender.rpartition('@')[2].rstrip('>')}>"
