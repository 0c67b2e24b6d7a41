"""One engine that reads a plan by the rules: for its authors, before its submission and its approval."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from planning.evidence.domain import Evidence
from planning.plans.advice import on_attached, on_measure, on_owner, on_problem, on_titles
from planning.plans.completeness import missing
from planning.plans.parts import NOTHING_ATTACHED, Attached
from planning.plans.rules import RULES, Rule, Severity
from planning.plans.tree import Measure, Placed, Problem, walk
from shared.contracts.planning import PlanKind
from shared.errors import Finding

GRAVEST_FIRST: Final = tuple(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is read. `lapsed` says of measures whether an owner's word lapsed; who accepted is not in it."""

    kind: PlanKind
    valid_from: date
    valid_until: date
    problems: tuple[Problem, ...]
    attached: Attached = NOTHING_ATTACHED
    lapsed: Mapping[UUID, bool] | None = None
    evidence: Mapping[UUID, Sequence[Evidence]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    rule: Rule
    finding: Finding
    number: str | None


def lint(subject: Subject) -> list[Found]:
    """Return all that the rules find, the gravest first, then in the order of the plan."""
    places = places_of(subject.problems)
    by_place = {at: placed.number for placed, at in places}
    found = [
        Found(rule=rule, finding=finding, number=_number(finding.pointer, by_place))
        for finding in (*_errors(subject), *_others(subject, places))
        if subject.kind in (rule := RULES[finding.code]).kinds
    ]
    return sorted(found, key=lambda each: GRAVEST_FIRST.index(each.rule.severity))


def blocking(subject: Subject) -> list[Finding]:
    """Return the errors alone: what a council may not be asked to approve."""
    return [each.finding for each in lint(subject) if each.rule.severity is Severity.ERROR]


def _errors(subject: Subject) -> Iterable[Finding]:
    return missing(
        subject.kind,
        subject.problems,
        valid_from=subject.valid_from,
        valid_until=subject.valid_until,
        attached=subject.attached,
    )


def _others(subject: Subject, places: list[tuple[Placed, str]]) -> Iterator[Finding]:
    for placed, at in places:
        if isinstance(placed.node, Problem):
            yield from on_problem(placed.node, at, subject.evidence.get(placed.node.id, ()))
        if isinstance(placed.node, Measure):
            yield from on_measure(placed.node, at, (subject.valid_from, subject.valid_until))
            if subject.lapsed is not None and placed.node.id in subject.lapsed:
                yield from on_owner(at, lapsed=subject.lapsed[placed.node.id])
    yield from on_titles(places)
    yield from on_attached(subject.attached, subject.kind)


def places_of(problems: tuple[Problem, ...]) -> list[tuple[Placed, str]]:
    """Return the nodes with their JSON Pointers, in the order of reading."""
    at: dict[UUID | None, str] = {None: ""}
    found: list[tuple[Placed, str]] = []
    for placed in walk(problems):
        branch = _BRANCHES.get(placed.kind)
        if branch is not None:
            at[placed.node.id] = f"{at[placed.parent_id]}/{branch}/{placed.position - 1}"
            found.append((placed, at[placed.node.id]))
    return found


_BRANCHES: Final = {
    "problem": "problems",
    "goal": "goals",
    "measure": "measures",
    "indicator": "indicators",
    "activity": "activities",
}


def _number(pointer: str, by_place: Mapping[str, str]) -> str | None:
    """Return the number of the node that the pointer points into."""
    while pointer:
        if pointer in by_place:
            return by_place[pointer]
        pointer = pointer.rpartition("/")[0]
    return None
