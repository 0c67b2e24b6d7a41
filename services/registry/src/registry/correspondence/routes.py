"""HTTP of correspondence and promises: written by the Agency, read by the units concerned too."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import StringConstraints

from registry.correspondence import list_repository, use_cases
from registry.correspondence.domain import Channel, CorrespondenceUnknown, Direction
from registry.correspondence.list_repository import Filters, PromiseFilters
from registry.correspondence.promises import PromiseMove, PromiseSide, PromiseUnknown
from registry.correspondence.schemas import (
    AbandonmentIn,
    CorrectedCorrespondenceOut,
    CorrespondenceCorrectionIn,
    CorrespondenceIn,
    CorrespondenceList,
    CorrespondenceOut,
    PromiseCorrectionIn,
    PromiseIn,
    PromiseList,
    PromiseOut,
    SettlementIn,
)
from shared.contracts.base import Role
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Storable,
    Tx,
    allow,
    etag,
    router,
    today,
)

correspondence = router("/correspondence", tag="correspondence")
promises = router("/promises", tag="correspondence")

_AGENCY: Final = (Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.DIRECTOR)
_WRITE: Final = allow(*_AGENCY)
_READ: Final = allow(*_AGENCY, Role.COORDINATOR, Role.MAYOR)
OfUnit = Annotated[UUID | None, Query(alias="filter[unit]")]


@correspondence.post("", status_code=201, response_model=CorrespondenceOut, dependencies=[_WRITE])
async def write_down_correspondence(
    tx: Tx, body: CorrespondenceIn, request: Request, response: Response
) -> CorrespondenceOut:
    """Write an entry down with the promises that were made in it."""
    entry, given = await use_cases.write_down(
        tx, body.substance(), [each.pledge() for each in body.promises], on=body.on
    )
    response.headers["Location"] = f"{request.url.path}/{entry.id}"
    response.headers.update(etag(entry.version))
    return CorrespondenceOut.of(entry, given)


@correspondence.get("", response_model=CorrespondenceList, dependencies=[_READ])
async def list_correspondence(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    q: Annotated[
        Annotated[str, StringConstraints(min_length=2, max_length=100), Storable] | None,
        Query(description="Words that all stand in the entry, whatever their case and diacritics"),
    ] = None,
    unit: OfUnit = None,
    channel: Annotated[Channel | None, Query(alias="filter[channel]")] = None,
    direction: Annotated[Direction | None, Query(alias="filter[direction]")] = None,
    occurred_from: Annotated[Day | None, Query(alias="filter[from]")] = None,
    occurred_until: Annotated[Day | None, Query(alias="filter[until]")] = None,
) -> Response:
    """List the latest first: the Agency all, units their own but what is internal."""
    filters = Filters(
        of_unit=unit is not None,
        by_channel=channel is not None,
        by_direction=direction is not None,
        since=occurred_from is not None,
        until=occurred_until is not None,
        by_text=q is not None,
    )
    return await reads.page(
        list_repository.correspondence(filters),
        page,
        unit_id=unit,
        channel=channel.value if channel else None,
        direction=direction.value if direction else None,
        occurred_from=occurred_from,
        occurred_until=occurred_until,
        patterns=list_repository.patterns_of(q or ""),
        **caller.sees(),
    )


@correspondence.get("/{correspondence_id}", response_model=CorrespondenceOut, dependencies=[_READ])
async def get_correspondence(reads: Reads, caller: Caller, correspondence_id: UUID) -> Response:
    query = list_repository.ONE
    found = await reads.one(query, correspondence_id=correspondence_id, **caller.sees())
    if found is None:
        raise CorrespondenceUnknown
    return found


@correspondence.post(
    "/{correspondence_id}/correction", response_model=CorrectedCorrespondenceOut, dependencies=[_WRITE]
)
async def correct_correspondence(
    tx: Tx,
    correspondence_id: UUID,
    body: CorrespondenceCorrectionIn,
    expected: ExpectedVersion,
    response: Response,
) -> CorrectedCorrespondenceOut:
    """Say it all anew, with the reason; what stood there stays in the journal."""
    entry = await use_cases.correct_entry(
        tx, correspondence_id, body.substance(), expected=expected, reason=body.reason, on=body.on
    )
    response.headers.update(etag(entry.version))
    return CorrectedCorrespondenceOut.of(entry)


@correspondence.post(
    "/{correspondence_id}/promises", status_code=201, response_model=PromiseOut, dependencies=[_WRITE]
)
async def add_promise(
    tx: Tx, correspondence_id: UUID, body: PromiseIn, request: Request, response: Response
) -> PromiseOut:
    """Add a promise that the entry had left out."""
    promise = await use_cases.add_promise(tx, correspondence_id, body.pledge(), on=body.on)
    place = request.url.path.removesuffix(f"correspondence/{correspondence_id}/promises")
    response.headers["Location"] = f"{place}promises/{promise.id}"
    response.headers.update(etag(promise.version))
    return PromiseOut.of(promise)


@promises.get("", response_model=PromiseList, dependencies=[_READ])
async def list_promises(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    unit: OfUnit = None,
    side: Annotated[PromiseSide | None, Query(alias="filter[side]", description="Who promised")] = None,
    state: Annotated[Literal["open", "overdue", "done"] | None, Query(alias="filter[state]")] = None,
    person: Annotated[
        Literal["me"] | None, Query(alias="filter[person]", description="What the caller promised")
    ] = None,
) -> Response:
    """Say who promised what: open promises by the day when they are due, then those settled."""
    filters = PromiseFilters(
        of_unit=unit is not None, by_side=side is not None, state=state, of_person=person is not None
    )
    return await reads.page(
        list_repository.promised(filters),
        page,
        unit_id=unit,
        side=side.value if side else None,
        person=caller.id,
        day=today(),
        **caller.sees(),
    )


@promises.get("/{promise_id}", response_model=PromiseOut, dependencies=[_READ])
async def get_promise(reads: Reads, caller: Caller, promise_id: UUID) -> Response:
    found = await reads.one(list_repository.ONE_PROMISE, promise_id=promise_id, **caller.sees())
    if found is None:
        raise PromiseUnknown
    return found


@promises.post("/{promise_id}/correction", response_model=PromiseOut, dependencies=[_WRITE])
async def correct_promise(
    tx: Tx, promise_id: UUID, body: PromiseCorrectionIn, expected: ExpectedVersion, response: Response
) -> PromiseOut:
    """Say it all anew, a later day for example, with the reason."""
    promise = await use_cases.correct_promise(
        tx, promise_id, body.pledge(), expected=expected, reason=body.reason, on=body.on
    )
    response.headers.update(etag(promise.version))
    return PromiseOut.of(promise)


@promises.post("/{promise_id}/fulfilment", response_model=PromiseOut, dependencies=[_WRITE])
async def fulfil_promise(
    tx: Tx, promise_id: UUID, body: SettlementIn, expected: ExpectedVersion, response: Response
) -> PromiseOut:
    promise = await use_cases.settle_promise(
        tx, promise_id, PromiseMove.FULFIL, expected=expected, note=body.note, on=body.on
    )
    response.headers.update(etag(promise.version))
    return PromiseOut.of(promise)


@promises.post("/{promise_id}/abandonment", response_model=PromiseOut, dependencies=[_WRITE])
async def abandon_promise(
    tx: Tx, promise_id: UUID, body: AbandonmentIn, expected: ExpectedVersion, response: Response
) -> PromiseOut:
    promise = await use_cases.settle_promise(
        tx, promise_id, PromiseMove.ABANDON, expected=expected, note=body.note, on=body.on
    )
    response.headers.update(etag(promise.version))
    return PromiseOut.of(promise)
