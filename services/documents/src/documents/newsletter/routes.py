"""HTTP of the newsletter: the Agency writes and approves issues, everybody reads those that went out."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from documents.answering import conditional
from documents.newsletter import repository, use_cases
from documents.newsletter.composition import archived_page
from documents.newsletter.domain import Issue, IssueState
from documents.newsletter.refusals import IssueUnknown
from documents.newsletter.schemas import (
    Archive,
    IssueApprovalIn,
    IssueDetail,
    IssueIn,
    IssueList,
    IssueReasonIn,
    IssueStanding,
)
from shared.contracts.base import Role
from shared.http import (
    AGENCY,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    public,
    router,
)

issues = router("/newsletter-issues", tag="newsletter")
archive = router("/newsletter/archive", tag="newsletter")
_READ: Final = allow(*AGENCY)
_WRITE: Final = allow(Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.ADMINISTRATOR)
_APPROVE: Final = allow(Role.DIRECTOR, Role.ADMINISTRATOR)
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
}
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]


@issues.post("", status_code=201, dependencies=[_WRITE])
async def write_issue(tx: Tx, body: IssueIn, request: Request, response: Response) -> IssueStanding:
    issue = await use_cases.write_issue(tx, body.content())
    response.headers["Location"] = f"{request.url.path}/{issue.id}"
    return _told(issue, response)


@issues.get("", response_model=IssueList, dependencies=[_READ])
async def list_issues(
    reads: Reads, page: Page, state: Annotated[IssueState | None, Query(alias="filter[state]")] = None
) -> Response:
    """List issues with the counts of their letters, the newest first."""
    query = repository.issues(by_state=state is not None)
    return await reads.page(query, page, state=state and state.value)


@issues.get("/{issue_id}", response_model=IssueDetail, dependencies=[_READ])
async def get_issue(reads: Reads, issue_id: UUID) -> Response:
    found = await reads.one(repository.ISSUE, id=issue_id)
    if found is None:
        raise IssueUnknown
    return found


@issues.put("/{issue_id}", dependencies=[_WRITE])
async def edit_issue(
    tx: Tx, issue_id: UUID, body: IssueIn, expected: ExpectedVersion, response: Response
) -> IssueStanding:
    return _told(await use_cases.edit_issue(tx, issue_id, body.content(), expected=expected), response)


@issues.post("/{issue_id}/submission", dependencies=[_WRITE])
async def submit_issue(
    tx: Tx, issue_id: UUID, expected: ExpectedVersion, response: Response
) -> IssueStanding:
    """Put it before who approves; every document in it must be public."""
    return _told(await use_cases.submit_issue(tx, issue_id, expected=expected), response)


@issues.post("/{issue_id}/return", dependencies=[_APPROVE])
async def return_issue(
    tx: Tx, issue_id: UUID, body: IssueReasonIn, expected: ExpectedVersion, response: Response
) -> IssueStanding:
    """Send it back to be written; an approved one too, until it begins to go out."""
    done = await use_cases.return_issue(tx, issue_id, reason=body.reason, expected=expected)
    return _told(done, response)


@issues.post("/{issue_id}/approval", dependencies=[_APPROVE])
async def approve_issue(
    tx: Tx, issue_id: UUID, body: IssueApprovalIn, expected: ExpectedVersion, response: Response
) -> IssueStanding:
    """Let it out at a time; not by who wrote or submitted it."""
    done = await use_cases.approve_issue(tx, issue_id, send_at=body.send_at, expected=expected)
    return _told(done, response)


@issues.post("/{issue_id}/stop", dependencies=[_APPROVE])
async def stop_sending(
    tx: Tx, issue_id: UUID, body: IssueReasonIn, expected: ExpectedVersion, response: Response
) -> IssueStanding:
    """Send no more letters of it."""
    done = await use_cases.stop_sending(tx, issue_id, reason=body.reason, expected=expected)
    return _told(done, response)


def _told(issue: Issue, response: Response) -> IssueStanding:
    response.headers.update(etag(issue.version))
    return IssueStanding.of(issue)


@archive.get("", response_model=Archive, dependencies=[public()])
async def list_archive(reads: Reads, page: Page) -> Response:
    """List the issues that went out, the newest first."""
    return await reads.page(repository.ARCHIVE, page)


@archive.get("/{number}", response_class=HTMLResponse, response_model=None, dependencies=[public()])
async def get_archived_issue(tx: Tx, request: Request, number: Number) -> Response:
    """Give an issue at its permanent address, with what became of its documents since."""
    issue = await repository.archived(tx.session, number)
    if issue is None:
        raise IssueUnknown
    documents = await repository.archived_documents(tx.session, issue)
    public_url = request.app.state.resources.settings.public_url
    shown = archived_page(issue, documents, public_url=public_url)
    return conditional(request, HTMLResponse(shown, headers=_HEADERS))
