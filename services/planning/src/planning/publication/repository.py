"""Every statement with which settlements are released and published; `list_repository` reads them."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Date, case, cast, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from planning.comments.tables import CommentRow
from planning.consultations.domain import Consultation
from planning.consultations.tables import ConsultationRow
from planning.partnerships.tables import BodyRow
from planning.publication.annex import Annex
from planning.publication.domain import NAMES_OF_TEXTS, Material, Release
from planning.publication.tables import PublishedSettlementRow, ReleaseRow
from planning.settlement.domain import Approval
from planning.settlement.tables import DispositionRow, SettlementRow
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
            CommentRow.id.label("comment_id"),
            CommentRow.number,
            CommentRow.submitter_kind,
            CommentRow.submitter_name,
            CommentRow.kind,
            CommentRow.is_timely,
            cast(func.timezone("Europe/Prague", CommentRow.withdrawn_at), Date).label("withdrawn_on"),
            _MAIN.number.label("same_as"),
            CommentRow.node_id,
            CommentRow.node_number,
            CommentRow.node_title,
            CommentRow.text,
            CommentRow.proposed_wording,
            CommentRow.reasons,
            case((_MAIN.id.is_(None), func.coalesce(_OWN.justification, "")), else_="").label(
                "justification"
            ),
            func.coalesce(_OF_MAIN.result, _OWN.result).label("result"),
            func.coalesce(_OF_MAIN.settled_on, _OWN.settled_on).label("settled_on"),
            func.coalesce(_OF_MAIN.settled_for, _OWN.settled_for, "").label("settled_for"),
            BodyRow.name.label("body_name"),
            func.coalesce(_OF_MAIN.change, _OWN.change).label("change"),
            ReleaseRow.version,
            ReleaseRow.text.label("public_text"),
            ReleaseRow.wording.label("public_proposed_wording"),
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
    rows = (await session.execute(found.order_by(CommentRow.number))).mappings()
    return [_material(dict(row), consultation_id) for row in rows]


def _material(row: Mapping[str, object], consultation_id: UUID) -> Material:
    released: dict[str, object] = {"comment_id": row["comment_id"], "consultation_id": consultation_id}
    if row["version"] is not None:
        texts = {name: row[f"public_{name}"] for name in NAMES_OF_TEXTS}
        released |= {name: row[name] for name in ("version", "despite", "released_by")} | {"texts": texts}
    written = {name: row[name] for name in NAMES_OF_TEXTS}
    settled_by = row["body_name"] or row["settled_for"]
    facts = {name: row[name] for name in _FACTS}
    return from_row(Material, {**facts, "texts": written, "settled_by": settled_by, "release": released})


_FACTS = (
    *("comment_id", "number", "submitter_kind", "submitter_name", "kind", "is_timely", "withdrawn_on"),
    *("same_as", "node_id", "node_number", "node_title", "result", "settled_on", "change"),
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
    found = (
        select(row.consultation_id, row.comments, row.digest)
        .join(ConsultationRow, ConsultationRow.id == row.consultation_id)
        .where(row.plan_id == plan_id, row.revision == revision, ConsultationRow.draft_discarded_at.is_(None))
    )
    rows = await session.execute(found.order_by(row.published_at, row.consultation_id))
    return [dict(each) for each in rows.mappings()]
