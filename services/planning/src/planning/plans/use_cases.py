"""What one can do with a plan: load, decide, save, tell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from planning.evidence import repository as evidence
from planning.evidence.domain import frozen_evidence
from planning.plans import repository
from planning.plans.amending import concerned, holding
from planning.plans.completeness import missing
from planning.plans.domain import (
    Approval,
    Plan,
    PlanStatus,
    StepStatus,
    approve,
    check_validity,
    close,
    edit,
    note_set_up,
    send_back,
    submit,
    touch,
)
from planning.plans.edition import Edition
from planning.plans.refusals import (
    NodeTwice,
    NodeUnknown,
    UnitNotCooperating,
    UnitNotHeardOf,
    UnitNotYours,
)
from planning.plans.revision_use_cases import (
    changes_of_work,
    edition_of_work,
    end_with_draft,
    expect_later_than_last,
    kinds_known,
    load_own,
    load_visible,
    put_in_force,
    save_work,
)
from planning.plans.snapshot import Snapshot
from planning.plans.tree import SentTree
from planning.publication.repository import annexed
from planning.recommendations.use_cases import expect_answered
from planning.settlement.use_cases import expect_settled
from planning.units import repository as units
from shared.contracts.planning import PlanApproved, PlanKind
from shared.errors import Finding
from shared.names import sort_key
from shared.transaction import Transaction


async def draft_plan(
    tx: Transaction,
    *,
    kind: PlanKind,
    title: str,
    vision: str,
    unit_ids: frozenset[UUID],
    valid: tuple[date, date],
) -> Plan:
    """Begin a plan. Raises `UnitNotYours`, `UnitNotCooperating`, `ValidityMalformed`."""
    check_validity(*valid)
    await _expect_units(tx, unit_ids)
    plan = Plan(
        id=tx.new_id(),
        version=1,
        kind=kind,
        title=title,
        vision=vision,
        unit_ids=tuple(sorted(unit_ids)),
        valid_from=valid[0],
        valid_until=valid[1],
        status=PlanStatus.DRAFT,
        revision=1,
    )
    await repository.add(tx.session, plan, now=tx.now)
    await repository.add_step(tx, plan, "")
    return plan


async def _expect_units(tx: Transaction, unit_ids: frozenset[UUID]) -> None:
    if not tx.actor.is_agency and not unit_ids <= tx.actor.units:
        raise UnitNotYours
    cooperating = await units.cooperating(tx.session, unit_ids, on=tx.today)
    if strangers := unit_ids - cooperating:
        names = {unit["id"]: str(unit["name"]) for unit in await units.describe(tx.session, strangers)}
        told = sorted((names.get(each) or str(each) for each in strangers), key=sort_key)
        raise UnitNotCooperating(unit_id=min(strangers), units=", ".join(told), pointer="/unit_ids")
    await _describe(tx, unit_ids)


async def _describe(tx: Transaction, unit_ids: Collection[UUID]) -> list[dict[str, object]]:
    """Return what is known of each unit; raises `UnitNotHeardOf` rather than leave one out."""
    described = await units.describe(tx.session, unit_ids)
    if len(described) < len(unit_ids):
        raise UnitNotHeardOf(pointer="/unit_ids")
    return described


async def change_head(
    tx: Transaction, plan_id: UUID, *, expected: int, changes: Mapping[str, object]
) -> Plan:
    plan = await load_own(tx, plan_id, expected)
    changed = edit(plan.working, **changes)
    if changed.unit_ids != plan.working.unit_ids:
        await _expect_units(tx, frozenset(changed.unit_ids))
        if plan.draft is None:
            await repository.save_units(tx.session, changed)
    return await _keep(tx, plan, changed)


async def write_tree(
    tx: Transaction, plan_id: UUID, *, expected: int, sent: SentTree, named: frozenset[UUID]
) -> Plan:
    """Replace the tree of a draft; `named` are the ids that the caller sent.

    Raises `NodeUnknown`, `NodeTwice`.
    """
    plan = await load_own(tx, plan_id, expected)
    changed = edit(plan.working)
    known = await kinds_known(tx, plan)
    seen: set[UUID] = set()
    for placed in sent.walk():
        node_id = placed.node.id
        if node_id in named and known.get(node_id) is not placed.kind:
            raise NodeUnknown(node_id=node_id)
        if node_id in seen:
            raise NodeTwice(node_id=node_id)
        seen.add(node_id)
    await save_work(tx, plan, sent)
    return await _keep(tx, plan, changed)


async def check_completeness(tx: Transaction, plan_id: UUID) -> list[Finding]:
    plan = await load_visible(tx, plan_id, to_decide=False)
    if not tx.actor.may_see(concerned(plan)):
        plan = replace(plan, draft=None)
    edition = await edition_of_work(tx, plan)
    return missing(
        plan.kind,
        edition.problems,
        valid_from=edition.valid_from,
        valid_until=edition.valid_until,
        attached=edition.attached,
    )


async def submit_plan(tx: Transaction, plan_id: UUID, *, expected: int) -> Plan:
    plan = await load_own(tx, plan_id, expected)
    submitted, event = submit(plan.working, by=tx.actor.id)
    await repository.add_step(tx, submitted, "", changes=await changes_of_work(tx, plan))
    tx.emit(event)
    return await _keep(tx, plan, submitted)


async def return_plan(tx: Transaction, plan: Plan, *, reason: str) -> Plan:
    """Give a locked plan back to its authors; what its round of approval says is decided before."""
    returned, event = send_back(plan.working)
    await repository.add_step(tx, returned, reason)
    tx.emit(event)
    return await _keep(tx, plan, returned)


async def note_decision(tx: Transaction, plan: Plan, *, note: str) -> Plan:
    """Note that a step of the approval of a locked plan was decided; it stays submitted."""
    touched = touch(plan.working)
    await repository.add_step(tx, touched, note, status=StepStatus.DECIDED)
    return await _keep(tx, plan, touched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvable:
    """A revision that nothing stands in the way of, as it would be frozen."""

    plan: Plan
    event: PlanApproved
    frozen: Snapshot
    edition: Edition
    changes: Mapping[str, object] | None


async def expect_approvable(tx: Transaction, plan: Plan, approval: Approval) -> Approvable:
    """Raise whatever keeps the revision from being approved; asked at the council's step and at the end."""
    edition = await edition_of_work(tx, plan)
    approved, event, frozen = approve(
        plan.working,
        edition.problems,
        approval,
        units=await _describe(tx, plan.working.unit_ids),
        by=tx.actor.id,
        today=tx.today,
        attached=edition.attached,
        evidence=frozen_evidence(await evidence.of_plan(tx.session, plan.id), edition.problems),
        settlements=await annexed(tx.session, plan.id, plan.working.revision),
    )
    await expect_answered(tx, plan)
    await expect_settled(tx, plan.id, plan.working.revision)
    changes = await changes_of_work(tx, plan)
    if plan.draft is not None:
        await expect_later_than_last(tx, plan.id, approval.approved_on)
    return Approvable(plan=approved, event=event, frozen=frozen, edition=edition, changes=changes)


async def approve_plan(tx: Transaction, plan: Plan, approval: Approval) -> Plan:
    """Freeze the revision of a locked plan that its councils approved: all that follows begins."""
    ready = await expect_approvable(tx, plan, approval)
    if plan.draft is not None:
        await put_in_force(tx, ready.plan, ready.edition)
    await repository.add_revision(tx, ready.plan, approval, ready.frozen)
    await repository.save(tx.session, ready.plan, now=tx.now)
    note = f"{approval.body}, {approval.resolution_number}"
    await repository.add_step(tx, ready.plan, note, changes=ready.changes)
    tx.emit(ready.event)
    return ready.plan


async def close_plan(tx: Transaction, plan_id: UUID, *, expected: int, closed_on: date, reason: str) -> Plan:
    before = await load_own(tx, plan_id, expected)
    plan, event = close(before, closed_on=closed_on, reason=reason)
    await end_with_draft(tx, before, reason=reason)
    await repository.save(tx.session, plan, now=tx.now)
    await repository.add_step(tx, plan, reason)
    tx.emit(event)
    return plan


async def note_what_stands(tx: Transaction, plan_id: UUID, *, monitored: int = 0, evaluated: int = 0) -> None:
    """Note which revision has its monitoring or its evaluations; with both, implementation starts."""
    plan, event = note_set_up(
        await repository.load(tx.session, plan_id), monitored=monitored, evaluated=evaluated
    )
    await repository.save(tx.session, plan, now=tx.now)
    if event is not None:
        await repository.add_step(tx, plan, "")
        tx.emit(event)


async def _keep(tx: Transaction, plan: Plan, worked: Plan) -> Plan:
    """Save what was worked on, in the place where it was loaded from."""
    kept = holding(plan, worked)
    await repository.save(tx.session, kept, now=tx.now)
    return kept
