"""What an approved revision says, and how its document is named."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Literal
from uuid import UUID

from shared.contracts.planning import Direction, Periodicity, PlanApproved, PlanKind
from shared.errors import Invalid


class DigestDiffers(Exception):  # noqa: N818 - the fact that stopped us
    """The bytes that planning served are not the ones that were approved; never rendered, tried again."""


class SnapshotNotAPlan(Invalid):
    cs = "Revize {revision} není ve znění, které umíme číst jako plán."
    en = "Revision {revision} is not in a wording that we can read as a plan."


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    id: UUID
    kind: str
    code: str | None = None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    body: str
    approved_on: date
    resolution_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    number: str
    name: str
    unit: str | None = None
    direction: Direction | None = None
    periodicity: Periodicity | None = None
    owner: str | None = None
    source: str | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    number: str
    title: str
    owner: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    number: str
    title: str
    description: str | None = None
    owner: str | None = None
    partners: tuple[str, ...] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    cost_czk: Decimal | None = None
    funding_source: str | None = None
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    number: str
    title: str
    target_state: str | None = None
    due_on: date | None = None
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    number: str
    area: str | None = None
    title: str
    description: str | None = None
    causes: str | None = None
    consequences: str | None = None
    affected_group: str | None = None
    estimated_people: int | None = None
    source: str | None = None
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The approved revision as planning froze it; what the form with parts (`/2`) added is passed over."""

    schema: Literal["pospolu.plan/1", "pospolu.plan/2"]
    plan_id: UUID
    revision: int
    kind: PlanKind
    title: str
    vision: str | None = None
    valid_from: date
    valid_until: date
    units: tuple[Unit, ...] = ()
    approval: Approval
    problems: tuple[Problem, ...] = ()


def check_digest(body: bytes, expected: str) -> None:
    """Raise `DigestDiffers` unless `body` has the SHA-256 (hex) that the event carried."""
    found = sha256(body).hexdigest()
    if found != expected:
        raise DigestDiffers(f"Planning served {found}, approved was {expected}")


def file_name(event: PlanApproved) -> str:
    return f"{event.title} – revize {event.revision}.pdf"
