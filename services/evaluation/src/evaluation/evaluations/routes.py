"""HTTP of the evaluation calendar."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from evaluation.evaluations import list_repository
from evaluation.evaluations.domain import EvaluationStatus
from evaluation.evaluations.refusals import EvaluationNotFound
from evaluation.evaluations.schemas import EvaluationList, EvaluationOut
from shared.contracts.evaluation import EvaluationKind
from shared.http import Caller, Day, Page, Reads, logged_in, router

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
