"""HTTP of cooperation: read by everybody, decided by the Agency."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from registry.cooperation import repository, use_cases
from registry.cooperation.domain import CooperationUnknown
from registry.cooperation.schemas import CooperationIn, CooperationList, CooperationOut, EndIn
from shared.contracts.base import Role
from shared.contracts.registry import CooperationRegime
from shared.http import Day, ExpectedVersion, Page, Reads, Tx, allow, etag, public, router

cooperations = router("/cooperations", tag="cooperation")

_DECIDE = allow(Role.CONSULTANT, Role.ADMINISTRATOR)


@cooperations.post("", status_code=201, response_model=CooperationOut, dependencies=[_DECIDE])
async def start_cooperation(
    tx: Tx, body: CooperationIn, request: Request, response: Response
) -> CooperationOut:
    cooperation = await use_cases.start_cooperation(
        tx, unit_id=body.unit_id, regime=body.regime, starts_on=body.starts_on, ends_on=body.ends_on
    )
    response.headers["Location"] = f"{request.url.path}/{cooperation.id}"
    response.headers.update(etag(cooperation.version))
    return CooperationOut.of(cooperation)


@cooperations.get("", response_model=CooperationList, dependencies=[public()])
async def list_cooperations(
    reads: Reads,
    page: Page,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    regime: Annotated[CooperationRegime | None, Query(alias="filter[regime]")] = None,
    as_of: Annotated[Day | None, Query(description="Only what runs on this day")] = None,
) -> Response:
    """List the latest first."""
    query = repository.cooperations(
        of_unit=unit is not None, under_regime=regime is not None, running=as_of is not None
    )
    return await reads.page(query, page, unit_id=unit, regime=regime.value if regime else None, day=as_of)


@cooperations.get("/{cooperation_id}", response_model=CooperationOut, dependencies=[public()])
async def get_cooperation(reads: Reads, cooperation_id: UUID) -> Response:
    found = await reads.one(repository.ONE, id=cooperation_id)
    if found is None:
        raise CooperationUnknown
    return found


@cooperations.post("/{cooperation_id}/end", response_model=CooperationOut, dependencies=[_DECIDE])
async def end_cooperation(
    tx: Tx, cooperation_id: UUID, body: EndIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    cooperation = await use_cases.end_cooperation(tx, cooperation_id, expected=expected, on=body.ends_on)
    response.headers.update(etag(cooperation.version))
    return CooperationOut.of(cooperation)
