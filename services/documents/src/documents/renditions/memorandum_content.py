"""A frozen memorandum as far as the paper shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    name: str
    ico: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    side: str
    name: str
    function: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    number: str
    adopted_on: date
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    by: str | None
    terminated_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    file_name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    id: UUID
    unit_id: UUID
    edition: int
    reason: str
    document: Attached | None
    resolution: Resolution | None
    unit_party: Party | None
    signatures: tuple[Signature, ...]
    concluded_on: date
    in_force_until: date | None
    termination: Termination | None
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    area: str
    text: str
    target: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What a description of cooperation says."""

    methodology: str = ""
    focus: str = ""
    responsibilities: str = ""
    unit_activities: str = ""
    agency_activities: str = ""
    outputs: str = ""
    evaluation: str = ""
    revision: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    areas: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    domain: str
    edition: int
    agreed_on: date
    content: Agreed
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorandumContent:
    memorandum: Edition
    agency_party: Party
    descriptions: tuple[Description, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorandumPage:
    form: Literal[1]
    as_of: date
    content: MemorandumContent
