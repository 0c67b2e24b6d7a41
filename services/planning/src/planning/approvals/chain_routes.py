"""HTTP of chains of approval."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from planning.approvals import chain_repository, chain_use_cases
from planning.approvals.chain import Chain
from planning.approvals.chain_schemas import ChainEndIn, ChainIn, ChainList, ChainOut, ChainState
from planning.approvals.refusals import ChainUnknown
from shared.contracts.base import Role
from shared.contracts.planning import PlanKind
from shared.http import Day, ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, router

chains = router("/approvals/chains", tag="approvals")
_SET: Final = allow(Role.ADMINISTRATOR, Role.DIRECTOR, Role.CONSULTANT, Role.COORDINATOR)


@chains.post("", status_code=201, dependencies=[_SET])
async def set_approval_chain(tx: Tx, body: ChainIn, request: Request, response: Response) -> ChainState:
    """Let a chain hold from a day on, for a kind of plan or for a unit; rounds that run keep theirs."""
    chain = await chain_use_cases.set_chain(tx, body.chain(tx.new_id()), reason=body.reason)
    response.headers["Location"] = f"{request.url.path}/{chain.id}"
    return _state(chain, response)


@chains.get("", response_model=ChainList, dependencies=[logged_in()])
async def list_approval_chains(
    reads: Reads,
    page: Page,
    *,
    kind: Annotated[PlanKind | None, Query(alias="filter[kind]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    as_of: Annotated[Day | None, Query(description="Those that hold on this day")] = None,
) -> Response:
    """List chains, the newest first; where none holds, the council approves alone."""
    query = chain_repository.chains(
        of_kind=kind is not None, of_unit=unit is not None, on_a_day=as_of is not None
    )
    return await reads.page(query, page, kind=kind and kind.value, unit_id=unit, day=as_of)


@chains.get("/{chain_id}", response_model=ChainOut, dependencies=[logged_in()])
async def get_approval_chain(reads: Reads, chain_id: UUID) -> Response:
    found = await reads.one(chain_repository.CHAIN, chain_id=chain_id)
    if found is None:
        raise ChainUnknown
    return found


@chains.post("/{chain_id}/end", dependencies=[_SET])
async def end_approval_chain(
    tx: Tx, chain_id: UUID, body: ChainEndIn, expected: ExpectedVersion, response: Response
) -> ChainState:
    """End a chain with a day; then the one of the kind holds, or the council alone."""
    ended = await chain_use_cases.stop_chain(tx, chain_id, last_day=body.ends_on, expected=expected)
    return _state(ended, response)


@chains.delete("/{chain_id}", status_code=204, dependencies=[_SET])
async def withdraw_approval_chain(tx: Tx, chain_id: UUID, expected: ExpectedVersion) -> None:
    """Take back a chain that does not hold yet."""
    await chain_use_cases.withdraw_chain(tx, chain_id, expected=expected)


def _state(chain: Chain, response: Response) -> ChainState:
    response.headers.update(etag(chain.version))
    return ChainState.model_validate(chain)
