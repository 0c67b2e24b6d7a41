"""The answer that carries a file: headers, conditions, ranges (RFC 9110, 9530, 6266)."""

from base64 import b64encode

from fastapi import Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from documents.files.domain import File
from documents.files.names import PDF, content_disposition
from documents.files.ranges import ByteRange, RangeNotSatisfiable, wanted_range
from documents.inspection.domain import FileQuarantined, ScanState
from documents.inspection.repository import SERVED
from documents.outside import store_at
from shared.reads import Reader

KEPT_SECONDS = 300
"""What is public may be withdrawn: nobody keeps it longer without asking."""


async def answer(request: Request, file: File, *, published: bool) -> Response:
    """Answer 200, 206, 304 or 416; raises `FileQuarantined`, or `FileLost` before the first byte."""
    await _expect_servable(request, file)
    tag = f'"{file.digest}"'
    headers = _headers(file, tag, published=published)
    if _has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    part = _range(request, file, tag)
    start, end = (part.start, part.end) if part else (0, file.size_bytes)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size_bytes}"
    store = store_at(request.app.state.resources.settings.files_url)
    chunks = await store.open(file.digest, start=start, end=end, size_bytes=file.size_bytes)
    headers["Content-Length"] = str(end - start)
    return StreamingResponse(chunks, 206 if part else 200, headers=headers, media_type=file.media_type)


async def _expect_servable(request: Request, file: File) -> None:
    known = await Reader(request.app.state.resources.pool, request).row(SERVED, digest=file.digest)
    if known is not None and known["scan"] == ScanState.INFECTED:
        raise FileQuarantined(signature=known["signature"])


def _headers(file: File, tag: str, *, published: bool) -> dict[str, str]:
    """Nobody but the browser's own PDF viewer may run what people uploaded."""
    kept = f"public, max-age={KEPT_SECONDS}, must-revalidate" if published else "private, no-cache"
    headers = {
        "ETag": tag,
        "Repr-Digest": f"sha-256=:{b64encode(bytes.fromhex(file.digest)).decode()}:",
        "Content-Disposition": content_disposition(file.name, file.media_type),
        "Cache-Control": kept,
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
    }
    if file.media_type != PDF:
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return headers


def _range(request: Request, file: File, tag: str) -> ByteRange | None:
    if request.headers.get("if-range", tag) != tag:
        return None
    try:
        return wanted_range(request.headers.get("range"), file.size_bytes)
    except RangeNotSatisfiable:
        headers = {"Content-Range": f"bytes */{file.size_bytes}"}
        raise HTTPException(416, headers=headers) from None


def _has_tag(header: str | None, tag: str) -> bool:
    tags = {part.strip().removeprefix("W/") for part in (header or "").split(",")}
    return tag in tags or "*" in tags
