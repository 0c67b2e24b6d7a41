"""HTTP of the ledger: what was published is public."""

from typing import Annotated

from fastapi import Query, Response

from evaluation.programmes import repository
from evaluation.programmes.schemas import DeliverableFilters, DeliverableList, DeliverableTotals
from shared.http import Reads, public, router

deliverables = router("/deliverables", tag="deliverables")


@deliverables.get("", response_model=DeliverableList, dependencies=[public()])
async def list_deliverables(reads: Reads, asked: Annotated[DeliverableFilters, Query()]) -> Response:
    """Give the newest first."""
    given = asked.filters()
    return await reads.page(repository.deliverables(frozenset(given)), asked.page, **given)


@deliverables.get("/totals", response_model=DeliverableTotals, dependencies=[public()])
async def total_deliverables(reads: Reads) -> Response | None:
    return await reads.one(repository.totals())
