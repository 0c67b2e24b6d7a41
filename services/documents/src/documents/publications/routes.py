"""HTTP of release: one asks, rules look for personal data, another settles what they found and decides."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from documents.publications import list_repository, use_cases
from documents.publications.citation import address_of
from documents.publications.domain import Request as ReleaseRequest
from documents.publications.domain import RequestState
from documents.publications.refusals import ReleaseRequestUnknown
from documents.publications.schemas import (
    RefusalIn,
    ReleaseOut,
    ReleaseRequestDetail,
    ReleaseRequestIn,
    ReleaseRequestList,
    ReleaseRequestState,
    SettlementIn,
)
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, router

of_documents = router("/documents", tag="publications")
requests = router("/release-requests", tag="publications")
_ASK: Final = allow(Role.COORDINATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.ADMINISTRATOR)
_DECIDE: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT, Role.DIRECTOR, Role.ADMINISTRATOR)


@of_documents.post("/{document_id}/release-requests", status_code=201, dependencies=[_ASK])
async def request_release(
    tx: Tx,
    document_id: UUID,
    body: ReleaseRequestIn,
    *,
    expected: ExpectedVersion,
    request: Request,
    response: Response,
) -> ReleaseRequestState:
    """Ask that the latest version be let out; If-Match is the version of the document."""
    asked = await use_cases.request_release(tx, document_id, body.number, note=body.note, expected=expected)
    base = request.url.path.rpartition("/documents/")[0]
    response.headers["Location"] = f"{base}/release-requests/{asked.id}"
    return _state(asked, response)


@requests.get("", response_model=ReleaseRequestList, dependencies=[logged_in()])
async def list_release_requests(
    reads: Reads,
    caller: Caller,
    page: Page,
    state: Annotated[RequestState | None, Query(alias="filter[state]")] = None,
    document: Annotated[UUID | None, Query(alias="filter[document]")] = None,
) -> Response:
    """List requests of one's own units, the newest first."""
    given = {"state": state and state.value, "document": document}
    asked = {name: value for name, value in given.items() if value is not None}
    return await reads.page(list_repository.requests(*asked), page, **asked, **caller.sees())


@requests.get("/{request_id}", response_model=ReleaseRequestDetail, dependencies=[logged_in()])
async def get_release_request(reads: Reads, caller: Caller, request_id: UUID) -> Response:
    """Give a request with all that was found, masked."""
    found = await reads.one(list_repository.ONE, id=request_id, **caller.sees())
    if found is None:
        raise ReleaseRequestUnknown
    return found


@requests.post("/{request_id}/settlement", dependencies=[_DECIDE])
async def settle_release_findings(
    tx: Tx, request_id: UUID, body: SettlementIn, expected: ExpectedVersion, response: Response
) -> ReleaseRequestState:
    """Say to findings why they may stay; what must go is taken out in a new version."""
    positions = tuple(dict.fromkeys(body.positions))
    after = await use_cases.settle_findings(
        tx, request_id, positions, body.verdict, reason=body.reason, expected=expected
    )
    return _state(after, response)


@requests.post("/{request_id}/release", dependencies=[_DECIDE])
async def release_document(
    tx: Tx, request_id: UUID, expected: ExpectedVersion, request: Request, response: Response
) -> ReleaseOut:
    """Let the version out to everybody. Not by who asked, nor by who filed it."""
    after, document = await use_cases.release(tx, request_id, expected=expected)
    response.headers.update(etag(after.version))
    public_url = request.app.state.resources.settings.public_url
    return ReleaseOut(
        id=after.id,
        document_id=after.document_id,
        number=after.number,
        version=after.version,
        state=after.state,
        document_version=document.version,
        address=address_of(public_url, document.id, after.number),
    )


@requests.post("/{request_id}/refusal", dependencies=[_DECIDE])
async def refuse_release(
    tx: Tx, request_id: UUID, body: RefusalIn, expected: ExpectedVersion, response: Response
) -> ReleaseRequestState:
    """Send the request back with a reason; the document stays where it is."""
    after = await use_cases.refuse(tx, request_id, reason=body.reason, expected=expected)
    return _state(after, response)


def _state(kept: ReleaseRequest, response: Response) -> ReleaseRequestState:
    response.headers.update(etag(kept.version))
    return ReleaseRequestState(
        id=kept.id,
        document_id=kept.document_id,
        number=kept.number,
        version=kept.version,
        state=kept.state,
    )
