"""JSON of what a statement stands on, and of what was issued."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from registry.cooperation.regimes import Form
from registry.statements.domain import Rule
from registry.statements.preconditions import Findings, Priority, Requirement
from registry.statements.standing import Group
from shared.contracts.intake import StatementKind, StatementOutcome
from shared.contracts.registry import CooperationRegime, UnitKind
from shared.http import ApiModel, Count, DecimalText


class MemorandumSeen(ApiModel):
    memorandum_id: UUID
    edition: int
    concluded_on: date


class PlanSeen(ApiModel):
    plan_id: UUID
    kind: str
    title: str
    revision: int
    body: str
    approved_on: date
    resolution_number: str
    valid_from: date
    valid_until: date


class CooperationSeen(ApiModel):
    cooperation_id: UUID
    regime: CooperationRegime
    form: Form | None
    starts_on: date
    ends_on: date | None


class UnitStandingOut(ApiModel):
    unit_id: UUID
    kind: UnitKind
    code: str | None
    name: str
    memorandum: MemorandumSeen | None
    plan: PlanSeen | None
    cooperation: CooperationSeen | None
    group: Group | None


class IndexStandingOut(ApiModel):
    """`report` is the average with municipalities, years, editions and the way of averaging."""

    report: dict[str, object] | None
    threshold: DecimalText
    unknown_cs: str
    unknown_en: str


class StatementPrecondition(ApiModel):
    code: Requirement
    is_met: bool
    cs: str
    en: str
    lacking: list[UUID]


class StatementFindings(ApiModel):
    found_on: date
    units: list[UnitStandingOut]
    index: IndexStandingOut | None
    priority: Priority | None
    preconditions: list[StatementPrecondition]


class StatementPreconditions(ApiModel):
    """What is found now, what was found when the outcome was drafted, and when it was issued."""

    now: StatementFindings
    at_draft: StatementFindings | None
    at_issue: StatementFindings | None

    @classmethod
    def of(cls, now: Findings, *, at_draft: str | None, at_issue: str | None) -> "StatementPreconditions":
        return cls(
            now=StatementFindings.model_validate(now),
            at_draft=StatementFindings.model_validate_json(at_draft) if at_draft else None,
            at_issue=StatementFindings.model_validate_json(at_issue) if at_issue else None,
        )


class StatementDocument(ApiModel):
    """What was issued, word by word; the digest is the SHA-256 of the canonical JSON of `content`."""

    id: UUID
    number: str
    kind: StatementKind
    digest: str
    content: dict[str, object]
    text_cs: str
    text_en: str
    replaced_by: UUID | None


class IssuedHead(ApiModel):
    """What everybody may know of what was issued."""

    id: UUID
    number: str
    kind: StatementKind
    applicant_name: str
    applicant_ico: str
    unit_ids: list[UUID]
    outcome: StatementOutcome
    issued_on: date
    digest: str
    replaces: UUID | None
    replaced_by: UUID | None


class IssuedList(ApiModel):
    items: list[IssuedHead]
    next: str | None


class StatementRuleIn(ApiModel):
    """What holds for a kind; without years no average Index is asked for."""

    working_days: Annotated[Count, Field(ge=1, le=60)] = Field(examples=[10])
    alarm_days: Annotated[Count, Field(le=60)] = Field(examples=[3])
    index_years: list[Annotated[Count, Field(ge=2000, le=2999)]] = Field(
        max_length=10, json_schema_extra={"uniqueItems": True}, examples=[[2020, 2021, 2022]]
    )
    index_threshold: Annotated[DecimalText, Field(ge=0, le=100, decimal_places=2)] = Field(examples=["8"])

    @model_validator(mode="after")
    def _is_sound(self) -> "StatementRuleIn":
        if self.alarm_days > self.working_days:
            raise ValueError("the alarm would ring before the clock begins")
        if len(set(self.index_years)) < len(self.index_years):
            raise ValueError("each year may be given once")
        return self

    def rule(self) -> Rule:
        return Rule(
            working_days=self.working_days,
            alarm_days=self.alarm_days,
            index_years=tuple(self.index_years),
            index_threshold=self.index_threshold,
        )


class StatementRuleOut(ApiModel):
    kind: StatementKind
    working_days: int
    alarm_days: int
    index_years: list[int]
    index_threshold: DecimalText
    version: int = Field(description="0 where nobody set it otherwise")

    @classmethod
    def of(cls, kind: StatementKind, rule: Rule) -> "StatementRuleOut":
        return cls(
            kind=kind,
            working_days=rule.working_days,
            alarm_days=rule.alarm_days,
            index_years=list(rule.index_years),
            index_threshold=rule.index_threshold,
            version=rule.version,
        )


class StatementRuleList(ApiModel):
    items: list[StatementRuleOut]
