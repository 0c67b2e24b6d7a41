"""A file on its way into the store: examined, made known, put there; in this order."""

import asyncio
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.ext.asyncio import AsyncEngine

from documents.inspection import repository
from documents.inspection.domain import Blob, FileInfected, FixityState, ScanState, Trait
from documents.inspection.limits import check_fits
from documents.inspection.refusals import FileEmpty
from documents.outside import store_at
from documents.storage.examining import examine
from shared.auth import Actor
from shared.logs import correlation_id
from shared.settings import Settings
from shared.transaction import transaction

BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that lies in the store; `media_type` is that of its content."""

    digest: str
    size_bytes: int
    media_type: str
    traits: tuple[Trait, ...]


async def keep(
    engine: AsyncEngine, settings: Settings, source: IO[bytes], *, path: Path, name: str, kind: str | None
) -> Kept:
    """Keep what `source` holds, which lies at `path`; raises the refusals of `inspection`.

    Its row comes first: whatever kills us then leaves no bytes in the store that nobody knows of.
    """
    digest, size = await asyncio.to_thread(digest_of, source)
    if size == 0:
        raise FileEmpty(pointer="/file")
    examined = await examine(path, name)
    if kind is not None:
        check_fits(kind, media_type=examined.media_type, size_bytes=size)
    kept = Kept(digest=digest, size_bytes=size, media_type=examined.media_type, traits=examined.traits)
    known = await _touch(engine, settings, kept)
    if known.scan is ScanState.INFECTED:
        raise FileInfected(pointer="/file", signature=known.signature)
    is_broken = known.fixity in {FixityState.DAMAGED, FixityState.LOST}
    store = store_at(settings.files_url)
    await store.put(source, digest=digest, size_bytes=size, anew=is_broken)
    if is_broken:
        await _verify_anew(engine, digest)
    return kept


def place_of(file: IO[bytes]) -> Path:
    """Return where another process of ours finds an open file that has no name: a kill leaves none."""
    return Path(f"/proc/{os.getpid()}/fd/{file.fileno()}")


def digest_of(source: IO[bytes]) -> tuple[str, int]:
    """Return the SHA-256 (hex) and the size of a file, which stands at its beginning then."""
    seen, size = hashlib.sha256(), 0
    source.seek(0)
    while chunk := source.read(BLOCK):
        seen.update(chunk)
        size += len(chunk)
    source.seek(0)
    return seen.hexdigest(), size


async def _touch(engine: AsyncEngine, settings: Settings, kept: Kept) -> Blob:
    scanned = bool(settings.clamav_url)
    async with transaction(engine, actor=Actor.system("documents"), correlation_id=correlation_id()) as tx:
        blob = Blob(
            digest=kept.digest,
            size_bytes=kept.size_bytes,
            media_type=kept.media_type,
            traits=kept.traits,
            received_at=tx.now,
            scan=ScanState.WAITING if scanned else ScanState.NOT_SCANNED,
            signature=None,
            fixity=FixityState.NOT_VERIFIED,
            verified_at=None,
        )
        return await repository.touch(tx.session, blob, now=tx.now)


async def _verify_anew(engine: AsyncEngine, digest: str) -> None:
    async with transaction(engine, actor=Actor.system("documents"), correlation_id=correlation_id()) as tx:
        await repository.note_healed(tx.session, digest, now=tx.now)
