"""HTTP of the calendar of plans, of the register of all evaluations, and of questions."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from evaluation.evaluations import decision_use_cases as use_cases
from evaluation.evaluations import list_repository
from evaluation.evaluations.domain import Evaluation, EvaluationStatus
from evaluation.evaluations.kinds import KINDS
from evaluation.evaluations.questions import STANDARD, Question, in_force
from evaluation.evaluations.refusals import EvaluationNotFound
from evaluation.evaluations.schemas import (
    AssignmentIn,
    EvaluationIn,
    EvaluationList,
    EvaluationOut,
    EvaluationState,
    QuestionIn,
    QuestionList,
    QuestionOut,
    ReasonIn,
    RegisteredDetail,
    RegisteredList,
    ReviewIn,
    TypeList,
    TypeOut,
)
from shared.contracts.base import Role
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.registry import ThematicArea
from shared.contracts.reports import EvaluationType
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    logged_in,
    router,
    today,
)

register = router("/evaluation-register", tag="evaluations")
questions = router("/evaluation-questions", tag="evaluations")
evaluations = router("/evaluations", tag="evaluations")


def _filters(
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description="A unit of the plan")] = None,
    kind: Annotated[EvaluationKind | None, Query(alias="filter[kind]")] = None,
    status: Annotated[EvaluationStatus | None, Query(alias="filter[status]")] = None,
    due_before: Annotated[Day | None, Query(alias="filter[due_before]", description="Not that day")] = None,
) -> dict[str, object]:
    asked = {"plan": plan, "unit": unit, "kind": kind, "status": status, "due_before": due_before}
    return {name: value for name, value in asked.items() if value is not None}


Filters = Annotated[dict[str, object], Depends(_filters)]


@evaluations.get("", response_model=EvaluationList, dependencies=[logged_in()])
async def list_evaluations(reads: Reads, caller: Caller, page: Page, filters: Filters) -> Response:
    """By due date; of the plans of one's own units, the Agency of all."""
    query = list_repository.evaluations(frozenset(filters), of_all_units=caller.is_agency)
    return await reads.page(query, page, **filters, units=list(caller.units))


@evaluations.get("/{evaluation_id}", response_model=EvaluationOut, dependencies=[logged_in()])
async def get_evaluation(reads: Reads, caller: Caller, evaluation_id: UUID) -> Response:
    query = list_repository.one_evaluation(of_all_units=caller.is_agency)
    found = await reads.one(query, evaluation_id=evaluation_id, units=list(caller.units))
    if found is None:
        raise EvaluationNotFound
    return found


def _register_filters(
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    type_: Annotated[EvaluationType | None, Query(alias="filter[type]")] = None,
    status: Annotated[EvaluationStatus | None, Query(alias="filter[status]")] = None,
    theme: Annotated[ThematicArea | None, Query(alias="filter[theme]")] = None,
    due_before: Annotated[Day | None, Query(alias="filter[due_before]", description="Not that day")] = None,
) -> dict[str, object]:
    asked: dict[str, object] = {
        "plan": plan,
        "unit": unit,
        "type": type_ and type_.value,
        "status": status and status.value,
        "theme": theme and theme.value,
        "due_before": due_before,
    }
    return {name: value for name, value in asked.items() if value is not None}


RegisterFilters = Annotated[dict[str, object], Depends(_register_filters)]


@register.get("", response_model=RegisteredList, dependencies=[logged_in()])
async def list_register(reads: Reads, caller: Caller, page: Page, filters: RegisterFilters) -> Response:
    """List evaluations of every type by due date; of one's own units, the Agency all."""
    return await reads.page(list_repository.register(frozenset(filters)), page, **filters, **caller.sees())


@register.post("", status_code=201, dependencies=[allow(Role.EVALUATOR, Role.ANALYST)])
async def create_evaluation(
    tx: Tx, request: Request, body: EvaluationIn, response: Response
) -> EvaluationState:
    """Put an evaluation into the calendar by hand."""
    planned = await use_cases.create_evaluation(
        tx, body.type, title=body.title, due_on=body.due_on, subject=body.subject()
    )
    response.headers["Location"] = f"{request.url.path}/{planned.id}"
    return _state(planned, response)


@register.get("/types", dependencies=[logged_in()])
async def list_evaluation_types(reads: Reads) -> TypeList:
    """List the types with what was promised and what is done, over the whole programme."""
    counts: dict[str, dict[EvaluationStatus, int]] = {}
    for row in await reads.rows(list_repository.COUNTS):
        counts.setdefault(row["type"], {})[EvaluationStatus(row["status"])] = row["count"]
    return TypeList(
        items=[
            TypeOut(
                type=type_,
                cs=kind.cs,
                en=kind.en,
                level=kind.level,
                promised=kind.promised,
                source=kind.source,
                asks_questions=kind.asks,
                external=kind.external,
                counts=counts.get(type_.value, {}),
            )
            for type_, kind in KINDS.items()
        ]
    )


@register.get("/{evaluation_id}", response_model=RegisteredDetail, dependencies=[logged_in()])
async def get_registered(reads: Reads, caller: Caller, evaluation_id: UUID) -> Response:
    """Get one evaluation with its trail."""
    found = await reads.one(list_repository.REGISTERED, evaluation_id=evaluation_id, **caller.sees())
    if found is None:
        raise EvaluationNotFound
    return found


@register.post("/{evaluation_id}/beginning", dependencies=[allow(Role.EVALUATOR, Role.ANALYST)])
async def begin_evaluation(
    tx: Tx, evaluation_id: UUID, body: AssignmentIn, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Say who evaluates: neither who wrote the plan nor who carries a part of it."""
    begun = await use_cases.begin_evaluation(tx, evaluation_id, body.assignment(), expected=expected)
    return _state(begun, response)


@register.post("/{evaluation_id}/return", dependencies=[allow(Role.EVALUATOR, Role.ANALYST, Role.DIRECTOR)])
async def return_draft(
    tx: Tx, evaluation_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Ask for another draft."""
    returned = await use_cases.return_draft(tx, evaluation_id, reason=body.reason, expected=expected)
    return _state(returned, response)


@register.post("/{evaluation_id}/review", dependencies=[allow(Role.EVALUATOR, Role.ANALYST, Role.DIRECTOR)])
async def review_draft(
    tx: Tx, evaluation_id: UUID, body: ReviewIn, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Let the draft pass; not by the one who handed it in."""
    reviewed = await use_cases.review_draft(tx, evaluation_id, note=body.note, expected=expected)
    return _state(reviewed, response)


@register.post("/{evaluation_id}/correction", dependencies=[allow(Role.EVALUATOR, Role.DIRECTOR)])
async def correct_report(
    tx: Tx, evaluation_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Open a report that is out for its next edition."""
    opened = await use_cases.correct_report(tx, evaluation_id, reason=body.reason, expected=expected)
    return _state(opened, response)


@register.post("/{evaluation_id}/cancellation", dependencies=[allow(Role.EVALUATOR, Role.DIRECTOR)])
async def cancel_evaluation(
    tx: Tx, evaluation_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> EvaluationState:
    """Call off an evaluation that has no report."""
    cancelled = await use_cases.cancel_evaluation(tx, evaluation_id, reason=body.reason, expected=expected)
    return _state(cancelled, response)


@questions.get("", dependencies=[logged_in()])
async def list_questions(reads: Reads) -> QuestionList:
    """List every edition of every question by code; the standard set has eight."""
    later = [list_repository.question_of(row) for row in await reads.rows(list_repository.LATER_QUESTIONS)]
    holding = in_force(later, on=today())
    every = sorted((*STANDARD, *later), key=lambda each: (len(each.code), each.code, each.edition))
    return QuestionList(items=[_question(each, holding.get(each.code) == each) for each in every])


@questions.post("", status_code=201, dependencies=[allow(Role.ADMINISTRATOR, Role.EVALUATOR)])
async def word_question(tx: Tx, request: Request, body: QuestionIn, response: Response) -> QuestionOut:
    """Add the next edition of a question; reports keep the wording that they were asked in."""
    worded = await use_cases.word_question(tx, body.question(), reason=body.reason)
    response.headers["Location"] = request.url.path
    return _question(worded, worded.valid_from <= tx.today)


def _question(question: Question, holds: bool) -> QuestionOut:  # noqa: FBT001
    return QuestionOut(
        code=question.code,
        edition=question.edition,
        criterion=question.criterion,
        cs=question.cs,
        en=question.en,
        valid_from=question.valid_from,
        in_force=holds,
    )


def _state(evaluation: Evaluation, response: Response) -> EvaluationState:
    response.headers.update(etag(evaluation.version))
    return EvaluationState.of(evaluation)
