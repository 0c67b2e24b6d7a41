"""What one can do with commitments: answer for a party, and see who stands behind what."""

from dataclasses import dataclass
from uuid import UUID

from planning.commitments import repository
from planning.commitments.domain import (
    Commitment,
    Party,
    Speaker,
    Standing,
    Word,
    answer,
    parties_of,
    standing,
    without_owner,
)
from planning.commitments.refusals import CommitmentsClosed
from planning.plans import repository as plans
from planning.plans import tree_repository
from planning.plans.domain import Plan, PlanStatus
from planning.plans.refusals import PlanUnknown, UnitNotYours
from planning.plans.tree import Measure, Placed, Problem, walk
from shared.contracts.base import Role
from shared.errors import expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """The measures of a plan, what was last said of each, and what holds of it."""

    measures: tuple[Placed, ...]
    words: dict[Party, Commitment]
    standings: dict[Party, Standing]

    @property
    def without_owner(self) -> dict[UUID, bool]:
        return without_owner(self.standings)


async def answer_for_party(
    tx: Transaction, plan_id: UUID, party: Party, word: Word, *, expected: int, note: str
) -> Commitment:
    """Say a party's word. Raises `UnitNotYours`, `CommitmentsClosed`, and what `answer` raises."""
    plan = await load_own(tx, plan_id, to_decide=True)
    if plan.status is PlanStatus.CLOSED:
        raise CommitmentsClosed
    problems = await tree_repository.load_tree(tx.session, plan_id)
    last = (await repository.last_words(tx.session, plan_id)).get(party)
    said = answer(
        party,
        word,
        asked=frozenset(parties_of(problems)),
        last=last,
        speaker=Speaker(
            id=tx.actor.id,
            affiliation=tx.actor.affiliation,
            for_all=tx.actor.has_any({Role.COORDINATOR}),
        ),
        said=(tx.today, note),
    )
    expect_version(expected, 0 if last is None else last.version)
    await repository.add(tx.session, plan_id, said, now=tx.now)
    return said


async def standings(tx: Transaction, plan_id: UUID, *, lapse_after_months: int) -> Standings:
    plan = await load_own(tx, plan_id)
    problems = await tree_repository.load_tree(tx.session, plan_id)
    return await standings_of(tx, plan, problems, lapse_after_months=lapse_after_months)


async def standings_of(
    tx: Transaction, plan: Plan, problems: tuple[Problem, ...], *, lapse_after_months: int
) -> Standings:
    words = await repository.last_words(tx.session, plan.id)
    return Standings(
        measures=tuple(placed for placed in walk(problems) if isinstance(placed.node, Measure)),
        words=words,
        standings={
            party: standing(
                words.get(party), valid_from=plan.valid_from, lapse_after_months=lapse_after_months
            )
            for party in parties_of(problems)
        },
    )


async def load_own(tx: Transaction, plan_id: UUID, *, to_decide: bool = False) -> Plan:
    """Load a plan of one's own unit: a draft of another one does not exist for the caller."""
    plan = await plans.load(tx.session, plan_id, to_decide=to_decide)
    if not tx.actor.may_see(plan.unit_ids):
        raise UnitNotYours if plan.is_public else PlanUnknown
    return plan
