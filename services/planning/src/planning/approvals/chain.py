"""Chains of approval as data in time, and the one that a plan of several units follows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID

from planning.approvals.refusals import (
    ChainDropsStep,
    ChainEnded,
    ChainEndsBeforeItBegins,
    ChainLessQuiet,
    ChainOutOfOrder,
    ChainWithoutCouncil,
    RoleCannotDecide,
    StepWithoutDecider,
)
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel, PlanKind

ONE_DAY: Final = timedelta(days=1)


ORDER: Final = tuple(ApprovalLevel)
_TOWN: Final = frozenset({Role.MAYOR, Role.COORDINATOR, Role.CONSULTANT})
MAY_DECIDE: Final[Mapping[ApprovalLevel, frozenset[Role]]] = {
    ApprovalLevel.WORKING_GROUP: _TOWN,
    ApprovalLevel.PARTNERSHIP: _TOWN,
    ApprovalLevel.COUNCIL: _TOWN,
    ApprovalLevel.AGENCY: frozenset({Role.CONSULTANT, Role.DIRECTOR}),
}
"""Roles that a step of a level can be given to; the chair and the manager of its body decide beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """`working_days` None: never overdue. `roles` record what the body decided, or decide by themselves."""

    level: ApprovalLevel
    label_cs: str
    label_en: str
    body_id: UUID | None
    roles: tuple[Role, ...]
    working_days: int | None
    escalates_to: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """`unit_id` None: for all plans of the kind; else that unit's own, in place of it."""

    id: UUID
    version: int
    kind: PlanKind
    unit_id: UUID | None
    starts_on: date
    ends_on: date | None
    quiet_days: int
    steps: tuple[ChainStep, ...]

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step and whose it is: the units that decide in it, or the whole plan's people as one (None)."""

    step: ChainStep
    parties: tuple[UUID | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All that a round follows."""

    steps: tuple[PlannedStep, ...]
    quiet_days: int


COUNCIL_ALONE: Final = ChainStep(
    level=ApprovalLevel.COUNCIL,
    label_cs="Schválení zastupitelstvem",
    label_en="Approval by the council",
    body_id=None,
    roles=(Role.CONSULTANT, Role.COORDINATOR, Role.MAYOR),
    working_days=65,
    escalates_to=Role.CONSULTANT,
)
"""Where nobody set a chain; an assembly meets at least once in three months (Act 128/2000 Coll., § 92)."""


def expect_chain(steps: Sequence[ChainStep]) -> None:
    """Raise ChainOutOfOrder, ChainWithoutCouncil, RoleCannotDecide, StepWithoutDecider."""
    ranks = [ORDER.index(step.level) for step in steps]
    for place, (before, after) in enumerate(pairwise(ranks)):
        if after < before:
            raise ChainOutOfOrder(pointer=f"/steps/{place + 1}/level")
    if ORDER.index(ApprovalLevel.COUNCIL) not in ranks:
        raise ChainWithoutCouncil(pointer="/steps")
    for place, step in enumerate(steps):
        for role in step.roles:
            if role not in MAY_DECIDE[step.level]:
                raise RoleCannotDecide(pointer=f"/steps/{place}/roles", role=role.value)
        if not step.roles and step.body_id is None:
            raise StepWithoutDecider(pointer=f"/steps/{place}/roles")


def expect_more_than(own: Chain, of_kind: Sequence[ChainStep], *, quiet_days: int) -> None:
    """Raise unless a unit's chain has all steps of its kind's, and as long a quiet period."""
    have = Counter(step.level for step in own.steps)
    for step in of_kind:
        have[step.level] -= 1
        if have[step.level] < 0:
            raise ChainDropsStep(pointer="/steps", label_cs=step.label_cs, label_en=step.label_en)
    if own.quiet_days < quiet_days:
        raise ChainLessQuiet(pointer="/quiet_days", quiet_days=quiet_days)


def expect_days(chain: Chain) -> None:
    if chain.ends_on is not None and chain.ends_on < chain.starts_on:
        raise ChainEndsBeforeItBegins(pointer="/ends_on", starts_on=chain.starts_on, ends_on=chain.ends_on)


def overlap(one: Chain, other: Chain) -> bool:
    """Whether they have a day in common."""
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def end_chain(chain: Chain, last_day: date) -> Chain:
    """Raise ChainEnded where it ends sooner already, ChainEndsBeforeItBegins."""
    if chain.ends_on is not None and chain.ends_on <= last_day:
        raise ChainEnded(ends_on=chain.ends_on)
    ended = replace(chain, ends_on=last_day, version=chain.version + 1)
    expect_days(ended)
    return ended


def course_of(unit_ids: Sequence[UUID], chains: Sequence[Chain]) -> Course:
    """Join what holds for the units of a plan: every council decides, in one step with the others.

    Councils of units meet in one step counted from the last one: where one town has its board and
    then its assembly, the assembly decides beside that of the other town. Any other step that all units
    have is decided once; one that only some have is theirs.
    """
    of_kind = next((chain for chain in chains if chain.unit_id is None), None)
    common = of_kind.steps if of_kind else (COUNCIL_ALONE,)
    of_units = {chain.unit_id: chain for chain in chains if chain.unit_id in unit_ids}
    steps_of = {unit: of_units[unit].steps if unit in of_units else common for unit in sorted(set(unit_ids))}
    quiet = [chain.quiet_days for chain in (of_kind, *of_units.values()) if chain is not None]
    return Course(
        steps=tuple(
            planned
            for level in ApprovalLevel
            for planned in (
                _councils(steps_of) if level is ApprovalLevel.COUNCIL else _others(level, steps_of)
            )
        ),
        quiet_days=max(quiet, default=0),
    )


def _councils(steps_of: Mapping[UUID, Sequence[ChainStep]]) -> list[PlannedStep]:
    councils = {
        unit: [step for step in steps if step.level is ApprovalLevel.COUNCIL]
        for unit, steps in steps_of.items()
    }
    longest = max(map(len, councils.values()), default=0)
    planned = []
    for from_last in range(longest, 0, -1):
        deciding = {unit: own[-from_last] for unit, own in councils.items() if len(own) >= from_last}
        first = next(iter(deciding.values()))
        one = len(deciding) == 1
        planned.append(PlannedStep(step=first if one else _joint(first, deciding), parties=tuple(deciding)))
    return planned


def _joint(first: ChainStep, deciding: Mapping[UUID, ChainStep]) -> ChainStep:
    """Return the step of several councils: whoever may decide in one of them, by the longest time."""
    roles = frozenset(role for step in deciding.values() for role in step.roles)
    days = [step.working_days for step in deciding.values()]
    longest = None if None in days else max(day for day in days if day is not None)
    return replace(first, body_id=None, roles=tuple(sorted(roles)), working_days=longest)


def _others(level: ApprovalLevel, steps_of: Mapping[UUID, Sequence[ChainStep]]) -> list[PlannedStep]:
    """Return each step of a level once: everybody's where all units have it, else of those who have it."""
    having: dict[tuple[ChainStep, int], list[UUID]] = {}
    for unit, steps in steps_of.items():
        times: Counter[ChainStep] = Counter()
        for step in (each for each in steps if each.level is level):
            having.setdefault((step, times[step]), []).append(unit)
            times[step] += 1
    return [
        PlannedStep(step=step, parties=(None,) if _is_common(level, units, steps_of) else tuple(units))
        for (step, _), units in having.items()
    ]


def _is_common(level: ApprovalLevel, units: Sequence[UUID], steps_of: Mapping[UUID, object]) -> bool:
    return level is ApprovalLevel.AGENCY or len(units) == len(steps_of)
