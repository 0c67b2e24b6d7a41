"""HTTP of memberships: who belongs to whom is open data; analysts and administrators keep it."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from registry.imports.domain import OnBadRows
from registry.imports.schemas import BadRows, DryRun, ReportOut
from registry.memberships import hierarchy, import_use_cases, repository, use_cases
from registry.memberships.schemas import (
    AncestorsOut,
    MemberList,
    MembershipEndIn,
    MembershipIn,
    MembershipOut,
)
from registry.receiving import COUNTED_HERE, IMPORTERS, RAW_FILE, Table, Uploaded
from registry.units.domain import UnitUnknown
from shared.contracts.base import Role
from shared.contracts.registry import UnitKind
from shared.http import Day, Page, Reads, Tx, allow, public, router, today

memberships = router("/memberships", tag="memberships")
belonging = router("/units/{unit_id}", tag="memberships")

AsOf = Annotated[Day | None, Query(description="The state on this day; today where it is left out")]
OfAssociation = Annotated[
    Literal["municipality-association", "local-action-group", "other-association"],
    Query(description="What the associations are"),
]
_KEEP = allow(Role.ANALYST, Role.ADMINISTRATOR)


@memberships.post("", status_code=201, response_model=MembershipOut, dependencies=[_KEEP])
async def add_membership(tx: Tx, body: MembershipIn) -> MembershipOut:
    begun = await use_cases.add_membership(
        tx,
        unit_id=body.unit_id,
        group_id=body.group_id,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
    return MembershipOut.of(begun)


@memberships.post("/end", response_model=MembershipOut, dependencies=[_KEEP])
async def end_membership(tx: Tx, body: MembershipEndIn) -> MembershipOut:
    """End the membership that holds on the day given, which becomes its last."""
    ended = await use_cases.end_membership(
        tx, unit_id=body.unit_id, group_id=body.group_id, last_day=body.valid_until
    )
    return MembershipOut.of(ended)


@memberships.post(
    "/imports",
    response_model=ReportOut,
    dependencies=[IMPORTERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_members(
    upload: Uploaded,
    sheet: Table,
    tx: Tx,
    kind: OfAssociation = "municipality-association",
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> ReportOut:
    """Take members of associations of one kind from CSV or XLSX: IČO, kód obce, od, do."""
    run, id_ = await import_use_cases.import_members(
        tx, sheet, upload=upload, kind=UnitKind(kind), dry_run=dry_run == "true", on_bad_rows=on_bad_rows
    )
    return ReportOut.of(run, id_)


@belonging.get("/members", response_model=MemberList, dependencies=[public()])
async def list_members(
    reads: Reads,
    page: Page,
    unit_id: UUID,
    kind: Annotated[UnitKind | None, Query(alias="filter[kind]")] = None,
    as_of: AsOf = None,
) -> Response:
    """List the members of a POÚ, of an association or of a local action group, in Czech order."""
    await _expect_known(reads, unit_id)
    query = repository.members(of_kind=kind is not None)
    return await reads.page(
        query, page, unit_id=unit_id, day=as_of or today(), kind=kind.value if kind else None
    )


@belonging.get("/groups", response_model=MemberList, dependencies=[public()])
async def list_groups(reads: Reads, page: Page, unit_id: UUID, as_of: AsOf = None) -> Response:
    """List the groups of which the unit is a member."""
    await _expect_known(reads, unit_id)
    return await reads.page(repository.GROUPS, page, unit_id=unit_id, day=as_of or today())


@belonging.get("/ancestors", response_model=AncestorsOut, dependencies=[public()])
async def list_ancestors(reads: Reads, unit_id: UUID, as_of: AsOf = None) -> AncestorsOut:
    """Say to whom the unit belongs in both hierarchies, up to the state."""
    found = await reads.rows(repository.UPWARDS, unit_id=unit_id, day=as_of or today())
    if not found:
        raise UnitUnknown
    steps = [hierarchy.Step(**{**row, "kind": UnitKind(row["kind"])}) for row in found]
    return AncestorsOut.of(hierarchy.ways_up(steps))


async def _expect_known(reads: Reads, unit_id: UUID) -> None:
    if await reads.row(repository.KNOWN, unit_id=unit_id) is None:
        raise UnitUnknown
