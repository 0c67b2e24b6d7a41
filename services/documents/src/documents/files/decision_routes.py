"""HTTP of decisions on documents; each names the version that it is about."""

from typing import Final
from uuid import UUID

from fastapi import Request, Response

from documents.files import decision_use_cases as use_cases
from documents.files import list_repository
from documents.files.decision_schemas import (
    ApprovalIn,
    CommentsIn,
    DescriptionIn,
    DocumentHistory,
    DocumentKinds,
    DocumentStanding,
    ReasonIn,
    RestorationIn,
    SignatureIn,
)
from documents.files.domain import Document
from documents.files.refusals import DocumentUnknown
from documents.files.schemas import Added
from shared.contracts.base import Role
from shared.http import (
    AGENCY,
    Caller,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    language_of,
    logged_in,
    public,
    router,
)

decisions = router("/documents", tag="documents")
FILERS: Final = allow(Role.COORDINATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.ADMINISTRATOR)
DECIDERS: Final = allow(Role.COORDINATOR, Role.MAYOR, *AGENCY)
"""Who notes approvals: not who filed the version, which the rule looks at."""
KEEPERS: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT, Role.DIRECTOR, Role.ADMINISTRATOR)


@decisions.get("/kinds", dependencies=[public()])
async def list_document_kinds(request: Request) -> DocumentKinds:
    return DocumentKinds.of(language_of(request))


@decisions.get("/{document_id}/history", response_model=DocumentHistory, dependencies=[logged_in()])
async def get_document_history(reads: Reads, caller: Caller, page: Page, document_id: UUID) -> Response:
    """Tell who did what with it and why, the last first; to those who may see its drafts."""
    known = await reads.row(list_repository.KNOWN, id=document_id, **caller.sees())
    if known is None:
        raise DocumentUnknown
    return await reads.page(list_repository.HISTORY, page, id=document_id, **caller.sees())


@decisions.put("/{document_id}/description", dependencies=[FILERS])
async def describe_document(
    tx: Tx, document_id: UUID, body: DescriptionIn, expected: ExpectedVersion, response: Response
) -> DocumentStanding:
    """Say what the document is: kind, units, numbers of the records office, output of a project."""
    after = await use_cases.describe_document(tx, document_id, body.said(), expected=expected)
    return _standing(after, response)


@decisions.post("/{document_id}/comments", dependencies=[FILERS])
async def open_document_to_comments(
    tx: Tx, document_id: UUID, body: CommentsIn, expected: ExpectedVersion, response: Response
) -> DocumentStanding:
    after = await use_cases.open_to_comments(
        tx, document_id, body.number, reason=body.reason, expected=expected
    )
    return _standing(after, response)


@decisions.post("/{document_id}/return", dependencies=[DECIDERS])
async def return_document(
    tx: Tx, document_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> DocumentStanding:
    """Send it back among the drafts; what was approved or signed is so no more."""
    after = await use_cases.return_document(
        tx, document_id, body.number, reason=body.reason, expected=expected
    )
    return _standing(after, response)


@decisions.post("/{document_id}/approval", dependencies=[DECIDERS])
async def approve_document(
    tx: Tx, document_id: UUID, body: ApprovalIn, expected: ExpectedVersion, response: Response
) -> DocumentStanding:
    """Note that a body approved the version. Not by who filed it."""
    after = await use_cases.approve_document(tx, document_id, body.number, body.approval(), expected=expected)
    return _standing(after, response)


@decisions.post("/{document_id}/signature", dependencies=[FILERS])
async def sign_document(
    tx: Tx, document_id: UUID, body: SignatureIn, expected: ExpectedVersion, response: Response
) -> DocumentStanding:
    """Note that all sides signed the approved version."""
    after = await use_cases.sign_document(
        tx, document_id, body.number, signed_on=body.signed_on, expected=expected
    )
    return _standing(after, response)


@decisions.post("/{document_id}/withdrawal", dependencies=[KEEPERS])
async def withdraw_document_version(
    tx: Tx, document_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> DocumentStanding:
    """Take a public version back; its address tells why from now on."""
    after = await use_cases.withdraw_version(
        tx, document_id, body.number, reason=body.reason, expected=expected
    )
    return _standing(after, response)


@decisions.post("/{document_id}/restoration", status_code=201, dependencies=[FILERS])
async def restore_document_version(
    tx: Tx,
    document_id: UUID,
    body: RestorationIn,
    *,
    expected: ExpectedVersion,
    request: Request,
    response: Response,
) -> Added:
    """Make an older version the newest one, as a version of its own."""
    grown, added = await use_cases.restore_version(tx, document_id, body.number, expected=expected)
    base = request.url.path.removesuffix("/restoration")
    response.headers["Location"] = f"{base}/versions/{added.number}/content"
    response.headers.update(etag(grown.version))
    return Added.of(grown, added)


@decisions.post("/{document_id}/discarding", dependencies=[KEEPERS])
async def discard_document(
    tx: Tx, document_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> DocumentStanding:
    """Put it out of use for good; what is public is withdrawn first."""
    after = await use_cases.discard_document(
        tx, document_id, body.number, reason=body.reason, expected=expected
    )
    return _standing(after, response)


def _standing(document: Document, response: Response) -> DocumentStanding:
    response.headers.update(etag(document.version))
    return DocumentStanding.of(document)
