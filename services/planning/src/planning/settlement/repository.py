"""Every statement with which comments are settled; `list_repository` reads what became of them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from planning.comments.tables import CommentRow
from planning.consultations.domain import ConsultationStatus
from planning.consultations.tables import ConsultationRow
from planning.partnerships.tables import BodyRow, BodyUnitRow
from planning.plans.draft_repository import frozen_edition
from planning.plans.edition import Edition
from planning.settlement.domain import Approval, ChangeMade, Counts, Disposition, InHand, Result, Settled
from planning.settlement.tables import DispositionRow, DispositionStepRow, SettlementRow
from shared.canonical import plain
from shared.days import day_of
from shared.stored import from_row
from shared.transaction import Transaction

_MAIN = aliased(CommentRow)
_OVER = (ConsultationStatus.SETTLED.value, ConsultationStatus.PUBLISHED.value)


async def of_plan(session: AsyncSession, plan_id: UUID, revision: int) -> Sequence[UUID]:
    """Return the consultations of a revision that stand in the way of its approval, in the order of locks."""
    found = select(ConsultationRow.id).where(
        ConsultationRow.plan_id == plan_id,
        ConsultationRow.revision == revision,
        ConsultationRow.status.not_in((*_OVER, ConsultationStatus.CANCELLED.value)),
        ConsultationRow.draft_discarded_at.is_(None),
    )
    return (await session.scalars(found.order_by(ConsultationRow.id))).all()


async def is_draft_discarded(session: AsyncSession, consultation_id: UUID) -> bool:
    """Whether the draft that was consulted is no more; another one may have its revision."""
    found = select(ConsultationRow.draft_discarded_at).where(ConsultationRow.id == consultation_id)
    return await session.scalar(found) is not None


async def consulted(session: AsyncSession, consultation_id: UUID) -> Edition:
    """Return the draft as it was put before the public."""
    text = await session.scalar(select(ConsultationRow.content).where(ConsultationRow.id == consultation_id))
    if text is None:
        raise LookupError(consultation_id)
    return frozen_edition(text)


async def lock_comments(
    session: AsyncSession, consultation_id: UUID, numbers: Collection[int] | None = None
) -> list[InHand]:
    """Return comments by number, so that nobody withdraws or joins them until we commit."""
    found = (
        select(
            CommentRow.id,
            CommentRow.number,
            CommentRow.is_timely,
            CommentRow.delivered_at,
            CommentRow.withdrawn_at,
            CommentRow.duplicate_of,
            _MAIN.number.label("main_number"),
            CommentRow.node_id,
        )
        .outerjoin(_MAIN, _MAIN.id == CommentRow.duplicate_of)
        .where(CommentRow.consultation_id == consultation_id)
    )
    if numbers is not None:
        found = found.where(CommentRow.number.in_(numbers))
    rows = await session.execute(found.order_by(CommentRow.number).with_for_update(of=CommentRow))
    return [
        InHand(
            comment_id=row.id,
            number=row.number,
            is_timely=row.is_timely,
            delivered_on=day_of(row.delivered_at),
            withdrawn_on=None if row.withdrawn_at is None else day_of(row.withdrawn_at),
            main=None if row.duplicate_of is None else (row.duplicate_of, row.main_number),
            node_id=row.node_id,
        )
        for row in rows
    ]


async def dispositions(
    session: AsyncSession, consultation_id: UUID, comment_ids: Collection[UUID] | None = None
) -> dict[UUID, Disposition]:
    """Return what was decided so far, by comment."""
    found = select(DispositionRow).where(DispositionRow.consultation_id == consultation_id)
    if comment_ids is not None:
        found = found.where(DispositionRow.comment_id.in_(comment_ids))
    rows = await session.scalars(found.execution_options(populate_existing=True))
    return {row.comment_id: _disposition(row) for row in rows}


def _disposition(row: DispositionRow) -> Disposition:
    settled = None
    if row.result is not None and row.settled_on is not None:
        settled = Settled(
            result=Result(row.result),
            justification=row.justification,
            settled_on=row.settled_on,
            body_id=row.body_id,
            change=None if row.change is None else from_row(ChangeMade, row.change),
        )
    return Disposition(
        comment_id=row.comment_id,
        consultation_id=row.consultation_id,
        version=row.version,
        settled=settled,
        settled_by=row.settled_by,
        settled_for=row.settled_for,
    )


async def save(tx: Transaction, decided: Sequence[Disposition], *, reason: str = "") -> None:
    """Save dispositions, and what each of them was made in their history."""
    if not decided:
        return
    written = upsert(DispositionRow)
    kept = {column: written.excluded[column] for column in _SAVED}
    await tx.session.execute(
        written.on_conflict_do_update(index_elements=["comment_id"], set_=kept),
        [_row(each) | _of_now(each, tx) for each in decided],
    )
    step = {"reason": reason, "actor": tx.actor.id, "affiliation": tx.actor.affiliation, "at": tx.now}
    steps = [{name: value for name, value in _row(each).items() if name in _STEPS} for each in decided]
    await tx.session.execute(insert(DispositionStepRow), [{**each, **step} for each in steps])


_STEPS = frozenset({"comment_id", "version", "result", "justification", "change", "body_id", "settled_on"})
_SAVED = (
    *("version", "result", "justification", "change", "body_id"),
    *("settled_by", "settled_for", "settled_on", "recorded_at"),
)


def _row(each: Disposition) -> dict[str, object]:
    settled = each.settled
    return {
        "comment_id": each.comment_id,
        "version": each.version,
        "result": settled.result.value if settled else None,
        "justification": settled.justification if settled else "",
        "change": plain(settled.change) if settled and settled.change else None,
        "body_id": settled.body_id if settled else None,
        "settled_on": settled.settled_on if settled else None,
    }


def _of_now(each: Disposition, tx: Transaction) -> dict[str, object]:
    return {
        "consultation_id": each.consultation_id,
        "settled_by": each.settled_by,
        "settled_for": each.settled_for,
        "recorded_at": tx.now,
    }


async def is_body_of(session: AsyncSession, body_id: UUID, unit_ids: Collection[UUID]) -> bool:
    """Whether there is such a body and it belongs to one of the units."""
    found = (
        select(BodyRow.id)
        .join(BodyUnitRow, BodyUnitRow.body_id == BodyRow.id)
        .where(BodyRow.id == body_id, BodyUnitRow.unit_id.in_(unit_ids))
    )
    return await session.scalar(found.limit(1)) is not None


async def add_approval(tx: Transaction, consultation_id: UUID, approval: Approval, counts: Counts) -> None:
    await tx.session.execute(
        insert(SettlementRow).values(
            consultation_id=consultation_id,
            body=approval.body,
            approved_on=approval.approved_on,
            note=approval.note,
            counts=plain(counts),
            approved_by=tx.actor.id,
            approved_for=tx.actor.affiliation,
            recorded_at=tx.now,
        )
    )
