"""HTTP of uploads in pieces: tus 1.0.0 with creation, expiration, checksum and termination."""

from datetime import datetime
from email.utils import format_datetime
from typing import Annotated
from uuid import UUID

from fastapi import Header, HTTPException, Request, Response

from documents.storage.pieces import LARGEST_UPLOAD, append, find, give_up
from documents.storage.receiving import COUNTED_HERE
from documents.uploads import use_cases
from documents.uploads.domain import (
    ALGORITHMS,
    EXTENSIONS,
    TUS,
    Upload,
    UploadHeaderNotReadable,
    checksum_of,
    metadata_of,
)
from documents.uploads.schemas import UploadOut
from shared.contracts.base import Role
from shared.contracts.documents import DocumentKind
from shared.http import Caller, Tx, allow, etag, language_of, public, router

uploads = router("/uploads", tag="files")

UPLOADERS = allow(Role.COORDINATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.ADMINISTRATOR)
PIECE_TYPE = "application/offset+octet-stream"
TusVersion = Annotated[str | None, Header(alias="Tus-Resumable", description="`1.0.0`")]
Bytes = Annotated[str, Header(pattern=r"^\d{1,18}$")]
ABILITIES = {
    "Tus-Extension": EXTENSIONS,
    "Tus-Max-Size": str(LARGEST_UPLOAD),
    "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {PIECE_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}


def _headers(upload: Upload) -> dict[str, str]:
    return {
        "Tus-Resumable": TUS,
        "Upload-Offset": str(upload.offset_bytes),
        "Upload-Length": str(upload.size_bytes),
        "Upload-Expires": _http_date(upload.expires_at),
        "Cache-Control": "no-store",
        **etag(upload.version),
    }


def _http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def _expect_tus(version: str | None) -> None:
    if version != TUS:
        raise HTTPException(412, headers={"Tus-Version": TUS})


@uploads.options("", status_code=204, dependencies=[public()])
async def tell_protocol() -> Response:
    """Tell a client of tus what it may do here, before it signs in."""
    return Response(status_code=204, headers={"Tus-Resumable": TUS, "Tus-Version": TUS, **ABILITIES})


@uploads.post("", status_code=201, response_model=UploadOut, dependencies=[UPLOADERS])
async def open_upload(
    tx: Tx,
    request: Request,
    response: Response,
    upload_length: Annotated[Bytes, Header(alias="Upload-Length", description="Bytes of the whole file")],
    upload_metadata: Annotated[
        str | None,
        Header(alias="Upload-Metadata", max_length=4000, description="`filename` and `kind`, in Base64"),
    ] = None,
    tus_resumable: TusVersion = None,
) -> UploadOut:
    """Begin an upload; its pieces go with PATCH to the address in `Location`."""
    _expect_tus(tus_resumable)
    size = int(upload_length)
    if size > LARGEST_UPLOAD:
        raise HTTPException(413, headers={"Tus-Max-Size": str(LARGEST_UPLOAD)})
    told = metadata_of(upload_metadata)
    kind = told.get("kind")
    if kind is not None and kind not in set(DocumentKind):
        raise UploadHeaderNotReadable(header="Upload-Metadata", known=[each.value for each in DocumentKind])
    upload = await use_cases.open_upload(tx, size_bytes=size, file_name=told.get("filename"), kind=kind)
    response.headers.update(_headers(upload))
    response.headers["Location"] = f"{request.url.path}/{upload.id}"
    response.headers.update(ABILITIES)
    return UploadOut.of(upload, language=language_of(request))


@uploads.get("/{upload_id}", response_model=UploadOut, dependencies=[UPLOADERS])
async def get_upload(request: Request, response: Response, caller: Caller, upload_id: UUID) -> UploadOut:
    """Tell how far it is (`Upload-Offset`), and what became of the whole file; HEAD is what tus asks."""
    upload = await find(request, upload_id, actor=caller)
    response.headers.update(_headers(upload))
    return UploadOut.of(upload, language=language_of(request))


@uploads.patch(
    "/{upload_id}",
    status_code=204,
    dependencies=[UPLOADERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=BODY,
)
async def append_to_upload(
    request: Request,
    caller: Caller,
    upload_id: UUID,
    upload_offset: Annotated[Bytes, Header(alias="Upload-Offset")],
    upload_checksum: Annotated[str | None, Header(alias="Upload-Checksum", max_length=200)] = None,
    tus_resumable: TusVersion = None,
) -> Response:
    """Append bytes at `Upload-Offset`; 409 tells where the upload goes on."""
    _expect_tus(tus_resumable)
    if request.headers.get("content-type") != PIECE_TYPE:
        raise HTTPException(415)
    upload = await append(
        request,
        upload_id,
        actor=caller,
        offset=int(upload_offset),
        checksum=checksum_of(upload_checksum),
    )
    return Response(status_code=204, headers=_headers(upload))


@uploads.delete("/{upload_id}", status_code=204, dependencies=[UPLOADERS])
async def give_up_upload(
    request: Request, caller: Caller, upload_id: UUID, tus_resumable: TusVersion = None
) -> Response:
    """Give the upload up; a document that took it keeps its file."""
    _expect_tus(tus_resumable)
    await give_up(request, upload_id, actor=caller)
    return Response(status_code=204, headers={"Tus-Resumable": TUS})
