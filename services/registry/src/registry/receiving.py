"""Uploads of published files: the raw body streams to a file on disk, and is gone after the answer."""

import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from fastapi import Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from registry.reading import ORDINARY, FileKind, Limits, Sheet, read_table
from shared.contracts.base import Role
from shared.errors import Invalid
from shared.http import Storable, allow
from shared.http.idempotency import BODY_DIGEST

LARGEST_FILE: Final = int(os.environ.get("REGISTRY_MAX_FILE_BYTES") or 64 * 1024 * 1024)
COUNTED_HERE: Final = 2**62
"""The framework's own limit for an upload route: it would answer in plain text, we in a problem detail."""
RAW_FILE: Final[dict[str, object]] = {
    "requestBody": {
        "required": True,
        "description": "The file as it was published, CSV or XLSX, without any envelope",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""The `openapi_extra` of an upload route: nothing of FastAPI's may read the body before we do."""

FileName = Annotated[
    str | None,
    Query(min_length=1, max_length=200, description="The name of the file, for the log of imports"),
    Storable,
]


class FileEmpty(Invalid):
    cs = "Soubor je prázdný."
    en = "The file is empty."


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was sent; `path` is there until the answer is made, `digest` its SHA-256 in hex."""

    path: Path
    name: str | None
    size_bytes: int
    digest: str


async def receive(request: Request, file_name: FileName = None) -> AsyncIterator[Upload]:
    """Take the body to a temporary file; raises 413 beyond `LARGEST_FILE`, `FileEmpty` without content."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > LARGEST_FILE:
        raise HTTPException(413)
    handle, place = tempfile.mkstemp(prefix="pospolu-upload-")
    path = Path(place)
    seen, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            async for chunk in request.stream():
                size += len(chunk)
                if size > LARGEST_FILE:
                    raise HTTPException(413)
                seen.update(chunk)
                file.write(chunk)
        if size == 0:
            raise FileEmpty
        request.scope[BODY_DIGEST] = seen.hexdigest()
        yield Upload(path=path, name=file_name, size_bytes=size, digest=seen.hexdigest())
    except ClientDisconnect as error:  # nobody waits for the answer; it is no fault of ours
        raise HTTPException(400) from error
    finally:
        path.unlink(missing_ok=True)  # noqa: ASYNC240 - sooner done than handed to a thread


Uploaded = Annotated[Upload, Depends(receive)]
"""Stands before `tx: Tx` in a route: no connection to the database is held while a file comes in."""
IMPORTERS: Final = allow(Role.ADMINISTRATOR, Role.ANALYST, Role.SYSTEM)
"""Who may bring files of others."""


def reading(*, kind: FileKind | None = None, limits: Limits = ORDINARY) -> Callable[..., Awaitable[Sheet]]:
    """Return the dependency that reads what was sent as a table.

    It stands before `tx: Tx`: with an Idempotency-Key that takes a connection, and files wait for each other.
    """

    async def read(upload: Uploaded) -> Sheet:
        return await read_table(upload.path, kind=kind, limits=limits)

    return read


Table = Annotated[Sheet, Depends(reading())]
