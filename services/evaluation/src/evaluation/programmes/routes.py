"""HTTP of the ledger: what was published is public."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from evaluation.programmes import repository
from evaluation.programmes.schemas import DeliverableList, DeliverableTotals
from shared.contracts.documents import DocumentKind
from shared.http import Page, Reads, public, router

deliverables = router("/deliverables", tag="deliverables")


@deliverables.get("", response_model=DeliverableList, dependencies=[public()])
async def list_deliverables(
    reads: Reads,
    page: Page,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    kind: Annotated[DocumentKind | None, Query(alias="filter[kind]")] = None,
) -> Response:
    """Give the newest first."""
    asked = {"plan": plan, "unit": unit, "kind": kind}
    filters = {name: value for name, value in asked.items() if value is not None}
    return await reads.page(repository.deliverables(frozenset(filters)), page, **filters)


@deliverables.get("/totals", response_model=DeliverableTotals, dependencies=[public()])
async def total_deliverables(reads: Reads) -> Response | None:
    return await reads.one(repository.totals())
