"""How a measure is going: who may say so, and what was said last."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from planning.commitments.domain import Speaker
from planning.measures.refusals import (
    MeasureNotYours,
    MeasureWithoutOwner,
    PlanNotCarriedOut,
    StateBeforeTheLast,
    StateInFuture,
    StateWithoutReason,
)
from planning.plans.domain import Plan, PlanStatus
from planning.plans.refusals import standing
from planning.plans.tree import Measure, Placed, Problem, walk
from shared.contracts.measures import MeasureState, MeasureStateChanged

CARRIED_OUT: Final = frozenset({PlanStatus.APPROVED, PlanStatus.IN_IMPLEMENTATION})
EXPLAINED: Final = frozenset({MeasureState.DELAYED, MeasureState.ABANDONED})
"""States that nobody understands without a word of why."""
ENDED: Final = frozenset({MeasureState.DONE, MeasureState.ABANDONED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A state, the day that it is told for, and what there is to say to it."""

    state: MeasureState
    state_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWord:
    """One word on a measure. Words are never changed; `version` counts them from 1."""

    measure_id: UUID
    version: int
    said: Said
    decided_by: str
    affiliation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A measure of the plan in force and the last word on it; activities whose day has passed."""

    placed: Placed
    measure: Measure
    word: StateWord | None
    activities_past: int

    def is_late(self, today: date) -> bool:
        """Whether its last day has passed and nobody said that it ended."""
        ended = self.word is not None and self.word.said.state in ENDED
        return self.measure.ends_on is not None and self.measure.ends_on < today and not ended


def expect_carried_out(plan: Plan) -> None:
    """Raise `PlanNotCarriedOut` for a draft and for a plan that was closed."""
    if plan.status not in CARRIED_OUT:
        raise PlanNotCarriedOut(**standing(plan.status))


def say(measure: Measure, said: Said, *, last: StateWord | None, speaker: Speaker, today: date) -> StateWord:
    """Return the next word on a measure; the same state again confirms it.

    Raises `MeasureNotYours`, `MeasureWithoutOwner`, `StateInFuture`, `StateBeforeTheLast`,
    `StateWithoutReason`.
    """
    _expect_own(measure, speaker)
    if said.state_on > today:
        raise StateInFuture(pointer="/state_on", state_on=said.state_on, today=today)
    if last is not None and said.state_on < last.said.state_on:
        raise StateBeforeTheLast(pointer="/state_on", state_on=said.state_on, last=last.said.state_on)
    if said.state in EXPLAINED and not said.note:
        raise StateWithoutReason(pointer="/note")
    return StateWord(
        measure_id=measure.id,
        version=1 if last is None else last.version + 1,
        said=said,
        decided_by=speaker.id,
        affiliation=speaker.affiliation,
    )


def _expect_own(measure: Measure, speaker: Speaker) -> None:
    if speaker.for_all:
        return
    if not measure.owner:
        raise MeasureWithoutOwner
    if measure.owner not in {speaker.affiliation, *speaker.stands_in_for}:
        raise MeasureNotYours(owner=measure.owner)


def told(plan: Plan, before: Going, word: StateWord) -> MeasureStateChanged:
    """Return the event of a word; its note stays here."""
    return MeasureStateChanged(
        version=word.version,
        measure_id=word.measure_id,
        plan_id=plan.id,
        revision=plan.revision,
        unit_ids=plan.unit_ids,
        number=before.placed.number,
        owner=before.measure.owner,
        state=word.said.state,
        previous=None if before.word is None else before.word.said.state,
        state_on=word.said.state_on,
    )


def goings(problems: tuple[Problem, ...], words: dict[UUID, StateWord], *, today: date) -> list[Going]:
    """Return the measures in the order of reading, each with the last word on it."""
    return [
        Going(
            placed=placed,
            measure=placed.node,
            word=words.get(placed.node.id),
            activities_past=sum(
                each.due_on is not None and each.due_on < today for each in placed.node.activities
            ),
        )
        for placed in walk(problems)
        if isinstance(placed.node, Measure)
    ]
