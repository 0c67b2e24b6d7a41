"""Every statement with which people decide on evaluations; `repository` fills the calendar."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.domain import (
    Assignment,
    CancelReason,
    Evaluation,
    EvaluationStatus,
    Mode,
    Move,
    Origin,
    Subject,
)
from evaluation.evaluations.kinds import KIND_OF
from evaluation.evaluations.questions import Criterion, Question
from evaluation.evaluations.tables import (
    EvaluatedPlanRow,
    EvaluationActRow,
    EvaluationQuestionRow,
    EvaluationRow,
)
from evaluation.monitoring.tables import MonitoredIndicatorRow, ObligationRow
from evaluation.values.life import PUT_THERE
from evaluation.values.tables import ValueActRow
from shared.contracts.reports import EvaluationType
from shared.transaction import Transaction


async def lock_evaluation(session: AsyncSession, evaluation_id: UUID) -> Evaluation | None:
    """Load an evaluation to decide: nobody else decides on it until we commit."""
    locked = (
        select(EvaluationRow)
        .where(EvaluationRow.evaluation_id == evaluation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = await session.scalar(locked)
    return None if row is None else await _evaluation(session, row)


async def read_evaluation(session: AsyncSession, evaluation_id: UUID) -> Evaluation | None:
    row = await session.scalar(select(EvaluationRow).where(EvaluationRow.evaluation_id == evaluation_id))
    return None if row is None else await _evaluation(session, row)


async def _evaluation(session: AsyncSession, row: EvaluationRow) -> Evaluation:
    """Add the units and the title of the plan, as they are now."""
    title, units = row.title, row.unit_ids
    if row.plan_id is not None:
        of_plan = select(EvaluatedPlanRow.title, EvaluatedPlanRow.unit_ids)
        found = await session.execute(of_plan.where(EvaluatedPlanRow.plan_id == row.plan_id))
        plan_title, units = found.one()
        title = title or plan_title or ""
    assignment = None
    if row.mode is not None:
        assignment = Assignment(
            mode=Mode(row.mode),
            organisation=row.organisation or "",
            contract=row.contract or "",
            authors=tuple(row.authors),
        )
    return Evaluation(
        id=row.evaluation_id,
        version=row.version,
        type=EvaluationType(row.type),
        title=title,
        due_on=row.due_on,
        status=EvaluationStatus(row.status),
        subject=Subject(
            plan_id=row.plan_id,
            unit_ids=tuple(units),
            themes=tuple(row.themes),
            region=row.region,
            project=row.project,
        ),
        assignment=assignment,
        revision=row.revision,
        drafted_by=row.drafted_by,
        correction_reason=row.correction_reason,
        cancelled_reason=CancelReason(row.cancelled_reason) if row.cancelled_reason else None,
        edition=row.edition,
        completed_on=row.completed_on,
        digest=row.digest,
    )


async def add_evaluation(session: AsyncSession, evaluation: Evaluation) -> None:
    """Put an evaluation into the calendar by hand."""
    subject, kind = evaluation.subject, KIND_OF.get(evaluation.type)
    await session.execute(
        insert(EvaluationRow).values(
            evaluation_id=evaluation.id,
            plan_id=subject.plan_id,
            kind=kind.value if kind and subject.plan_id else None,
            type=evaluation.type.value,
            origin=Origin.HAND.value,
            title=evaluation.title,
            unit_ids=list(subject.unit_ids),
            themes=list(subject.themes),
            region=subject.region,
            project=subject.project,
            due_on=evaluation.due_on,
            **_values(evaluation),
        )
    )


async def save_evaluation(session: AsyncSession, evaluation: Evaluation) -> None:
    """Save what was decided; what is evaluated and by when stays."""
    await session.execute(
        update(EvaluationRow)
        .where(EvaluationRow.evaluation_id == evaluation.id)
        .values(**_values(evaluation))
        .execution_options(synchronize_session=False)
    )


def _values(evaluation: Evaluation) -> dict[str, object]:
    who = evaluation.assignment
    return {
        "version": evaluation.version,
        "status": evaluation.status.value,
        "cancelled_reason": evaluation.cancelled_reason.value if evaluation.cancelled_reason else None,
        "mode": who.mode.value if who else None,
        "organisation": who.organisation if who else None,
        "contract": who.contract if who else None,
        "authors": list(who.authors) if who else [],
        "revision": evaluation.revision,
        "drafted_by": evaluation.drafted_by,
        "correction_reason": evaluation.correction_reason,
        "edition": evaluation.edition,
        "completed_on": evaluation.completed_on,
        "digest": evaluation.digest,
    }


async def append_act(tx: Transaction, evaluation: Evaluation, move: Move, *, reason: str = "") -> None:
    await tx.session.execute(
        insert(EvaluationActRow).values(
            evaluation_id=evaluation.id,
            version=evaluation.version,
            move=move.value,
            reason=reason,
            actor_id=tx.actor.id,
            actor_affiliation=tx.actor.affiliation,
            at=tx.now,
        )
    )


async def revision_of(session: AsyncSession, plan_id: UUID) -> int | None:
    """Return the newest approved revision; None where no approval was told."""
    return await session.scalar(select(EvaluatedPlanRow.revision).where(EvaluatedPlanRow.plan_id == plan_id))


async def owners_of(session: AsyncSession, plan_id: UUID) -> dict[str, list[str]]:
    """Return the offices that own indicators of a plan in force, each with the numbers."""
    row = MonitoredIndicatorRow
    found = await session.execute(
        select(row.owner, func.array_agg(row.number))
        .where(row.plan_id == plan_id, row.removed_in.is_(None))
        .group_by(row.owner)
    )
    return {owner: list(numbers) for owner, numbers in found}


async def has_reported(session: AsyncSession, plan_id: UUID, *, actor_id: str) -> bool:
    """Whether somebody reported a value of the plan, or put another in place of one by correction."""
    act = ValueActRow
    found = (
        select(act.obligation_id)
        .join(ObligationRow, ObligationRow.obligation_id == act.obligation_id)
        .where(ObligationRow.plan_id == plan_id, act.actor_id == actor_id, act.act.in_(PUT_THERE))
    )
    return await session.scalar(found.limit(1)) is not None


async def later_questions(session: AsyncSession) -> Sequence[Question]:
    """Return the editions beside the standard set."""
    rows = await session.scalars(select(EvaluationQuestionRow))
    return [
        Question(
            code=row.code,
            edition=row.edition,
            criterion=Criterion(row.criterion),
            cs=row.cs,
            en=row.en,
            valid_from=row.valid_from,
        )
        for row in rows
    ]


async def lock_questions(session: AsyncSession) -> None:
    """Let nobody else add an edition until we commit."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("evaluation_question"))))


async def add_question(tx: Transaction, question: Question, *, reason: str) -> None:
    await tx.session.execute(
        insert(EvaluationQuestionRow).values(
            code=question.code,
            edition=question.edition,
            criterion=question.criterion.value,
            cs=question.cs,
            en=question.en,
            valid_from=question.valid_from,
            reason=reason,
            set_by=tx.actor.id,
            affiliation=tx.actor.affiliation,
            at=tx.now,
        )
    )
