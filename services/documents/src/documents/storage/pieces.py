"""The bodies of uploads in pieces: streamed to the store, noted piece by piece."""

import hashlib
import hmac
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final
from uuid import UUID

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from documents.outside import store_at
from documents.storage.store import FileStore
from documents.uploads import repository
from documents.uploads.domain import (
    PIECE,
    Checksum,
    Part,
    Upload,
    UploadOffsetDiffers,
    UploadState,
    UploadUnknown,
    expect_offset,
)
from documents.uploads.use_cases import FOLDER, put_together
from shared.auth import Actor
from shared.logs import correlation_id
from shared.resources import Resources
from shared.transaction import transaction

LARGEST_UPLOAD: Final = int(os.environ.get("DOCUMENTS_MAX_UPLOAD_BYTES") or 4 * 1024**3)
CHECKSUM_DIFFERS: Final = 460


class Writer:
    """Takes the body of one request to the store and notes its pieces.

    Two of one upload do not disturb each other: the first to note a piece at an offset is right, the
    other one's piece is removed. With a checksum nothing is noted before it was compared.
    """

    def __init__(self, engine: AsyncEngine, store: FileStore, upload: Upload, actor: Actor) -> None:
        self.upload = upload
        self._engine = engine
        self._store = store
        self._actor = actor
        self._at = upload.offset_bytes

    async def take(self, body: AsyncIterator[bytes], checksum: Checksum | None) -> None:
        """Raise 413, 460 or `UploadOffsetDiffers`; what was noted before stays."""
        held: list[Part] = []
        seen = hashlib.new(checksum.algorithm) if checksum else None
        waiting = bytearray()
        try:
            async for chunk in self._within_length(body, waiting):
                if seen:
                    seen.update(chunk)
                if len(waiting) >= PIECE:
                    held.append(await self._put(waiting))
                    if seen is None:
                        await self._note([held.pop()])
        except ClientDisconnect as gone:  # nobody waits for the answer; what came is noted all the same
            if seen is None and waiting:
                await self._note([await self._put(waiting)])
            await self._remove(held)
            raise HTTPException(400) from gone
        if waiting:
            held.append(await self._put(waiting))
        if checksum and seen and not hmac.compare_digest(seen.digest(), checksum.digest):
            await self._remove(held)
            raise HTTPException(CHECKSUM_DIFFERS)
        if held:
            await self._note(held)

    async def _within_length(self, body: AsyncIterator[bytes], waiting: bytearray) -> AsyncIterator[bytes]:
        async for chunk in body:
            waiting += chunk
            if self._at + len(waiting) > self.upload.size_bytes:
                raise HTTPException(413)
            yield chunk

    async def _put(self, waiting: bytearray) -> Part:
        key = f"{FOLDER}{self.upload.id}/{self._at:014d}-{secrets.token_hex(8)}"
        part = Part(start=self._at, size_bytes=len(waiting), key=key)
        await self._store.put_piece(key, bytes(waiting))
        self._at += len(waiting)
        waiting.clear()
        return part

    async def _note(self, parts: list[Part]) -> None:
        async with transaction(self._engine, actor=self._actor, correlation_id=correlation_id()) as tx:
            noted = await repository.add_parts(tx.session, self.upload.id, parts, now=tx.now)
            found = noted or await repository.find_upload(
                tx.session, self.upload.id, owner=self._actor.id, now=tx.now
            )
        if noted is None:
            await self._remove(parts)
            if found is None:
                raise UploadUnknown
            raise UploadOffsetDiffers(offset_bytes=found.offset_bytes)
        self.upload = noted

    async def _remove(self, parts: list[Part]) -> None:
        for part in parts:
            await self._store.remove_piece(part.key)


async def append(
    request: Request, upload_id: UUID, *, actor: Actor, offset: int, checksum: Checksum | None
) -> Upload:
    """Take the next bytes; with the last one the file is put together and examined."""
    resources: Resources = request.app.state.resources
    upload = await find(request, upload_id, actor=actor)
    expect_offset(upload, offset)
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and offset + int(announced) > upload.size_bytes:
        raise HTTPException(413)
    writer = Writer(resources.engine, store_at(resources.settings.files_url), upload, actor)
    await writer.take(request.stream(), checksum)
    if writer.upload.state is UploadState.RECEIVED:
        itself = Actor.system("documents")
        async with transaction(resources.engine, actor=itself, correlation_id=correlation_id()) as tick:
            return await put_together(tick, resources.settings, writer.upload)
    return writer.upload


async def find(request: Request, upload_id: UUID, *, actor: Actor) -> Upload:
    """Return the actor's own upload; raises `UploadUnknown`."""
    engine = request.app.state.resources.engine
    async with transaction(engine, actor=actor, correlation_id=correlation_id()) as tx:
        found = await repository.find_upload(tx.session, upload_id, owner=actor.id, now=tx.now)
    if found is None:
        raise UploadUnknown
    return found


async def give_up(request: Request, upload_id: UUID, *, actor: Actor) -> None:
    """Forget the actor's own upload and remove its pieces; raises `UploadUnknown`."""
    resources: Resources = request.app.state.resources
    store = store_at(resources.settings.files_url)
    async with transaction(resources.engine, actor=actor, correlation_id=correlation_id()) as tx:
        found = await repository.find_upload(tx.session, upload_id, owner=actor.id, now=tx.now, lock=True)
        if found is None:
            raise UploadUnknown
        parts = await repository.parts_of(tx.session, upload_id)
        await repository.delete_upload(tx.session, upload_id)
    for part in parts:
        with suppress(OSError):
            await store.remove_piece(part.key)
