"""An issue of the newsletter: written, submitted, approved by another person, sent, kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from documents.newsletter.refusals import (
    IssueApprovedByAuthor,
    IssueIsEmpty,
    IssueMoveRefused,
    SendingTooEarly,
)
from documents.subscribers.domain import NewsLanguage, Segment
from shared.procedure import Labels, Procedure

DELIVERIES_KEPT: Final = timedelta(days=90)
_PATIENCE: Final = timedelta(minutes=5)


class IssueState(StrEnum):
    DRAFT = "draft"  # rozepsáno
    SUBMITTED = "submitted"  # předloženo
    APPROVED = "approved"  # schváleno
    SENDING = "sending"  # rozesílá se
    SENT = "sent"  # rozesláno
    STOPPED = "stopped"  # zastaveno


class IssueMove(StrEnum):
    EDIT = "edit"
    SUBMISSION = "submission"
    RETURN = "return"
    APPROVAL = "approval"
    START = "start"
    FINISH = "finish"
    STOP = "stop"


class DeliveryStatus(StrEnum):
    WAITING = "waiting"  # čeká
    SENT = "sent"  # předáno poštovnímu serveru
    REFUSED = "refused"  # server odmítl
    DROPPED = "dropped"  # mezitím odhlášen


_S = IssueState
_M = IssueMove
_MOVES: Final = {
    _M.EDIT: (frozenset({_S.DRAFT}), None),
    _M.SUBMISSION: (frozenset({_S.DRAFT}), _S.SUBMITTED),
    _M.RETURN: (frozenset({_S.SUBMITTED, _S.APPROVED}), _S.DRAFT),
    _M.APPROVAL: (frozenset({_S.SUBMITTED}), _S.APPROVED),
    _M.START: (frozenset({_S.APPROVED}), _S.SENDING),
    _M.FINISH: (frozenset({_S.SENDING}), _S.SENT),
    _M.STOP: (frozenset({_S.SENDING}), _S.STOPPED),
}
_LABELS: Final[Labels] = {
    _S.DRAFT: ("rozepsáno", "draft"),
    _S.SUBMITTED: ("předloženo", "submitted"),
    _S.APPROVED: ("schváleno", "approved"),
    _S.SENDING: ("rozesílá se", "being sent"),
    _S.SENT: ("rozesláno", "sent"),
    _S.STOPPED: ("zastaveno", "stopped"),
    _M.EDIT: ("upravit", "edit it"),
    _M.SUBMISSION: ("předložit ke schválení", "submit it"),
    _M.RETURN: ("vrátit", "return it"),
    _M.APPROVAL: ("schválit", "approve it"),
    _M.START: ("začít rozesílat", "begin sending"),
    _M.FINISH: ("dokončit rozesílání", "finish sending"),
    _M.STOP: ("zastavit rozesílání", "stop sending"),
}
ISSUES: Final[Procedure[IssueState, IssueMove]] = Procedure(_MOVES, _LABELS, IssueMoveRefused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line that leads to a published document or to another address."""

    text: str
    note: str = ""
    document_id: UUID | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSection:
    heading: str
    text: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueContent:
    language: NewsLanguage
    title: str
    opening: str
    sections: tuple[IssueSection, ...]
    segment: Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """`number` counts issues in the order in which they went out."""

    id: UUID
    state: IssueState
    content: IssueContent
    written_by: str
    submitted_by: str | None = None
    approved_by: str | None = None
    number: int | None = None
    send_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    recipients: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A document as everybody sees it: public, or withdrawn."""

    title: str
    is_public: bool


def documents_in(content: IssueContent) -> Iterator[UUID]:
    for section in content.sections:
        for item in section.items:
            if item.document_id is not None:
                yield item.document_id


def edited(issue: Issue, content: IssueContent, *, by: str) -> Issue:
    """Change what is written; who changes it has written it from then on."""
    ISSUES.after(issue.state, IssueMove.EDIT)
    return replace(issue, content=content, written_by=by, version=issue.version + 1)


def submitted(issue: Issue, *, by: str) -> Issue:
    state = ISSUES.after(issue.state, IssueMove.SUBMISSION)
    if not issue.content.sections:
        raise IssueIsEmpty(ISSUES.facts(issue.state))
    return replace(issue, state=state, submitted_by=by, version=issue.version + 1)


def returned(issue: Issue) -> Issue:
    state = ISSUES.after(issue.state, IssueMove.RETURN)
    return replace(
        issue, state=state, submitted_by=None, approved_by=None, send_at=None, version=issue.version + 1
    )


def approved(issue: Issue, *, by: str, send_at: datetime, now: datetime) -> Issue:
    """Let it out at a time. Raises IssueMoveRefused, IssueApprovedByAuthor, SendingTooEarly."""
    state = ISSUES.after(issue.state, IssueMove.APPROVAL)
    if by in {issue.written_by, issue.submitted_by}:
        raise IssueApprovedByAuthor(ISSUES.facts(issue.state))
    if send_at < now - _PATIENCE:
        raise SendingTooEarly(pointer="/send_at", send_at=send_at)
    return replace(issue, state=state, approved_by=by, send_at=send_at, version=issue.version + 1)


def started(issue: Issue, *, number: int, recipients: int, now: datetime) -> Issue:
    state = ISSUES.after(issue.state, IssueMove.START)
    return replace(
        issue,
        state=state,
        number=number,
        recipients=recipients,
        started_at=now,
        version=issue.version + 1,
    )


def finished(issue: Issue, move: IssueMove, *, now: datetime) -> Issue:
    """End sending, by itself or because a person stops it."""
    return replace(issue, state=ISSUES.after(issue.state, move), finished_at=now, version=issue.version + 1)
