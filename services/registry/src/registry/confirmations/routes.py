"""HTTP of confirmations: issued by the Agency, proved by everybody who holds one."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from registry.averages.schemas import (
    ConfirmationIn,
    ConfirmationList,
    ConfirmationOut,
    ProofOut,
    YearNamed,
)
from registry.confirmations import repository, use_cases
from registry.confirmations.domain import ConfirmationUnknown
from shared.contracts.base import Role
from shared.http import Caller, Page, Reads, Tx, allow, logged_in, public, router

confirmations = router("/index/confirmations", tag="index averages")


_ISSUERS = (Role.CONSULTANT, Role.ANALYST, Role.ADMINISTRATOR, Role.SYSTEM)


@confirmations.post("", status_code=201, response_model=ConfirmationOut, dependencies=[allow(*_ISSUERS)])
async def issue_confirmation(
    tx: Tx, body: ConfirmationIn, request: Request, response: Response
) -> ConfirmationOut:
    """Calculate the average, give it the next number of the year and keep it for ever."""
    stored = await use_cases.issue_confirmation(
        tx,
        body.asked(today=tx.today),
        purpose=body.purpose,
        applicant_id=body.applicant_id,
        threshold=body.threshold,
    )
    response.headers["Location"] = f"{request.url.path}/{stored.id}"
    return ConfirmationOut.model_validate(stored)


@confirmations.get("", response_model=ConfirmationList, dependencies=[logged_in()])
async def list_confirmations(
    reads: Reads,
    caller: Caller,
    page: Page,
    applicant: Annotated[UUID | None, Query(alias="filter[applicant]")] = None,
    year: Annotated[YearNamed | None, Query(alias="filter[year]", description="Year of issue")] = None,
) -> Response:
    """List the latest first: those for one's own units, the Agency and systems all."""
    query = repository.confirmations(
        of_all_units=_sees_all(caller), of_applicant=applicant is not None, of_year=year is not None
    )
    return await reads.page(query, page, applicant_id=applicant, year=year, units=list(caller.units))


@confirmations.get("/{confirmation_id}", response_model=ConfirmationOut, dependencies=[logged_in()])
async def get_confirmation(reads: Reads, caller: Caller, confirmation_id: UUID) -> Response:
    query = repository.one_confirmation(of_all_units=_sees_all(caller))
    found = await reads.one(query, confirmation_id=confirmation_id, units=list(caller.units))
    if found is None:
        raise ConfirmationUnknown
    return found


@confirmations.get("/{confirmation_id}/verification", response_model=ProofOut, dependencies=[public()])
async def verify_confirmation(tx: Tx, confirmation_id: UUID) -> ProofOut:
    """Calculate once more from the stored editions: does it come out, and is there a newer one."""
    return ProofOut.model_validate(await use_cases.prove(tx, confirmation_id))


def _sees_all(caller: Caller) -> bool:
    return caller.is_agency or caller.has_any(_ISSUERS)
