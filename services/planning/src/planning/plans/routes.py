"""HTTP of plans: the draft, its tree, the decisions on it, the approved revisions."""

import json
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from planning.approvals import use_cases as approvals
from planning.plans import repository, revision_repository, use_cases
from planning.plans.domain import Approval, Plan, PlanStatus
from planning.plans.draft_repository import frozen_edition
from planning.plans.edition import content_of
from planning.plans.refusals import NotYetInForce, PlanUnknown
from planning.plans.schemas import (
    ApprovalIn,
    ClosureIn,
    CompletenessOut,
    DraftState,
    FindingOut,
    PlanIn,
    PlanList,
    PlanOut,
    PlanPatch,
    PlanState,
    ReturnIn,
)
from planning.plans.tree_schemas import TreeIn
from shared.contracts.base import Role
from shared.contracts.planning import PlanKind
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
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
AsOf = Annotated[Day | None, Query(description="As it was in force on this day")]
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


async def _filters(
    kind: Annotated[PlanKind | None, Query(alias="filter[kind]")] = None,
    status: Annotated[PlanStatus | None, Query(alias="filter[status]")] = None,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
) -> dict[str, object]:
    return {"kind": kind, "status": status, "unit_id": unit}


Filters = Annotated[dict[str, object], Depends(_filters)]


@plans.get("", response_model=PlanList, dependencies=[public()])
async def list_plans(
    reads: Reads, caller: Caller, page: Page, filters: Filters, as_of: AsOf = None
) -> Response:
    """List plans, the newest first: those in force for everybody, drafts for their units and the Agency.

    With `as_of` only what was in force on that day, as it was.
    """
    chosen = repository.plans_query if as_of is None else revision_repository.plans_on_day
    given = {name: value is not None for name, value in filters.items()}
    query = chosen(of_kind=given["kind"], of_status=given["status"], of_unit=given["unit_id"])
    return await reads.page(query, page, day=as_of, **filters, **caller.sees())


@plans.get("/{plan_id}", response_model=PlanOut, dependencies=[public()])
async def get_plan(reads: Reads, caller: Caller, plan_id: UUID, as_of: AsOf = None) -> Response | PlanOut:
    """Give the plan with its whole tree: what is in force, or with `as_of` what was on that day."""
    if as_of is not None:
        return await _on_day(reads, plan_id, as_of)
    found = await reads.one(repository.WHOLE, plan_id=plan_id, **caller.sees())
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
    return _state(await approvals.submit_plan(tx, plan_id, expected=expected), response)


@plans.post("/{plan_id}/return", dependencies=[COUNCIL])
async def return_plan(
    tx: Tx, plan_id: UUID, body: ReturnIn, expected: ExpectedVersion, response: Response
) -> PlanState:
    """Send a submitted plan back to its authors, with reasons, or stop it in its quiet period.

    Who decides in the present step returns it; who submitted it takes it back.
    """
    plan = await approvals.return_plan(tx, plan_id, expected=expected, reason=body.reason)
    return _state(plan, response)


@plans.post("/{plan_id}/approval", dependencies=[COUNCIL])
async def approve_plan(
    tx: Tx, plan_id: UUID, body: ApprovalIn, expected: ExpectedVersion, response: Response
) -> PlanState:
    """Record the approval by a self-government body. Not by whoever submitted the plan.

    Where several units plan together, each council approves; `unit_id` tells which one where it is not clear.
    """
    approval = Approval(
        body=body.body, approved_on=body.approved_on, resolution_number=body.resolution_number
    )
    plan = await approvals.approve_plan(tx, plan_id, approval, unit_id=body.unit_id, expected=expected)
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


async def _on_day(reads: Reads, plan_id: UUID, day: date) -> PlanOut:
    row = await reads.row(revision_repository.ON_DAY, plan_id=plan_id, day=day)
    if row is None:
        raise NotYetInForce(day=day)
    edition = frozen_edition(row["snapshot"])
    own = {name: row[name] for name in ("id", "version", "kind", "status", "revision", "created_at")}
    said = {name: getattr(edition, name) for name in ("title", "vision", "valid_from", "valid_until")}
    told = {"units": json.loads(row["units"]), "changed_at": row["changed_at"], "draft": None}
    return PlanOut.model_validate({**own, **said, **told, **content_of(edition)})


def _state(plan: Plan, response: Response) -> PlanState:
    response.headers.update(etag(plan.version))
    draft = None
    if plan.draft is not None:
        draft = DraftState(revision=plan.draft.revision, status=plan.draft.status)
    return PlanState(
        id=plan.id, version=plan.version, status=plan.status, revision=plan.revision, draft=draft
    )
