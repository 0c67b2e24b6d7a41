"""The addresses at which what is public lasts: JSON or the file, and a tombstone where it was withdrawn."""

import json
from typing import Annotated, Final
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from documents.files.domain import File
from documents.publications import list_repository
from documents.publications.citation import Cited, address_of, citation, wanted_media_type
from documents.publications.pages import WITHDRAWN, Left, tombstone
from documents.publications.refusals import PublicationUnknown
from documents.publications.schemas import Publication, PublishedFormat, PublishedVersion, Tombstone
from documents.storage.serving import answer
from shared.days import day_of
from shared.http import InDigits, Reads, Row, language_of, public, router

publications = router("/publications", tag="publications")
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]
_GONE = {"model": Tombstone, "description": "It was withdrawn: why, when, and what is read instead"}
_FILE = {"description": "JSON, or the file to who accepts its media type; a browser gets the file"}
HTML: Final = "text/html"


@publications.get(
    "/{document_id}",
    response_model=Publication,
    dependencies=[public()],
    responses={200: _FILE, 410: _GONE},
)
async def get_publication(request: Request, reads: Reads, document_id: UUID) -> Response:
    """Give the newest public version of a document, at an address that lasts."""
    row = await reads.row(list_repository.NEWEST, id=document_id)
    return await _shown(request, reads, row)


@publications.get(
    "/{document_id}/versions/{number}",
    response_model=Publication,
    dependencies=[public()],
    responses={200: _FILE, 410: _GONE},
)
async def get_published_version(
    request: Request, reads: Reads, document_id: UUID, number: Number
) -> Response:
    """Give one public version, at an address that lasts."""
    row = await reads.row(list_repository.NUMBERED, id=document_id, number=number)
    return await _shown(request, reads, row)


async def _shown(request: Request, reads: Reads, row: Row | None) -> Response:
    if row is None:
        raise PublicationUnknown
    if row["withdrawn_at"] is not None:
        return _tombstone(request, row)
    formats = tuple(PublishedFormat.model_validate(each) for each in json.loads(row["formats"]))
    offered = (row["media_type"], *(each.media_type for each in formats))
    wanted = wanted_media_type(request.headers.get("accept", ""), offered)
    if wanted is None:
        return await _facts(request, reads, row, formats)
    file = next(each for each in _files(row, formats) if each.media_type == wanted)
    served = await answer(request, file, published=True)
    served.headers["Vary"] = "Accept"
    served.headers["Cache-Control"] = "public, no-cache"  # another version, or none, may stand here soon
    served.headers["Link"] = f'<{_address(request, row)}>; rel="cite-as"'
    return served


def _files(row: Row, formats: tuple[PublishedFormat, ...]) -> tuple[File, ...]:
    others = (
        File(
            digest=each.digest,
            size_bytes=each.size_bytes,
            media_type=each.media_type,
            name=each.file_name,
        )
        for each in formats
    )
    main = File(
        digest=row["digest"],
        size_bytes=row["size_bytes"],
        media_type=row["media_type"],
        name=row["file_name"],
    )
    return (main, *others)


def _address(request: Request, row: Row, number: int | None = None) -> str:
    public_url = request.app.state.resources.settings.public_url
    return address_of(public_url, row["id"], number or row["number"])


async def _facts(request: Request, reads: Reads, row: Row, formats: tuple[PublishedFormat, ...]) -> Response:
    address = _address(request, row)
    cited = Cited(
        title=row["title"],
        issuer=row["author"] or row["approved_by"] or "",
        number=row["number"],
        label=row["label"],
        published_on=day_of(row["published_at"]),
        address=address,
        digest=row["digest"],
    )
    base = request.url.path.partition("/publications/")[0]
    versions = await reads.rows(list_repository.VERSIONS, id=row["id"])
    names = set(Publication.model_fields) & set(row.keys()) - {"formats"}
    found = Publication(
        **{name: row[name] for name in names},
        document_id=row["id"],
        address=address,
        is_newest=row["number"] == row["public_number"],
        content=f"{base}/documents/{row['id']}/versions/{row['number']}/content",
        formats=formats,
        citation=citation(cited, language_of(request)),
        versions=tuple(
            PublishedVersion(**dict(each), address=_address(request, row, each["number"]))
            for each in versions
        ),
    )
    headers = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
    return Response(found.model_dump_json(), media_type="application/json", headers=headers)


def _tombstone(request: Request, row: Row) -> Response:
    """Tell a browser by a page, everybody else by a problem detail."""
    newest = row["public_number"]
    language = language_of(request)
    replaced_by = _address(request, row, newest) if newest else None
    headers = {"Content-Language": language, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Language"}
    if wanted_media_type(request.headers.get("accept", ""), (HTML,)) == HTML:
        page = tombstone(_left(row, replaced_by), language)
        return HTMLResponse(page, 410, headers={**headers, "Content-Security-Policy": "default-src 'none'"})
    left = Tombstone(
        type="urn:pospolu:problem:publication-withdrawn",
        title=WITHDRAWN[language],
        status=410,
        document_id=row["id"],
        document_title=row["title"],
        number=row["number"],
        published_at=row["published_at"],
        withdrawn_at=row["withdrawn_at"],
        reason=row["withdrawal_reason"] or "",
        digest=row["digest"],
        replaced_by=replaced_by,
    )
    return Response(left.model_dump_json(), 410, media_type="application/problem+json", headers=headers)


def _left(row: Row, replaced_by: str | None) -> Left:
    return Left(
        document_title=row["title"],
        number=row["number"],
        published_on=day_of(row["published_at"]),
        withdrawn_on=day_of(row["withdrawn_at"]),
        reason=row["withdrawal_reason"] or "",
        digest=row["digest"],
        replaced_by=replaced_by,
    )
