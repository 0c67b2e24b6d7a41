"""HTTP of units: open data for everybody, changes by administrators."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from registry.imports.domain import OnBadRows
from registry.imports.schemas import BadRows, DryRun, ReportOut
from registry.receiving import COUNTED_HERE, IMPORTERS, RAW_FILE, Table, Uploaded
from registry.units import import_use_cases, list_repository, repository, use_cases
from registry.units.domain import UnitUnknown
from registry.units.import_use_cases import Order
from registry.units.list_repository import Filters
from registry.units.schemas import ClosureIn, RegionRef, UnitIn, UnitList, UnitOut, UnitPatch, region_id
from shared.contracts.base import Role
from shared.contracts.registry import UnitKind
from shared.errors import Invalid
from shared.http import (
    Day,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Storable,
    Tx,
    allow,
    etag,
    public,
    router,
    today,
)
from shared.names import pattern_of

units = router("/units", tag="units")

AsOf = Annotated[Day | None, Query(description="The state on this day; today where it is left out")]
Named = Annotated[
    str | None,
    Query(min_length=1, max_length=100, description="Part of the name; accents and case do not matter"),
    Storable,
]


class YearWithoutBand(Invalid):
    cs = "Rok lze zvolit jen spolu s pásmem indexu (filter[band])."
    en = "A year goes with a band of the Index alone (filter[band])."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filters that were given, and their values."""

    filters: Filters
    values: dict[str, object]


async def _asked(  # noqa: PLR0913, PLR0917 - each is a filter of the address
    kind: Annotated[UnitKind | None, Query(alias="filter[kind]")] = None,
    parent: Annotated[UUID | None, Query(alias="filter[parent]")] = None,
    region: Annotated[RegionRef | None, Query(alias="filter[region]")] = None,
    within: Annotated[
        UUID | None, Query(alias="filter[within]", description="Inside this unit, of whatever kind")
    ] = None,
    band: Annotated[
        int | None,
        Field(ge=1, le=9),
        InDigits,
        Query(alias="filter[band]", description="Band of the Index in force"),
    ] = None,
    year: Annotated[
        int | None,
        Field(ge=1990, le=2100),
        InDigits,
        Query(alias="filter[year]", description="Year of the band; the latest where it is left out"),
    ] = None,
    q: Named = None,
) -> Asked:
    if year is not None and band is None:
        raise YearWithoutBand(pointer="query/filter[year]")
    places = {"region": region_id(region), "within": within}
    return Asked(
        filters=Filters(
            kind=kind,
            by_parent=parent is not None,
            by_place=frozenset(name for name, place in places.items() if place is not None),
            by_band=band is not None,
            of_year=year is not None,
            by_name=q is not None,
        ),
        values={
            **places,
            "parent_id": parent,
            "band": band,
            "year": year,
            "pattern": pattern_of(q) if q else None,
        },
    )


Which = Annotated[Asked, Depends(_asked)]


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
async def list_units(reads: Reads, page: Page, which: Which, as_of: AsOf = None) -> Response:
    """List the units in Czech order; a band of the Index lists municipalities alone."""
    return await reads.page(
        list_repository.units_on_a_day(which.filters), page, **which.values, day=as_of or today()
    )


@units.get("/{unit_id}", response_model=UnitOut, dependencies=[public()])
async def get_unit(reads: Reads, unit_id: UUID, as_of: AsOf = None) -> Response:
    """Without a day: the present state, or the last one of a unit that was closed."""
    query = repository.ONE_AT_PRESENT if as_of is None else repository.ONE_ON_A_DAY
    found = await reads.one(query, unit_id=unit_id, day=as_of or today())
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


@units.post(
    "/imports/code-list",
    response_model=ReportOut,
    dependencies=[IMPORTERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_code_list(
    upload: Uploaded,
    sheet: Table,
    tx: Tx,
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> ReportOut:
    """Take over a code list of the statistical office: 43, 61, 65, 100 or 101, in either of its dialects."""
    order = Order(dry_run=dry_run == "true", on_bad_rows=on_bad_rows)
    return ReportOut.of(*await import_use_cases.import_code_list(tx, sheet, upload, order))


@units.post(
    "/imports/relations",
    response_model=ReportOut,
    dependencies=[IMPORTERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_relation(
    upload: Uploaded,
    sheet: Table,
    tx: Tx,
    valid_from: Annotated[Day | None, Query(description="Since when it holds; today if left out")] = None,
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> ReportOut:
    """Take over a relation file of the statistical office (VAZaaaa_bbbb)."""
    order = Order(dry_run=dry_run == "true", on_bad_rows=on_bad_rows)
    day = valid_from or tx.today
    return ReportOut.of(*await import_use_cases.import_relation(tx, sheet, upload, order, day=day))


@units.post(
    "/imports/ruian",
    response_model=ReportOut,
    dependencies=[IMPORTERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_ruian(
    upload: Uploaded,
    sheet: Table,
    tx: Tx,
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> ReportOut:
    """Take over UI_OBEC or UI_CAST_OBCE of RÚIAN, with the POÚ of municipalities where it is known."""
    order = Order(dry_run=dry_run == "true", on_bad_rows=on_bad_rows)
    return ReportOut.of(*await import_use_cases.import_ruian(tx, sheet, upload, order))
