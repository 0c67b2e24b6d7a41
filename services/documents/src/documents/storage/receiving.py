"""Uploads: the body streams to a file on disk, from there to the store; never wholly in memory."""

import hashlib
import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from documents.files.names import kept_name
from documents.inspection.domain import Trait
from documents.storage.keeping import keep, place_of
from shared.errors import Invalid
from shared.http.idempotency import BODY_DIGEST

OVERHEAD: Final = 64 * 1024
LARGEST_FILE: Final = int(os.environ.get("DOCUMENTS_MAX_FILE_BYTES") or 50 * 1024 * 1024)
LARGEST_BODY: Final = LARGEST_FILE + OVERHEAD
"""A body has the file, its fields and its boundaries."""
COUNTED_HERE: Final = 2**62
"""The framework's own limit for an upload route: it would answer in plain text, we in a problem detail."""

M = TypeVar("M", bound=BaseModel)


class FileMissing(Invalid):
    cs = "Pošlete právě jeden soubor v poli „file“."
    en = "Send exactly one file in the field “file”."


class UploadNotReadable(Invalid):
    cs = "Tělo požadavku není platné multipart/form-data."
    en = "The body is no valid multipart/form-data."


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The fields of a document whose file came in pieces before, as JSON."""

    body: bytes

    def read(self, model: type[M]) -> M:
        """Raise a problem detail that names the field unless the fields are as `model` says."""
        with _by_field():
            return model.model_validate_json(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An upload that lies in the store, and the fields beside it; `media_type` is that of its content."""

    fields: dict[str, str | list[str]]
    digest: str
    size_bytes: int
    name: str | None
    media_type: str
    traits: tuple[Trait, ...] = ()

    def read(self, model: type[M]) -> M:
        """Raise a problem detail that names the field unless the fields are as `model` says."""
        with _by_field():
            return model.model_validate(self.fields)


@contextmanager
def _by_field() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_context=False)]
        raise RequestValidationError(found) from error


async def receive(request: Request) -> Received | Described:
    """Take the upload of a request to the store, or the JSON that names one (`upload_id`).

    Raises `FileMissing`, `UploadNotReadable`; what the content is refused for, `documents.inspection` says.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "application/json":
        body = b"".join([chunk async for chunk in _counted(request, OVERHEAD)])
        request.scope[BODY_DIGEST] = hashlib.sha256(body).hexdigest()
        return Described(body=body)
    if media_type != "multipart/form-data":
        raise HTTPException(415)
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > LARGEST_BODY:
        raise HTTPException(413)
    async with _form(request) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise FileMissing(pointer="/file")
        fields = _fields(form)
        resources = request.app.state.resources
        name = kept_name(file.filename)
        with _on_disk(file.file) as path:
            kept = await keep(
                resources.engine,
                resources.settings,
                file.file,
                path=path,
                name=name,
                kind=_kind(fields),
            )
        return Received(
            fields=fields,
            digest=kept.digest,
            size_bytes=kept.size_bytes,
            name=name,
            media_type=kept.media_type,
            traits=kept.traits,
        )


@contextmanager
def _on_disk(file: BinaryIO) -> Iterator[Path]:
    """Give the place where another process of ours finds what the form's parser took to disk."""
    if isinstance(file, SpooledTemporaryFile):
        file.rollover()
    yield place_of(file)


def _kind(fields: dict[str, str | list[str]]) -> str | None:
    kind = fields.get("kind")
    return kind if isinstance(kind, str) else None


async def _counted(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise HTTPException(413)
        yield chunk


@asynccontextmanager
async def _form(request: Request) -> AsyncIterator[FormData]:
    parser = MultiPartParser(
        request.headers, _counted(request, LARGEST_BODY), max_files=1, max_fields=300, max_part_size=OVERHEAD
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise UploadNotReadable from error
    try:
        yield form
    finally:
        await form.close()


def _fields(form: FormData) -> dict[str, str | list[str]]:
    """Return the texts; a name in plural (`unit_ids`) takes a list."""
    texts = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return {
        name: [value for other, value in texts if other == name] if name.endswith("_ids") else text
        for name, text in texts
    }
