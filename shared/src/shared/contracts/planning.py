"""What `planning` tells: the life of a plan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event


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
