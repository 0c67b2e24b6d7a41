"""HTTP of scales and criteria: what is rated is public, who rates it words it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from evaluation.criteria import repository, use_cases
from evaluation.criteria.domain import Criterion
from evaluation.criteria.refusals import CriterionUnknown
from evaluation.criteria.schemas import (
    CriterionIn,
    CriterionList,
    CriterionOut,
    EndingIn,
    ScaleIn,
    ScaleList,
    ScaleOut,
    WordingIn,
)
from shared.contracts.base import Role
from shared.contracts.registry import ThematicArea
from shared.http import Day, ExpectedVersion, Page, Reads, Title, Tx, allow, etag, public, router
from shared.names import pattern_of

scales = router("/quality-scales", tag="quality")
criteria = router("/quality-criteria", tag="quality")

_WORD = allow(Role.EVALUATOR, Role.ADMINISTRATOR)


@scales.get("", response_model=ScaleList, dependencies=[public()])
async def list_scales(reads: Reads, page: Page) -> Response:
    """List the scales by code."""
    return await reads.page(repository.SCALES, page)


@scales.post("", status_code=201, dependencies=[_WORD])
async def add_scale(tx: Tx, body: ScaleIn) -> ScaleOut:
    """Add a scale; it never changes."""
    return ScaleOut.model_validate(await use_cases.add_scale(tx, body.scale()))


@criteria.get("", response_model=CriterionList, dependencies=[public()])
async def list_criteria(
    reads: Reads,
    page: Page,
    *,
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
    valid_on: Annotated[Day | None, Query(alias="filter[valid_on]", description="In force that day")] = None,
    q: Annotated[Title | None, Query(description="Part of the code or the name")] = None,
) -> Response:
    """List criteria with their editions, by name."""
    asked = {"area": area, "valid_on": valid_on, "q": pattern_of(q) if q else None}
    filters = {name: value for name, value in asked.items() if value is not None}
    return await reads.page(repository.criteria_list(frozenset(filters)), page, **filters)


@criteria.get("/{criterion_id}", response_model=CriterionOut, dependencies=[public()])
async def get_criterion(reads: Reads, criterion_id: UUID) -> Response:
    found = await reads.one(repository.ONE_CRITERION, criterion_id=criterion_id)
    if found is None:
        raise CriterionUnknown
    return found


@criteria.post("", status_code=201, dependencies=[_WORD])
async def add_criterion(tx: Tx, body: CriterionIn, request: Request, response: Response) -> CriterionOut:
    """Add a criterion to an area, with its first edition."""
    added = await use_cases.add_criterion(tx, body.area, body.code, body.wording())
    response.headers["Location"] = f"{request.url.path}/{added.id}"
    return _shown(added, response)


@criteria.post("/{criterion_id}/wording", dependencies=[_WORD])
async def reword_criterion(
    tx: Tx, criterion_id: UUID, body: WordingIn, expected: ExpectedVersion, response: Response
) -> CriterionOut:
    """Add the next edition, or describe what a baseline named by its code alone."""
    reworded = await use_cases.reword_criterion(tx, criterion_id, body.wording(), expected=expected)
    return _shown(reworded, response)


@criteria.post("/{criterion_id}/ending", dependencies=[_WORD])
async def end_criterion(
    tx: Tx, criterion_id: UUID, body: EndingIn, expected: ExpectedVersion, response: Response
) -> CriterionOut:
    """Let a criterion be used until a day; sets that are measured by it go on with it."""
    ended = await use_cases.end_criterion(tx, criterion_id, body.valid_until, expected=expected)
    return _shown(ended, response)


def _shown(criterion: Criterion, response: Response) -> CriterionOut:
    response.headers.update(etag(criterion.version))
    return CriterionOut.of(criterion)
