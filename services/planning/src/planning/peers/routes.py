"""HTTP of exchanges between units."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from planning.peers import list_repository, use_cases
from planning.peers.domain import Exchange, ExchangeStatus
from planning.peers.list_repository import Filters
from planning.peers.refusals import ExchangeUnknown
from planning.peers.schemas import (
    ExchangeDayIn,
    ExchangeHeldIn,
    ExchangeIn,
    ExchangeList,
    ExchangeOut,
    ExchangeReasonIn,
    ExchangesByUnitOut,
    ExchangeState,
    ExchangeUnit,
    UnitExchangesOut,
)
from shared.contracts.base import Role
from shared.http import (
    AGENCY,
    Caller,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Row,
    Tx,
    allow,
    etag,
    router,
)
from shared.names import sort_key

exchanges = router("/peer-exchanges", tag="peers")

_WRITE: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT)
_READ: Final = allow(Role.COORDINATOR, Role.MAYOR, *AGENCY)
Year = Annotated[int, Field(ge=2000, le=2200), InDigits]


@exchanges.get("", response_model=ExchangeList, dependencies=[_READ])
async def list_peer_exchanges(
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description="On either side")] = None,
    status: Annotated[ExchangeStatus | None, Query(alias="filter[status]")] = None,
    offer: Annotated[UUID | None, Query(alias="filter[offer]")] = None,
) -> Response:
    """List exchanges of one's units, the newest first; the Agency sees all of them."""
    filters = Filters(of_unit=unit is not None, of_status=status is not None, of_offer=offer is not None)
    return await reads.page(
        list_repository.exchanges(filters),
        page,
        unit_id=unit,
        status=status and status.value,
        offer_id=offer,
        **caller.sees(),
    )


@exchanges.get("/by-unit", dependencies=[allow(*AGENCY)])
async def count_peer_exchanges(
    reads: Reads, year: Annotated[Year | None, Query(alias="filter[year]")] = None
) -> ExchangesByUnitOut:
    """Count what units gave and received, in one year or ever, in Czech order of units."""
    rows = await reads.rows(list_repository.BY_UNIT, year=year)
    ordered = sorted(rows, key=lambda row: (sort_key(row["name"]), row["id"]))
    return ExchangesByUnitOut(year=year, items=tuple(map(_counts, ordered)))


@exchanges.get("/{exchange_id}", response_model=ExchangeOut, dependencies=[_READ])
async def get_peer_exchange(reads: Reads, caller: Caller, exchange_id: UUID) -> Response:
    found = await reads.one(list_repository.EXCHANGE, exchange_id=exchange_id, **caller.sees())
    if found is None:
        raise ExchangeUnknown
    return found


@exchanges.post("", status_code=201, dependencies=[_WRITE])
async def propose_peer_exchange(
    tx: Tx, body: ExchangeIn, request: Request, response: Response
) -> ExchangeState:
    """Ask for what another unit offers."""
    exchange = await use_cases.propose_exchange(tx, body.offer_id, body.need_id, body.form)
    response.headers["Location"] = f"{request.url.path}/{exchange.id}"
    return _state(exchange, response)


@exchanges.post("/{exchange_id}/agreement", dependencies=[_WRITE])
async def agree_to_peer_exchange(
    tx: Tx, exchange_id: UUID, expected: ExpectedVersion, response: Response
) -> ExchangeState:
    """Agree, for the offering unit; it takes of the capacity of this year."""
    return _state(await use_cases.agree_to_exchange(tx, exchange_id, expected=expected), response)


@exchanges.post("/{exchange_id}/day", dependencies=[_WRITE])
async def set_day_of_peer_exchange(
    tx: Tx, exchange_id: UUID, body: ExchangeDayIn, expected: ExpectedVersion, response: Response
) -> ExchangeState:
    """Set the day, or move it."""
    exchange = await use_cases.set_day_of_exchange(
        tx, exchange_id, expected=expected, planned_on=body.planned_on
    )
    return _state(exchange, response)


@exchanges.post("/{exchange_id}/completion", dependencies=[_WRITE])
async def complete_peer_exchange(
    tx: Tx, exchange_id: UUID, body: ExchangeHeldIn, expected: ExpectedVersion, response: Response
) -> ExchangeState:
    """Record that it was held, and how useful it was; for the unit that learnt."""
    exchange = await use_cases.complete_exchange(
        tx,
        exchange_id,
        expected=expected,
        held_on=body.held_on,
        note=body.note,
        usefulness=body.usefulness,
    )
    return _state(exchange, response)


@exchanges.post("/{exchange_id}/cancellation", dependencies=[_WRITE])
async def cancel_peer_exchange(
    tx: Tx, exchange_id: UUID, body: ExchangeReasonIn, expected: ExpectedVersion, response: Response
) -> ExchangeState:
    """Cancel it, for either unit, with the reason."""
    exchange = await use_cases.cancel_exchange(tx, exchange_id, expected=expected, reason=body.reason)
    return _state(exchange, response)


def _counts(row: Row) -> UnitExchangesOut:
    counted = {name: row[name] for name in UnitExchangesOut.model_fields if name != "unit"}
    return UnitExchangesOut(unit=ExchangeUnit(id=row["id"], name=row["name"]), **counted)


def _state(exchange: Exchange, response: Response) -> ExchangeState:
    response.headers.update(etag(exchange.version))
    return ExchangeState.model_validate(exchange)
