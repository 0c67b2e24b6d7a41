"""What one can do with commitments: answer for a party, see who stands behind what, follow a revision."""

from dataclasses import dataclass, field
from uuid import UUID

from planning.commitments import absence_repository, repository
from planning.commitments.absence import Absence, deputies_on
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
from planning.commitments.succession import ended_by
from planning.plans import repository as plans
from planning.plans import tree_repository
from planning.plans.domain import Plan, PlanStatus
from planning.plans.draft_repository import load_edition
from planning.plans.edition import HEAD, Edition
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
    away: dict[str, Absence] = field(default_factory=dict)

    @property
    def without_owner(self) -> dict[UUID, bool]:
        return without_owner(self.standings)


async def answer_for_party(
    tx: Transaction, plan_id: UUID, party: Party, word: Word, *, expected: int, note: str
) -> Commitment:
    """Say a party's word on a measure in force or in the draft of the next revision.

    Raises `UnitNotYours`, `CommitmentsClosed`, and what `answer` raises.
    """
    plan = await load_own(tx, plan_id, to_decide=True)
    if plan.status is PlanStatus.CLOSED:
        raise CommitmentsClosed
    asked = {*parties_of(await tree_repository.load_tree(tx.session, plan_id))}
    if plan.draft is not None:
        asked |= {*parties_of((await load_edition(tx.session, plan.draft)).problems)}
    absences = await absence_repository.of_plan(tx.session, plan_id)
    away = deputies_on(absences, tx.today)
    last = (await repository.last_words(tx.session, plan_id)).get(party)
    said = answer(
        party,
        word,
        asked=asked,
        last=last,
        speaker=Speaker(
            id=tx.actor.id,
            affiliation=tx.actor.affiliation,
            for_all=tx.actor.has_any({Role.COORDINATOR}),
            stands_in_for=[name for name, each in away.items() if each.deputy == tx.actor.affiliation],
        ),
        said=(tx.today, note),
    )
    expect_version(expected, 0 if last is None else last.version)
    await repository.add(tx.session, plan_id, [said], now=tx.now)
    return said


async def standings(
    tx: Transaction, plan_id: UUID, *, lapse_after_months: int, draft: bool = False
) -> Standings:
    """Say what holds of the plan in force, or of the draft of its next revision where there is one."""
    plan = await load_own(tx, plan_id)
    problems = (await edition_shown(tx, plan, draft=draft)).problems
    return await standings_of(tx, plan, problems, lapse_after_months=lapse_after_months)


async def edition_shown(tx: Transaction, plan: Plan, *, draft: bool) -> Edition:
    if draft and plan.draft is not None:
        return await load_edition(tx.session, plan.draft)
    problems = await tree_repository.load_tree(tx.session, plan.id)
    return Edition(**{name: getattr(plan, name) for name in HEAD}, problems=problems)


async def standings_of(
    tx: Transaction, plan: Plan, problems: tuple[Problem, ...], *, lapse_after_months: int
) -> Standings:
    words = await repository.last_words(tx.session, plan.id)
    absences = await absence_repository.of_plan(tx.session, plan.id)
    return Standings(
        measures=tuple(placed for placed in walk(problems) if isinstance(placed.node, Measure)),
        words=words,
        standings={
            party: standing(
                words.get(party), valid_from=plan.valid_from, lapse_after_months=lapse_after_months
            )
            for party in parties_of(problems)
        },
        away=deputies_on(absences, tx.today),
    )


async def end_words(tx: Transaction, plan: Plan, problems: tuple[Problem, ...]) -> None:
    """End the acceptances of parties that the approved revision does not name there any more."""
    words = await repository.last_words(tx.session, plan.id)
    speaker = Speaker(id=tx.actor.id, affiliation=tx.actor.affiliation, for_all=True)
    ended = ended_by(problems, words, revision=plan.revision, ended_on=tx.today, speaker=speaker)
    await repository.add(tx.session, plan.id, [*ended], now=tx.now)


async def load_own(tx: Transaction, plan_id: UUID, *, to_decide: bool = False) -> Plan:
    """Load a plan of one's own unit: a draft of another one does not exist for the caller."""
    plan = await plans.load(tx.session, plan_id, to_decide=to_decide)
    if not tx.actor.may_see(plan.unit_ids):
        raise UnitNotYours if plan.is_public else PlanUnknown
    return plan
