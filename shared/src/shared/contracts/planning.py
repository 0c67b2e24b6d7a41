"""What `planning` tells: the life of a plan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event, Role
from shared.contracts.measures import PlannedMeasure


class PlanKind(StrEnum):
    """Kinds of plan; the code is the one that the field uses."""

    PSZ = "PSZ"  # plán sociálního začleňování
    SPSZ = "SPSZ"  # strategický plán sociálního začleňování
    TAP = "TAP"  # tematický akční plán
    SUPPORT = "PP"  # plán podpory (vzdálená dílčí podpora)
    EXIT = "EXIT"  # exit strategie
    KPSS = "KPSS"  # komunitní plán sociálních služeb
    SPRSS = "SPRSS"  # střednědobý plán rozvoje sociálních služeb kraje
    COMMUNICATION = "KOM"  # komunikační plán


class Direction(StrEnum):
    """Which way an indicator should move."""

    INCREASE = "increase"  # růst
    DECREASE = "decrease"  # pokles
    MAINTAIN = "maintain"  # udržet
    NONE = "none"  # bez směru, kontext


class Periodicity(StrEnum):
    """How often a value of an indicator is collected."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedIndicator:
    """One indicator of an approved plan; `measures` is the id of the goal or measure it stands on.

    `owner` is an organisation or an office, never a person.
    """

    indicator_id: UUID
    measures: UUID
    number: str
    name: str
    unit: str
    direction: Direction
    periodicity: Periodicity
    owner: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date


class ApprovalLevel(StrEnum):
    """Who decides on a plan, in this order."""

    WORKING_GROUP = "working-group"  # pracovní skupina
    PARTNERSHIP = "partnership"  # lokální partnerství
    COUNCIL = "council"  # zastupitelstvo, rada
    AGENCY = "agency"  # Agentura


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSubmitted(Event):
    """A draft was handed over for approval."""

    type: ClassVar[str] = "planning.plan.submitted.v1"
    identity: ClassVar[str] = "plan_id"

    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReturned(Event):
    """A submitted plan went back to its authors with reasons."""

    type: ClassVar[str] = "planning.plan.returned.v1"
    identity: ClassVar[str] = "plan_id"

    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproved(Event):
    """A self-government body approved a revision: monitoring, evaluations and documents follow.

    `digest` is the SHA-256 (hex) of the revision's canonical JSON, which planning serves at
    `/plans/{plan_id}/revisions/{revision}`.
    """

    type: ClassVar[str] = "planning.plan.approved.v1"
    identity: ClassVar[str] = "plan_id"

    plan_id: UUID
    revision: int
    kind: PlanKind
    title: str
    unit_ids: tuple[UUID, ...]
    valid_from: date
    valid_until: date
    body: str
    approved_on: date
    resolution_number: str
    digest: str
    indicators: tuple[PlannedIndicator, ...]
    measures: tuple[PlannedMeasure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImplementationStarted(Event):
    """Monitoring and evaluations of an approved revision stand: the plan is being carried out."""

    type: ClassVar[str] = "planning.plan.implementation-started.v1"
    identity: ClassVar[str] = "plan_id"

    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanClosed(Event):
    """A plan ended; nothing more falls due from it, what was reported stays."""

    type: ClassVar[str] = "planning.plan.closed.v1"
    identity: ClassVar[str] = "plan_id"

    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    closed_on: date
    reason: str


class RecommendationAnswer(StrEnum):
    """What the owner of a plan says to a recommendation."""

    ACCEPTED = "accepted"  # přijato
    PARTLY = "partly"  # přijato částečně
    REJECTED = "rejected"  # odmítnuto


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationAnswered(Event):
    """A recommendation was answered, or reported as fulfilled: evaluation follows what became of it.

    `responsible` is an office or an organisation; `node_ids` say where in the plan it is met.
    """

    type: ClassVar[str] = "planning.recommendation.answered.v1"
    identity: ClassVar[str] = "recommendation_id"

    recommendation_id: UUID
    evaluation_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    answer: RecommendationAnswer
    reasons: str
    responsible: str
    due_on: date | None
    node_ids: tuple[UUID, ...]
    fulfilled_on: date | None


class OwnerTrouble(StrEnum):
    """Why nobody stands behind a measure in force."""

    SILENT = "silent"  # vlastník se nevyjádřil
    DECLINED = "declined"  # odmítl, nebo vzal slovo zpět
    LAPSED = "lapsed"  # přijetí je staré


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLapsed(Event):
    """Nobody stands behind a measure of a plan in force: its coordinator should find an owner.

    Told once for each word of the owner; `owner` is an office or an organisation.
    """

    type: ClassVar[str] = "planning.measure.owner-lapsed.v1"
    identity: ClassVar[str] = "measure_id"

    measure_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    number: str
    owner: str
    trouble: OwnerTrouble
    said_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDue(Event):
    """A step of a plan's approval falls due in a few days and nobody has decided it yet."""

    type: ClassVar[str] = "planning.approval.due.v1"
    identity: ClassVar[str] = "round_id"

    round_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    level: ApprovalLevel
    label: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalOverdue(Event):
    """A step of a plan's approval was not decided in its time; `escalated_to` is the role that should act."""

    type: ClassVar[str] = "planning.approval.overdue.v1"
    identity: ClassVar[str] = "round_id"

    round_id: UUID
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    level: ApprovalLevel
    label: str
    due_on: date
    escalated_to: Role
