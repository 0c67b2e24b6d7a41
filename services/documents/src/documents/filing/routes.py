"""HTTP of packages for records management: made, downloaded, acknowledged."""

from collections.abc import Iterator
from typing import IO, Annotated, Final, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse

from documents.filing import list_repository, use_cases
from documents.filing.domain import FilingUnknown
from documents.filing.schemas import (
    AcknowledgementIn,
    AcknowledgementOut,
    FilingIn,
    FilingList,
    FilingListed,
    FilingOut,
)
from documents.outside import store_at
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, router

filings = router("/filings", tag="records management")

_READ: Final = allow(Role.ADMINISTRATOR, Role.CONSULTANT, Role.DIRECTOR, Role.COORDINATOR, Role.SYSTEM)
_PACK: Final = allow(Role.ADMINISTRATOR, Role.CONSULTANT, Role.COORDINATOR)
_ACKNOWLEDGE: Final = allow(Role.ADMINISTRATOR, Role.COORDINATOR, Role.SYSTEM)
_CHUNK: Final = 256 * 1024


class Zip(StreamingResponse):
    media_type = "application/zip"


@filings.post("", status_code=201, dependencies=[_PACK])
async def pack_documents(tx: Tx, body: FilingIn, request: Request, response: Response) -> FilingListed:
    """Pack published versions that were not handed over yet, the oldest first, 500 at most.

    A town packs for its own office what is its own; what one office took, another still takes.
    """
    made = await use_cases.pack(tx, body.wanted())
    response.headers["Location"] = f"{request.url.path}/{made.id}"
    response.headers.update(etag(made.version))
    return FilingListed.of(made)


@filings.get("", response_model=FilingList, dependencies=[_READ])
async def list_filings(
    reads: Reads,
    page: Page,
    caller: Caller,
    document: Annotated[UUID | None, Query(alias="filter[document]")] = None,
    waiting: Annotated[
        Literal["true", "false"] | None,
        Query(alias="filter[waiting]", description="Whether something in it was not acknowledged yet"),
    ] = None,
) -> Response:
    """List packages, the latest first."""
    given = {"document": document, "waiting": waiting}
    query = list_repository.filings(*(name for name, value in given.items() if value is not None))
    return await reads.page(query, page, **given, **_reader(caller))


@filings.get("/{filing_id}", response_model=FilingOut, dependencies=[_READ])
async def get_filing(reads: Reads, caller: Caller, filing_id: UUID) -> Response:
    found = await reads.one(list_repository.ONE, id=filing_id, **_reader(caller))
    if found is None:
        raise FilingUnknown
    return found


@filings.get("/{filing_id}/content", response_class=Zip, response_model=None, dependencies=[_READ])
async def get_filing_content(reads: Reads, caller: Caller, request: Request, filing_id: UUID) -> Response:
    """Give the package: a ZIP in the form of BagIt with metadata in XML; always the same bytes."""
    rows = await reads.rows(list_repository.ITEMS, id=filing_id, **_reader(caller))
    if not rows:
        raise FilingUnknown
    items = list_repository.items_of(rows)
    members = use_cases.members_of(filing_id, made_at=rows[0]["created_at"], items=items)
    store = store_at(request.app.state.resources.settings.files_url)
    archive, size = await use_cases.archive_of(members, store)
    headers = {
        "Content-Length": str(size),
        "Content-Disposition": f'attachment; filename="pospolu-{filing_id}.zip"',
        "Cache-Control": "private, no-cache",
    }
    return Zip(_chunks(archive), headers=headers)


@filings.post("/{filing_id}/acknowledgement", dependencies=[_ACKNOWLEDGE])
async def acknowledge_filing(
    filing_id: UUID, tx: Tx, expected: ExpectedVersion, body: AcknowledgementIn, response: Response
) -> AcknowledgementOut:
    """Note what the records-management system calls the versions; in parts as it takes them."""
    version, acknowledged = await use_cases.acknowledge(tx, filing_id, body.told(), expected=expected)
    response.headers.update(etag(version))
    return AcknowledgementOut(acknowledged=acknowledged, version=version)


def _reader(caller: Caller) -> dict[str, object]:
    offices = use_cases.offices_of(caller)
    return {"all_offices": offices is None, "offices": list(offices or ())}


def _chunks(archive: IO[bytes]) -> Iterator[bytes]:
    with archive:
        while chunk := archive.read(_CHUNK):
            yield chunk
