"""HTTP of the ledger: what was published is public; who keeps a project says which output it fulfils."""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Query, Request, Response

from evaluation.programmes import list_repository, use_cases
from evaluation.programmes.domain import Standing
from evaluation.programmes.schemas import (
    ApprovalOfDocumentIn,
    AssignmentIn,
    AssignmentState,
    DeliverableList,
    DeliverableTotals,
    LedgerPage,
)
from evaluation.projects.list_repository import KNOWN
from evaluation.projects.refusals import ProjectUnknown
from shared.contracts.base import Role
from shared.contracts.documents import DocumentKind
from shared.days import end_of
from shared.http import (
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    public,
    router,
    today,
)

deliverables = router("/deliverables", tag="deliverables")
ledger = router("/projects/{project_id}/documents", tag="projects")

_KEEP: Final = allow(Role.ADMINISTRATOR, Role.ANALYST, Role.CONSULTANT, Role.COORDINATOR)
AsOf = Annotated[Day | None, Query(description="The state on that day; today where left out")]


@deliverables.get("", response_model=DeliverableList, dependencies=[public()])
async def list_deliverables(
    reads: Reads,
    page: Page,
    *,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    kind: Annotated[DocumentKind | None, Query(alias="filter[kind]")] = None,
    assigned: Annotated[
        Literal["false"] | None,
        Query(alias="filter[assigned]", description="`false`: only what fulfils no output"),
    ] = None,
) -> Response:
    """Give the newest first."""
    asked = {"plan": plan, "unit": unit, "kind": kind, "unassigned": assigned}
    filters = {name: value for name, value in asked.items() if value is not None}
    return await reads.page(list_repository.deliverables(frozenset(filters)), page, **filters)


@deliverables.get("/totals", response_model=DeliverableTotals, dependencies=[public()])
async def total_deliverables(reads: Reads) -> Response | None:
    return await reads.one(list_repository.totals())


@ledger.get("", response_model=LedgerPage, dependencies=[public()])
async def list_project_documents(
    reads: Reads,
    page: Page,
    project_id: UUID,
    *,
    as_of: AsOf = None,
    output: Annotated[UUID | None, Query(alias="filter[output]")] = None,
    standing: Annotated[Standing | None, Query(alias="filter[standing]")] = None,
) -> Response:
    """Give the documents behind the numbers of a project, by key activity and output."""
    query = list_repository.documents_of_project(
        of_output=output is not None, of_standing=standing is not None
    )
    if await reads.row(KNOWN, project_id=project_id) is None:
        raise ProjectUnknown
    day: date = as_of or today()
    return await reads.page(
        query,
        page,
        project_id=project_id,
        output=output,
        standing=standing and standing.value,
        as_of=day,
        until=end_of(day),
    )


@ledger.post("", status_code=201, dependencies=[_KEEP])
async def assign_document(
    tx: Tx, project_id: UUID, body: AssignmentIn, request: Request, response: Response
) -> AssignmentState:
    """Let a published document fulfil an output of the project; it counts once it is approved."""
    await use_cases.assign_document(tx, project_id, body.assignment())
    response.headers["Location"] = f"{request.url.path}?filter[output]={body.output_id}"
    response.headers.update(etag(1))
    return AssignmentState(document_id=body.document_id, version=1)


@ledger.put("/{document_id}/approval", dependencies=[_KEEP])
async def approve_document(
    tx: Tx,
    project_id: UUID,
    document_id: UUID,
    body: ApprovalOfDocumentIn,
    expected: ExpectedVersion,
    response: Response,
) -> AssignmentState:
    """Note which body approved the document and when, where the document does not tell so itself."""
    version = await use_cases.approve_document(
        tx,
        project_id,
        document_id,
        approved_by=body.approved_by,
        approved_on=body.approved_on,
        expected=expected,
    )
    response.headers.update(etag(version))
    return AssignmentState(document_id=document_id, version=version)


@ledger.delete("/{document_id}", status_code=204, dependencies=[_KEEP])
async def remove_document(tx: Tx, project_id: UUID, document_id: UUID, expected: ExpectedVersion) -> None:
    """Take a document off its output, which counts it no more."""
    await use_cases.remove_document(tx, project_id, document_id, expected=expected)
