"""One node of a draft changed in one step, whether the plan is new or being amended."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from planning.plans import repository
from planning.plans.amending import holding
from planning.plans.difference import Changed
from planning.plans.domain import Plan, edit
from planning.plans.edition import own_values
from planning.plans.node_change import change_between, place_of, with_values
from planning.plans.revision_use_cases import edition_of_work, load_own, save_work
from planning.plans.tree import ATTACHED, Node, SentTree
from shared.transaction import Transaction

Reword = Callable[[Node], Node]
"""Makes the node that is wanted of the node as it is; refuses what its kind does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeChanged:
    """The plan after the change; `change` is None where everything was so already."""

    plan: Plan
    change: Changed | None


async def change_node(
    tx: Transaction, plan_id: UUID, node_id: UUID, reword: Reword, *, expected: int
) -> NodeChanged:
    """Change a node's own values. Raises `NodeNotThere`, `PlanNotEditable` and what `reword` raises."""
    plan = await load_own(tx, plan_id, expected)
    edited = edit(plan.working)
    before = await edition_of_work(tx, plan)
    wanted = reword(place_of(before, node_id).node)
    after = with_values(before, node_id, own_values(wanted))
    change = change_between(before, after, node_id)
    if change is None:
        return NodeChanged(plan=plan, change=None)
    attached = {name: getattr(after.attached, name) for name in ATTACHED}
    await save_work(tx, plan, SentTree(problems=after.problems, attached=attached))
    kept = holding(plan, edited)
    await repository.save(tx.session, kept, now=tx.now)
    return NodeChanged(plan=kept, change=change)
