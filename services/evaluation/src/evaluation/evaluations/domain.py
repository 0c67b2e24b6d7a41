"""The life of an evaluation: who makes it, how far it is, and what it needs to go on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from evaluation.evaluations.kinds import KINDS, Kind, Level
from evaluation.evaluations.refusals import (
    STATES,
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
from shared.contracts.reports import EvaluationType
from shared.names import search_text
from shared.procedure import Labels, Procedure


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


class Move(StrEnum):
    BEGIN = "beginning"
    WRITE = "writing"
    HAND_IN = "draft"
    RETURN = "return"
    REVIEW = "review"
    COMPLETE = "completion"
    CORRECT = "correction"
    CANCEL = "cancellation"


_LABELS: Final[Labels] = {
    **{EvaluationStatus(state): words for state, words in STATES.items()},
    Move.BEGIN: ("zahájit", "begin"),
    Move.WRITE: ("psát zprávu", "write the report"),
    Move.HAND_IN: ("předložit návrh zprávy", "hand in the draft"),
    Move.RETURN: ("vrátit k přepracování", "return the draft"),
    Move.REVIEW: ("posoudit", "review"),
    Move.COMPLETE: ("dokončit", "complete"),
    Move.CORRECT: ("opravit vydanou zprávu", "correct the report"),
    Move.CANCEL: ("zrušit", "cancel"),
}
_S = EvaluationStatus
PROCEDURE: Final = Procedure(
    moves={
        Move.BEGIN: (frozenset({_S.PLANNED}), _S.BEGUN),
        Move.WRITE: (frozenset({_S.BEGUN}), _S.BEGUN),
        Move.HAND_IN: (frozenset({_S.BEGUN}), _S.DRAFTED),
        Move.RETURN: (frozenset({_S.DRAFTED, _S.REVIEWED}), _S.BEGUN),
        Move.REVIEW: (frozenset({_S.DRAFTED}), _S.REVIEWED),
        Move.COMPLETE: (frozenset({_S.REVIEWED}), _S.COMPLETED),
        Move.CORRECT: (frozenset({_S.COMPLETED}), _S.BEGUN),
        Move.CANCEL: (frozenset({_S.PLANNED, _S.BEGUN, _S.DRAFTED, _S.REVIEWED}), _S.CANCELLED),
    },
    labels=_LABELS,
    refusal=EvaluationDoesNotAllow,
)


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
    needs = {
        Level.UNIT: ("unit_ids", bool(subject.unit_ids)),
        Level.THEME: ("themes", bool(subject.themes)),
        Level.CROSS_UNIT: ("unit_ids", len(subject.unit_ids) > 1),
        Level.NATIONAL: ("", True),
        Level.PLAN: ("plan_id", subject.plan_id is not None),
        Level.CENTRE: ("region", bool(subject.region)),
        Level.PROJECT: ("project", bool(subject.project)),
    }
    needed, met = needs[level]
    if not met:
        raise SubjectMissing(pointer=f"/{needed}", needed=needed, kind=type_.value)


def moved(evaluation: Evaluation, move: Move) -> Evaluation:
    """Return the evaluation one version later, where the move leads to. Raises `EvaluationDoesNotAllow`."""
    return replace(
        evaluation,
        version=evaluation.version + 1,
        status=PROCEDURE.after(evaluation.status, move),
    )


def assign(
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
    begun = moved(evaluation, Move.BEGIN)
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
    reviewed = moved(evaluation, Move.REVIEW)
    if evaluation.drafted_by == by:
        raise AuthorReviewsTheReport(state=evaluation.status.value)
    return reviewed


def complete(evaluation: Evaluation, *, on: date, digest: str) -> Evaluation:
    return replace(
        moved(evaluation, Move.COMPLETE), edition=evaluation.edition + 1, completed_on=on, digest=digest
    )


def cancel(evaluation: Evaluation) -> Evaluation:
    """Call it off by a decision. Raises `ReportedAlready` where a report is out."""
    cancelled = moved(evaluation, Move.CANCEL)
    if evaluation.edition:
        raise ReportedAlready(edition=evaluation.edition, state=evaluation.status.value)
    return replace(cancelled, cancelled_reason=CancelReason.DECIDED)
