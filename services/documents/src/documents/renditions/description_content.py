"""A frozen description of cooperation as far as the paper shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from documents.renditions.memorandum_content import Agreed, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    file_name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The level of a quality criterion at the start; None where it was not assessed."""

    area: str
    code: str
    name: str
    level: int | None
    not_assessed_reason: str = ""
    justification: str = ""
    assessed_on: date | None = None
    assessor: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    side: str
    name: str
    function: str
    agreed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """In force from `in_force_from` until `in_force_until`, both included; `digest` is of what was agreed."""

    id: UUID
    cooperation_id: UUID
    unit_id: UUID
    domain: str
    edition: int
    content: Agreed
    baseline: tuple[Baseline, ...]
    agreements: tuple[Agreement, ...]
    agreed_on: date
    in_force_from: date
    in_force_until: date
    end_reason: str | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """The memorandum whose annex it is."""

    edition: int
    unit_party: Party | None
    concluded_on: date | None
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    regime: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """`until_on` is its last day; None while it is not known."""

    status: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    duty: str
    person_name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    level: int
    cs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionContent:
    description: Described
    memorandum: Under
    agency_party: Party
    cooperation: Cooperation
    phases: tuple[Phase, ...]
    team: tuple[Member, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionPage:
    form: Literal[1]
    as_of: date
    content: DescriptionContent
