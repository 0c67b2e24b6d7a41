"""HTTP of sets of criteria: what a cooperation is measured by, and where it began."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from evaluation.quality import repository
from evaluation.quality.refusals import CriteriaSetUnknown
from evaluation.quality.schemas import CriteriaSetList, CriteriaSetOut
from shared.contracts.registry import ThematicArea
from shared.http import Caller, Page, Reads, logged_in, router

criteria_sets = router("/criteria-sets", tag="quality")


@criteria_sets.get("", response_model=CriteriaSetList, dependencies=[logged_in()])
async def list_criteria_sets(
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    cooperation: Annotated[UUID | None, Query(alias="filter[cooperation]")] = None,
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
) -> Response:
    """List sets, the cooperation that began last first; units see their own, the Agency all."""
    asked = {"unit": unit, "cooperation": cooperation, "area": area}
    filters = {name: value for name, value in asked.items() if value is not None}
    query = repository.criteria_sets(frozenset(filters), of_all_units=caller.is_agency)
    return await reads.page(query, page, **filters, units=list(caller.units))


@criteria_sets.get("/{set_id}", response_model=CriteriaSetOut, dependencies=[logged_in()])
async def get_criteria_set(reads: Reads, caller: Caller, set_id: UUID) -> Response:
    """Give a set with its criteria, the locked baseline and the readings."""
    query = repository.one_criteria_set(of_all_units=caller.is_agency)
    found = await reads.one(query, set_id=set_id, units=list(caller.units))
    if found is None:
        raise CriteriaSetUnknown
    return found
