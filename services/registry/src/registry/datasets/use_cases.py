"""Make a dataset as a file: one statement reads it, a thread writes it, few at a time."""

import asyncio
import hashlib
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO, Final
from weakref import WeakKeyDictionary

from registry.datasets import repository
from registry.datasets.domain import Asked, Dataset, Dialect, Format, checked
from registry.datasets.frames import frame_of, write_csv, write_ndjson, write_parquet
from registry.datasets.spreadsheet import write_xlsx
from shared.transaction import Transaction

_AT_ONCE: Final = 2
"""Datasets that a process makes at once: each takes a processor and some hundred megabytes at worst."""
_REVISION: Final = 1
"""Of how files are written: raise it when the same rows become other bytes."""
_rooms: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    form: Format
    dialect: Dialect = Dialect.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that nobody else sees, or None where the caller has these very bytes."""

    tag: str
    size: int = 0
    content: IO[bytes] | None = None


async def make(
    tx: Transaction, dataset: Dataset, asked: Asked, wanted: Wanted, *, known: Collection[str]
) -> Made:
    """Return the dataset in the format wanted; its tag follows from the rows, whoever asks and whenever.

    Raises FilterNotApplicable and TooLargeForSpreadsheet.
    """
    asked = checked(dataset, asked)
    async with _room():
        rows = await repository.copied(tx.session, dataset, asked)
        tag = await asyncio.to_thread(_tag_of, rows, dataset, asked, wanted)
        if tag in known:
            return Made(tag=tag)
        content = await asyncio.to_thread(_written, rows, dataset, asked, wanted)
    return Made(tag=tag, size=content.seek(0, 2), content=content)


def _room() -> asyncio.Semaphore:
    return _rooms.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))


def _tag_of(rows: bytes, dataset: Dataset, asked: Asked, wanted: Wanted) -> str:
    """Return a digest of the rows and of all else that the bytes depend on."""
    told = (dataset.id, dataset.title, dataset.description, dataset.columns, asked, wanted, _REVISION)
    found = hashlib.sha256(repr(told).encode())
    found.update(rows)
    return f'"{found.hexdigest()}"'


def _written(rows: bytes, dataset: Dataset, asked: Asked, wanted: Wanted) -> IO[bytes]:
    frame = frame_of(dataset, rows)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it was sent
    try:
        match wanted.form:
            case Format.CSV:
                write_csv(frame, dataset, wanted.dialect, out)
            case Format.XLSX:
                write_xlsx(frame, dataset, asked, out)
            case Format.PARQUET:
                write_parquet(frame, dataset, out)
            case Format.NDJSON:
                write_ndjson(frame, out)
    except BaseException:
        out.close()
        raise
    return out
