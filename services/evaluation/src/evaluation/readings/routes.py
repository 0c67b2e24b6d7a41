"""HTTP of readings: raters fill and seal their own sheets, then their agreement is recorded."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from evaluation.readings import list_repository, use_cases
from evaluation.readings.domain import Reading, ReadingStatus
from evaluation.readings.refusals import ReadingUnknown
from evaluation.readings.reliability import reliability
from evaluation.readings.schemas import (
    AgreementIn,
    CorrectionIn,
    ReadingIn,
    ReadingList,
    ReadingOut,
    ReadingReasonIn,
    ReadingState,
)
from evaluation.readings.sheet import Sheet
from evaluation.readings.sheet_schemas import RaterSheetList, ReliabilityOut, SheetIn, SheetOut
from shared.contracts.base import Role
from shared.contracts.quality import ReadingPhase
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, logged_in, router

sets = router("/criteria-sets", tag="quality")
readings = router("/quality-readings", tag="quality")

_RATERS = allow(Role.EVALUATOR, Role.CONSULTANT)
_LEAD = allow(Role.EVALUATOR)


def _filters(
    of_set: Annotated[UUID | None, Query(alias="filter[set]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    cooperation: Annotated[UUID | None, Query(alias="filter[cooperation]")] = None,
    phase: Annotated[ReadingPhase | None, Query(alias="filter[phase]")] = None,
    status: Annotated[ReadingStatus | None, Query(alias="filter[status]")] = None,
) -> dict[str, object]:
    asked = {"set": of_set, "unit": unit, "cooperation": cooperation, "phase": phase, "status": status}
    return {name: value for name, value in asked.items() if value is not None}


@sets.post("/{set_id}/readings", status_code=201, response_model=ReadingState, dependencies=[_RATERS])
async def open_reading(
    tx: Tx, set_id: UUID, body: ReadingIn, request: Request, response: Response
) -> ReadingState:
    """Begin a reading; one of a set at a time."""
    reading = await use_cases.open_reading(tx, set_id, body.wanted())
    place = request.url.path.partition("/criteria-sets/")[0]
    response.headers["Location"] = f"{place}/quality-readings/{reading.id}"
    return _state(reading, response)


@readings.get("", response_model=ReadingList, dependencies=[logged_in()])
async def list_readings(
    reads: Reads, caller: Caller, page: Page, filters: Annotated[dict[str, object], Depends(_filters)]
) -> Response:
    """List readings, the newest first; units see what was agreed of their own, the Agency all."""
    query = list_repository.readings(frozenset(filters), of_all_units=caller.is_agency)
    return await reads.page(query, page, **filters, caller=caller.id, units=list(caller.units))


@readings.get("/{reading_id}", response_model=ReadingOut, dependencies=[logged_in()])
async def get_reading(reads: Reads, caller: Caller, reading_id: UUID) -> Response:
    """Give a reading with what was agreed; sheets of raters are no part of it."""
    query = list_repository.one_reading(of_all_units=caller.is_agency)
    found = await reads.one(query, reading_id=reading_id, caller=caller.id, units=list(caller.units))
    if found is None:
        raise ReadingUnknown
    return found


@readings.get("/{reading_id}/sheet", dependencies=[_RATERS])
async def get_own_sheet(tx: Tx, reading_id: UUID, response: Response) -> SheetOut:
    """Give one's own sheet; one that was not begun has version 0."""
    return _sheet(await use_cases.own_sheet(tx, reading_id), response)


@readings.put("/{reading_id}/sheet", dependencies=[_RATERS])
async def write_sheet(
    tx: Tx, reading_id: UUID, body: SheetIn, expected: ExpectedVersion, response: Response
) -> SheetOut:
    """Say all of one's own sheet anew; nobody else reads it before it is sealed."""
    ratings = tuple(each.rating() for each in body.ratings)
    return _sheet(await use_cases.write_sheet(tx, reading_id, ratings, expected=expected), response)


@readings.post("/{reading_id}/sheet/sealing", dependencies=[_RATERS])
async def seal_sheet(tx: Tx, reading_id: UUID, expected: ExpectedVersion, response: Response) -> SheetOut:
    """Let one's own sheet count, for good; the version is that of the sheet."""
    return _sheet(await use_cases.seal_sheet(tx, reading_id, expected=expected), response)


@readings.get("/{reading_id}/sheets", dependencies=[_RATERS])
async def list_sheets(tx: Tx, reading_id: UUID) -> RaterSheetList:
    """Give all sealed sheets to a rater who sealed his own, to others once rating is closed."""
    _, sheets, _ = await use_cases.read_sheets(tx, reading_id)
    return RaterSheetList.of(sheets)


@readings.get("/{reading_id}/reliability", dependencies=[_RATERS])
async def get_reliability(tx: Tx, reading_id: UUID) -> ReliabilityOut:
    """Say how far raters agree and where they differ most, to those who may read their sheets."""
    _, sheets, criteria = await use_cases.read_sheets(tx, reading_id)
    return ReliabilityOut.of(reliability(sheets, criteria))


@readings.post("/{reading_id}/closing", response_model=ReadingState, dependencies=[_LEAD])
async def close_rating(
    tx: Tx, reading_id: UUID, expected: ExpectedVersion, response: Response
) -> ReadingState:
    """End the rating; sheets that are not sealed never count."""
    return _state(await use_cases.close_rating(tx, reading_id, expected=expected), response)


@readings.post("/{reading_id}/agreement", response_model=ReadingState, dependencies=[_LEAD])
async def record_agreement(
    tx: Tx, reading_id: UUID, body: AgreementIn, expected: ExpectedVersion, response: Response
) -> ReadingState:
    """Record what raters agreed on, criterion by criterion, with who agreed and what others say."""
    agreed = await use_cases.record_agreement(tx, reading_id, body.agreement(), expected=expected)
    return _state(agreed, response)


@readings.post("/{reading_id}/correction", response_model=ReadingState, dependencies=[_LEAD])
async def correct_agreement(
    tx: Tx, reading_id: UUID, body: CorrectionIn, expected: ExpectedVersion, response: Response
) -> ReadingState:
    """Append another entry with the reason; what was agreed before stays as it was said."""
    corrected = await use_cases.correct_agreement(
        tx, reading_id, body.agreement(), reason=body.reason, expected=expected
    )
    return _state(corrected, response)


@readings.post("/{reading_id}/cancellation", response_model=ReadingState, dependencies=[_LEAD])
async def cancel_reading(
    tx: Tx, reading_id: UUID, body: ReadingReasonIn, expected: ExpectedVersion, response: Response
) -> ReadingState:
    """Cancel, with the reason, a reading that was not agreed yet."""
    cancelled = await use_cases.cancel_reading(tx, reading_id, reason=body.reason, expected=expected)
    return _state(cancelled, response)


def _state(reading: Reading, response: Response) -> ReadingState:
    response.headers.update(etag(reading.version))
    return ReadingState.of(reading)


def _sheet(sheet: Sheet, response: Response) -> SheetOut:
    response.headers.update(etag(sheet.version))
    return SheetOut.of(sheet)
