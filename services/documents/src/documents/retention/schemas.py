"""The JSON of retention."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from documents.retention.domain import Basis, Disposal, DisposalState, Hold, Mark, Rule, Trigger
from shared.contracts.documents import DocumentKind
from shared.http import ApiModel, Count, Day, Reason, ShortText, Title


class RetentionRuleIn(ApiModel):
    """`source` names the office's filing plan (spisový a skartační plán) with its item."""

    kind: DocumentKind
    valid_from: Day
    mark: Mark
    years: Annotated[Count, Field(ge=1, le=100)]
    trigger: Trigger
    source: Title


class RetentionRuleOut(ApiModel):
    id: UUID
    kind: DocumentKind
    valid_from: date
    mark: Mark
    years: int
    trigger: Trigger
    source: str

    @classmethod
    def of(cls, rule: Rule) -> Self:
        return cls(
            id=rule.id,
            kind=DocumentKind(rule.kind),
            valid_from=rule.valid_from,
            mark=rule.mark,
            years=rule.years,
            trigger=rule.trigger,
            source=rule.source,
        )


class RetentionRuleList(ApiModel):
    items: tuple[RetentionRuleOut, ...]
    next: str | None


class KeepingOut(ApiModel):
    """How a document is kept: from `due_on` it may be disposed of, unless it is held (`hold` says why)."""

    document_id: UUID
    kind: DocumentKind
    title: str
    state: str
    mark: Mark | None
    due_on: date | None
    hold: str | None
    is_public: bool


class DueList(ApiModel):
    items: tuple[KeepingOut, ...]
    next: str | None


class LegalHoldIn(ApiModel):
    document_id: UUID
    reason: Reason


class LiftingIn(ApiModel):
    because: Reason


class LegalHoldOut(ApiModel):
    id: UUID
    document_id: UUID
    reason: str
    placed_at: datetime
    placed_by: str
    lifted_at: datetime | None = None
    lifted_by: str | None = None
    lifted_because: str | None = None
    version: int

    @classmethod
    def of(cls, hold: Hold) -> Self:
        return cls(
            id=hold.id,
            document_id=hold.document_id,
            reason=hold.reason,
            placed_at=hold.placed_at,
            placed_by=hold.placed_by,
            lifted_at=hold.lifted_at,
            version=hold.version,
        )


class LegalHoldLifting(ApiModel):
    id: UUID
    version: int


class LegalHoldList(ApiModel):
    items: tuple[LegalHoldOut, ...]
    next: str | None


class DisposalIn(ApiModel):
    document_id: UUID
    basis: Basis
    reason: Reason


class DisposalDecisionIn(ApiModel):
    because: ShortText | None = None


class DisposalDecision(ApiModel):
    id: UUID
    document_id: UUID
    state: DisposalState
    version: int

    @classmethod
    def of(cls, disposal: Disposal) -> Self:
        return cls(
            id=disposal.id,
            document_id=disposal.document_id,
            state=disposal.state,
            version=disposal.version,
        )


class DisposalOut(DisposalDecision):
    """The record: what was disposed of, why, who proposed and who decided."""

    kind: DocumentKind
    basis: Basis
    reason: str
    mark: Mark | None
    due_on: date | None
    proposed_at: datetime
    proposed_by: str
    decided_at: datetime | None
    decided_by: str | None
    decided_because: str | None
    carried_out_at: datetime | None


class DisposalList(ApiModel):
    items: tuple[DisposalOut, ...]
    next: str | None
