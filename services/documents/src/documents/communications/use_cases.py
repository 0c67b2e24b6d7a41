"""Communication is planned, acts ask for outputs, people do them and prove it."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from documents.communications import domain, repository
from documents.communications.domain import ActToTell, CommunicationPlan, Completion, Output, Rule
from documents.communications.refusals import (
    CommunicationOutputUnknown,
    CommunicationPlanUnknown,
    CommunicationRuleUnknown,
    CommunicationUnitUnknown,
    ProofCountedAlready,
    ProofDocumentUnknown,
)
from documents.units.repository import known_units
from shared.errors import expect_version
from shared.transaction import Transaction


async def make_plan(tx: Transaction, plan: CommunicationPlan) -> CommunicationPlan:
    domain.check_plan(plan)
    await _expect_own(tx, plan)
    await _expect_known(tx, plan.unit_ids)
    await repository.add_plan(tx, plan)
    return plan


async def change_plan(tx: Transaction, changed: CommunicationPlan, *, expected: int) -> CommunicationPlan:
    """Change what a plan says; its outputs stay."""
    before = await _plan(tx, changed.id)
    expect_version(expected, before.version)
    domain.expect_open(before)
    domain.check_plan(changed)
    await _expect_own(tx, changed)
    await _expect_known(tx, changed.unit_ids)
    after = replace(changed, version=before.version + 1)
    await repository.save_plan(tx.session, after)
    return after


async def close_plan(tx: Transaction, plan_id: UUID, *, expected: int) -> CommunicationPlan:
    """End it: acts ask for nothing more in its name; its outputs stay as they are."""
    before = await _plan(tx, plan_id)
    expect_version(expected, before.version)
    domain.expect_open(before)
    after = replace(before, closed_on=tx.today, version=before.version + 1)
    await repository.save_plan(tx.session, after)
    return after


async def add_output(tx: Transaction, output: Output) -> Output:
    """Plan an output by hand; its units and office are those of the plan."""
    if output.communication_plan_id is None:
        raise CommunicationPlanUnknown
    plan = await _plan(tx, output.communication_plan_id)
    domain.expect_open(plan)
    added = replace(output, unit_ids=plan.unit_ids, responsible=output.responsible or plan.responsible)
    await repository.add_output(tx, added)
    return added


async def complete_output(
    tx: Transaction, output_id: UUID, completion: Completion, *, expected: int
) -> Output:
    """Note that it was done and by what it is proven; raises what `domain.done` does, ProofCountedAlready."""
    before = await _output(tx, output_id, expected)
    document_id = completion.document_id
    if document_id is not None and not await repository.knows_document(
        tx.session, document_id, actor=tx.actor
    ):
        raise ProofDocumentUnknown(pointer="/document_id")
    after = domain.done(before, completion, today=tx.today)
    if await repository.is_proof_used(tx.session, before, completion):
        raise ProofCountedAlready
    await repository.save_output(tx.session, after)
    return after


async def cancel_output(tx: Transaction, output_id: UUID, *, reason: str, expected: int) -> Output:
    after = domain.cancelled(await _output(tx, output_id, expected), reason=reason)
    await repository.save_output(tx.session, after)
    return after


async def add_rule(tx: Transaction, rule: Rule) -> Rule:
    await repository.add_rule(tx.session, rule)
    return rule


async def change_rule(tx: Transaction, changed: Rule, *, expected: int) -> Rule:
    """Change what acts ask for from now on; what they asked for stays."""
    before = await repository.lock_rule(tx.session, changed.id)
    if before is None:
        raise CommunicationRuleUnknown
    expect_version(expected, before.version)
    after = replace(changed, version=before.version + 1)
    await repository.save_rule(tx.session, after)
    return after


async def ask_for_outputs(tx: Transaction, act: ActToTell) -> None:
    """Add what the rules want after an act, each once; an act that nobody planned for asks too."""
    rules = await repository.rules_for(tx.session, act.kind)
    if not rules:
        return
    plan_id, responsible = await repository.plan_for(tx.session, act)
    for rule in rules:
        due_on = domain.due_of(rule, act, today=tx.today)
        if due_on is None:
            continue
        output = Output(
            id=tx.new_id(),
            communication_plan_id=plan_id,
            unit_ids=act.unit_ids,
            kind=rule.kind,
            title=rule.title,
            due_on=due_on,
            channel=rule.channel,
            target_group=rule.target_group,
            responsible=responsible,
            rule_id=rule.id,
            act_key=act.key,
            about_id=act.about_id,
        )
        await repository.add_output(tx, output)


async def _plan(tx: Transaction, plan_id: UUID) -> CommunicationPlan:
    """Load a plan under lock; of another town it is unknown."""
    plan = await repository.lock_plan(tx.session, plan_id)
    if plan is None or not tx.actor.may_see(plan.unit_ids):
        raise CommunicationPlanUnknown
    await _expect_own(tx, plan)
    return plan


async def _output(tx: Transaction, output_id: UUID, expected: int) -> Output:
    output = await repository.lock_output(tx.session, output_id)
    if output is None or not tx.actor.may_see(output.unit_ids):
        raise CommunicationOutputUnknown
    expect_version(expected, output.version)
    return output


async def _expect_own(tx: Transaction, plan: CommunicationPlan) -> None:
    """Raise CommunicationUnitNotYours; the plan that is named may be one of several towns."""
    own = None if tx.actor.is_agency else tx.actor.units
    joint = await repository.units_of_plan(tx.session, plan.plan_id) if plan.plan_id else frozenset()
    domain.expect_own_units(plan.unit_ids, own, joint=joint)


async def _expect_known(tx: Transaction, unit_ids: Iterable[UUID]) -> None:
    wanted = tuple(unit_ids)
    known = await known_units(tx.session, wanted)
    for place, unit_id in enumerate(wanted):
        if unit_id not in known:
            raise CommunicationUnitUnknown(pointer=f"/unit_ids/{place}", unit_id=unit_id)
