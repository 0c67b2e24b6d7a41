"""What an approved revision says, and how its document is named."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Literal
from uuid import UUID

from shared.contracts.planning import Direction, Periodicity, PlanKind
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
class StrategyLink:
    number: str
    strategy_code: str
    goal_code: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    number: str
    year: int
    funder: str
    category: str
    amount_czk: Decimal
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingProject:
    number: str
    title: str
    programme: str
    registration_number: str | None = None
    call: str | None = None
    applicant: str | None = None
    budget_czk: Decimal | None = None
    state: str


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
    strategies: tuple[StrategyLink, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    projects: tuple[FundingProject, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    number: str
    title: str
    target_state: str | None = None
    due_on: date | None = None
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()
    strategies: tuple[StrategyLink, ...] = ()


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
class Area:
    number: str
    code: str
    title: str
    managers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    number: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    number: str
    title: str
    probability: int
    impact: int
    response: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a problem was proved by; `number` is that of the problem."""

    number: str
    measure: str
    title: str
    period: date | None = None
    value: Decimal | None = None
    url: str | None = None
    claim: Claim = Claim()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A published settlement of comments on the draft; `digest` is that of its frozen text."""

    consultation_id: UUID
    comments: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The approved revision as planning froze it; one without parts (`/1`) has none of them."""

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
    areas: tuple[Area, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    risks: tuple[Risk, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    consultations: tuple[Consultation, ...] = ()


def check_digest(body: bytes, expected: str) -> None:
    """Raise `DigestDiffers` unless `body` has the SHA-256 (hex) that the event carried."""
    found = sha256(body).hexdigest()
    if found != expected:
        raise DigestDiffers(f"Planning served {found}, approved was {expected}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """Averages to one decimal place; `lix` below 40 is easy, above 60 hard."""

    words_per_sentence: Decimal
    lix: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What planning says of a revision in short sentences."""

    plan_id: UUID
    revision: int
    language: Literal["cs", "en"]
    sections: tuple[Section, ...]
    readability: Readability
