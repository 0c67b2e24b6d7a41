"""HTTP of the evaluation calendar."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from evaluation.evaluations import repository
from evaluation.evaluations.domain import EvaluationNotFound
from evaluation.evaluations.schemas import EvaluationFilters, EvaluationList, EvaluationOut
from shared.http import Caller, Reads, logged_in, router

evaluations = router("/evaluations", tag="evaluations")


@evaluations.get("", response_model=EvaluationList, dependencies=[logged_in()])
async def list_evaluations(
    reads: Reads, caller: Caller, asked: Annotated[EvaluationFilters, Query()]
) -> Response:
    """By due date; of the plans of one's own units, the Agency of all."""
    given = asked.filters()
    query = repository.evaluations(frozenset(given), of_all_units=caller.is_agency)
    return await reads.page(query, asked.page, **given, units=list(caller.units))


@evaluations.get("/{evaluation_id}", response_model=EvaluationOut, dependencies=[logged_in()])
async def get_evaluation(reads: Reads, caller: Caller, evaluation_id: UUID) -> Response:
    query = repository.one_evaluation(of_all_units=caller.is_agency)
    found = await reads.one(query, evaluation_id=evaluation_id, units=list(caller.units))
    if found is None:
        raise EvaluationNotFound
    return found
