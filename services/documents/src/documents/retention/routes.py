"""HTTP of retention: rules for all who sign in; holds and disposals for administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from documents.files.refusals import DocumentUnknown
from documents.retention import keeping_repository, repository, use_cases
from documents.retention.domain import DisposalState, DisposalUnknown, Rule
from documents.retention.schemas import (
    DisposalDecision,
    DisposalDecisionIn,
    DisposalIn,
    DisposalList,
    DisposalOut,
    DueList,
    KeepingOut,
    LegalHoldIn,
    LegalHoldLifting,
    LegalHoldList,
    LegalHoldOut,
    LiftingIn,
    RetentionRuleIn,
    RetentionRuleList,
    RetentionRuleOut,
)
from shared.contracts.base import Role
from shared.contracts.documents import DocumentKind
from shared.http import ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, router, today

rules = router("/retention-rules", tag="retention")
holds = router("/legal-holds", tag="retention")
disposals = router("/disposals", tag="retention")
due = router("/retention", tag="retention")

KEEPERS = allow(Role.ADMINISTRATOR)
"""Who keeps records: the one proposes, another one decides."""


@rules.get("", response_model=RetentionRuleList, dependencies=[logged_in()])
async def list_retention_rules(
    reads: Reads, page: Page, kind: Annotated[DocumentKind | None, Query(alias="filter[kind]")] = None
) -> Response:
    """List how long documents of each kind are kept, all editions."""
    asked = {"kind": kind.value} if kind else {}
    return await reads.page(repository.rules(*asked), page, **asked)


@rules.post("", status_code=201, dependencies=[KEEPERS])
async def set_retention_rule(tx: Tx, body: RetentionRuleIn, response: Response) -> RetentionRuleOut:
    """Add an edition; documents filed before its first day keep the one before."""
    rule = Rule(
        id=tx.new_id(),
        kind=body.kind.value,
        valid_from=body.valid_from,
        mark=body.mark,
        years=body.years,
        trigger=body.trigger,
        source=body.source,
    )
    await use_cases.set_rule(tx, rule)
    response.headers.update(etag(1))
    return RetentionRuleOut.of(rule)


@due.get("/due", response_model=DueList, dependencies=[KEEPERS])
async def list_due_documents(reads: Reads, page: Page) -> Response:
    """List documents whose time of keeping is over: what a shredding proposal is made of."""
    return await reads.page(keeping_repository.DUE, page, today=today())


@due.get("/documents/{document_id}", response_model=KeepingOut, dependencies=[KEEPERS])
async def get_keeping(reads: Reads, document_id: UUID) -> Response:
    found = await reads.one(keeping_repository.KEPT, id=document_id)
    if found is None:
        raise DocumentUnknown
    return found


@holds.get("", response_model=LegalHoldList, dependencies=[KEEPERS])
async def list_legal_holds(
    reads: Reads, page: Page, document: Annotated[UUID | None, Query(alias="filter[document]")] = None
) -> Response:
    asked = {"document": document} if document else {}
    return await reads.page(repository.holds(*asked), page, **asked)


@holds.post("", status_code=201, dependencies=[KEEPERS])
async def place_legal_hold(tx: Tx, body: LegalHoldIn, response: Response) -> LegalHoldOut:
    """Forbid every disposal of a document until the hold is lifted."""
    hold = await use_cases.place_hold(tx, body.document_id, reason=body.reason)
    response.headers.update(etag(hold.version))
    return LegalHoldOut.of(hold)


@holds.post("/{hold_id}/lifting", dependencies=[KEEPERS])
async def lift_legal_hold(
    tx: Tx, hold_id: UUID, body: LiftingIn, expected: ExpectedVersion, response: Response
) -> LegalHoldLifting:
    version = await use_cases.lift_hold(tx, hold_id, because=body.because, expected=expected)
    response.headers.update(etag(version))
    return LegalHoldLifting(id=hold_id, version=version)


@disposals.get("", response_model=DisposalList, dependencies=[KEEPERS])
async def list_disposals(
    reads: Reads, page: Page, state: Annotated[DisposalState | None, Query(alias="filter[state]")] = None
) -> Response:
    """List proposals and the record of what was carried out, the newest first."""
    asked = {"state": state.value} if state else {}
    return await reads.page(repository.disposals(*asked), page, **asked)


@disposals.get("/{disposal_id}", response_model=DisposalOut, dependencies=[KEEPERS])
async def get_disposal(reads: Reads, disposal_id: UUID) -> Response:
    found = await reads.one(repository.DISPOSAL, id=disposal_id)
    if found is None:
        raise DisposalUnknown
    return found


@disposals.post("", status_code=201, dependencies=[KEEPERS])
async def propose_disposal(
    tx: Tx, body: DisposalIn, request: Request, response: Response
) -> DisposalDecision:
    """Propose to dispose of a document, because its time is over, a person asked, or it was a mistake."""
    disposal = await use_cases.propose_disposal(tx, body.document_id, basis=body.basis, reason=body.reason)
    response.headers.update({**etag(disposal.version), "Location": f"{request.url.path}/{disposal.id}"})
    return DisposalDecision.of(disposal)


@disposals.post("/{disposal_id}/approval", dependencies=[KEEPERS])
async def approve_disposal(
    tx: Tx, disposal_id: UUID, body: DisposalDecisionIn, expected: ExpectedVersion, response: Response
) -> DisposalDecision:
    """Approve what another person proposed; it is carried out soon after."""
    disposal = await use_cases.approve_disposal(tx, disposal_id, because=body.because, expected=expected)
    response.headers.update(etag(disposal.version))
    return DisposalDecision.of(disposal)


@disposals.post("/{disposal_id}/rejection", dependencies=[KEEPERS])
async def reject_disposal(
    tx: Tx, disposal_id: UUID, body: DisposalDecisionIn, expected: ExpectedVersion, response: Response
) -> DisposalDecision:
    """Reject what another person proposed."""
    disposal = await use_cases.reject_disposal(tx, disposal_id, because=body.because, expected=expected)
    response.headers.update(etag(disposal.version))
    return DisposalDecision.of(disposal)
