"""HTTP of obligations: lists, one with its trail, and the three decisions about a value."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from evaluation.monitoring.domain import ObligationStatus
from evaluation.values import repository, use_cases
from evaluation.values.domain import ObligationNotFound
from evaluation.values.schemas import (
    ObligationDetail,
    ObligationList,
    ObligationState,
    ReportIn,
    ReturnIn,
)
from shared.contracts.base import Role
from shared.http import Caller, Day, ExpectedVersion, Page, Reads, Title, Tx, allow, etag, logged_in, router

obligations = router("/obligations", tag="obligations")


def _filters(
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description="A unit of the plan")] = None,
    indicator: Annotated[UUID | None, Query(alias="filter[indicator]")] = None,
    status: Annotated[ObligationStatus | None, Query(alias="filter[status]")] = None,
    owner: Annotated[Title | None, Query(alias="filter[owner]")] = None,
    due_before: Annotated[Day | None, Query(alias="filter[due_before]", description="Not that day")] = None,
) -> dict[str, object]:
    asked = {
        "plan": plan,
        "unit": unit,
        "indicator": indicator,
        "status": status,
        "owner": owner,
        "due_before": due_before,
    }
    return {name: value for name, value in asked.items() if value is not None}


Filters = Annotated[dict[str, object], Depends(_filters)]


@obligations.get("", response_model=ObligationList, dependencies=[logged_in()])
async def list_obligations(reads: Reads, caller: Caller, page: Page, filters: Filters) -> Response:
    """By due date; of the plans of one's own units, the Agency of all."""
    query = repository.obligations(frozenset(filters), of_all_units=caller.is_agency)
    return await reads.page(query, page, **filters, units=list(caller.units))


@obligations.get("/{obligation_id}", response_model=ObligationDetail, dependencies=[logged_in()])
async def get_obligation(reads: Reads, caller: Caller, obligation_id: UUID) -> Response:
    query = repository.one_obligation(of_all_units=caller.is_agency)
    found = await reads.one(query, obligation_id=obligation_id, units=list(caller.units))
    if found is None:
        raise ObligationNotFound
    return found


@obligations.post(
    "/{obligation_id}/report",
    response_model=ObligationState,
    dependencies=[allow(Role.COORDINATOR, Role.PARTNER)],
)
async def report_value(
    tx: Tx, obligation_id: UUID, body: ReportIn, expected: ExpectedVersion, response: Response
) -> ObligationState:
    done = await use_cases.report(tx, obligation_id, body.report(), expected_version=expected)
    response.headers.update(etag(done.version))
    return ObligationState.of(done)


@obligations.post(
    "/{obligation_id}/approval",
    response_model=ObligationState,
    dependencies=[allow(Role.CONSULTANT, Role.EVALUATOR)],
)
async def approve_value(
    tx: Tx, obligation_id: UUID, expected: ExpectedVersion, response: Response
) -> ObligationState:
    """Not by the one who reported it."""
    done = await use_cases.approve(tx, obligation_id, expected_version=expected)
    response.headers.update(etag(done.version))
    return ObligationState.of(done)


@obligations.post(
    "/{obligation_id}/return",
    response_model=ObligationState,
    dependencies=[allow(Role.CONSULTANT, Role.EVALUATOR)],
)
async def return_value(
    tx: Tx, obligation_id: UUID, body: ReturnIn, expected: ExpectedVersion, response: Response
) -> ObligationState:
    done = await use_cases.give_back(tx, obligation_id, reason=body.reason, expected_version=expected)
    response.headers.update(etag(done.version))
    return ObligationState.of(done)
