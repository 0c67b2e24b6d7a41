"""What one can do with states of measures: say how one goes, see how all of a plan go."""

from uuid import UUID

from planning.commitments import absence_repository
from planning.commitments.absence import deputies_on
from planning.commitments.domain import Speaker
from planning.commitments.refusals import MeasureUnknown
from planning.commitments.use_cases import load_own
from planning.measures import domain, repository
from planning.measures.domain import Going, Said, StateWord
from planning.plans import tree_repository
from shared.contracts.base import Role
from shared.errors import expect_version
from shared.transaction import Transaction


async def say_state(
    tx: Transaction, plan_id: UUID, measure_id: UUID, said: Said, *, expected: int
) -> StateWord:
    """Say how a measure in force goes, and tell the other services.

    Raises `UnitNotYours`, `PlanNotCarriedOut`, `MeasureUnknown`, and what `domain.say` raises.
    """
    plan = await load_own(tx, plan_id, to_decide=True)
    domain.expect_carried_out(plan)
    going = await _goings(tx, plan_id)
    found = next((each for each in going if each.measure.id == measure_id), None)
    if found is None:
        raise MeasureUnknown
    expect_version(expected, found.word.version if found.word else 0)
    word = domain.say(
        found.measure, said, last=found.word, speaker=await _speaker(tx, plan_id), today=tx.today
    )
    await repository.add(tx, plan_id, word)
    tx.emit(domain.told(plan, found, word))
    return word


async def _speaker(tx: Transaction, plan_id: UUID) -> Speaker:
    absences = await absence_repository.of_plan(tx.session, plan_id)
    away = deputies_on(absences, tx.today)
    return Speaker(
        id=tx.actor.id,
        affiliation=tx.actor.affiliation,
        for_all=tx.actor.has_any({Role.COORDINATOR}),
        stands_in_for=[name for name, each in away.items() if each.deputy == tx.actor.affiliation],
    )


async def list_goings(tx: Transaction, plan_id: UUID) -> list[Going]:
    """Return the measures in force, each with the last word on it."""
    await load_own(tx, plan_id)
    return await _goings(tx, plan_id)


async def _goings(tx: Transaction, plan_id: UUID) -> list[Going]:
    problems = await tree_repository.load_tree(tx.session, plan_id)
    return domain.goings(problems, await repository.last_words(tx.session, plan_id), today=tx.today)
