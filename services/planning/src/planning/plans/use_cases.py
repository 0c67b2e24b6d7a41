"""What one can do with a plan: load, decide, save, tell."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from planning.plans import repository, tree_repository
from planning.plans.completeness import missing
from planning.plans.domain import (
    Approval,
    Plan,
    PlanStatus,
    approve,
    check_validity,
    close,
    edit,
    note_set_up,
    send_back,
    submit,
)
from planning.plans.refusals import (
    NodeTwice,
    NodeUnknown,
    PlanUnknown,
    UnitNotCooperating,
    UnitNotHeardOf,
    UnitNotYours,
)
from planning.plans.tree import SentTree
from planning.units import repository as units
from shared.contracts.planning import PlanKind
from shared.errors import Finding, expect_version
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
    for unit_id in sorted(unit_ids - cooperating):
        raise UnitNotCooperating(unit_id=unit_id, pointer="/unit_ids")
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
    plan = await _load_own(tx, plan_id, expected)
    changed = edit(plan, **changes)
    if changed.unit_ids != plan.unit_ids:
        await _expect_units(tx, frozenset(changed.unit_ids))
        await repository.save_units(tx.session, changed)
    await repository.save(tx.session, changed, now=tx.now)
    return changed


async def write_tree(
    tx: Transaction, plan_id: UUID, *, expected: int, sent: SentTree, named: frozenset[UUID]
) -> Plan:
    """Replace the tree of a draft; `named` are the ids that the caller sent.

    Raises `NodeUnknown`, `NodeTwice`.
    """
    changed = edit(await _load_own(tx, plan_id, expected))
    known = await tree_repository.kinds_of_nodes(tx.session, plan_id)
    seen: set[UUID] = set()
    for placed in sent.walk():
        node_id = placed.node.id
        if node_id in named and known.get(node_id) is not placed.kind:
            raise NodeUnknown(node_id=node_id)
        if node_id in seen:
            raise NodeTwice(node_id=node_id)
        seen.add(node_id)
    await tree_repository.save_tree(tx.session, plan_id, sent.problems, attached=sent.attached)
    await repository.save(tx.session, changed, now=tx.now)
    return changed


async def check_completeness(tx: Transaction, plan_id: UUID) -> list[Finding]:
    plan = await _load_visible(tx, plan_id, to_decide=False)
    problems = await tree_repository.load_tree(tx.session, plan_id)
    return missing(plan.kind, problems, valid_from=plan.valid_from, valid_until=plan.valid_until)


async def submit_plan(tx: Transaction, plan_id: UUID, *, expected: int) -> Plan:
    plan, event = submit(await _load_own(tx, plan_id, expected), by=tx.actor.id)
    await _save_step(tx, plan, "")
    tx.emit(event)
    return plan


async def return_plan(tx: Transaction, plan_id: UUID, *, expected: int, reason: str) -> Plan:
    plan, event = send_back(await _load_own(tx, plan_id, expected))
    await _save_step(tx, plan, reason)
    tx.emit(event)
    return plan


async def approve_plan(tx: Transaction, plan_id: UUID, *, expected: int, approval: Approval) -> Plan:
    """Record the approval of a self-government body: the revision is frozen, and all that follows begins."""
    plan = await _load_own(tx, plan_id, expected)
    problems, attached = await tree_repository.load_content(tx.session, plan_id)
    described = await _describe(tx, plan.unit_ids)
    approved, event, frozen = approve(
        plan,
        problems,
        approval,
        units=described,
        by=tx.actor.id,
        today=tx.today,
        attached=attached,
    )
    await repository.add_revision(tx, approved, approval, frozen)
    await _save_step(tx, approved, f"{approval.body}, {approval.resolution_number}")
    tx.emit(event)
    return approved


async def close_plan(tx: Transaction, plan_id: UUID, *, expected: int, closed_on: date, reason: str) -> Plan:
    plan, event = close(await _load_own(tx, plan_id, expected), closed_on=closed_on, reason=reason)
    await _save_step(tx, plan, reason)
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


async def _load_own(tx: Transaction, plan_id: UUID, expected: int) -> Plan:
    """Load a plan to change it: a draft of another unit does not exist for the caller."""
    plan = await _load_visible(tx, plan_id)
    if not tx.actor.may_see(plan.unit_ids):
        raise UnitNotYours
    expect_version(expected, plan.version)
    return plan


async def _load_visible(tx: Transaction, plan_id: UUID, *, to_decide: bool = True) -> Plan:
    plan = await repository.load(tx.session, plan_id, to_decide=to_decide)
    if not plan.is_public and not tx.actor.may_see(plan.unit_ids):
        raise PlanUnknown
    return plan


async def _save_step(tx: Transaction, plan: Plan, note: str) -> None:
    await repository.save(tx.session, plan, now=tx.now)
    await repository.add_step(tx, plan, note)
