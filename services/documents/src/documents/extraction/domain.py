"""What is known of the text of a file, and when reading it is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

READER: Final = 3
"""Grows when files are read better; what an older reader read is read again."""
PATIENCE: Final = timedelta(minutes=10)
"""Who took a file and has not answered by then is dead; another may take it."""
MOST_ATTEMPTS: Final = 4
AWAY_PAUSE: Final = timedelta(minutes=1)
_PAUSES: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=2))


class TextState(StrEnum):
    WAITING = "waiting"
    EXTRACTED = "extracted"
    EMPTY = "empty"  # there are pages, but no text layer: a scan, or pictures
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    TIMED_OUT = "timed-out"
    UNSUPPORTED = "unsupported"  # a type that has no text: a picture, an archive
    LOST = "lost"  # the store does not give the file


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """`number` counts from 1: pages of a PDF, sheets of a workbook, parts of what has no pages.

    `label` is a name that people see: that of a sheet.
    """

    number: int
    label: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """What was read of a file; `has_pages` is false where numbers are parts that nobody sees.

    `pages` are those with text; `page_count` counts all of them.
    """

    state: TextState
    has_pages: bool = False
    pages: tuple[PageText, ...] = ()
    page_count: int = 0
    is_cut: bool = False
    """The file has more text than is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file whose turn it is."""

    digest: str
    size_bytes: int
    media_type: str
    file_name: str
    attempts: int


def next_attempt_at(attempts: int, *, now: datetime) -> datetime | None:
    """Return when a store that gave no file is asked again; None: not any more."""
    return now + _PAUSES[attempts - 1] if attempts < MOST_ATTEMPTS else None
