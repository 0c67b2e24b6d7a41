"""Every statement on issues; `delivery_repository` has those on their letters."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from documents.files.tables import DocumentRow
from documents.newsletter.domain import (
    DeliveryStatus,
    Issue,
    IssueContent,
    IssueSection,
    IssueState,
    Linked,
    documents_in,
)
from documents.newsletter.tables import DeliveryRow, IssueRow
from documents.subscribers.domain import NewsLanguage, Segment, Theme
from shared.canonical import plain
from shared.contracts.registry import ThematicArea
from shared.reads import Query
from shared.stored import from_row
from shared.transaction import Transaction

I: Final = IssueRow.__table__.c  # noqa: E741 - the first letter, as of the others
L: Final = DeliveryRow.__table__.c
D: Final = DocumentRow.__table__.c
_PLAIN: Final = (
    *("id", "number", "written_by", "submitted_by", "approved_by", "send_at", "started_at", "finished_at"),
    *("recipients", "version"),
)


async def lock(session: AsyncSession, issue_id: UUID) -> Issue | None:
    row = await session.scalar(
        select(IssueRow).where(I.id == issue_id).with_for_update().execution_options(populate_existing=True)
    )
    return None if row is None else _issue(row)


async def is_sending(session: AsyncSession, issue_id: UUID) -> bool:
    """Whether letters of the issue still go out; who stops it waits until we commit."""
    found = select(I.state).where(I.id == issue_id).with_for_update(read=True)
    return bool(await session.scalar(found) == IssueState.SENDING.value)


async def archived(session: AsyncSession, number: int) -> Issue | None:
    """Return an issue that went out."""
    row = await session.scalar(select(IssueRow).where(I.number == number))
    return None if row is None else _issue(row)


def _issue(row: IssueRow) -> Issue:
    content = IssueContent(
        language=NewsLanguage(row.language),
        title=row.title,
        opening=row.opening,
        sections=tuple(from_row(IssueSection, section) for section in row.sections),  # type: ignore[arg-type]
        segment=Segment(
            unit_ids=tuple(row.unit_ids),
            areas=tuple(ThematicArea(area) for area in row.areas),
            themes=tuple(Theme(theme) for theme in row.themes),
        ),
    )
    values = {name: getattr(row, name) for name in _PLAIN}
    return Issue(**values, state=IssueState(row.state), content=content)


def _values(issue: Issue) -> dict[str, object]:
    content, segment = issue.content, issue.content.segment
    return {
        **{name: getattr(issue, name) for name in _PLAIN},
        "state": issue.state.value,
        "language": content.language.value,
        "title": content.title,
        "opening": content.opening,
        "sections": [plain(section) for section in content.sections],
        "unit_ids": list(segment.unit_ids),
        "areas": [area.value for area in segment.areas],
        "themes": [theme.value for theme in segment.themes],
    }


async def add(tx: Transaction, issue: Issue) -> None:
    await tx.session.execute(
        insert(IssueRow).values(**_values(issue), writer=tx.actor.name, created_at=tx.now)
    )


async def save(session: AsyncSession, issue: Issue, **beside: object) -> None:
    """Save where an issue stands; `beside` are columns of who decided and why."""
    await session.execute(update(IssueRow).where(I.id == issue.id).values(**_values(issue), **beside))


async def next_number(session: AsyncSession) -> int:
    """Return the number of the next issue; nobody else takes one until we commit."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("newsletter_issue"))))
    return (await session.scalar(select(func.coalesce(func.max(I.number), 0)))) + 1  # type: ignore[operator]


async def linked(session: AsyncSession, document_ids: Iterable[UUID]) -> Mapping[UUID, Linked]:
    """Return the documents that are public, or were; of no other is anything told."""
    rows = await session.execute(select(D.id, D.title, D.public_number).where(D.id.in_(set(document_ids))))
    return {
        row.id: Linked(title=row.title if row.public_number else "", is_public=row.public_number is not None)
        for row in rows
    }


async def freeze(session: AsyncSession, issue: Issue, documents: Mapping[UUID, Linked]) -> None:
    """Save an issue that begins to go out, with what its documents are called on that day."""
    await save(session, issue, frozen={str(key): plain(each) for key, each in documents.items()})


async def frozen(session: AsyncSession, issue_id: UUID) -> Mapping[UUID, Linked]:
    found = await session.scalar(select(IssueRow.frozen).where(I.id == issue_id)) or {}
    return {UUID(key): from_row(Linked, each) for key, each in found.items()}  # type: ignore[arg-type]


async def archived_documents(session: AsyncSession, issue: Issue) -> Mapping[UUID, Linked]:
    """Return the documents under the names with which they went out, and whether they are public still."""
    now = await linked(session, documents_in(issue.content))
    then = await frozen(session, issue.id)
    return {
        key: Linked(title=then[key].title if key in then else each.title, is_public=each.is_public)
        for key, each in now.items()
    }


async def due(session: AsyncSession, *, now: datetime) -> list[UUID]:
    """Return the issues whose time has come, and those on their way."""
    waiting = (I.state == IssueState.APPROVED.value) & (I.send_at <= now)
    found = select(I.id).where(or_(waiting, I.state == IssueState.SENDING.value)).order_by(I.send_at, I.id)
    return list(await session.scalars(found))


def _count(status: DeliveryStatus) -> ColumnElement[int]:
    return (
        select(func.count())
        .where(L.issue_id == I.id, L.status == status.value)
        .correlate(IssueRow)
        .scalar_subquery()
        .label(status.value)
    )


_SHOWN: Final = (
    *(I.id, I.number, I.state, I.language, I.title, I.send_at, I.started_at, I.finished_at, I.created_at),
    *(I.writer, I.approver, I.approved_at, I.reason, I.recipients, I.version),
    *(_count(status) for status in DeliveryStatus),
)
_STATE: Final = I.state == bindparam("state", type_=Text())


@cache
def issues(*, by_state: bool) -> Query:
    return Query(
        select(*_SHOWN).where(*([_STATE] if by_state else [])),
        keys=(I.created_at, I.id),
        descending=True,
    )


ISSUE: Final = Query(
    select(*_SHOWN, I.opening, I.sections, I.unit_ids, I.areas, I.themes).where(
        I.id == bindparam("id", type_=Uuid())
    ),
    version="version",
    moves_on=True,
)
ARCHIVE: Final = Query(
    select(I.number, I.language, I.title, I.started_at.label("sent_at")).where(I.number > 0),
    keys=(I.number,),
    descending=True,
)
