"""HTTP of calls, methodologies and availability: read by everybody, decided by the Agency."""

import json
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from registry.calls import list_repository, methodology_repository, outage_repository, repository, use_cases
from registry.calls.availability import PERIODS, availability_in
from registry.calls.domain import Call, CallUnknown, Phase
from registry.calls.methodology import NoSuchMethodology
from registry.calls.methodology_schemas import (
    AvailabilityOut,
    Edition,
    MethodologyIn,
    MethodologyList,
    MethodologyOut,
    Name,
    OutageList,
    PeriodOut,
)
from registry.calls.schemas import (
    AnnouncementIn,
    CallIn,
    CallList,
    CallOut,
    CancellationIn,
    ExtensionIn,
    MethodologyCode,
)
from registry.journal.domain import Subject
from registry.journal.use_cases import state_on
from shared.contracts.base import Role
from shared.contracts.registry import ThematicArea, UnitKind
from shared.days import end_of
from shared.http import Caller, Day, ExpectedVersion, Page, Reads, Tx, allow, etag, public, router

calls = router("/calls", tag="calls")
methodologies = router("/methodologies", tag="calls")
availability = router("/availability", tag="calls")

_DRAFT = allow(Role.ADMINISTRATOR)
_DECIDE = allow(Role.DIRECTOR)


def _filters(
    phase: Annotated[Phase | None, Query(alias="filter[phase]")] = None,
    methodology: Annotated[MethodologyCode | None, Query(alias="filter[methodology]")] = None,
    eligible_kind: Annotated[UnitKind | None, Query(alias="filter[eligible_kind]")] = None,
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
) -> dict[str, str]:
    asked = {"phase": phase, "methodology": methodology, "eligible_kind": eligible_kind, "area": area}
    return {name: str(value) for name, value in asked.items() if value is not None}


Filters = Annotated[dict[str, str], Depends(_filters)]


@calls.get("", response_model=CallList, dependencies=[public()])
async def list_calls(reads: Reads, caller: Caller, page: Page, filters: Filters) -> Response:
    """List the latest announced first; drafts are shown to the Agency alone."""
    query = list_repository.calls(frozenset(filters))
    return await reads.page(query, page, **filters, now=datetime.now(UTC), agency=caller.is_agency)


@calls.get("/open", response_model=CallList, dependencies=[public()])
async def list_open_calls(reads: Reads, page: Page) -> Response:
    """List the calls that take applications now, the one that closes first before others."""
    return await reads.page(list_repository.TAKING, page, now=datetime.now(UTC))


@calls.post("", status_code=201, response_model=CallOut, dependencies=[_DRAFT])
async def draft_call(tx: Tx, body: CallIn, request: Request, response: Response) -> CallOut:
    call = await use_cases.draft_call(tx, body.content())
    response.headers["Location"] = f"{request.url.path}/{call.id}"
    return await _shown(tx, call, response)


@calls.get("/{call_id}", response_model=CallOut, dependencies=[public()])
async def get_call(
    reads: Reads,
    caller: Caller,
    call_id: UUID,
    as_of: Annotated[Day | None, Query(description="As decisions until that day left it")] = None,
) -> Response | CallOut:
    now = datetime.now(UTC)
    if as_of is not None:
        return await _as_of(reads, caller, call_id, as_of, now=now)
    found = await reads.row(list_repository.ONE, id=call_id, now=now, agency=caller.is_agency)
    if found is None:
        raise CallUnknown
    return Response(found["body"], media_type="application/json", headers=etag(found["version"]))


async def _as_of(reads: Reads, caller: Caller, call_id: UUID, day: Day, *, now: datetime) -> CallOut:
    state = await state_on(reads, Subject.CALL, call_id, day, caller)
    if state is None:
        raise CallUnknown
    extensions = await reads.rows(list_repository.EXTENSIONS_UNTIL, id=call_id, day=day)
    made = [dict(each) for each in extensions]
    return CallOut.as_it_was(json.loads(state), made, at=min(now, end_of(day)))


@calls.put("/{call_id}", response_model=CallOut, dependencies=[_DRAFT])
async def edit_call(
    tx: Tx, call_id: UUID, body: CallIn, expected: ExpectedVersion, response: Response
) -> CallOut:
    """Put other content into a draft; after the announcement only its intake can be made longer."""
    call = await use_cases.edit_call(tx, call_id, body.content(), expected=expected)
    return await _shown(tx, call, response)


@calls.post("/{call_id}/announcement", response_model=CallOut, dependencies=[_DECIDE])
async def announce_call(
    tx: Tx, call_id: UUID, body: AnnouncementIn, expected: ExpectedVersion, response: Response
) -> CallOut:
    """Refused with everything that the call lacks."""
    call = await use_cases.announce_call(tx, call_id, expected=expected, on=body.on)
    return await _shown(tx, call, response)


@calls.post("/{call_id}/extension", response_model=CallOut, dependencies=[_DECIDE])
async def extend_call(
    tx: Tx, call_id: UUID, body: ExtensionIn, expected: ExpectedVersion, response: Response
) -> CallOut:
    """Let the intake last longer, as long as it has not ended."""
    call = await use_cases.extend_call(
        tx,
        call_id,
        expected=expected,
        closes_on=body.closes_on,
        reason=(body.reason_cs, body.reason_en),
        on=body.on,
    )
    return await _shown(tx, call, response)


@calls.post("/{call_id}/cancellation", response_model=CallOut, dependencies=[_DECIDE])
async def cancel_call(
    tx: Tx, call_id: UUID, body: CancellationIn, expected: ExpectedVersion, response: Response
) -> CallOut:
    reason = (body.reason_cs, body.reason_en)
    call = await use_cases.cancel_call(tx, call_id, expected=expected, reason=reason, on=body.on)
    return await _shown(tx, call, response)


async def _shown(tx: Tx, call: Call, response: Response) -> CallOut:
    response.headers.update(etag(call.version))
    return CallOut.of(call, await repository.extensions(tx.session, call.id), now=tx.now)


@methodologies.get("", response_model=MethodologyList, dependencies=[public()])
async def list_methodologies(
    reads: Reads,
    page: Page,
    name: Annotated[Name | None, Query(alias="filter[name]")] = None,
    as_of: Annotated[Day | None, Query(description="Only those valid on this day")] = None,
) -> Response:
    """List editions with their rules, the latest first."""
    query = methodology_repository.methodologies(of_name=name is not None, on_day=as_of is not None)
    return await reads.page(query, page, name=name, day=as_of)


@methodologies.get("/{name}/{edition}", response_model=MethodologyOut, dependencies=[public()])
async def get_methodology(reads: Reads, name: Name, edition: Edition) -> Response:
    found = await reads.one(methodology_repository.ONE, code=f"{name}/{edition}")
    if found is None:
        raise NoSuchMethodology
    return found


@methodologies.post("", status_code=201, response_model=MethodologyOut, dependencies=[_DRAFT])
async def add_methodology(
    tx: Tx, body: MethodologyIn, request: Request, response: Response
) -> MethodologyOut:
    """Add an edition; the one of the same name before it ends on the day before."""
    added = await use_cases.add_methodology(tx, body.methodology())
    response.headers["Location"] = f"{request.url.path}/{added.code}"
    return MethodologyOut.of(added)


@availability.get("", response_model=AvailabilityOut, dependencies=[public()])
async def get_availability(reads: Reads) -> AvailabilityOut:
    """Give the share of time in which applications could be handed in."""
    now = datetime.now(UTC)
    beat = await reads.row(outage_repository.HEARTBEAT)
    if beat is None:
        return AvailabilityOut(first_at=None, beat_at=None, periods=[])
    rows = await reads.rows(outage_repository.SPANS_SINCE, since=now - timedelta(days=max(PERIODS)))
    spans = [(row["from_at"], row["until_at"]) for row in rows]
    periods = [availability_in(spans, first_at=beat["first_at"], now=now, days=days) for days in PERIODS]
    return AvailabilityOut(
        first_at=beat["first_at"],
        beat_at=beat["beat_at"],
        periods=[PeriodOut.model_validate(each) for each in periods],
    )


@availability.get("/outages", response_model=OutageList, dependencies=[public()])
async def list_outages(reads: Reads, page: Page) -> Response:
    """List the latest first, with the calls that they prolonged."""
    return await reads.page(outage_repository.OUTAGES, page)
