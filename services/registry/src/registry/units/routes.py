"""HTTP of units: open data for everybody, changes by administrators."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from registry.units import repository, use_cases
from registry.units.domain import UnitUnknown, czech_date
from registry.units.schemas import ClosureIn, UnitIn, UnitList, UnitOut, UnitPatch
from shared.contracts.base import Role
from shared.contracts.registry import UnitKind
from shared.http import Day, ExpectedVersion, Page, Reads, Storable, Tx, allow, etag, public, router

units = router("/units", tag="units")

AsOf = Annotated[Day | None, Query(description="The state on this day; today where it is left out")]
Named = Annotated[
    str | None,
    Query(min_length=1, max_length=100, description="Part of the name; accents and case do not matter"),
    Storable,
]


@units.post(
    "", status_code=201, response_model=UnitOut, dependencies=[allow(Role.ADMINISTRATOR, Role.SYSTEM)]
)
async def register_unit(tx: Tx, body: UnitIn, request: Request, response: Response) -> UnitOut:
    unit = await use_cases.register_unit(
        tx,
        kind=body.kind,
        details=body.details(),
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
    response.headers["Location"] = f"{request.url.path}/{unit.id}"
    response.headers.update(etag(unit.version))
    return UnitOut.of(unit)


@units.get("", response_model=UnitList, dependencies=[public()])
async def list_units(
    reads: Reads,
    page: Page,
    kind: Annotated[UnitKind | None, Query(alias="filter[kind]")] = None,
    parent: Annotated[UUID | None, Query(alias="filter[parent]")] = None,
    q: Named = None,
    as_of: AsOf = None,
) -> Response:
    query = repository.units_on_a_day(
        of_kind=kind is not None, of_parent=parent is not None, named=q is not None
    )
    return await reads.page(
        query,
        page,
        day=as_of or _today(),
        kind=kind.value if kind else None,
        parent_id=parent,
        pattern=repository.pattern_of(q) if q else None,
    )


@units.get("/{unit_id}", response_model=UnitOut, dependencies=[public()])
async def get_unit(reads: Reads, unit_id: UUID, as_of: AsOf = None) -> Response:
    """Without a day: the present state, or the last one of a unit that was closed."""
    query = repository.ONE_AT_PRESENT if as_of is None else repository.ONE_ON_A_DAY
    found = await reads.one(query, unit_id=unit_id, day=as_of or _today())
    if found is None:
        raise UnitUnknown
    return found


@units.patch("/{unit_id}", response_model=UnitOut, dependencies=[allow(Role.ADMINISTRATOR)])
async def change_unit(
    tx: Tx, unit_id: UUID, body: UnitPatch, expected: ExpectedVersion, response: Response
) -> UnitOut:
    unit = await use_cases.change_unit(tx, unit_id, expected=expected, on=body.changes_on, amend=body.amend)
    response.headers.update(etag(unit.version))
    return UnitOut.of(unit)


@units.post("/{unit_id}/closure", response_model=UnitOut, dependencies=[allow(Role.ADMINISTRATOR)])
async def close_unit(
    tx: Tx, unit_id: UUID, body: ClosureIn, expected: ExpectedVersion, response: Response
) -> UnitOut:
    unit = await use_cases.close_unit(tx, unit_id, expected=expected, last_day=body.valid_until)
    response.headers.update(etag(unit.version))
    return UnitOut.of(unit)


def _today() -> date:
    return czech_date(datetime.now(UTC))
