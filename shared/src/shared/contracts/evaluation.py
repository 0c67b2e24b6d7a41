"""What `evaluation` tells: what was set up, what is due, what was reported."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


class EvaluationKind(StrEnum):
    """When in the life of a plan an evaluation looks at it."""

    ENTRY = "entry"  # vstupní
    MID_TERM = "mid-term"  # průběžná
    FINAL = "final"  # závěrečná


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledEvaluation:
    """One evaluation in the calendar of a plan."""

    evaluation_id: UUID
    kind: EvaluationKind
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringSetUp(Event):
    """Every indicator of an approved revision has its collection calendar."""

    type: ClassVar[str] = "evaluation.monitoring.set-up.v1"
    identity: ClassVar[str] = "plan_id"

    plan_id: UUID
    revision: int
    indicators: int
    obligations: int
    first_due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationsScheduled(Event):
    """The evaluations of an approved revision stand in the calendar."""

    type: ClassVar[str] = "evaluation.evaluations.scheduled.v1"
    identity: ClassVar[str] = "plan_id"

    plan_id: UUID
    revision: int
    evaluations: tuple[ScheduledEvaluation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationDue(Event):
    """A value is to be reported soon; its owner should be told."""

    type: ClassVar[str] = "evaluation.obligation.due.v1"
    identity: ClassVar[str] = "obligation_id"

    obligation_id: UUID
    plan_id: UUID
    indicator_id: UUID
    period: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationOverdue(Event):
    """A value was not reported in time; the coordinator should be told."""

    type: ClassVar[str] = "evaluation.obligation.overdue.v1"
    identity: ClassVar[str] = "obligation_id"

    obligation_id: UUID
    plan_id: UUID
    indicator_id: UUID
    period: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationEscalated(Event):
    """A value is overdue for many working days; whoever answers for the plan should step in."""

    type: ClassVar[str] = "evaluation.obligation.escalated.v1"
    identity: ClassVar[str] = "obligation_id"

    obligation_id: UUID
    plan_id: UUID
    indicator_id: UUID
    period: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubmitted(Event):
    """A value was reported and waits for approval."""

    type: ClassVar[str] = "evaluation.obligation.report-submitted.v1"
    identity: ClassVar[str] = "obligation_id"

    obligation_id: UUID
    plan_id: UUID
    indicator_id: UUID
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueApproved(Event):
    """A reported value counts from now on."""

    type: ClassVar[str] = "evaluation.obligation.value-approved.v1"
    identity: ClassVar[str] = "obligation_id"

    obligation_id: UUID
    plan_id: UUID
    indicator_id: UUID
    period: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingApproved(Event):
    """What was said in words of a qualitative indicator counts from now on."""

    type: ClassVar[str] = "evaluation.obligation.wording-approved.v1"
    identity: ClassVar[str] = "obligation_id"

    obligation_id: UUID
    plan_id: UUID
    indicator_id: UUID
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCorrected(Event):
    """A value that counted was wrong: whoever copied it takes this one; None where words were corrected.

    `late`: the period was locked, so published figures moved.
    """

    type: ClassVar[str] = "evaluation.obligation.value-corrected.v1"
    identity: ClassVar[str] = "obligation_id"

    obligation_id: UUID
    plan_id: UUID
    indicator_id: UUID
    period: str
    value: Decimal | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodsLocked(Event):
    """Values of periods that end until `locked_until` move only with a reason; None: no period is locked."""

    type: ClassVar[str] = "evaluation.monitoring.periods-locked.v1"
    identity: ClassVar[str] = "plan_id"

    plan_id: UUID
    unit_ids: tuple[UUID, ...]
    locked_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDue(Event):
    """An evaluation should begin; the evaluator should be told."""

    type: ClassVar[str] = "evaluation.evaluation.due.v1"
    identity: ClassVar[str] = "evaluation_id"

    evaluation_id: UUID
    plan_id: UUID
    kind: EvaluationKind
    due_on: date


class RecommendationPriority(StrEnum):
    """How much a recommendation weighs."""

    HIGH = "high"  # vysoká
    MEDIUM = "medium"  # střední
    LOW = "low"  # nízká


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationIssued(Event):
    """An evaluation recommends something: planning asks for an answer before the plan's next revision.

    `number` is how the report numbers it, `addressee` an office or an organisation, never a person;
    `node_ids` are the problems, goals and measures of the evaluated `revision` that it speaks of. A newer
    version is a new wording.
    """

    type: ClassVar[str] = "evaluation.recommendation.issued.v1"
    identity: ClassVar[str] = "recommendation_id"

    recommendation_id: UUID
    evaluation_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    number: str
    text: str
    addressee: str
    priority: RecommendationPriority
    issued_on: date
    response_due_on: date
    node_ids: tuple[UUID, ...]
