"""The life of an evaluation: who makes it, how far it is, and what it needs to go on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from evaluation.evaluations.kinds import KINDS, Kind, Level
from evaluation.evaluations.refusals import (
    AuthorReviewsTheReport,
    AuthorsMissing,
    ContractMissing,
    EvaluatedByTheAgency,
    EvaluationDoesNotAllow,
    EvaluatorCarriesThePlan,
    EvaluatorWroteThePlan,
    ReportedAlready,
    SubjectMissing,
    SubjectNotFitting,
)
from shared.contracts.evaluation import EvaluationType
from shared.names import search_text


class EvaluationStatus(StrEnum):
    PLANNED = "planned"  # plánována
    BEGUN = "begun"  # zahájena
    DRAFTED = "drafted"  # návrh zprávy
    REVIEWED = "reviewed"  # zpráva posouzena
    COMPLETED = "completed"  # dokončena
    CANCELLED = "cancelled"  # zrušena


class CancelReason(StrEnum):
    SCHEDULE_CHANGED = "schedule-changed"
    PLAN_CLOSED = "plan-closed"
    COOPERATION_ENDED = "cooperation-ended"
    DECIDED = "decided"


class Origin(StrEnum):
    """What put an evaluation into the calendar."""

    PLAN = "plan"
    COOPERATION = "cooperation"
    HAND = "hand"


class Mode(StrEnum):
    INTERNAL = "internal"  # interní
    EXTERNAL = "external"  # externí


NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "planned": ("plánována", "planned"),
    "begun": ("zahájena", "begun"),
    "drafted": ("návrh zprávy", "drafted"),
    "reviewed": ("posouzena", "reviewed"),
    "completed": ("dokončena", "completed"),
    "cancelled": ("zrušena", "cancelled"),
    "beginning": ("zahájit", "begin"),
    "writing": ("psát zprávu", "write the report"),
    "draft": ("předložit návrh zprávy", "hand in the draft"),
    "return": ("vrátit k přepracování", "return the draft"),
    "review": ("posoudit", "review"),
    "completion": ("dokončit", "complete"),
    "correction": ("opravit vydanou zprávu", "correct the report"),
    "cancellation": ("zrušit", "cancel"),
}
_S = EvaluationStatus
MOVES: Final[Mapping[str, tuple[frozenset[EvaluationStatus], EvaluationStatus | None]]] = {
    "beginning": (frozenset({_S.PLANNED}), _S.BEGUN),
    "writing": (frozenset({_S.BEGUN}), None),
    "draft": (frozenset({_S.BEGUN}), _S.DRAFTED),
    "return": (frozenset({_S.DRAFTED, _S.REVIEWED}), _S.BEGUN),
    "review": (frozenset({_S.DRAFTED}), _S.REVIEWED),
    "completion": (frozenset({_S.REVIEWED}), _S.COMPLETED),
    "correction": (frozenset({_S.COMPLETED}), _S.BEGUN),
    "cancellation": (frozenset({_S.PLANNED, _S.BEGUN, _S.DRAFTED, _S.REVIEWED}), _S.CANCELLED),
}
"""Which states a move leaves and which it leads to; None stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is evaluated; which of it is needed follows from the type."""

    plan_id: UUID | None = None
    unit_ids: tuple[UUID, ...] = ()
    themes: tuple[str, ...] = ()
    region: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who evaluates, and who wrote what is evaluated: offices and organisations."""

    mode: Mode
    organisation: str
    contract: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """`edition` counts the frozen reports; `revision` is that of the plan when the evaluation began."""

    id: UUID
    version: int
    type: EvaluationType
    title: str
    due_on: date
    status: EvaluationStatus
    subject: Subject
    assignment: Assignment | None = None
    revision: int | None = None
    drafted_by: str | None = None
    correction_reason: str = ""
    cancelled_reason: CancelReason | None = None
    edition: int = 0
    completed_on: date | None = None
    digest: str | None = None

    @property
    def kind(self) -> Kind:
        return KINDS[self.type]


def expect_subject(type_: EvaluationType, subject: Subject) -> None:
    """Raise `SubjectMissing`, `SubjectNotFitting` unless the subject is what the type looks at."""
    level = KINDS[type_].level
    if subject.plan_id is not None and subject.unit_ids:
        raise SubjectNotFitting(pointer="/unit_ids")
    needs: dict[Level, tuple[bool, str, str, str]] = {
        Level.UNIT: (bool(subject.unit_ids), "/unit_ids", "územní celek", "a unit"),
        Level.THEME: (bool(subject.themes), "/themes", "téma", "a theme"),
        Level.CROSS_UNIT: (len(subject.unit_ids) > 1, "/unit_ids", "alespoň dva celky", "two units at least"),
        Level.NATIONAL: (True, "", "", ""),
        Level.PLAN: (subject.plan_id is not None, "/plan_id", "plán", "a plan"),
        Level.CENTRE: (bool(subject.region), "/region", "regionální centrum", "a regional centre"),
        Level.PROJECT: (bool(subject.project), "/project", "projekt", "a project"),
    }
    met, pointer, cs, en = needs[level]
    if not met:
        raise SubjectMissing(pointer=pointer, missing_cs=cs, missing_en=en)


def expect_allows(evaluation: Evaluation, move: str) -> None:
    """Raise `EvaluationDoesNotAllow` unless the move is possible where the evaluation stands."""
    if evaluation.status not in MOVES[move][0]:
        allowed = [each for each, (sources, _) in MOVES.items() if evaluation.status in sources]
        raise EvaluationDoesNotAllow(NAMES, state=evaluation.status.value, move=move, allowed_moves=allowed)


def moved(evaluation: Evaluation, move: str) -> Evaluation:
    """Return the evaluation one version later, where the move leads to."""
    expect_allows(evaluation, move)
    return replace(evaluation, version=evaluation.version + 1, status=MOVES[move][1] or evaluation.status)


def begin(
    evaluation: Evaluation,
    assignment: Assignment,
    *,
    revision: int | None,
    owners: Mapping[str, Collection[str]],
) -> Evaluation:
    """Say who evaluates; `owners` are the offices of the plan with the numbers of their indicators.

    Raises `EvaluationDoesNotAllow`, `ContractMissing`, `EvaluatedByTheAgency`, `AuthorsMissing`,
    `EvaluatorWroteThePlan`, `EvaluatorCarriesThePlan`.
    """
    begun = moved(evaluation, "beginning")
    if assignment.mode is Mode.EXTERNAL and not assignment.contract:
        raise ContractMissing(pointer="/contract")
    if evaluation.kind.external and assignment.mode is not Mode.EXTERNAL:
        raise EvaluatedByTheAgency(pointer="/mode")
    if evaluation.subject.plan_id is not None and not assignment.authors:
        raise AuthorsMissing(pointer="/authors")
    _expect_others(evaluation, assignment, owners)
    return replace(begun, assignment=assignment, revision=revision)


def _expect_others(
    evaluation: Evaluation, assignment: Assignment, owners: Mapping[str, Collection[str]]
) -> None:
    """Raise where the evaluator wrote the plan, or carries a part of it; spelling makes no difference."""
    who = search_text(assignment.organisation)
    state = evaluation.status.value
    if who in map(search_text, assignment.authors):
        raise EvaluatorWroteThePlan(state=state, organisation=assignment.organisation)
    numbers = [number for owner, held in owners.items() if search_text(owner) == who for number in held]
    if numbers:
        named = ", ".join(sorted(numbers)[:5])
        raise EvaluatorCarriesThePlan(state=state, organisation=assignment.organisation, numbers=named)


def review(evaluation: Evaluation, *, by: str) -> Evaluation:
    """Let the draft pass; four eyes see it. Raises `AuthorReviewsTheReport`."""
    reviewed = moved(evaluation, "review")
    if evaluation.drafted_by == by:
        raise AuthorReviewsTheReport(state=evaluation.status.value)
    return reviewed


def complete(evaluation: Evaluation, *, on: date, digest: str) -> Evaluation:
    return replace(
        moved(evaluation, "completion"), edition=evaluation.edition + 1, completed_on=on, digest=digest
    )


def cancel(evaluation: Evaluation) -> Evaluation:
    """Call it off by a decision. Raises `ReportedAlready` where a report is out."""
    cancelled = moved(evaluation, "cancellation")
    if evaluation.edition:
        raise ReportedAlready(edition=evaluation.edition, state=evaluation.status.value)
    return replace(cancelled, cancelled_reason=CancelReason.DECIDED)
