"""Files are scanned and verified in turn; what nobody names is removed."""

from datetime import timedelta
from typing import Final

from documents.inspection import removal_repository, repository
from documents.inspection.domain import (
    Blob,
    FixityState,
    ScanState,
    next_scan_at,
)
from documents.outside import note, store_at
from documents.storage.scanning import ScannerDown, Verdict, scan
from documents.storage.store import NOT_GIVEN, FileDamaged, FileLost, FileStore
from shared.settings import Settings, load_settings
from shared.transaction import Transaction, apart

MOST_SCANS: Final = 200
LEASE: Final = timedelta(minutes=20)
VERIFIED_EVERY: Final = timedelta(days=30)
BYTES_A_TICK: Final = 512 * 1024 * 1024
FILES_A_TICK: Final = 500
MOST_REFUSED: Final = 3
ORPHANS_A_TICK: Final = 500
UNKNOWN_FOR: Final = timedelta(hours=24)


class BytesMissing(Exception):  # noqa: N818 - the fact that stopped us
    """What is to be named lies in the store no more; whoever made it makes it again."""


async def keep_blob(tx: Transaction, blob: Blob, *, store: FileStore) -> Blob:
    """Make bytes known that code of ours put into the store; raises `BytesMissing`.

    Call it in the transaction that names them: until it ends nobody removes them, and what was removed
    between the store and here is noticed.
    """
    known = await repository.touch(tx.session, blob, now=tx.now)
    if not await store.holds(blob.digest, size_bytes=blob.size_bytes):
        raise BytesMissing(blob.digest)
    return known


async def scan_files(tick: Transaction) -> None:
    """Scan what waits, where a scanner is set."""
    settings = load_settings("documents")
    if settings.clamav_url:
        await scan_waiting(tick, settings)


async def scan_waiting(tick: Transaction, settings: Settings) -> int:
    """Return how many files were scanned; a scanner that does not answer is asked again later."""
    store = store_at(settings.files_url)
    async with apart(tick) as tx:
        await repository.ask_for_scan(tx.session, now=tx.now)
    for scanned in range(MOST_SCANS):
        async with apart(tick) as tx:
            taken = await repository.take_waiting(tx.session, now=tx.now, until=tx.now + LEASE)
        if taken is None:
            return scanned
        blob, attempts = taken
        try:
            verdict = await _verdict_on(blob, store, settings.clamav_url)
        except (ScannerDown, FileLost, FileDamaged) as down:
            note("scan-put-off", digest=blob.digest, reason=str(down)[:200])
            async with apart(tick) as tx:
                until = next_scan_at(attempts, now=tx.now)
                await repository.put_off_scan(tx.session, blob.digest, until=until)
            if isinstance(down, ScannerDown):
                return scanned
        else:
            await _note(tick, blob, verdict)
    return MOST_SCANS


async def _verdict_on(blob: Blob, store: FileStore, url: str) -> Verdict:
    chunks = await store.open(blob.digest, start=0, end=blob.size_bytes, size_bytes=blob.size_bytes)
    return await scan(url, chunks)


async def _note(tick: Transaction, blob: Blob, verdict: Verdict) -> None:
    async with apart(tick) as tx:
        await repository.note_scan(
            tx.session, blob.digest, verdict.scan, signature=verdict.signature, now=tx.now
        )
    if verdict.scan is ScanState.INFECTED:
        note("file-infected", digest=blob.digest, signature=verdict.signature)


async def verify_files(tick: Transaction) -> None:
    """Read the files again that were verified longest ago."""
    await verify_oldest(tick, store_at(load_settings("documents").files_url), budget_bytes=BYTES_A_TICK)


async def verify_oldest(tick: Transaction, store: FileStore, *, budget_bytes: int) -> int:
    """Return how many files were read; the last one may go beyond the budget.

    One that the store does not give holds up no other, unless the store gives none.
    """
    async with apart(tick) as tx:
        await removal_repository.note_named(tx.session, now=tx.now)
        due = await repository.oldest_verified(tx.session, before=tx.now - VERIFIED_EVERY, limit=FILES_A_TICK)
    read, left, refused = 0, budget_bytes, 0
    for blob in due:
        if left <= 0 or refused == MOST_REFUSED:
            break
        try:
            fixity = await _fixity_of(blob, store)
        except NOT_GIVEN as error:
            note("file-not-given", digest=blob.digest, reason=str(error)[:200])
            refused += 1
            continue
        async with apart(tick) as tx:
            noted = await repository.note_fixity(tx.session, blob, fixity, now=tx.now)
        if noted and fixity is not FixityState.INTACT:
            note("file-not-whole", digest=blob.digest, fixity=fixity.value)
        left -= blob.size_bytes
        read += 1
    return read


async def _fixity_of(blob: Blob, store: FileStore) -> FixityState:
    try:
        chunks = await store.open(blob.digest, start=0, end=blob.size_bytes, size_bytes=blob.size_bytes)
        async for _ in chunks:
            pass
    except FileLost:
        return FixityState.LOST
    except FileDamaged:
        return FixityState.DAMAGED
    return FixityState.INTACT


async def remove_orphans(tick: Transaction) -> None:
    """Remove what nobody has named for a day; note what lies in the store unknown."""
    await remove_unnamed(tick, store_at(load_settings("documents").files_url))


async def remove_unnamed(tick: Transaction, store: FileStore) -> int:
    """Return how many files were removed, each under the lock of its row."""
    async for found in store.digests(older_than=tick.now - UNKNOWN_FOR):
        async with apart(tick) as tx:
            await removal_repository.adopt(tx.session, found, now=tx.now)
    async with apart(tick) as tx:
        unnamed = await removal_repository.orphans(tx.session, now=tx.now, limit=ORPHANS_A_TICK)
    removed = 0
    for digest in unnamed:
        async with apart(tick) as tx:
            if await removal_repository.lock_orphan(tx.session, digest, now=tx.now):
                await removal_repository.forget(tx.session, digest, now=tx.now)
                await store.remove(digest)
                removed += 1
    return removed
