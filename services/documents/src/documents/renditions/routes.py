"""HTTP of renditions: who may read a thing may have it on paper."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from documents.files.domain import File
from documents.files.refusals import VersionDisposed
from documents.outside import NotConfigured, sources_of
from documents.renditions import repository, use_cases
from documents.renditions.domain import (
    RenditionState,
    RenditionUnknown,
    Source,
    SourcesNotSetUp,
    Taken,
    taken,
)
from documents.renditions.schemas import Format, RenditionAsked, RenditionIn, RenditionList, RenditionOut
from documents.storage.serving import answer
from shared.http import Caller, Page, Reads, Tx, language_of, logged_in, router

renditions = router("/renditions", tag="renditions")
JSON: Final = "application/json"


async def _take(body: RenditionIn, request: Request) -> Taken:
    """Fetch the frozen source before any transaction begins, as the caller himself."""
    try:
        sources = sources_of(request.app.state.resources.settings)
    except NotConfigured:
        raise SourcesNotSetUp from None
    found = await sources.frozen(
        body.source,
        body.id,
        edition=body.edition,
        authorization=request.headers["authorization"],
        language=language_of(request),
    )
    return taken(body.source, body.id, found, expected=body.digest)


Frozen = Annotated[Taken, Depends(_take)]


@renditions.post("", status_code=202, response_model=RenditionAsked, dependencies=[logged_in()])
async def ask_for_rendition(source: Frozen, tx: Tx, request: Request, response: Response) -> RenditionAsked:
    """Ask for a paper of a frozen page; the same page again is the same paper."""
    rendition_id = await use_cases.ask(tx, source)
    response.headers["Location"] = f"{request.url.path}/{rendition_id}"
    return RenditionAsked(
        id=rendition_id, source=source.source, source_id=source.source_id, source_digest=source.digest
    )


@renditions.get("", response_model=RenditionList, dependencies=[logged_in()])
async def list_renditions(
    reads: Reads,
    page: Page,
    caller: Caller,
    source: Annotated[Source | None, Query(alias="filter[source]")] = None,
    state: Annotated[RenditionState | None, Query(alias="filter[state]")] = None,
) -> Response:
    """List what the caller asked for, the newest first; the Agency sees all."""
    given = {"source": source and source.value, "state": state and state.value}
    query = repository.renditions(*(name for name, value in given.items() if value is not None))
    return await reads.page(query, page, **given, **_reader(caller))


@renditions.get("/{rendition_id}", response_model=RenditionOut, dependencies=[logged_in()])
async def get_rendition(reads: Reads, caller: Caller, rendition_id: UUID) -> Response:
    found = await reads.one(repository.ONE, id=rendition_id, **_reader(caller))
    if found is None:
        raise RenditionUnknown
    return found


@renditions.get(
    "/{rendition_id}/source",
    response_class=Response,
    dependencies=[logged_in()],
    responses={200: {"description": "The frozen JSON"}},
)
async def get_rendition_source(reads: Reads, caller: Caller, rendition_id: UUID) -> Response:
    """Get the frozen JSON byte by byte: its SHA-256 is printed on every page of the paper."""
    row = await reads.row(repository.SOURCE, id=rendition_id, **_reader(caller))
    if row is None:
        raise RenditionUnknown
    return Response(row["body"], media_type=JSON, headers={"ETag": f'"{row["digest"]}"'})


@renditions.get(
    "/{rendition_id}/files/{format_}",
    response_class=Response,
    dependencies=[logged_in()],
    responses={
        200: {"description": "The paper"},
        206: {"description": "The range of the paper"},
        410: {"description": "It was disposed of"},
    },
)
async def get_rendition_file(
    request: Request, reads: Reads, caller: Caller, rendition_id: UUID, format_: Format
) -> Response:
    """Get the paper: whoever asked for it has it, before it is released to anybody else."""
    row = await reads.row(repository.FILES[format_], id=rendition_id, **_reader(caller))
    if row is None:
        raise RenditionUnknown
    if row["disposed"]:
        raise VersionDisposed
    file = File(
        digest=row["digest"],
        size_bytes=row["size_bytes"],
        media_type=row["media_type"],
        name=row["file_name"],
    )
    return await answer(request, file, published=False)


def _reader(caller: Caller) -> dict[str, object]:
    return {"agency": caller.is_agency, "caller": caller.id}
