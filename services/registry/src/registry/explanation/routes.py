"""HTTP of explanations: open data for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from registry.explanation import use_cases
from registry.explanation.domain import Asked
from registry.explanation.schemas import ExplanationOut
from shared.http import InDigits, Reads, Storable, public, router, today

explanations = router("/index", tag="index")

Year = Annotated[int | None, Field(ge=1900, le=2999), InDigits]
MethodCode = Annotated[str | None, Query(min_length=1, max_length=40), Storable]


@explanations.get("/units/{unit_id}/explanation", response_model=ExplanationOut, dependencies=[public()])
async def explain_index(
    reads: Reads,
    unit_id: UUID,
    year: Annotated[Year, Query(description="The newest one where it is left out")] = None,
    since: Annotated[Year, Query(description="Compared to this year; the one before if left out")] = None,
    method: MethodCode = None,
    since_method: MethodCode = None,
) -> ExplanationOut:
    """Explain the Index of a municipality: its sub-scores, and what moved it between two years.

    Where nothing is computed yet `standing` is null and `said` tells so.
    """
    asked = Asked(unit_id=unit_id, year=year, since=since, method=method, since_method=since_method or method)
    return ExplanationOut.of(await use_cases.explain(reads, asked, today=today()))
