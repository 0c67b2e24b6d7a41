"""Every statement on issued recommendations; `list_repository` reads them."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.recommendations.domain import (
    Answer,
    FollowUp,
    Fulfilment,
    OpenRecommendation,
    Recommendation,
    Wording,
)
from evaluation.recommendations.tables import (
    RecommendationAnswerRow,
    RecommendationFollowUpRow,
    RecommendationRow,
)
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.planning import RecommendationAnswer
from shared.names import search_text
from shared.stored import from_row
from shared.transaction import Transaction

R: Final = RecommendationRow.__table__.c
A: Final = RecommendationAnswerRow.__table__.c
F: Final = RecommendationFollowUpRow.__table__.c
_ANSWERED: Final = and_(A.recommendation_id == R.recommendation_id, A.version == R.answer_version)
_FOLLOWED: Final = and_(F.recommendation_id == R.recommendation_id, F.version == R.follow_up_version)


async def lock(session: AsyncSession, recommendation_id: UUID) -> Recommendation | None:
    """Load a recommendation to decide: nobody else decides on it until we commit."""
    row = await session.scalar(
        select(RecommendationRow)
        .where(R.recommendation_id == recommendation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    words = await session.execute(
        select(RecommendationAnswerRow, RecommendationFollowUpRow)
        .select_from(RecommendationRow)
        .outerjoin(RecommendationAnswerRow, _ANSWERED)
        .outerjoin(RecommendationFollowUpRow, _FOLLOWED)
        .where(R.recommendation_id == recommendation_id)
    )
    answer, found = words.one()
    return _recommendation(row, answer, found)


async def issued_numbers(session: AsyncSession, evaluation_id: UUID) -> dict[UUID, str]:
    """Return the recommendations of an evaluation that are out, by id, with their numbers."""
    rows = await session.execute(
        select(R.recommendation_id, R.number).where(R.evaluation_id == evaluation_id)
    )
    return dict(iter(rows))


async def open_recommendations(
    session: AsyncSession, unit_ids: Sequence[UUID], plan_ids: Sequence[UUID]
) -> tuple[OpenRecommendation, ...]:
    """Return what was recommended to the units or their plans and neither fulfilled nor rejected."""
    rows = await session.execute(
        select(
            R.recommendation_id,
            R.number,
            R.text,
            R.addressee,
            R.priority,
            R.response_due_on,
            A.answer,
            func.coalesce(A.responsible, "").label("responsible"),
            A.due_on,
        )
        .select_from(RecommendationRow)
        .outerjoin(RecommendationAnswerRow, _ANSWERED)
        .outerjoin(RecommendationFollowUpRow, _FOLLOWED)
        .where(
            or_(R.unit_ids.overlap(list(unit_ids)), R.plan_id.in_(plan_ids)),
            or_(A.answer.is_(None), A.answer != RecommendationAnswer.REJECTED.value),
            or_(F.fulfilment.is_(None), F.fulfilment != Fulfilment.FULFILLED.value),
        )
        .order_by(R.response_due_on, R.recommendation_id)
    )
    return tuple(from_row(OpenRecommendation, row._asdict()) for row in rows)


async def lock_issued(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Recommendation]:
    """Lock those that are out already, in the order of their ids; without the words that were said since."""
    rows = await session.scalars(
        select(RecommendationRow)
        .where(R.recommendation_id.in_(ids))
        .order_by(R.recommendation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.recommendation_id: _recommendation(row, None, None) for row in rows}


async def save_all(session: AsyncSession, kept: Sequence[Recommendation]) -> None:
    """Insert recommendations or bring them forward, all at once; their words are set by who adds them."""
    if not kept:
        return
    statement = upsert(RecommendationRow).values([_columns(each) for each in kept])
    changed = {name: statement.excluded[name] for name in _columns(kept[0]) if name not in _FOR_EVER}
    await session.execute(statement.on_conflict_do_update(index_elements=[R.recommendation_id], set_=changed))


_FOR_EVER: Final = frozenset({"recommendation_id", "evaluation_id", "issued_on"})


def _columns(kept: Recommendation) -> dict[str, object]:
    wording = kept.wording
    return {
        "recommendation_id": kept.id,
        "evaluation_id": kept.evaluation_id,
        "issued_on": kept.issued_on,
        "version": kept.version,
        "issue_version": kept.issue_version,
        "edition": kept.edition,
        "plan_id": kept.plan_id,
        "revision": kept.revision,
        "unit_ids": list(kept.unit_ids),
        "number": wording.number,
        "text": wording.text,
        "addressee": wording.addressee,
        "addressee_text": search_text(wording.addressee, wording.text),
        "priority": wording.priority.value,
        "response_due_on": wording.response_due_on,
        "node_ids": list(wording.node_ids),
    }


async def add_answer(tx: Transaction, replied: Recommendation, answer: Answer) -> None:
    """Append an answer and make it the one that holds."""
    await tx.session.execute(
        insert(RecommendationAnswerRow).values(
            recommendation_id=replied.id,
            version=replied.version,
            told_version=answer.version,
            answer=answer.answer.value,
            reasons=answer.reasons,
            responsible=answer.responsible,
            due_on=answer.due_on,
            node_ids=list(answer.node_ids),
            fulfilled_on=answer.fulfilled_on,
            at=tx.now,
        )
    )
    await _hold(tx.session, replied, "answer_version")


async def add_follow_up(tx: Transaction, followed: Recommendation, found: FollowUp) -> None:
    """Append what was found out and make it what holds."""
    await tx.session.execute(
        insert(RecommendationFollowUpRow).values(
            recommendation_id=followed.id,
            version=followed.version,
            fulfilment=found.fulfilment.value,
            evidence=found.evidence,
            followed_up_on=found.followed_up_on,
            actor_id=tx.actor.id,
            actor_affiliation=tx.actor.affiliation,
            at=tx.now,
        )
    )
    await _hold(tx.session, followed, "follow_up_version")


async def _hold(session: AsyncSession, kept: Recommendation, column: str) -> None:
    await session.execute(
        update(RecommendationRow)
        .where(R.recommendation_id == kept.id)
        .values({"version": kept.version, column: kept.version})
        .execution_options(synchronize_session=False)
    )


def _recommendation(
    row: RecommendationRow,
    answer: RecommendationAnswerRow | None,
    found: RecommendationFollowUpRow | None,
) -> Recommendation:
    return Recommendation(
        id=row.recommendation_id,
        version=row.version,
        issue_version=row.issue_version,
        evaluation_id=row.evaluation_id,
        edition=row.edition,
        plan_id=row.plan_id,
        revision=row.revision,
        unit_ids=tuple(row.unit_ids),
        wording=Wording(
            number=row.number,
            text=row.text,
            addressee=row.addressee,
            priority=RecommendationPriority(row.priority),
            response_due_on=row.response_due_on,
            node_ids=tuple(row.node_ids),
        ),
        issued_on=row.issued_on,
        answer=None if answer is None else _answer(answer),
        follow_up=None if found is None else _follow_up(found),
    )


def _answer(row: RecommendationAnswerRow) -> Answer:
    return Answer(
        version=row.told_version,
        answer=RecommendationAnswer(row.answer),
        reasons=row.reasons,
        responsible=row.responsible,
        due_on=row.due_on,
        node_ids=tuple(row.node_ids),
        fulfilled_on=row.fulfilled_on,
    )


def _follow_up(row: RecommendationFollowUpRow) -> FollowUp:
    return FollowUp(
        fulfilment=Fulfilment(row.fulfilment), evidence=row.evidence, followed_up_on=row.followed_up_on
    )
