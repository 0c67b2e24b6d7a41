"""What can be asked about a plan as a whole: what the rules find, and what it costs."""

from dataclasses import replace
from uuid import UUID

from planning.commitments.use_cases import standings_of
from planning.evidence import repository as evidence
from planning.evidence.domain import Evidence
from planning.plans import tree_repository
from planning.plans.amending import concerned
from planning.plans.budget import Budget, budget_of
from planning.plans.linter import Found, Subject, lint
from planning.plans.refusals import DraftUnknown
from planning.plans.revision_use_cases import edition_of_work, load_visible
from shared.transaction import Transaction


async def find(tx: Transaction, plan_id: UUID, *, lapse_after_months: int) -> list[Found]:
    """Read a plan, or the draft of its next revision, by the rules.

    Who stands behind its measures is known to its units and the Agency alone.
    """
    plan = await load_visible(tx, plan_id, to_decide=False)
    own = tx.actor.may_see(plan.unit_ids)
    edition = await edition_of_work(tx, plan if own else replace(plan, draft=None))
    lapsed = None
    if own:
        found = await standings_of(tx, plan, edition.problems, lapse_after_months=lapse_after_months)
        lapsed = found.without_owner
    return lint(
        Subject(
            kind=plan.kind,
            valid_from=edition.valid_from,
            valid_until=edition.valid_until,
            problems=edition.problems,
            attached=edition.attached,
            lapsed=lapsed,
            evidence=await _evidence(tx, plan_id),
        )
    )


async def _evidence(tx: Transaction, plan_id: UUID) -> dict[UUID, list[Evidence]]:
    found: dict[UUID, list[Evidence]] = {}
    for link in await evidence.of_plan(tx.session, plan_id):
        found.setdefault(link.node_id, []).append(link)
    return found


async def sum_budget(tx: Transaction, plan_id: UUID, *, draft: bool = False) -> Budget:
    """Sum the budget in force, or that of the draft of the next revision.

    What is not approved is for its units and the Agency; raises `DraftUnknown`.
    """
    plan = await load_visible(tx, plan_id, to_decide=False)
    if not draft:
        return budget_of(await tree_repository.load_tree(tx.session, plan_id))
    if plan.draft is None or not tx.actor.may_see(concerned(plan)):
        raise DraftUnknown
    return budget_of((await edition_of_work(tx, plan)).problems)
