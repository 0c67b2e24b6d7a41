"""What is done with reports: write parts, hand in, freeze; read them as they would be now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from evaluation.evaluations import decision_repository as evaluations
from evaluation.evaluations import decision_use_cases as decisions
from evaluation.evaluations import domain as life
from evaluation.evaluations.domain import Evaluation, Move, moved
from evaluation.evaluations.questions import STANDARD, Question, in_force
from evaluation.evaluations.refusals import EvaluationNotFound
from evaluation.recommendations import repository as recommendations
from evaluation.recommendations import use_cases as issuing
from evaluation.recommendations.domain import Wording
from evaluation.reports import domain, facts_repository, repository
from evaluation.reports.compilation import FORM, Inputs, compile_report, numbers_of
from evaluation.reports.content import Draft
from evaluation.reports.facts import Facts, Head
from evaluation.reports.repository import Work
from shared.contracts.reports import EvaluationCompleted, EvaluationType
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What somebody who writes has before them."""

    evaluation: Evaluation
    draft: Draft
    questions: dict[str, Question]
    issued: dict[UUID, str]


Change = Callable[[Desk], Draft]


async def write_part(tx: Transaction, evaluation_id: UUID, change: Change, *, expected: int) -> Evaluation:
    """Change one part of the draft of a report that is being written."""
    found = await decisions.load_own(tx, evaluation_id, expected)
    written = moved(found, Move.WRITE)
    work = await repository.load_work(tx.session, evaluation_id)
    desk = Desk(
        evaluation=found,
        draft=work.draft,
        questions=in_force(await evaluations.later_questions(tx.session), on=tx.today),
        issued=await recommendations.issued_numbers(tx.session, evaluation_id),
    )
    await repository.save_work(tx, evaluation_id, Work(draft=change(desk), facts=None))
    await evaluations.save_evaluation(tx.session, written)
    return written


async def hand_in(tx: Transaction, evaluation_id: UUID, *, expected: int) -> Evaluation:
    """Hand the draft in with the facts of today: whoever reviews it reads what will be frozen."""
    found = await decisions.load_own(tx, evaluation_id, expected)
    handed_in = replace(moved(found, Move.HAND_IN), drafted_by=tx.actor.id)
    work = await repository.load_work(tx.session, evaluation_id)
    domain.expect_complete(work.draft, found.kind, state=found.status.value)
    await repository.save_work(tx, evaluation_id, Work(draft=work.draft, facts=await _facts(tx, found)))
    return await decisions.keep(tx, handed_in, Move.HAND_IN)


async def complete_evaluation(tx: Transaction, evaluation_id: UUID, *, expected: int) -> Evaluation:
    """Freeze the reviewed report, issue what it recommends, and tell of it."""
    found = await decisions.load_own(tx, evaluation_id, expected)
    moved(found, Move.COMPLETE)
    work = await repository.load_work(tx.session, evaluation_id)
    issued = await recommendations.issued_numbers(tx.session, evaluation_id)
    numbers = numbers_of(work.draft)
    domain.expect_time_to_answer(work.draft, numbers, issued=issued, today=tx.today, state=found.status.value)
    inputs = await _inputs(tx, found, work, edition=found.edition + 1)
    compiled = compile_report(inputs)
    completed = life.complete(found, on=tx.today, digest=compiled.digest)
    await repository.add_report(tx, inputs, compiled)
    await decisions.keep(tx, completed, Move.COMPLETE, reason=found.correction_reason)
    await issuing.issue(
        tx,
        completed,
        [
            (
                each.id,
                Wording(
                    number=numbers[each.id],
                    text=each.text,
                    addressee=each.addressee,
                    priority=each.priority,
                    response_due_on=each.response_due_on,
                    node_ids=each.node_ids,
                ),
            )
            for each in work.draft.proposals
        ],
    )
    tx.emit(_told(completed, compiled.digest, len(work.draft.proposals), on=tx.today))
    return completed


async def preview_report(tx: Transaction, evaluation_id: UUID) -> tuple[Evaluation, Inputs]:
    """Return what the report is made of as it stands: facts of today until the draft is handed in."""
    found = await evaluations.read_evaluation(tx.session, evaluation_id)
    if found is None:
        raise EvaluationNotFound
    work = await repository.load_work(tx.session, evaluation_id)
    return found, await _inputs(tx, found, work, edition=found.edition + 1)


async def _facts(tx: Transaction, evaluation: Evaluation) -> Facts:
    return await facts_repository.gather_facts(
        tx.session,
        plan_id=evaluation.subject.plan_id,
        unit_ids=evaluation.subject.unit_ids,
        on=tx.today,
        is_exit=evaluation.type is EvaluationType.EXIT_OUTLINE,
    )


async def _inputs(tx: Transaction, evaluation: Evaluation, work: Work, *, edition: int) -> Inputs:
    chosen = repository.question_codes(work.draft.judgements)
    every = (*STANDARD, *await evaluations.later_questions(tx.session)) if chosen else ()
    return Inputs(
        form=FORM,
        head=_head(evaluation),
        edition=edition,
        reason=evaluation.correction_reason,
        facts=work.facts or await _facts(tx, evaluation),
        draft=work.draft,
        questions=tuple(each for each in every if (each.code, each.edition) in chosen),
    )


def _head(evaluation: Evaluation) -> Head:
    who, subject = evaluation.assignment, evaluation.subject
    return Head(
        evaluation_id=evaluation.id,
        type=evaluation.type,
        title=evaluation.title,
        due_on=evaluation.due_on,
        mode=who.mode.value if who else "",
        organisation=who.organisation if who else "",
        contract=who.contract if who else "",
        authors=who.authors if who else (),
        themes=subject.themes,
        region=subject.region,
        project=subject.project,
    )


def _told(completed: Evaluation, digest: str, recommended: int, *, on: date) -> EvaluationCompleted:
    return EvaluationCompleted(
        version=completed.version,
        evaluation_id=completed.id,
        kind=completed.type,
        title=completed.title or completed.kind.cs,
        plan_id=completed.subject.plan_id,
        revision=completed.revision,
        unit_ids=completed.subject.unit_ids,
        edition=completed.edition,
        completed_on=on,
        digest=digest,
        recommendations=recommended,
    )
