"""Every statement with which comments are written; `list_repository` reads them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.comments.domain import (
    Comment,
    CommentKind,
    LateReason,
    SubmitterKind,
    text_key,
)
from planning.comments.flood import WINDOW, Arrived
from planning.comments.tables import ArrivalRow, CommentRow
from planning.consultations.domain import Channel
from shared.contracts.documents import DocumentRef
from shared.names import search_text
from shared.stored import from_row

_SENT = (
    *("consultation_id", "number", "node_id", "node_number", "node_title", "text", "proposed_wording"),
    *("reasons", "sent_on", "delivered_at", "is_timely", "recorded_by", "recorded_at"),
)
_DECIDED = (
    *("version", "submitter_name", "submitter_contact", "duplicate_of", "withdrawn_at"),
    *("withdrawal_reason", "receipt", "is_erased"),
)


async def lock_comment(session: AsyncSession, comment_id: UUID) -> Comment | None:
    """Load a comment to decide on it; lock its consultation before."""
    return await _one(session, CommentRow.id == comment_id, locked=True)


async def by_receipt(
    session: AsyncSession, consultation_id: UUID, number: int, receipt: str
) -> Comment | None:
    """Load and lock the comment of who holds the receipt."""
    mine = (
        (CommentRow.consultation_id == consultation_id)
        & (CommentRow.number == number)
        & (CommentRow.receipt == receipt)
    )
    return await _one(session, mine, locked=True)


async def consultation_of(session: AsyncSession, comment_id: UUID) -> UUID | None:
    return await session.scalar(select(CommentRow.consultation_id).where(CommentRow.id == comment_id))


async def of_consultation(session: AsyncSession, consultation_id: UUID) -> list[Comment]:
    """Return all comments of a consultation by their numbers."""
    found = select(CommentRow).where(CommentRow.consultation_id == consultation_id)
    rows = await session.scalars(found.order_by(CommentRow.number))
    return [_comment(row) for row in rows]


async def duplicates_of(session: AsyncSession, comment_id: UUID) -> list[UUID]:
    found = select(CommentRow.id).where(CommentRow.duplicate_of == comment_id)
    return list(await session.scalars(found))


async def add(session: AsyncSession, comment: Comment) -> None:
    await session.execute(
        insert(CommentRow).values(
            id=comment.id,
            **{name: getattr(comment, name) for name in _SENT},
            **_decided(comment),
            channel=comment.channel.value,
            submitter_kind=comment.submitter_kind.value,
            late_reason=comment.late_reason.value if comment.late_reason else None,
            attachments=[
                {**asdict(each), "document_id": str(each.document_id)} for each in comment.attachments
            ],
            text_key=text_key(comment.text),
            search_text=search_text(comment.text, comment.proposed_wording, comment.reasons),
        )
    )


async def save(session: AsyncSession, comment: Comment) -> None:
    """Save what was decided of a comment; what was sent never changes."""
    await session.execute(update(CommentRow).where(CommentRow.id == comment.id).values(**_decided(comment)))


async def separate_from(session: AsyncSession, main_id: UUID) -> None:
    """Let the duplicates of a comment stand for themselves again."""
    await session.execute(
        update(CommentRow)
        .where(CommentRow.duplicate_of == main_id)
        .values(duplicate_of=None, version=CommentRow.version + 1)
    )


async def erase_all(session: AsyncSession, consultation_id: UUID) -> int:
    """Forget the submitters of all comments; return how many were forgotten."""
    gone = {"submitter_name": "", "submitter_contact": "", "receipt": None, "is_erased": True}
    erased = await session.scalars(
        update(CommentRow)
        .where(CommentRow.consultation_id == consultation_id, ~CommentRow.is_erased)
        .values(**gone, version=CommentRow.version + 1)
        .returning(CommentRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(erased.all())


async def arrived(session: AsyncSession, consultation_id: UUID, client: str, *, now: datetime) -> Arrived:
    """Count what came on the web in the last hour, from the client and from all."""
    mine = ArrivalRow.client == client
    row = (
        await session.execute(
            select(
                func.count().filter(mine),
                func.min(ArrivalRow.at).filter(mine),
                func.count(),
                func.min(ArrivalRow.at),
            ).where(ArrivalRow.consultation_id == consultation_id, ArrivalRow.at > now - WINDOW)
        )
    ).one()
    return Arrived(of_client=row[0], oldest_of_client_at=row[1], of_all=row[2], oldest_at=row[3])


async def note_arrival(session: AsyncSession, comment: Comment, client: str, *, now: datetime) -> None:
    """Note that the client sent a comment, and forget who sent those that count no more."""
    await session.execute(
        delete(ArrivalRow).where(
            ArrivalRow.consultation_id == comment.consultation_id, ArrivalRow.at <= now - WINDOW
        )
    )
    values = {"comment_id": comment.id, "consultation_id": comment.consultation_id}
    await session.execute(insert(ArrivalRow).values(**values, client=client, at=now))


async def forget_arrivals(session: AsyncSession, *, now: datetime) -> None:
    """Forget who sent comments that count no more; what somebody else is forgetting now is left to them."""
    old = select(ArrivalRow.comment_id).where(ArrivalRow.at <= now - WINDOW)
    await session.execute(
        delete(ArrivalRow)
        .where(ArrivalRow.comment_id.in_(old.with_for_update(skip_locked=True)))
        .execution_options(synchronize_session=False)
    )


async def _one(session: AsyncSession, which: ColumnElement[bool], *, locked: bool) -> Comment | None:
    query = select(CommentRow).where(which).execution_options(populate_existing=True)
    row = await session.scalar(query.with_for_update() if locked else query)
    return None if row is None else _comment(row)


def _decided(comment: Comment) -> Mapping[str, object]:
    return {
        **{name: getattr(comment, name) for name in _DECIDED},
        "kind": comment.kind.value if comment.kind else None,
    }


def _comment(row: CommentRow) -> Comment:
    values = {name: getattr(row, name) for name in (*_SENT, *_DECIDED) if name != "is_timely"}
    return Comment(
        id=row.id,
        **values,
        channel=Channel(row.channel),
        submitter_kind=SubmitterKind(row.submitter_kind),
        kind=CommentKind(row.kind) if row.kind else None,
        late_reason=LateReason(row.late_reason) if row.late_reason else None,
        attachments=tuple(from_row(DocumentRef, each) for each in row.attachments),
    )
