"""What people decide on evaluations: load, decide, save, and keep the trail."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from evaluation.evaluations import decision_repository as repository
from evaluation.evaluations import domain
from evaluation.evaluations.domain import Assignment, Evaluation, Move, Subject, expect_subject, moved
from evaluation.evaluations.questions import STANDARD, Question
from evaluation.evaluations.refusals import (
    DueInThePast,
    EvaluationNotFound,
    EvaluatorOfTheUnit,
    EvaluatorReportedValues,
    PlanNotEvaluated,
    QuestionFromThePast,
)
from shared.contracts.reports import EvaluationType
from shared.errors import expect_version
from shared.transaction import Transaction


async def load_own(tx: Transaction, evaluation_id: UUID, expected: int) -> Evaluation:
    """Lock an evaluation for somebody who may evaluate: neither of the unit nor a reporter of its values."""
    found = await repository.lock_evaluation(tx.session, evaluation_id)
    if found is None:
        raise EvaluationNotFound
    expect_version(expected, found.version)
    if not tx.actor.units.isdisjoint(found.subject.unit_ids):
        raise EvaluatorOfTheUnit
    plan_id = found.subject.plan_id
    if plan_id and await repository.has_reported(tx.session, plan_id, actor_id=tx.actor.id):
        raise EvaluatorReportedValues
    return found


async def keep(tx: Transaction, decided: Evaluation, move: Move, *, reason: str = "") -> Evaluation:
    """Save what was decided, with its line in the trail."""
    await repository.save_evaluation(tx.session, decided)
    await repository.append_act(tx, decided, move, reason=reason)
    return decided


async def create_evaluation(
    tx: Transaction, type_: EvaluationType, *, title: str, due_on: date, subject: Subject
) -> Evaluation:
    """Plan an evaluation by hand. Raises `SubjectMissing`, `DueInThePast`, `PlanNotEvaluated`."""
    expect_subject(type_, subject)
    if due_on < tx.today:
        raise DueInThePast(pointer="/due_on", due_on=due_on, today=tx.today)
    plan_id = subject.plan_id
    if plan_id is not None and await repository.revision_of(tx.session, plan_id) is None:
        raise PlanNotEvaluated(pointer="/plan_id", plan_id=str(plan_id))
    planned = Evaluation(
        id=tx.new_id(),
        version=1,
        type=type_,
        title=title,
        due_on=due_on,
        status=domain.EvaluationStatus.PLANNED,
        subject=subject,
    )
    await repository.add_evaluation(tx.session, planned)
    return planned


async def begin_evaluation(
    tx: Transaction, evaluation_id: UUID, assignment: Assignment, *, expected: int
) -> Evaluation:
    """Say who evaluates; the revision of the plan is the one in force by now."""
    found = await load_own(tx, evaluation_id, expected)
    plan_id = found.subject.plan_id
    begun = domain.assign(
        found,
        assignment,
        revision=await repository.revision_of(tx.session, plan_id) if plan_id else None,
        owners=await repository.owners_of(tx.session, plan_id) if plan_id else {},
    )
    return await keep(tx, begun, Move.BEGIN)


async def return_draft(tx: Transaction, evaluation_id: UUID, *, reason: str, expected: int) -> Evaluation:
    found = await load_own(tx, evaluation_id, expected)
    return await keep(tx, moved(found, Move.RETURN), Move.RETURN, reason=reason)


async def review_draft(tx: Transaction, evaluation_id: UUID, *, note: str, expected: int) -> Evaluation:
    found = await load_own(tx, evaluation_id, expected)
    return await keep(tx, domain.review(found, by=tx.actor.id), Move.REVIEW, reason=note)


async def correct_report(tx: Transaction, evaluation_id: UUID, *, reason: str, expected: int) -> Evaluation:
    """Open a report that is out for its next edition; the present one stays in force until then."""
    found = await load_own(tx, evaluation_id, expected)
    opened = replace(moved(found, Move.CORRECT), correction_reason=reason)
    return await keep(tx, opened, Move.CORRECT, reason=reason)


async def cancel_evaluation(
    tx: Transaction, evaluation_id: UUID, *, reason: str, expected: int
) -> Evaluation:
    found = await load_own(tx, evaluation_id, expected)
    return await keep(tx, domain.cancel(found), Move.CANCEL, reason=reason)


async def word_question(tx: Transaction, wanted: Question, *, reason: str) -> Question:
    """Add the next edition of a question, or a new one. Raises `QuestionFromThePast`."""
    await repository.lock_questions(tx.session)
    every = (*STANDARD, *await repository.later_questions(tx.session))
    newest = max(
        (each for each in every if each.code == wanted.code), key=lambda each: each.edition, default=None
    )
    since = max(tx.today, newest.valid_from) if newest else tx.today
    if wanted.valid_from < since:
        raise QuestionFromThePast(pointer="/valid_from", since=since)
    question = replace(wanted, edition=newest.edition + 1 if newest else 1)
    await repository.add_question(tx, question, reason=reason)
    return question
