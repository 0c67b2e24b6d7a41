"""HTTP of what is put into a plan from the library."""

from uuid import UUID

from fastapi import Response

from planning.insertions import use_cases
from planning.insertions.repository import OF_PLAN, USES
from planning.insertions.schemas import InsertionIn, InsertionList, InsertionState, UseList
from planning.library.list_repository import KNOWN as KNOWN_ENTRY
from planning.library.refusals import EntryUnknown
from planning.plans.refusals import PlanUnknown
from planning.plans.repository import KNOWN
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, public, router

insertions = router("/plans", tag="library")
uses = router("/library", tag="library")


@insertions.post(
    "/{plan_id}/insertions", status_code=201, dependencies=[allow(Role.COORDINATOR, Role.CONSULTANT)]
)
async def insert_entry(
    tx: Tx, plan_id: UUID, body: InsertionIn, expected: ExpectedVersion, response: Response
) -> InsertionState:
    """Put an entry of the library into the draft, under its parent; where it came from is remembered."""
    made = await use_cases.insert_entry(
        tx, plan_id, expected=expected, entry_id=body.entry_id, parent_id=body.parent_id, area=body.area
    )
    response.headers.update(etag(made.plan.version))
    return InsertionState(
        id=made.id,
        plan_id=plan_id,
        version=made.plan.version,
        node_id=made.node_id,
        entry_id=made.entry.id,
        edition=made.entry.edition,
    )


@insertions.get("/{plan_id}/insertions", response_model=InsertionList, dependencies=[public()])
async def list_insertions(reads: Reads, caller: Caller, page: Page, plan_id: UUID) -> Response:
    """List what came into the plan from the library, the oldest first."""
    viewer = {"plan_id": plan_id, **caller.sees()}
    if await reads.row(KNOWN, **viewer) is None:
        raise PlanUnknown
    return await reads.page(OF_PLAN, page, **viewer)


@uses.get("/{entry_id}/uses", response_model=UseList, dependencies=[public()])
async def list_uses_of_entry(reads: Reads, caller: Caller, page: Page, entry_id: UUID) -> Response:
    """List plans in which any edition of the entry stands, the newest first; drafts for their units."""
    viewer = {"entry_id": entry_id, **caller.sees()}
    if await reads.row(KNOWN_ENTRY, **viewer) is None:
        raise EntryUnknown
    return await reads.page(USES, page, **viewer)
