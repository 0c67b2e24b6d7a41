"""SQL of how documents are kept: the rule in force, what it is counted from, what holds them."""

from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Uuid,
    bindparam,
    case,
    cast,
    exists,
    extract,
    func,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import LateralFromClause

from documents.files.states import DocumentState
from documents.files.tables import DocumentRow, VersionRow
from documents.retention.domain import DisposalState, Kept, Mark, Trigger
from documents.retention.tables import DisposalRow, DisposedVersionRow, LegalHoldRow, RetentionRuleRow
from shared.reads import Query

_PRAGUE: Final = "Europe/Prague"


def _rule() -> LateralFromClause:
    """Give the rule in force when the document was filed."""
    filed_on = cast(func.timezone(_PRAGUE, DocumentRow.created_at), Date)
    return (
        select(RetentionRuleRow.mark, RetentionRuleRow.years, RetentionRuleRow.trigger)
        .where(RetentionRuleRow.kind == DocumentRow.kind, RetentionRuleRow.valid_from <= filed_on)
        .order_by(RetentionRuleRow.valid_from.desc())
        .limit(1)
        .lateral("rule")
    )


def _times() -> LateralFromClause:
    return (
        select(
            func.max(VersionRow.created_at).label("last_version"),
            func.min(VersionRow.published_at).label("published"),
            func.max(VersionRow.withdrawn_at).label("withdrawn"),
        )
        .where(VersionRow.document_id == DocumentRow.id)
        .lateral("times")
    )


def _keeping() -> Select[*tuple[object, ...]]:
    """Give each document with its mark, the day it may be disposed of, and the hold that forbids it."""
    rule, times = _rule(), _times()
    triggered_at = case(
        (rule.c.trigger == Trigger.FILED.value, DocumentRow.created_at),
        (rule.c.trigger == Trigger.LAST_VERSION.value, times.c.last_version),
        (rule.c.trigger == Trigger.PUBLISHED.value, times.c.published),
        (rule.c.trigger == Trigger.WITHDRAWN.value, times.c.withdrawn),
    )
    year = cast(extract("year", func.timezone(_PRAGUE, triggered_at)), Integer)
    due_on = func.make_date(year + 1 + rule.c.years, 1, 1, type_=Date).label("due_on")
    hold = (
        select(LegalHoldRow.reason)
        .where(LegalHoldRow.document_id == DocumentRow.id, LegalHoldRow.lifted_at.is_(None))
        .order_by(LegalHoldRow.placed_at)
        .limit(1)
        .correlate(DocumentRow)
        .scalar_subquery()
    )
    is_public = exists().where(
        VersionRow.document_id == DocumentRow.id,
        VersionRow.published_at.is_not(None),
        VersionRow.withdrawn_at.is_(None),
    )
    return (
        select(
            DocumentRow.id.label("document_id"),
            DocumentRow.kind,
            DocumentRow.title,
            DocumentRow.state,
            rule.c.mark,
            due_on,
            hold.label("hold"),
            is_public.label("is_public"),
        )
        .join(rule, true(), isouter=True)
        .join(times, true(), isouter=True)
    )


async def keeping_of(session: AsyncSession, document_id: UUID) -> Kept | None:
    """Lock the document and return how it is kept."""
    await session.execute(select(DocumentRow.id).where(DocumentRow.id == document_id).with_for_update())
    row = (await session.execute(_keeping().where(DocumentRow.id == document_id))).one_or_none()
    if row is None:
        return None
    return Kept(
        document_id=document_id,
        kind=row.kind,
        mark=Mark(row.mark) if row.mark else None,
        due_on=row.due_on,
        hold=row.hold,
        is_public=row.is_public,
    )


def _is_held() -> ColumnElement[bool]:
    return exists().where(
        LegalHoldRow.document_id == DisposalRow.document_id, LegalHoldRow.lifted_at.is_(None)
    )


def _is_public() -> ColumnElement[bool]:
    return exists().where(
        VersionRow.document_id == DisposalRow.document_id,
        VersionRow.published_at.is_not(None),
        VersionRow.withdrawn_at.is_(None),
    )


def _has_grown() -> ColumnElement[bool]:
    return exists().where(
        VersionRow.document_id == DisposalRow.document_id, VersionRow.created_at > DisposalRow.decided_at
    )


async def has_grown(session: AsyncSession, disposal_id: UUID) -> bool:
    """Whether the document has a version that came after the approval."""
    grown = select(DisposalRow.id).where(DisposalRow.id == disposal_id, _has_grown())
    return await session.scalar(grown) is not None


async def is_disposed_of(session: AsyncSession, document_id: UUID) -> bool:
    """Whether every version of a document was disposed of."""
    disposed = exists().where(
        DisposedVersionRow.document_id == VersionRow.document_id,
        DisposedVersionRow.number == VersionRow.number,
    )
    left = select(VersionRow.number).where(VersionRow.document_id == document_id, ~disposed).limit(1)
    return await session.scalar(left) is None


async def approved_disposals(session: AsyncSession) -> list[UUID]:
    """Return what may be carried out; what waits for a hold to be lifted takes nobody's place."""
    statement = (
        select(DisposalRow.id)
        .where(DisposalRow.state == DisposalState.APPROVED.value, ~_is_held(), ~_is_public(), ~_has_grown())
        .order_by(DisposalRow.decided_at)
        .limit(100)
    )
    return list(await session.scalars(statement))


def _due() -> Query:
    kept = _keeping().where(DocumentRow.state != DocumentState.DISCARDED.value).subquery("kept")
    return Query(
        select(kept).where(kept.c.due_on <= bindparam("today", type_=Date)),
        keys=(kept.c.due_on, kept.c.document_id),
    )


DUE = _due()
KEPT = Query(_keeping().where(DocumentRow.id == bindparam("id", type_=Uuid)))
