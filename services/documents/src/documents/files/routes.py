"""HTTP of documents: what is published is for everybody, drafts are for their units."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from documents.files import list_repository, use_cases
from documents.files.domain import File
from documents.files.names import kept_media_type, kept_name
from documents.files.refusals import (
    DocumentUnknown,
    VersionDisposed,
    VersionUnknown,
    VersionWithdrawn,
)
from documents.files.schemas import (
    Added,
    DocumentFromUpload,
    DocumentIn,
    DocumentList,
    DocumentOut,
    VersionFromUpload,
    VersionIn,
)
from documents.files.states import DocumentState
from documents.publications.citation import address_of
from documents.showing import in_language, shown_to
from documents.storage.receiving import COUNTED_HERE, Described, Received, receive
from documents.storage.serving import answer
from documents.uploads.use_cases import take_upload
from shared.contracts.base import Role
from shared.contracts.documents import DocumentKind, OutputKind
from shared.errors import Gone, NotFound
from shared.http import Caller, InDigits, Page, Reads, Storable, Tx, allow, etag, public, router
from shared.names import pattern_of

documents = router("/documents", tag="documents")

Upload = Annotated[Received | Described, Depends(receive)]
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]
Words = Annotated[
    str | None,
    Query(min_length=1, max_length=100, description="Words of the title; accents and case do not matter"),
    Storable,
]
_FILERS = allow(Role.COORDINATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.ADMINISTRATOR)


def _bodies(
    form: type[DocumentIn | VersionIn], named: type[DocumentFromUpload | VersionFromUpload]
) -> dict[str, object]:
    """Describe both bodies for OpenAPI; FastAPI's own form would read one before it knows who calls."""
    schema = form.model_json_schema(ref_template="#/components/schemas/{model}")
    properties = {**schema["properties"], "file": {"type": "string", "format": "binary"}}
    body = {"type": "object", "properties": properties, "required": [*schema.get("required", ()), "file"]}
    content = {
        "multipart/form-data": {"schema": body},
        "application/json": {"schema": {"$ref": f"#/components/schemas/{named.__name__}"}},
    }
    return {"requestBody": {"required": True, "content": content}}


def _filters(  # noqa: PLR0913, PLR0917 - each is a parameter of the address
    kind: Annotated[DocumentKind | None, Query(alias="filter[kind]")] = None,
    state: Annotated[DocumentState | None, Query(alias="filter[state]")] = None,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    cooperation: Annotated[UUID | None, Query(alias="filter[cooperation]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    output: Annotated[UUID | None, Query(alias="filter[output]")] = None,
    output_kind: Annotated[OutputKind | None, Query(alias="filter[output_kind]")] = None,
    year: Annotated[int | None, Query(alias="filter[year]", ge=1900, le=2199), InDigits] = None,
    q: Words = None,
) -> dict[str, object]:
    asked: dict[str, object] = {
        "kind": kind and kind.value,
        "state": state and state.value,
        "plan": plan,
        "cooperation": cooperation,
        "unit": unit,
        "output": output,
        "output_kind": output_kind and output_kind.value,
        "year": year,
        "words": pattern_of(q) if q else None,
    }
    return {name: value for name, value in asked.items() if value is not None}


Filters = Annotated[dict[str, object], Depends(_filters)]


@documents.get("", response_model=DocumentList, dependencies=[public()])
async def list_documents(
    request: Request, reads: Reads, page: Page, caller: Caller, filters: Filters
) -> Response:
    """List the newest first; of what is public to everybody, of drafts to their units and the Agency."""
    query = list_repository.documents(*filters)
    year = filters.get("year")
    days = {"year_from": date(year, 1, 1), "year_until": date(year, 12, 31)} if isinstance(year, int) else {}
    found = await reads.page(query, page, **filters, **days, **caller.sees(), **shown_to(request))
    return in_language(found)


@documents.get("/{document_id}", response_model=DocumentOut, dependencies=[public()])
async def get_document(request: Request, reads: Reads, caller: Caller, document_id: UUID) -> Response:
    found = await reads.one(list_repository.ONE, id=document_id, **caller.sees(), **shown_to(request))
    if found is None:
        raise DocumentUnknown
    return in_language(found)


@documents.get(
    "/{document_id}/versions/{number}/content",
    response_class=Response,
    dependencies=[public()],
    responses={
        200: {"description": "The file"},
        206: {"description": "The range of the file"},
        410: {"description": "It was withdrawn or disposed of"},
    },
)
async def get_content(
    request: Request,
    reads: Reads,
    caller: Caller,
    document_id: UUID,
    number: Number,
    media_type: Annotated[str | None, Query(max_length=200, description="One of the other formats")] = None,
) -> Response:
    """Stream the file, or the same in another format; ranges and conditions as in RFC 9110."""
    query = list_repository.OTHER_FILE if media_type else list_repository.FILE
    asked = {"media_type": media_type} if media_type else {}
    row = await reads.row(query, id=document_id, number=number, **asked, **caller.sees())
    if row is None:
        raise await _absence(request, reads, document_id, number)
    if row["disposed"]:
        raise VersionDisposed
    file = File(
        digest=row["digest"],
        size_bytes=row["size_bytes"],
        media_type=row["media_type"],
        name=row["file_name"],
    )
    return await answer(request, file, published=row["published"])


async def _absence(request: Request, reads: Reads, document_id: UUID, number: int) -> Gone | NotFound:
    """Tell why there is no file for the caller: what was public once has an address that says so."""
    if await reads.row(list_repository.WITHDRAWN, id=document_id, number=number) is None:
        return VersionUnknown()
    public_url = request.app.state.resources.settings.public_url
    return VersionWithdrawn(address=address_of(public_url, document_id, number))


@documents.post(
    "",
    status_code=201,
    response_model=Added,
    dependencies=[_FILERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=_bodies(DocumentIn, DocumentFromUpload),
)
async def file_document(upload: Upload, tx: Tx, request: Request, response: Response) -> Added:
    """File a document as a draft of its units; its file is in the form, or came in pieces (`/uploads`)."""
    fields: DocumentIn
    if isinstance(upload, Described):
        fields = named = upload.read(DocumentFromUpload)
        file = await take_upload(tx, named.upload_id, kind=named.kind.value)
    else:
        fields, file = upload.read(DocumentIn), _file(upload)
    grown, added = await use_cases.file_document(tx, fields.draft(tx.new_id()), file, label=fields.label)
    response.headers["Location"] = f"{request.url.path}/{grown.id}"
    response.headers.update(etag(grown.version))
    return Added.of(grown, added)


@documents.post(
    "/{document_id}/versions",
    status_code=201,
    response_model=Added,
    dependencies=[_FILERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=_bodies(VersionIn, VersionFromUpload),
)
async def add_version(
    document_id: UUID, upload: Upload, tx: Tx, request: Request, response: Response
) -> Added:
    """Add a version; its file is in the form, or came in pieces (`/uploads`)."""
    fields: VersionIn
    if isinstance(upload, Described):
        fields = named = upload.read(VersionFromUpload)
        document = await use_cases.load_own(tx, document_id)
        file = await take_upload(tx, named.upload_id, kind=document.kind.value)
    else:
        fields, file = upload.read(VersionIn), _file(upload)
    grown, added = await use_cases.add_version(tx, document_id, file, label=fields.label)
    response.headers["Location"] = f"{request.url.path}/{added.number}/content"
    response.headers.update(etag(grown.version))
    return Added.of(grown, added)


def _file(upload: Received) -> File:
    return File(
        digest=upload.digest,
        size_bytes=upload.size_bytes,
        media_type=kept_media_type(upload.media_type),
        name=kept_name(upload.name),
    )
