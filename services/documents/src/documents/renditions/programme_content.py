"""The frozen progress of a project as far as the paper shows it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

PUBLIC: Final = "public"
"""What everybody may read; otherwise the page is for the Agency and for whose project it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`actual` is None where it is a number of few people, which not everybody is told."""

    target: int | None
    actual: int | None
    missing: int | None
    forecast: int | None
    fulfilled: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    code: str
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    code: str
    title: str
    incomplete: int
    withdrawn: int
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    number: str
    title: str
    starts_on: date
    ends_on: date
    progress: Progress
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    registered: int | None
    supported: int | None
    counted: int | None
    hours: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    name: str
    share_percent: Decimal
    amount_czk: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    beneficiary: str
    total_czk: Decimal | None
    sources: tuple[Payer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    id: UUID
    programme: str
    registration_number: str
    title: str
    starts_on: date
    ends_on: date
    threshold_hours: int
    operator: str
    indicators: tuple[Indicator, ...]
    outputs: Progress
    people: People
    key_activities: tuple[Activity, ...]
    budget: Budget
    audience: str = PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePage:
    form: Literal[1]
    as_of: date
    content: Project
