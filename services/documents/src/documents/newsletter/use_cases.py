"""An issue is written, submitted, approved by another person, returned or stopped."""

from datetime import datetime
from uuid import UUID

from documents.newsletter import delivery_repository, domain, repository
from documents.newsletter.domain import ISSUES, Issue, IssueContent, IssueMove, IssueState
from documents.newsletter.refusals import IssueUnknown, LinkedDocumentNotPublic
from documents.subscribers.use_cases import expect_units
from shared.errors import expect_version
from shared.transaction import Transaction


async def write_issue(tx: Transaction, content: IssueContent) -> Issue:
    await expect_units(tx, content.segment)
    issue = Issue(id=tx.new_id(), state=IssueState.DRAFT, content=content, written_by=tx.actor.id)
    await repository.add(tx, issue)
    return issue


async def edit_issue(tx: Transaction, issue_id: UUID, content: IssueContent, *, expected: int) -> Issue:
    before = await _load(tx, issue_id, expected)
    await expect_units(tx, content.segment)
    after = domain.edited(before, content, by=tx.actor.id)
    await repository.save(tx.session, after, writer=tx.actor.name)
    return after


async def submit_issue(tx: Transaction, issue_id: UUID, *, expected: int) -> Issue:
    """Put it before who approves; raises LinkedDocumentNotPublic."""
    before = await _load(tx, issue_id, expected)
    after = domain.submitted(before, by=tx.actor.id)
    await _expect_public(tx, before)
    await repository.save(tx.session, after)
    return after


async def return_issue(tx: Transaction, issue_id: UUID, *, reason: str, expected: int) -> Issue:
    after = domain.returned(await _load(tx, issue_id, expected))
    await repository.save(tx.session, after, reason=reason, approver=None, approved_at=None)
    return after


async def approve_issue(tx: Transaction, issue_id: UUID, *, send_at: datetime | None, expected: int) -> Issue:
    """Let it out at a time, now where none is told; raises what `domain.approved` does."""
    before = await _load(tx, issue_id, expected)
    after = domain.approved(before, by=tx.actor.id, send_at=send_at or tx.now, now=tx.now)
    await _expect_public(tx, before)
    await repository.save(tx.session, after, approver=tx.actor.name, approved_at=tx.now, reason=None)
    return after


async def stop_sending(tx: Transaction, issue_id: UUID, *, reason: str, expected: int) -> Issue:
    """Send no more letters of it; those that went out cannot be taken back."""
    after = domain.finished(await _load(tx, issue_id, expected), IssueMove.STOP, now=tx.now)
    await delivery_repository.drop_waiting(tx.session, issue_id, now=tx.now)
    await repository.save(tx.session, after, reason=reason)
    return after


async def _load(tx: Transaction, issue_id: UUID, expected: int) -> Issue:
    issue = await repository.lock(tx.session, issue_id)
    if issue is None:
        raise IssueUnknown
    expect_version(expected, issue.version)
    return issue


async def _expect_public(tx: Transaction, issue: Issue) -> None:
    known = await repository.linked(tx.session, domain.documents_in(issue.content))
    for document_id in domain.documents_in(issue.content):
        if document_id not in known or not known[document_id].is_public:
            raise LinkedDocumentNotPublic(ISSUES.facts(issue.state), document_id=document_id)
