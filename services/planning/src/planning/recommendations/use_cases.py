"""What is done with recommendations: keep, answer, report as fulfilled, and ask before the next revision."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from planning.plans import repository as plans
from planning.plans import tree_repository
from planning.plans.domain import Plan
from planning.plans.draft_repository import load_edition
from planning.plans.edition import placed_nodes
from planning.plans.refusals import UnitNotYours
from planning.recommendations import domain, repository
from planning.recommendations.domain import Recommendation, Reply
from planning.recommendations.refusals import RecommendationsUnanswered, RecommendationUnknown
from shared.contracts.evaluation import RecommendationIssued
from shared.errors import expect_version
from shared.transaction import Transaction

NAMED: Final = 5
"""So many numbers a refusal names."""


async def keep_recommendations(tx: Transaction, told: Sequence[RecommendationIssued]) -> None:
    """Keep the newest word on each. Raises `PlanUnknown`: whoever evaluates has heard of the plan from us."""
    for event in sorted(told, key=lambda event: (event.plan_id, event.version)):
        await plans.load(tx.session, event.plan_id)
        kept = domain.keep(await repository.load(tx.session, event.recommendation_id), event)
        if kept is not None:
            await repository.save(tx.session, kept, now=tx.now)


async def answer_recommendation(
    tx: Transaction, recommendation_id: UUID, reply: Reply, *, expected: int
) -> Recommendation:
    """Answer, or answer anew; also of a plan that ended, whose final evaluation comes after it."""
    plan, asked = await _load_own(tx, recommendation_id, expected)
    replied, event = domain.answer(asked, reply, places=await _places(tx, plan))
    await _save(tx, replied)
    tx.emit(event)
    return replied


async def fulfil_recommendation(
    tx: Transaction,
    recommendation_id: UUID,
    *,
    fulfilled_on: date,
    evidence: str,
    node_ids: tuple[UUID, ...],
    expected: int,
) -> Recommendation:
    plan, asked = await _load_own(tx, recommendation_id, expected)
    replied, event = domain.fulfil(
        asked,
        fulfilled_on=fulfilled_on,
        evidence=evidence,
        node_ids=node_ids,
        places=await _places(tx, plan),
        today=tx.today,
    )
    await _save(tx, replied)
    tx.emit(event)
    return replied


async def expect_answered(tx: Transaction, plan: Plan) -> None:
    """Raise `RecommendationsUnanswered` where one of an earlier revision stops the next (locked by then)."""
    if plan.draft is None:
        return
    numbers = await repository.unanswered(tx.session, plan.id, before_revision=plan.draft.revision)
    if numbers:
        named = ", ".join(numbers[:NAMED]) + (", …" if len(numbers) > NAMED else "")
        raise RecommendationsUnanswered(unanswered=len(numbers), numbers=named)


async def _load_own(tx: Transaction, recommendation_id: UUID, expected: int) -> tuple[Plan, Recommendation]:
    """Lock the plan, then read: who approves the next revision waits for us, or we for them."""
    plan_id = await repository.plan_of(tx.session, recommendation_id)
    if plan_id is None:
        raise RecommendationUnknown
    plan = await plans.load(tx.session, plan_id)
    found = await repository.load(tx.session, recommendation_id)
    may = tx.actor.may_see(plan.unit_ids)
    if found is None or not (may or (plan.is_public and found.reply is not None)):
        raise RecommendationUnknown
    if not may:
        raise UnitNotYours
    expect_version(expected, found.version)
    return plan, found


async def _places(tx: Transaction, plan: Plan) -> frozenset[UUID]:
    """Return the nodes in force and, where the next revision is being drafted, those of the draft."""
    places = set(await tree_repository.kinds_of_nodes(tx.session, plan.id))
    if plan.draft is not None:
        places |= placed_nodes(await load_edition(tx.session, plan.draft)).keys()
    return frozenset(places)


async def _save(tx: Transaction, replied: Recommendation) -> None:
    await repository.save(tx.session, replied, now=tx.now)
    if replied.reply is not None:
        await repository.add_reply(tx, replied, replied.reply)
