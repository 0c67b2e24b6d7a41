"""HTTP of cooperation: read by everybody, decided by the Agency."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from registry.cooperation import repository, use_cases
from registry.cooperation.domain import Cooperation, Move
from registry.cooperation.refusals import CooperationUnknown
from registry.cooperation.regimes import REGIMES
from registry.cooperation.schemas import (
    CooperationBegun,
    CooperationIn,
    CooperationOut,
    DecisionIn,
    EndIn,
    ExitIn,
    ReasonedIn,
    RegimeList,
    RegimeOut,
)
from registry.cooperation.use_cases import Asked
from shared.contracts.base import Role
from shared.http import Caller, Day, ExpectedVersion, Reads, Tx, allow, etag, public, router

cooperations = router("/cooperations", tag="cooperation")
regimes = router("/cooperation-regimes", tag="cooperation")

_DECIDE = allow(Role.CONSULTANT, Role.ADMINISTRATOR, Role.DIRECTOR)
AsOf = Annotated[Day | None, Query(description="The state on this day")]


@regimes.get("", response_model=RegimeList, dependencies=[public()])
async def list_cooperation_regimes() -> RegimeList:
    """List the regimes of support: how long they last, what they need, what they exclude."""
    return RegimeList(items=[RegimeOut.of(regime) for regime in REGIMES.values()])


@cooperations.post("", status_code=201, response_model=CooperationBegun, dependencies=[_DECIDE])
async def start_cooperation(
    tx: Tx, body: CooperationIn, request: Request, response: Response
) -> CooperationBegun:
    """Begin with agreed days; under KPSV21 begin to prepare, the description sets the days."""
    cooperation = await use_cases.start_cooperation(
        tx,
        unit_id=body.unit_id,
        terms=body.terms(),
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        on=body.on,
    )
    response.headers["Location"] = f"{request.url.path}/{cooperation.id}"
    response.headers.update(etag(cooperation.version))
    return CooperationBegun.begun(cooperation)


@cooperations.get("/{cooperation_id}", response_model=CooperationOut, dependencies=[public()])
async def get_cooperation(reads: Reads, caller: Caller, cooperation_id: UUID, as_of: AsOf = None) -> Response:
    """Give a cooperation with its phases; `as_of` gives the status of that day's phase."""
    query = repository.one(on_a_day=as_of is not None)
    found = await reads.one(
        query, id=cooperation_id, day=as_of, agency=caller.is_agency, units=list(caller.units)
    )
    if found is None:
        raise CooperationUnknown
    return found


@cooperations.post("/{cooperation_id}/suspension", response_model=CooperationOut, dependencies=[_DECIDE])
async def suspend_cooperation(
    tx: Tx, cooperation_id: UUID, body: ReasonedIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    """Let it stand still for a reason that the parties alone may read."""
    asked = Asked(expected=expected, on=body.on, reason=body.reason)
    return _answer(await use_cases.turn(tx, cooperation_id, asked, Move.SUSPEND), response)


@cooperations.post("/{cooperation_id}/resumption", response_model=CooperationOut, dependencies=[_DECIDE])
async def resume_cooperation(
    tx: Tx, cooperation_id: UUID, body: DecisionIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    asked = Asked(expected=expected, on=body.on, reason=body.reason)
    return _answer(await use_cases.turn(tx, cooperation_id, asked, Move.RESUME), response)


@cooperations.post("/{cooperation_id}/exit", response_model=CooperationOut, dependencies=[_DECIDE])
async def begin_exit(
    tx: Tx, cooperation_id: UUID, body: ExitIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    asked = Asked(expected=expected, on=body.on, reason=body.reason)
    strategy = body.strategy.strategy() if body.strategy else None
    exiting = await use_cases.begin_exit(tx, cooperation_id, asked, strategy=strategy, note=body.note)
    return _answer(exiting, response)


@cooperations.post("/{cooperation_id}/ex-post", response_model=CooperationOut, dependencies=[_DECIDE])
async def begin_ex_post(
    tx: Tx, cooperation_id: UUID, body: DecisionIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    asked = Asked(expected=expected, on=body.on, reason=body.reason)
    return _answer(await use_cases.turn(tx, cooperation_id, asked, Move.BEGIN_EX_POST), response)


@cooperations.post("/{cooperation_id}/end", response_model=CooperationOut, dependencies=[_DECIDE])
async def end_cooperation(
    tx: Tx, cooperation_id: UUID, body: EndIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    """Agree on the last day; one that has come ends the cooperation at once."""
    asked = Asked(expected=expected, on=body.on, reason=body.reason)
    ended = await use_cases.end_cooperation(tx, cooperation_id, asked, ends_on=body.ends_on, kind=body.kind)
    return _answer(ended, response)


@cooperations.post("/{cooperation_id}/cancellation", response_model=CooperationOut, dependencies=[_DECIDE])
async def cancel_cooperation(
    tx: Tx, cooperation_id: UUID, body: ReasonedIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    """Give up a cooperation that has not begun."""
    asked = Asked(expected=expected, on=body.on, reason=body.reason)
    return _answer(await use_cases.cancel(tx, cooperation_id, asked), response)


def _answer(cooperation: Cooperation, response: Response) -> CooperationOut:
    response.headers.update(etag(cooperation.version))
    return CooperationOut.of(cooperation)
