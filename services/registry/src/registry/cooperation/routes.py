"""HTTP of cooperation: read by everybody, decided by the Agency."""

import asyncio
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from registry.cooperation import list_repository, repository, use_cases
from registry.cooperation.domain import Cooperation, Move
from registry.cooperation.list_repository import Filters, Sort
from registry.cooperation.phases import Status
from registry.cooperation.refusals import CooperationUnknown
from registry.cooperation.regimes import REGIMES
from registry.cooperation.schemas import (
    CooperationBegun,
    CooperationIn,
    CooperationList,
    CooperationOut,
    DecisionIn,
    EndIn,
    ExitIn,
    HistoryOut,
    NamePart,
    PersonRef,
    ReasonedIn,
    RegimeList,
    RegimeOut,
)
from registry.cooperation.spreadsheet import csv_of, workbook_of
from registry.units.schemas import RegionRef, region_id
from shared.contracts.base import Role
from shared.contracts.registry import CooperationRegime, ThematicArea
from shared.csv_files import Delimiter
from shared.http import (
    Caller,
    Csv,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Tx,
    Xlsx,
    allow,
    etag,
    language_of,
    public,
    router,
    today,
)
from shared.names import pattern_of

cooperations = router("/cooperations", tag="cooperation")
regimes = router("/cooperation-regimes", tag="cooperation")

_DECIDE = allow(Role.CONSULTANT, Role.ADMINISTRATOR, Role.DIRECTOR)
AsOf = Annotated[Day | None, Query(description="The state on this day")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    filters: Filters
    sort: Sort
    values: dict[str, object]


async def _wanted(  # noqa: PLR0913, PLR0917 - each is a filter of the address
    caller: Caller,
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description="Id of the unit")] = None,
    regime: Annotated[CooperationRegime | None, Query(alias="filter[regime]")] = None,
    status: Annotated[Status | None, Query(alias="filter[status]")] = None,
    region: Annotated[RegionRef | None, Query(alias="filter[region]", description="Code or id")] = None,
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
    consultant: Annotated[PersonRef | None, Query(alias="filter[consultant]")] = None,
    ends_before: Annotated[Day | None, Query(alias="filter[ends_before]")] = None,
    q: Annotated[NamePart | None, Query(description="Part of the name of the unit")] = None,
    sort: Sort = Sort.LATEST,
    as_of: AsOf = None,
) -> Wanted:
    values: dict[str, object] = {
        "unit_id": unit,
        "regime": regime,
        "status": status,
        "region_id": region_id(region),
        "area": area,
        "person": caller.id if consultant == "me" else consultant,
        "ends_before": ends_before,
        "pattern": pattern_of(q) if q else None,
    }
    return Wanted(
        filters=Filters(
            given=frozenset(name for name, value in values.items() if value is not None),
            running=as_of is not None and status is None,
        ),
        sort=sort,
        values={**values, "day": as_of or today(), **caller.sees()},
    )


Which = Annotated[Wanted, Depends(_wanted)]


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


@cooperations.get("", response_model=CooperationList, dependencies=[public()])
async def list_cooperations(reads: Reads, page: Page, which: Which) -> Response:
    """List cooperations as they stand today, the latest first.

    With `as_of` only what runs on that day, unless a status is asked for.
    """
    query = list_repository.cooperations(which.filters, which.sort)
    return await reads.page(query, page, **which.values)


@cooperations.get("/export.csv", response_class=Csv, response_model=None, dependencies=[public()])
async def export_cooperations(
    reads: Reads, request: Request, which: Which, delimiter: Delimiter = Delimiter.COMMA
) -> Response:
    """Give the whole list for spreadsheets: UTF-8 with a byte-order mark, headings by Accept-Language."""
    lines = await list_repository.lines(reads, which.filters, which.sort, **which.values)
    language = language_of(request)
    return Csv(csv_of(lines, delimiter=delimiter, language=language), headers=_file("csv", language))


@cooperations.get("/export.xlsx", response_class=Xlsx, response_model=None, dependencies=[public()])
async def export_cooperations_workbook(reads: Reads, request: Request, which: Which) -> Response:
    """Give the whole list as a workbook, in Czech or English by Accept-Language."""
    lines = await list_repository.lines(reads, which.filters, which.sort, **which.values)
    language = language_of(request)
    content = await asyncio.to_thread(workbook_of, lines, as_of=today(), language=language)
    return Xlsx(content, headers=_file("xlsx", language))


@cooperations.get("/{cooperation_id}", response_model=CooperationOut, dependencies=[public()])
async def get_cooperation(reads: Reads, caller: Caller, cooperation_id: UUID, as_of: AsOf = None) -> Response:
    """Give a cooperation with its phases; `as_of` gives the status of that day's phase."""
    query = repository.one(on_a_day=as_of is not None)
    found = await reads.one(query, id=cooperation_id, day=as_of, **caller.sees())
    if found is None:
        raise CooperationUnknown
    return found


@cooperations.get("/{cooperation_id}/history", response_model=HistoryOut, dependencies=[public()])
async def get_history(reads: Reads, caller: Caller, cooperation_id: UUID) -> HistoryOut:
    """Give all phases, and the decisions that the caller may read."""
    found = await repository.history(reads, cooperation_id, caller)
    if found is None:
        raise CooperationUnknown
    return HistoryOut.model_validate(found)


@cooperations.post("/{cooperation_id}/suspension", response_model=CooperationOut, dependencies=[_DECIDE])
async def suspend_cooperation(
    tx: Tx, cooperation_id: UUID, body: ReasonedIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    """Let it stand still for a reason that the parties alone may read."""
    return _answer(await use_cases.turn(tx, cooperation_id, body.asked(expected), Move.SUSPEND), response)


@cooperations.post("/{cooperation_id}/resumption", response_model=CooperationOut, dependencies=[_DECIDE])
async def resume_cooperation(
    tx: Tx, cooperation_id: UUID, body: DecisionIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    return _answer(await use_cases.turn(tx, cooperation_id, body.asked(expected), Move.RESUME), response)


@cooperations.post("/{cooperation_id}/exit", response_model=CooperationOut, dependencies=[_DECIDE])
async def begin_exit(
    tx: Tx, cooperation_id: UUID, body: ExitIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    strategy = body.strategy.strategy() if body.strategy else None
    exiting = await use_cases.begin_exit(
        tx, cooperation_id, body.asked(expected), strategy=strategy, note=body.note
    )
    return _answer(exiting, response)


@cooperations.post("/{cooperation_id}/ex-post", response_model=CooperationOut, dependencies=[_DECIDE])
async def begin_ex_post(
    tx: Tx, cooperation_id: UUID, body: DecisionIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    return _answer(
        await use_cases.turn(tx, cooperation_id, body.asked(expected), Move.BEGIN_EX_POST), response
    )


@cooperations.post("/{cooperation_id}/end", response_model=CooperationOut, dependencies=[_DECIDE])
async def end_cooperation(
    tx: Tx, cooperation_id: UUID, body: EndIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    """Agree on the last day; one that has come ends the cooperation at once."""
    ended = await use_cases.end_cooperation(
        tx, cooperation_id, body.asked(expected), ends_on=body.ends_on, kind=body.kind
    )
    return _answer(ended, response)


@cooperations.post("/{cooperation_id}/cancellation", response_model=CooperationOut, dependencies=[_DECIDE])
async def cancel_cooperation(
    tx: Tx, cooperation_id: UUID, body: ReasonedIn, expected: ExpectedVersion, response: Response
) -> CooperationOut:
    """Give up a cooperation that has not begun."""
    return _answer(await use_cases.cancel(tx, cooperation_id, body.asked(expected)), response)


def _file(ending: str, language: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="cooperations-{today()}.{ending}"',
        "Content-Language": language,
        "Vary": "Accept-Language, Authorization",
    }


def _answer(cooperation: Cooperation, response: Response) -> CooperationOut:
    response.headers.update(etag(cooperation.version))
    return CooperationOut.of(cooperation)
