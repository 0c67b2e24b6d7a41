"""What one can do with the next revision of a plan in force: begin it, discard it, put it in force."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from planning.approvals import deadline_repository as rounds
from planning.commitments.use_cases import end_words
from planning.consultations import repository as consultations
from planning.plans import draft_repository, repository, tree_repository
from planning.plans.amending import begin, concerned, discard, expect_later, summary
from planning.plans.comparison import compare
from planning.plans.domain import Plan, StepStatus
from planning.plans.edition import HEAD, Edition, placed_nodes
from planning.plans.refusals import PlanUnknown, UnitNotYours
from planning.plans.tree import ATTACHED, NodeKind, SentTree
from shared.errors import expect_version
from shared.transaction import Transaction


async def begin_amendment(tx: Transaction, plan_id: UUID, *, expected: int, reason: str) -> Plan:
    """Begin the next revision with the tree of the one in force, which stays as it is."""
    plan = begin(await load_own(tx, plan_id, expected))
    edition = await _edition_in_force(tx, plan)
    await draft_repository.add_draft(tx.session, plan.working, edition, reason=reason, now=tx.now)
    await repository.save(tx.session, plan, now=tx.now)
    await repository.add_step(tx, plan.working, reason)
    return plan


async def discard_amendment(tx: Transaction, plan_id: UUID, *, expected: int, reason: str) -> Plan:
    plan = await load_own(tx, plan_id, expected)
    kept = discard(plan)
    await end_with_draft(tx, plan, reason=reason)
    await repository.save(tx.session, kept, now=tx.now)
    await repository.add_step(tx, plan.working, reason, status=StepStatus.DISCARDED)
    return kept


async def end_with_draft(tx: Transaction, plan: Plan, *, reason: str) -> None:
    """End what runs of the draft of a locked plan: its round of approval, its consultation."""
    await rounds.withdraw(tx.session, plan.id, reason=reason, now=tx.now, today=tx.today)
    if plan.draft is not None:
        await consultations.end_with_draft(
            tx.session, plan.id, plan.draft.revision, reason=reason, now=tx.now
        )


async def edition_of_work(tx: Transaction, plan: Plan) -> Edition:
    """Load what is being worked on: the draft of the next revision, or the plan itself."""
    if plan.draft is None:
        return await _edition_in_force(tx, plan)
    return await draft_repository.load_edition(tx.session, plan.draft)


async def kinds_known(tx: Transaction, plan: Plan) -> dict[UUID, NodeKind]:
    """Return the kinds of the nodes that may be sent with their ids: those in force and those drafted."""
    known = await tree_repository.kinds_of_nodes(tx.session, plan.id)
    if plan.draft is not None:
        drafted = placed_nodes(await edition_of_work(tx, plan))
        known |= {node_id: placed.kind for node_id, placed in drafted.items()}
    return known


async def save_work(tx: Transaction, plan: Plan, sent: SentTree) -> None:
    """Replace the tree of what is being worked on; what hangs on the plan stays where it was not sent."""
    if plan.draft is None:
        await tree_repository.save_tree(tx.session, plan.id, sent.problems, attached=sent.attached)
    else:
        edition = await edition_of_work(tx, plan)
        attached = replace(edition.attached, **sent.attached)  # type: ignore[arg-type]
        edition = replace(edition, problems=sent.problems, attached=attached)
        await draft_repository.save_content(tx.session, plan.draft, edition)


async def changes_of_work(tx: Transaction, plan: Plan) -> Mapping[str, object] | None:
    """Count what the next revision changes; None for a plan that is not in force yet."""
    if plan.draft is None:
        return None
    return summary(compare(await _edition_in_force(tx, plan), await edition_of_work(tx, plan)))


async def expect_later_than_last(tx: Transaction, plan_id: UUID, approved_on: date) -> None:
    """Raise `ApprovedBeforeTheLast`."""
    last = await draft_repository.last_approved_on(tx.session, plan_id)
    if last is not None:
        expect_later(approved_on, last)


async def put_in_force(tx: Transaction, approved: Plan, edition: Edition) -> None:
    """Let the approved draft take the place of the revision before."""
    attached = {name: getattr(edition.attached, name) for name in ATTACHED}
    await repository.save_units(tx.session, approved)
    await tree_repository.save_tree(tx.session, approved.id, edition.problems, attached=attached)
    await end_words(tx, approved, edition.problems)


async def load_own(tx: Transaction, plan_id: UUID, expected: int) -> Plan:
    """Load a plan to change it: a draft of another unit does not exist for the caller."""
    plan = await load_visible(tx, plan_id)
    if not tx.actor.may_see(plan.unit_ids):
        raise UnitNotYours
    expect_version(expected, plan.version)
    return plan


async def load_to_vote(tx: Transaction, plan_id: UUID, expected: int) -> Plan:
    """Load a plan to decide on what was submitted: units that the next revision adds have a vote on it."""
    plan = await load_visible(tx, plan_id)
    if not tx.actor.may_see(concerned(plan)):
        raise UnitNotYours
    expect_version(expected, plan.version)
    return plan


async def load_visible(tx: Transaction, plan_id: UUID, *, to_decide: bool = True) -> Plan:
    plan = await repository.load(tx.session, plan_id, to_decide=to_decide)
    if not plan.is_public and not tx.actor.may_see(plan.unit_ids):
        raise PlanUnknown
    return plan


async def _edition_in_force(tx: Transaction, plan: Plan) -> Edition:
    problems, attached = await tree_repository.load_content(tx.session, plan.id)
    head = {name: getattr(plan, name) for name in HEAD}
    return Edition(**head, problems=problems, attached=attached)
