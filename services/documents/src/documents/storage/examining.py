"""What a file is by its content: a sniffer for all, a confined process for what has to be opened."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from documents.inspection import refusals
from documents.inspection.domain import Trait
from documents.inspection.filetypes import (
    HTML,
    OLE,
    PDF,
    TEXT,
    UNKNOWN,
    UNSIGNED,
    ZIP,
    is_text,
    settled_type,
    signed_as,
)
from shared.confined import run_apart
from shared.errors import Invalid

HEAD: Final = 64 * 1024
MEMORY_BYTES: Final = 768 * 1024 * 1024
SNIFFING_BYTES: Final = 4 * 1024 * 1024 * 1024
"""Of addresses, not of memory: the model's runtime reserves far more than it takes."""
CPU_SECONDS: Final = 20
SECONDS: Final = 30
SVG: Final = "image/svg+xml"
_FOLDER: Final = Path(__file__).parents[2]
_AT_ONCE: Final = 2
"""So many files are opened at a time in one process of the API; the others wait."""
_ACTIVE: Final = (b"<script", b"javascript:", b"onload=", b"onerror=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    media_type: str
    traits: tuple[Trait, ...]


@cache
def _doors(loop: int) -> asyncio.Semaphore:  # noqa: ARG001 - a semaphore belongs to its loop
    return asyncio.Semaphore(_AT_ONCE)


async def examine(path: Path, name: str) -> Examined:
    """Return what the file is; raises the refusals of `inspection`."""
    head = await asyncio.to_thread(_head_of, path)
    found = signed_as(head) or UNSIGNED
    traits: tuple[Trait, ...] = ()
    if found in {ZIP, OLE, PDF, UNSIGNED}:
        async with _doors(id(asyncio.get_running_loop())):
            opened = await asyncio.to_thread(_opened, path, found)
        found, traits = opened.media_type, opened.traits
    if found == UNSIGNED:
        found = TEXT if is_text(head) else UNKNOWN
    settled, says_so = settled_type(name, found, head)
    if not says_so:
        traits = (*traits, Trait.WRONG_EXTENSION)
    if settled in {HTML, SVG} and any(sign in head.lower() for sign in _ACTIVE):
        traits = (*traits, Trait.ACTIVE_CONTENT)
    if settled == UNKNOWN:
        traits = (*traits, Trait.UNKNOWN_TYPE)
    return Examined(media_type=settled, traits=traits)


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _opened(path: Path, media_type: str) -> Examined:
    asked = {
        "path": str(path),
        "media_type": media_type,
        "memory_bytes": SNIFFING_BYTES if media_type == UNSIGNED else MEMORY_BYTES,
        "cpu_seconds": CPU_SECONDS,
    }
    told, _ = run_apart(
        "documents.storage.examiner", json.dumps(asked), folder=_FOLDER, seconds=SECONDS, take=_first_line
    )
    if told is None:
        raise refusals.FileTooHard(pointer="/file")
    answer = json.loads(told)
    if "refused" in answer:
        refusal: type[Invalid] = getattr(refusals, answer["refused"])
        raise refusal(pointer="/file", **answer["facts"])
    traits = tuple(Trait(trait) for trait in answer["traits"])
    return Examined(media_type=answer["media_type"], traits=traits)


def _first_line(lines: Iterable[bytes]) -> bytes | None:
    return next(iter(lines), None)
