"""HTTP of plans: the draft, its tree, the decisions on it, the approved revisions."""

import base64
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from planning.plans import repository, use_cases
from planning.plans.domain import Approval, Plan, PlanStatus
from planning.plans.refusals import PlanUnknown
from planning.plans.schemas import (
    ApprovalIn,
    ClosureIn,
    CompletenessOut,
    FindingOut,
    PlanIn,
    PlanList,
    PlanOut,
    PlanPatch,
    PlanState,
    ReturnIn,
    RevisionList,
    StepList,
)
from planning.plans.tree_schemas import TreeIn
from shared.contracts.base import Role
from shared.contracts.planning import PlanKind
from shared.http import (
    Caller,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Tx,
    allow,
    etag,
    language_of,
    logged_in,
    public,
    router,
)

plans = router("/plans", tag="plans")
AUTHORS = allow(Role.COORDINATOR, Role.CONSULTANT)
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]
COUNCIL = allow(Role.MAYOR, Role.COORDINATOR, Role.CONSULTANT)


@plans.post("", status_code=201, dependencies=[AUTHORS])
async def draft_plan(tx: Tx, body: PlanIn, request: Request, response: Response) -> PlanState:
    """Begin a plan for one or more units that cooperate with the Agency."""
    plan = await use_cases.draft_plan(
        tx,
        kind=body.kind,
        title=body.title,
        vision=body.vision,
        unit_ids=body.unit_ids,
        valid=(body.valid_from, body.valid_until),
    )
    response.headers["Location"] = f"{request.url.path}/{plan.id}"
    return _state(plan, response)


@plans.get("", response_model=PlanList, dependencies=[public()])
async def list_plans(
    reads: Reads,
    caller: Caller,
    page: Page,
    kind: Annotated[PlanKind | None, Query(alias="filter[kind]")] = None,
    status: Annotated[PlanStatus | None, Query(alias="filter[status]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
) -> Response:
    """List plans, the newest first: those in force for everybody, drafts for their units and the Agency."""
    query = repository.plans_query(
        of_kind=kind is not None, of_status=status is not None, of_unit=unit is not None
    )
    return await reads.page(
        query,
        page,
        kind=kind,
        status=status,
        unit_id=unit,
        agency=caller.is_agency,
        units=list(caller.units),
    )


@plans.get("/{plan_id}", response_model=PlanOut, dependencies=[public()])
async def get_plan(reads: Reads, caller: Caller, plan_id: UUID) -> Response:
    """Give the plan with its whole tree."""
    found = await reads.one(
        repository.WHOLE, plan_id=plan_id, agency=caller.is_agency, units=list(caller.units)
    )
    if found is None:
        raise PlanUnknown
    return found


@plans.patch("/{plan_id}", dependencies=[AUTHORS])
async def change_plan(
    tx: Tx, plan_id: UUID, body: PlanPatch, expected: ExpectedVersion, response: Response
) -> PlanState:
    """Change title, vision, units or validity of a draft."""
    plan = await use_cases.change_head(tx, plan_id, expected=expected, changes=body.changes())
    return _state(plan, response)


@plans.put("/{plan_id}/tree", dependencies=[AUTHORS])
async def write_tree(
    tx: Tx, plan_id: UUID, body: TreeIn, expected: ExpectedVersion, response: Response
) -> PlanState:
    """Write the whole tree of a draft; nodes keep the ids that they are sent with, new ones get theirs."""
    sent = body.content(tx.new_id)
    plan = await use_cases.write_tree(tx, plan_id, expected=expected, sent=sent, named=body.named_ids())
    return _state(plan, response)


@plans.get("/{plan_id}/completeness", dependencies=[logged_in()])
async def check_completeness(tx: Tx, plan_id: UUID, request: Request) -> CompletenessOut:
    """List what is missing before the plan can be approved."""
    czech = language_of(request) == "cs"
    findings = await use_cases.check_completeness(tx, plan_id)
    return CompletenessOut(
        complete=not findings,
        missing=tuple(
            FindingOut(pointer=f.pointer, code=f.code, detail=f.cs if czech else f.en) for f in findings
        ),
    )


@plans.post("/{plan_id}/submission", dependencies=[AUTHORS])
async def submit_plan(tx: Tx, plan_id: UUID, expected: ExpectedVersion, response: Response) -> PlanState:
    """Hand the draft over for approval."""
    return _state(await use_cases.submit_plan(tx, plan_id, expected=expected), response)


@plans.post("/{plan_id}/return", dependencies=[COUNCIL])
async def return_plan(
    tx: Tx, plan_id: UUID, body: ReturnIn, expected: ExpectedVersion, response: Response
) -> PlanState:
    """Send a submitted plan back to its authors, with reasons."""
    plan = await use_cases.return_plan(tx, plan_id, expected=expected, reason=body.reason)
    return _state(plan, response)


@plans.post("/{plan_id}/approval", dependencies=[COUNCIL])
async def approve_plan(
    tx: Tx, plan_id: UUID, body: ApprovalIn, expected: ExpectedVersion, response: Response
) -> PlanState:
    """Record the approval by a self-government body. Not by whoever submitted the plan."""
    approval = Approval(
        body=body.body, approved_on=body.approved_on, resolution_number=body.resolution_number
    )
    plan = await use_cases.approve_plan(tx, plan_id, expected=expected, approval=approval)
    return _state(plan, response)


@plans.post("/{plan_id}/closure", dependencies=[COUNCIL])
async def close_plan(
    tx: Tx, plan_id: UUID, body: ClosureIn, expected: ExpectedVersion, response: Response
) -> PlanState:
    """End a plan: nothing more falls due from it, what was reported stays."""
    plan = await use_cases.close_plan(
        tx, plan_id, expected=expected, closed_on=body.closed_on, reason=body.reason
    )
    return _state(plan, response)


@plans.get("/{plan_id}/steps", response_model=StepList, dependencies=[logged_in()])
async def list_steps(reads: Reads, caller: Caller, page: Page, plan_id: UUID) -> Response:
    """List the steps in the life of a plan, the oldest first."""
    await _expect_known(reads, caller, plan_id)
    return await reads.page(repository.STEPS, page, plan_id=plan_id)


@plans.get("/{plan_id}/revisions", response_model=RevisionList, dependencies=[public()])
async def list_revisions(reads: Reads, caller: Caller, page: Page, plan_id: UUID) -> Response:
    """List the approved revisions, the newest first."""
    await _expect_known(reads, caller, plan_id)
    return await reads.page(repository.REVISIONS, page, plan_id=plan_id)


@plans.get(
    "/{plan_id}/revisions/{number}",
    dependencies=[public()],
    responses={200: {"content": {"application/json": {}}, "description": "Canonical JSON, never changed"}},
)
async def get_revision(reads: Reads, plan_id: UUID, number: Number) -> Response:
    """Give the frozen text of an approved revision, byte for byte what its digest was made of."""
    row = await reads.row(repository.SNAPSHOT, plan_id=plan_id, number=number)
    if row is None:
        raise PlanUnknown
    headers = {
        "ETag": f'"{row["digest"]}"',
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(row['digest'])).decode()}:",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    return Response(row["snapshot"], media_type="application/json", headers=headers)


async def _expect_known(reads: Reads, caller: Caller, plan_id: UUID) -> None:
    """Raise `PlanUnknown` rather than show an empty list of a plan that the caller may not know of."""
    viewer = {"plan_id": plan_id, "agency": caller.is_agency, "units": list(caller.units)}
    if await reads.row(repository.KNOWN, **viewer) is None:
        raise PlanUnknown


def _state(plan: Plan, response: Response) -> PlanState:
    response.headers.update(etag(plan.version))
    return PlanState(id=plan.id, version=plan.version, status=plan.status, revision=plan.revision)
