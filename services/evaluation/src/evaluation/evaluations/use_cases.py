"""Schedule, re-plan and cancel the evaluations of plans and cooperations; announce those to begin."""

from datetime import timedelta
from uuid import UUID

from evaluation.evaluations import cooperation_repository, repository
from evaluation.evaluations.domain import CancelReason
from evaluation.evaluations.repository import EvaluatedPlan
from evaluation.evaluations.schedule import cooperation_schedule, evaluation_schedule
from shared.contracts.evaluation import (
    EvaluationDue,
    EvaluationKind,
    EvaluationsScheduled,
    ScheduledEvaluation,
)
from shared.contracts.intake import CooperationDescribed
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.contracts.registry import CooperationChanged, CooperationEnded, CooperationStarted
from shared.contracts.reports import EvaluationType
from shared.transaction import Transaction

ANNOUNCED_BEFORE = timedelta(days=30)


async def schedule_evaluations(tx: Transaction, event: PlanApproved) -> None:
    """Make the schedule of a revision the one that counts; an older revision changes nothing.

    An evaluation that has begun keeps its date.
    """
    plan = await repository.take_revision(tx.session, event)
    if plan is None:
        return
    schedule = evaluation_schedule(
        event.plan_id, event.kind, valid_from=event.valid_from, valid_until=event.valid_until
    )
    await repository.keep_schedule(tx.session, event.plan_id, schedule)
    await repository.cancel(
        tx.session,
        event.plan_id,
        CancelReason.SCHEDULE_CHANGED,
        except_kinds=[planned.kind for planned in schedule],
    )
    await _cancel_after_closing(tx, event.plan_id, plan)
    tx.emit(
        EvaluationsScheduled(
            version=plan.version,
            plan_id=event.plan_id,
            revision=event.revision,
            evaluations=await _standing(tx, event.plan_id),
        )
    )


async def _standing(tx: Transaction, plan_id: UUID) -> tuple[ScheduledEvaluation, ...]:
    return tuple(
        ScheduledEvaluation(evaluation_id=evaluation_id, kind=EvaluationKind(kind), due_on=due_on)
        for evaluation_id, kind, due_on in await repository.standing(tx.session, plan_id)
    )


async def cancel_evaluations(tx: Transaction, event: PlanClosed) -> None:
    plan = await repository.take_closing(tx.session, event)
    if plan is not None:
        await _cancel_after_closing(tx, event.plan_id, plan)


async def _cancel_after_closing(tx: Transaction, plan_id: UUID, plan: EvaluatedPlan) -> None:
    """Nothing begins after the closing, but the final evaluation of a plan that ran its whole time."""
    if plan.closed_on is None:
        return
    ran_to_its_end = plan.valid_until is not None and plan.closed_on >= plan.valid_until
    await repository.cancel(
        tx.session,
        plan_id,
        CancelReason.PLAN_CLOSED,
        due_after=plan.closed_on,
        except_kinds=[EvaluationKind.FINAL] if ran_to_its_end else [],
    )


async def schedule_studies(
    tx: Transaction, event: CooperationStarted | CooperationChanged | CooperationEnded
) -> None:
    """Plan what a cooperation asks for; one that ended before its entry analysis was due needs none."""
    held = await cooperation_repository.take_cooperation(tx.session, event)
    if held is None or held.starts_on is None:
        return
    studies = [
        study
        for study in cooperation_schedule(held.cooperation_id, starts_on=held.starts_on, ends_on=held.last_on)
        if not (
            study.type is EvaluationType.ENTRY_ANALYSIS
            and held.ended_on is not None
            and study.due_on > held.ended_on
        )
    ]
    kept = [study.evaluation_id for study in studies]
    await cooperation_repository.cancel_studies(tx.session, held.cooperation_id, except_ids=kept)
    await cooperation_repository.keep_studies(tx.session, held, studies)


async def note_description(tx: Transaction, event: CooperationDescribed) -> None:
    await cooperation_repository.keep_description(tx.session, event)


async def announce_evaluations(tx: Transaction) -> None:
    """Tell once of each evaluation that should begin within a month."""
    until = tx.today + ANNOUNCED_BEFORE
    for row in await repository.take_due(tx.session, until=until, now=tx.now):
        evaluation_id, version, plan_id, kind, due_on = row
        tx.emit(
            EvaluationDue(
                evaluation_id=evaluation_id,
                version=version,
                plan_id=plan_id,
                kind=EvaluationKind(kind),
                due_on=due_on,
            )
        )
