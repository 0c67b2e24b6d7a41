"""A mail server for trying things out: it takes every letter, sends none on, and keeps the newest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`name` is its place in the mailbox; the letter with the highest one came last."""

    name: str
    to: tuple[str, ...]
    subject: str
    sent_at: str
    text: str


class Mailbox:
    """Letters as files of the folder, one each, so that they are there tomorrow and no longer than `KEPT`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True, mode=0o700)
        self._folder = folder
        self._last = max((int(path.stem) for path in self._files()), default=0)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        if not isinstance(content, bytes):
            return "554 5.6.0 not bytes"
        self.keep(content)
        return "250 2.0.0 kept"

    def keep(self, content: bytes) -> None:
        """Put a letter in, whole or not at all; the oldest go."""
        self._last += 1
        place = self._folder / f"{self._last:06d}.eml"
        unfinished = place.with_suffix(".new")
        unfinished.write_bytes(content)
        unfinished.rename(place)
        for path in self._files()[:-KEPT]:
            path.unlink(missing_ok=True)

    def letters(self, *, to: str = "") -> list[Letter]:
        """Return the letters, the newest first; `to` takes those to one address."""
        found = (self._read(path) for path in reversed(self._files()))
        return [letter for letter in found if letter is not None and (not to or to in letter.to)]

    def letter(self, name: str) -> Letter | None:
        path = self._folder / f"{name}.eml"
        return self._read(path) if name.isascii() and name.isdecimal() else None

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.eml"))

    @staticmethod
    def _read(path: Path) -> Letter | None:
        """Return None where the letter went meanwhile to make room for newer ones."""
        try:
            found = message_from_bytes(path.read_bytes(), policy=default)
        except OSError:
            return None
        assert isinstance(found, EmailMessage)  # noqa: S101 - the default policy makes no other
        body = found.get_body(("plain", "html"))
        return Letter(
            name=path.stem,
            to=tuple(address for _, address in getaddresses([str(found["To"] or "")])),
            subject=str(found["Subject"] or ""),
            sent_at=_moment(str(found["Date"] or "")),
            text=str(body.get_content()) if body else "",
        )


def _moment(told: str) -> str:
    try:
        return parsedate_to_datetime(told).isoformat()
    except ValueError:
        return ""


@asynccontextmanager
async def mail_server(mailbox: Mailbox, port: int) -> AsyncIterator[None]:
    """Take letters on 127.0.0.1 while the block runs."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="pospolu.localhost", loop=loop), host="127.0.0.1", port=port
    )
    try:
        yield
    finally:
        server.close()
