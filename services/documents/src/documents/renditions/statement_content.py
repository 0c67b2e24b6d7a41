"""A frozen statement as far as the paper shows it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    name: str
    ico: str
    data_box: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMemorandum:
    concluded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPlan:
    kind: str
    title: str
    body: str
    approved_on: date
    resolution_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCooperation:
    regime: str
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    unit_id: UUID
    name: str
    code: str | None
    memorandum: HeldMemorandum | None
    plan: HeldPlan | None
    cooperation: HeldCooperation | None
    group: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Averaging:
    name_cs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    averaging: Averaging
    years: tuple[int, ...]
    municipalities: tuple[dict[str, str], ...]
    exact: str
    rounded: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStanding:
    report: Average | None
    threshold: Decimal
    unknown_cs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precondition:
    is_met: bool
    cs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    found_on: date
    units: tuple[Standing, ...]
    index: IndexStanding | None
    priority: str | None
    preconditions: tuple[Precondition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    statement_id: UUID
    kind: str
    applicant: Applicant
    project_title: str
    call_code: str
    requested_amount_czk: Decimal | None
    received_on: date
    message_id: str | None
    outcome: str
    reasons: str
    conditions: tuple[str, ...]
    findings: Findings
    number: str
    issued_on: date
    signatory_name: str
    signatory_function: str
    corrects: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementContent:
    digest: str
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    form: Literal[1]
    as_of: date
    content: StatementContent
