"""The content-addressed store: a file's key is the SHA-256 of its bytes, in a folder or in S3."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Final

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url

ONE_REQUEST: Final = 8 * 1024 * 1024
"""Up to this size a file goes in one conditional write; a larger one in parts, so memory stays small."""
CHUNK: Final = 256 * 1024
PATIENCE: Final = timedelta(seconds=30)


NOT_GIVEN: Final = (BaseError, OSError)
"""What comes where the store does not answer, or cannot read what it holds."""


class FileLost(Exception):  # noqa: N818 - the fact that stopped us
    """A row names a file that the store does not hold."""


class FileDamaged(Exception):  # noqa: N818 - the fact that stopped us
    """The bytes in the store are not the ones that were put there."""


def key_of(digest: str) -> str:
    return f"sha256/{digest[:2]}/{digest[2:]}"


class FileStore:
    """Files appear whole or not at all; equal files are kept once; nothing is ever changed."""

    def __init__(self, url: str) -> None:
        """Take `file:///folder` or `s3://bucket/prefix` (with the usual `AWS_*` variables)."""
        self._store: ObjectStore = (
            LocalStore.from_url(url, mkdir=True) if url.startswith("file://") else _remote(url)
        )

    @property
    def folder(self) -> Path | None:
        """Return the folder of a store that is one."""
        return self._store.prefix if isinstance(self._store, LocalStore) else None

    async def put_bytes(self, content: bytes) -> str:
        """Keep the content and return its digest."""
        digest = hashlib.sha256(content).hexdigest()
        await self.put(BytesIO(content), digest=digest, size_bytes=len(content))
        return digest

    async def put(self, source: IO[bytes], *, digest: str, size_bytes: int, anew: bool = False) -> None:
        """Keep what `source` holds; returns when the file would survive a power failure.

        What is there already is written again with `anew` only, for one because it is damaged.
        """
        key = key_of(digest)
        held = None if anew else await self._size_of(key)
        if held != size_bytes:
            whole = size_bytes <= ONE_REQUEST
            with suppress(AlreadyExistsError):  # the same file came by another way meanwhile
                await obstore.put_async(
                    self._store,
                    key,
                    source,
                    mode="create" if held is None and whole and not anew else "overwrite",
                    use_multipart=not whole,
                    max_concurrency=2,
                )
        await self._sync(key)

    async def remove(self, digest: str) -> None:
        """Remove a file, whether it is there or not."""
        await self.remove_piece(key_of(digest))

    async def digests(self, *, older_than: datetime) -> AsyncIterator[dict[str, int]]:
        """Give the digests and sizes of what lies here for longer, some thousand at a time."""
        async for batch in obstore.list(self._store, prefix="sha256/", chunk_size=1000):
            yield {
                found["path"].removeprefix("sha256/").replace("/", ""): found["size"]
                for found in batch
                if found["last_modified"] < older_than
            }

    async def put_piece(self, key: str, content: bytes) -> None:
        """Keep a piece of an upload under a key that nobody else has."""
        await obstore.put_async(self._store, key, content, mode="overwrite", use_multipart=False)
        await self._sync(key)

    async def piece(self, key: str) -> bytes:
        """Return a piece; raises `FileLost`."""
        try:
            found = await obstore.get_async(self._store, key)
        except FileNotFoundError:
            raise FileLost(key) from None
        return bytes(await found.bytes_async())

    async def remove_piece(self, key: str) -> None:
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)

    async def pieces(self, prefix: str, *, older_than: datetime) -> AsyncIterator[list[str]]:
        """Give the keys of pieces that lie in a folder for longer, some thousand at a time."""
        async for batch in obstore.list(self._store, prefix=prefix, chunk_size=1000):
            yield [found["path"] for found in batch if found["last_modified"] < older_than]

    async def remove_staged(self, *, older_than: datetime) -> int:
        """Remove what killed writers left in a folder before it had its name; return how many there were.

        In S3 the rule `AbortIncompleteMultipartUpload` of the bucket does it.
        """
        if self.folder is None:
            return 0
        return await asyncio.to_thread(_remove_staged, self.folder, older_than)

    async def holds(self, digest: str, *, size_bytes: int) -> bool:
        return await self._size_of(key_of(digest)) == size_bytes

    async def _size_of(self, key: str) -> int | None:
        try:
            return (await obstore.head_async(self._store, key))["size"]
        except FileNotFoundError:
            return None

    async def _sync(self, key: str) -> None:
        if self.folder:
            await asyncio.to_thread(_sync_to_disk, self.folder, key)

    async def open(self, digest: str, *, start: int, end: int, size_bytes: int) -> AsyncIterator[bytes]:
        """Return the bytes `start` to `end` (exclusive) in chunks; raises `FileLost` at once.

        One of another size is `FileDamaged` at once. A whole file is verified while it is read: where the
        digest differs, `FileDamaged` comes instead of the last chunk, so nobody takes it for a good one.
        """
        if size_bytes == 0:
            return _nothing()
        try:
            found = await obstore.get_async(self._store, key_of(digest), options={"range": (start, end)})
            held: int | None = found.meta["size"]
        except FileNotFoundError:
            raise FileLost(digest) from None
        except BaseError:  # a range beyond the end of a file cut short, or a store that does not answer
            held = await self._size_of(key_of(digest))
            if held in {None, size_bytes}:
                raise
        if held != size_bytes:
            raise FileDamaged(digest)
        chunks = aiter(found.stream(min_chunk_size=CHUNK))
        return _verified(chunks, digest) if (start, end) == (0, size_bytes) else _plain(chunks)


def _remote(url: str) -> ObjectStore:
    return from_url(
        url,
        client_options={
            "timeout": PATIENCE,
            "connect_timeout": timedelta(seconds=5),
            "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
        },
        retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
    )


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""


async def _plain(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        yield bytes(chunk)


async def _verified(chunks: AsyncIterator[bytes], digest: str) -> AsyncIterator[bytes]:
    seen = hashlib.sha256()
    waiting = b""
    async for chunk in chunks:
        if waiting:
            yield waiting
        waiting = bytes(chunk)
        seen.update(waiting)
    if seen.hexdigest() != digest:
        raise FileDamaged(digest)
    yield waiting


def _sync_to_disk(folder: Path, key: str) -> None:
    path = folder / key
    for place in (path, path.parent, path.parent.parent, folder):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_staged(folder: Path, older_than: datetime) -> int:
    """Writers write to `name#1` and rename."""
    removed = 0
    for path in folder.rglob("*#*"):
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < older_than.timestamp():
                path.unlink()
                removed += 1
    return removed
