"""Uploads are opened, taken by documents, finished when a process died, and cleaned up."""

from datetime import timedelta
from tempfile import TemporaryFile
from typing import Final
from uuid import UUID

from documents.files.domain import File
from documents.files.names import kept_name
from documents.inspection import repository as inspection
from documents.inspection.domain import FileQuarantined, ScanState
from documents.inspection.limits import check_fits, check_size
from documents.inspection.refusals import FileEmpty
from documents.outside import store_at
from documents.storage.keeping import keep, place_of
from documents.storage.store import FileLost
from documents.uploads import repository
from documents.uploads.domain import (
    KEPT,
    MOST_OPEN,
    Refused,
    TooManyUploads,
    Upload,
    UploadState,
    UploadUnknown,
    expect_ready,
)
from shared.errors import Invalid
from shared.settings import Settings, load_settings
from shared.transaction import Transaction, apart, engine_of

LEFT: Final = timedelta(minutes=10)
"""Who put a file together for so long died over it."""
STRAY: Final = timedelta(hours=24)
MOST_AT_ONCE: Final = 200
FOLDER: Final = "uploads/"


async def open_upload(tx: Transaction, *, size_bytes: int, file_name: str | None, kind: str | None) -> Upload:
    """Open an upload of so many bytes; raises `FileEmpty`, `FileTooLarge`, `TooManyUploads`."""
    if size_bytes == 0:
        raise FileEmpty
    if kind is not None:
        check_size(kind, size_bytes=size_bytes)
    count = await repository.count_open(tx.session, tx.actor.id, now=tx.now)
    if count >= MOST_OPEN:
        raise TooManyUploads(open_uploads=count)
    upload = Upload(
        id=tx.new_id(),
        owner=tx.actor.id,
        file_name=kept_name(file_name),
        kind=kind,
        size_bytes=size_bytes,
        offset_bytes=0,
        state=UploadState.RECEIVING,
        digest=None,
        media_type=None,
        refused=None,
        created_at=tx.now,
        expires_at=tx.now + KEPT,
        version=1,
    )
    await repository.insert_upload(tx.session, upload)
    return upload


async def take_upload(tx: Transaction, upload_id: UUID, *, kind: str | None = None) -> File:
    """Give the whole file to a document of the kind, once.

    Raises `UploadUnknown` for another person's, `UploadNotReady`, `FileQuarantined`, and what `kind` refuses.
    """
    upload = await repository.find_upload(tx.session, upload_id, owner=tx.actor.id, now=tx.now, lock=True)
    if upload is None:
        raise UploadUnknown
    expect_ready(upload)
    digest, media_type = upload.digest or "", upload.media_type or ""
    blob = (await inspection.blobs(tx.session, [digest])).get(digest)
    if blob is not None and blob.scan is ScanState.INFECTED:
        raise FileQuarantined(signature=blob.signature, scan=blob.scan.value)
    if kind is not None:
        check_fits(kind, media_type=media_type, size_bytes=upload.size_bytes)
    await inspection.touch_again(tx.session, digest, now=tx.now)
    await repository.mark_taken(tx.session, upload_id)
    return File(digest=digest, size_bytes=upload.size_bytes, media_type=media_type, name=upload.file_name)


async def put_together(tick: Transaction, settings: Settings, upload: Upload) -> Upload:
    """Make one file of the pieces; raises what its content is refused for, and notes that with the upload.

    The transaction is left alone: each step has one of its own.

    Whoever else does the same meanwhile comes to the same file; the first one to note it is right.
    """
    store = store_at(settings.files_url)
    async with apart(tick) as tx:
        parts = await repository.parts_of(tx.session, upload.id)
    outcome: tuple[str, str] | Refused
    refusal: Invalid | None = None
    with TemporaryFile() as file:
        try:
            for part in parts:
                file.write(await store.piece(part.key))
            file.flush()
            kept = await keep(
                engine_of(tick), settings, file, path=place_of(file), name=upload.file_name, kind=upload.kind
            )
            outcome = (kept.digest, kept.media_type)
        except FileLost:
            return await _as_it_is(tick, upload)
        except Invalid as error:
            refusal = error
            outcome = Refused(code=error.code, cs=error.title("cs"), en=error.title("en"))
    async with apart(tick) as tx:
        settled = await repository.settle(tx.session, upload.id, outcome)
    for part in parts:
        await store.remove_piece(part.key)
    if refusal is not None:
        raise refusal
    return settled or await _as_it_is(tick, upload)


async def _as_it_is(tick: Transaction, upload: Upload) -> Upload:
    """Return the upload as somebody else left it meanwhile; raises `UploadUnknown`."""
    async with apart(tick) as tx:
        found = await repository.find_upload(tx.session, upload.id, owner=upload.owner, now=tx.now)
    if found is None:
        raise UploadUnknown
    return found


async def finish_uploads(tick: Transaction) -> None:
    """Put together what a process left when it died."""
    settings = load_settings("documents")
    async with apart(tick) as tx:
        left = await repository.left_unfinished(tx.session, now=tx.now, since=LEFT)
    for upload in left:
        try:
            await put_together(tick, settings, upload)
        except Invalid:
            continue  # noted with the upload


async def clean_uploads(tick: Transaction) -> None:
    """Forget uploads that have expired, and remove pieces that belong to none."""
    await clean(tick, load_settings("documents"))


async def clean(tick: Transaction, settings: Settings) -> int:
    """Return how many pieces were removed; those just written may not be noted yet and stay."""
    store, removed = store_at(settings.files_url), 0
    async with apart(tick) as tx:
        for upload_id in await repository.expired(tx.session, now=tx.now, limit=MOST_AT_ONCE):
            await repository.delete_upload(tx.session, upload_id)
    async for keys in store.pieces(FOLDER, older_than=tick.now - STRAY):
        async with apart(tick) as tx:
            strays = await repository.unknown_keys(tx.session, keys)
        for key in strays:
            await store.remove_piece(key)
        removed += len(strays)
    return removed + await store.remove_staged(older_than=tick.now - STRAY)
