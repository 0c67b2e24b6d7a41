"""The text of a file in the store, read in a process of its own with hard limits."""

import asyncio
import json
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGXCPU
from typing import Final

from obstore.exceptions import BaseError

from documents.extraction.domain import FileText, Job, PageText, TextState
from documents.storage.store import FileStore
from shared.confined import OUT_OF_MEMORY, run_apart


class StoreAway(Exception):  # noqa: N818 - the fact that stopped us
    """The store does not answer, or there is no place to read the file to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is read of a file at most; `seconds` by the clock, `cpu_seconds` of a processor."""

    size_bytes: int = 256 * 1024 * 1024
    inflated_bytes: int = 256 * 1024 * 1024
    memory_bytes: int = 768 * 1024 * 1024
    cpu_seconds: int = 60
    seconds: int = 120
    pages: int = 5_000
    page_characters: int = 100_000
    characters: int = 20_000_000


ORDINARY: Final = Limits()
_ONE_AT_A_TIME: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
"""Two files at once would need twice the memory."""
_HERE: Final = Path(__file__).parents[2]


async def read_file(store: FileStore, job: Job, *, limits: Limits = ORDINARY) -> FileText:
    """Return what a file says; raises nothing that is the file's fault.

    Raises `FileLost`, `FileDamaged`, and `StoreAway`, which passes.
    """
    if job.size_bytes > limits.size_bytes:
        return FileText(state=TextState.TOO_LARGE)
    if job.size_bytes == 0:
        return FileText(state=TextState.EMPTY)
    with tempfile.NamedTemporaryFile(prefix="pospolu-text-") as file:
        try:
            chunks = await store.open(job.digest, start=0, end=job.size_bytes, size_bytes=job.size_bytes)
            async for chunk in chunks:
                await asyncio.to_thread(file.write, chunk)
            file.flush()
        except (BaseError, OSError) as error:
            raise StoreAway from error
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_ONE_AT_A_TIME, read_apart, file.name, job.media_type, limits)


def read_apart(path: str, media_type: str, limits: Limits = ORDINARY) -> FileText:
    """Read a file on disk in a process of its own; takes long, so call it in a thread."""
    asked = json.dumps({"path": path, "media_type": media_type, "limits": asdict(limits)})
    answer, status = run_apart(
        "documents.texts.reader",
        asked,
        folder=_HERE,
        seconds=limits.seconds,
        take=lambda lines: _answer_of(lines, limits),
    )
    return _judged(answer, status)


@dataclass(slots=True)
class _Answer:
    pages: list[PageText] = field(default_factory=list)
    state: TextState | None = None
    has_pages: bool = False
    is_cut: bool = False


def _answer_of(lines: Iterable[bytes], limits: Limits) -> _Answer:
    """Take pages while they are within the limits; the rest is read to its end and let go."""
    answer, characters = _Answer(), 0
    for line in lines:
        part = _parsed(line)
        if part is None:
            continue
        if "state" in part:
            answer.state = TextState(str(part["state"]))
            answer.has_pages = part.get("has_pages") is True
            continue
        text = str(part["text"])
        characters += len(text)
        if len(answer.pages) >= limits.pages or characters > limits.characters:
            answer.is_cut = True
            continue
        label = part.get("label")
        number = int(str(part["page"]))
        answer.pages.append(PageText(number=number, label=None if label is None else str(label), text=text))
    return answer


def _parsed(line: bytes) -> dict[str, object] | None:
    """Return a line as JSON; None for one that was broken off, or is no page of ours."""
    try:
        part = json.loads(line)
    except ValueError:
        return None
    return part if isinstance(part, dict) else None


def _judged(answer: _Answer, status: int) -> FileText:
    pages = tuple(page for page in answer.pages if page.text)
    if answer.state is TextState.EXTRACTED and status == 0:
        state = TextState.EXTRACTED if pages else TextState.EMPTY
        return FileText(
            state=state,
            has_pages=answer.has_pages,
            pages=pages,
            page_count=len(answer.pages),
            is_cut=answer.is_cut,
        )
    if answer.state is not None and status == 0:
        return FileText(state=answer.state)
    if status == OUT_OF_MEMORY:
        return FileText(state=TextState.TOO_LARGE)
    return FileText(state=TextState.TIMED_OUT if status in {-SIGKILL, -SIGXCPU} else TextState.UNREADABLE)
