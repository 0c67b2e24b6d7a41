"""Every statement with which settlements are released and published; `list_repository` reads them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from planning.comments.domain import CommentKind, SubmitterKind
from planning.comments.tables import CommentRow
from planning.consultations.domain import Consultation
from planning.partnerships.tables import BodyRow
from planning.publication.annex import Annex
from planning.publication.domain import Material, Release, Texts
from planning.publication.tables import PublishedSettlementRow, ReleaseRow
from planning.settlement.domain import Approval, ChangeMade, Result
from planning.settlement.tables import DispositionRow, SettlementRow
from shared.days import day_of
from shared.stored import from_row
from shared.transaction import Transaction

_MAIN = aliased(CommentRow)
_OWN = aliased(DispositionRow)
_OF_MAIN = aliased(DispositionRow)


async def material(
    session: AsyncSession, consultation_id: UUID, numbers: Collection[int] | None = None
) -> list[Material]:
    """Return comments by number, each with what was decided and what was released; lock the consultation."""
    found = (
        select(
            CommentRow.id,
            CommentRow.number,
            CommentRow.submitter_kind,
            CommentRow.submitter_name,
            CommentRow.kind,
            CommentRow.is_timely,
            CommentRow.withdrawn_at,
            _MAIN.number.label("same_as"),
            CommentRow.node_id,
            CommentRow.node_number,
            CommentRow.node_title,
            CommentRow.text,
            CommentRow.proposed_wording,
            CommentRow.reasons,
            _OWN.justification,
            func.coalesce(_OF_MAIN.result, _OWN.result).label("result"),
            func.coalesce(_OF_MAIN.settled_on, _OWN.settled_on).label("settled_on"),
            func.coalesce(_OF_MAIN.settled_for, _OWN.settled_for, "").label("settled_for"),
            BodyRow.name.label("body_name"),
            func.coalesce(_OF_MAIN.change, _OWN.change).label("change"),
            ReleaseRow.version,
            ReleaseRow.text.label("public_text"),
            ReleaseRow.wording.label("public_wording"),
            ReleaseRow.reasons.label("public_reasons"),
            ReleaseRow.justification.label("public_justification"),
            ReleaseRow.despite,
            ReleaseRow.released_by,
        )
        .outerjoin(_MAIN, _MAIN.id == CommentRow.duplicate_of)
        .outerjoin(_OWN, _OWN.comment_id == CommentRow.id)
        .outerjoin(_OF_MAIN, _OF_MAIN.comment_id == CommentRow.duplicate_of)
        .outerjoin(BodyRow, BodyRow.id == func.coalesce(_OF_MAIN.body_id, _OWN.body_id))
        .outerjoin(ReleaseRow, ReleaseRow.comment_id == CommentRow.id)
        .where(CommentRow.consultation_id == consultation_id)
    )
    if numbers is not None:
        found = found.where(CommentRow.number.in_(numbers))
    rows = await session.execute(found.order_by(CommentRow.number))
    return [_material(row, consultation_id) for row in rows]


def _material(row: Row[*tuple[Any, ...]], consultation_id: UUID) -> Material:
    is_main = row.same_as is None
    released = Release(comment_id=row.id, consultation_id=consultation_id)
    if row.version is not None:
        released = Release(
            comment_id=row.id,
            consultation_id=consultation_id,
            version=row.version,
            texts=Texts(
                text=row.public_text,
                proposed_wording=row.public_wording,
                reasons=row.public_reasons,
                justification=row.public_justification,
            ),
            despite=row.despite,
            released_by=row.released_by,
        )
    return Material(
        comment_id=row.id,
        number=row.number,
        submitter_kind=SubmitterKind(row.submitter_kind),
        submitter_name=row.submitter_name,
        kind=CommentKind(row.kind) if row.kind else None,
        is_timely=row.is_timely,
        withdrawn_on=None if row.withdrawn_at is None else day_of(row.withdrawn_at),
        same_as=row.same_as,
        node_id=row.node_id,
        node_number=row.node_number,
        node_title=row.node_title,
        texts=Texts(
            text=row.text,
            proposed_wording=row.proposed_wording,
            reasons=row.reasons,
            justification=(row.justification or "") if is_main else "",
        ),
        result=Result(row.result) if row.result else None,
        settled_by=row.body_name or row.settled_for,
        settled_on=row.settled_on,
        change=None if row.change is None else from_row(ChangeMade, row.change),
        release=released,
    )


async def save(tx: Transaction, released: Sequence[Release]) -> None:
    if not released:
        return
    written = upsert(ReleaseRow)
    kept = {name: written.excluded[name] for name in _SAVED}
    await tx.session.execute(
        written.on_conflict_do_update(index_elements=["comment_id"], set_=kept),
        [_row(each) | {"released_at": tx.now} for each in released],
    )


_SAVED = (
    *("version", "text", "wording", "reasons", "justification", "despite"),
    *("released_by", "released_at"),
)


def _row(each: Release) -> dict[str, object]:
    if each.texts is None:
        raise ValueError("nothing was released")
    return {
        "comment_id": each.comment_id,
        "consultation_id": each.consultation_id,
        "version": each.version,
        "text": each.texts.text,
        "wording": each.texts.proposed_wording,
        "reasons": each.texts.reasons,
        "justification": each.texts.justification,
        "despite": each.despite,
        "released_by": each.released_by,
    }


async def approval_of(session: AsyncSession, consultation_id: UUID) -> tuple[Approval, dict[str, object]]:
    """Return who approved the settlement, and its counts."""
    row = (
        await session.scalars(select(SettlementRow).where(SettlementRow.consultation_id == consultation_id))
    ).one()
    return Approval(body=row.body, approved_on=row.approved_on, note=row.note), row.counts


async def add_annex(tx: Transaction, consultation: Consultation, annex: Annex) -> None:
    await tx.session.execute(
        insert(PublishedSettlementRow).values(
            consultation_id=consultation.id,
            plan_id=consultation.plan_id,
            revision=consultation.revision,
            comments=annex.comments,
            content=annex.text,
            digest=annex.digest,
            published_by=tx.actor.id,
            published_for=tx.actor.affiliation,
            published_at=tx.now,
        )
    )


async def annexed(session: AsyncSession, plan_id: UUID, revision: int) -> list[dict[str, object]]:
    """Return what the frozen text of a revision says of its published settlements."""
    row = PublishedSettlementRow
    found = select(row.consultation_id, row.comments, row.digest).where(
        row.plan_id == plan_id, row.revision == revision
    )
    rows = await session.execute(found.order_by(row.published_at, row.consultation_id))
    return [dict(each) for each in rows.mappings()]
