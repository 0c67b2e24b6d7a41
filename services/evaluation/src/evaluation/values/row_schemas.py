"""JSON of decisions on many values at once, with a result for each row."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from evaluation.values.schemas import ApprovalIn, ObligationState, ReportIn, ReturnIn
from evaluation.values.use_cases import MOST_AT_ONCE, Asked, Outcome
from shared.errors import Refusal
from shared.http import ApiModel, Count


class _RowIn(ApiModel):
    id: UUID
    version: Annotated[Count, Field(ge=1, description="The version that you decide on")]


class ReportRowIn(_RowIn, ReportIn):
    def asked(self) -> Asked:
        return Asked(obligation_id=self.id, version=self.version, report=self.report())


class ReportsIn(ApiModel):
    rows: list[ReportRowIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ApprovalRowIn(_RowIn, ApprovalIn):
    def asked(self) -> Asked:
        return Asked(obligation_id=self.id, version=self.version, reason=self.late_reason)


class ApprovalsIn(ApiModel):
    rows: list[ApprovalRowIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ReturnRowIn(_RowIn, ReturnIn):
    def asked(self) -> Asked:
        return Asked(obligation_id=self.id, version=self.version, reason=self.reason)


class ReturnsIn(ApiModel):
    rows: list[ReturnRowIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ProblemOut(ApiModel):
    """Why one of many was refused, as its own request would have been told."""

    type: str
    title: str
    pointer: str | None

    @classmethod
    def of(cls, refusal: Refusal, language: str) -> "ProblemOut":
        return cls(
            type=f"urn:pospolu:problem:{refusal.code}",
            title=refusal.title(language),
            pointer=refusal.pointer,
        )


class BulkRow(ApiModel):
    """What became of one row: its new state, or why it stays as it was."""

    id: UUID
    state: ObligationState | None
    problem: ProblemOut | None

    @classmethod
    def of(cls, outcome: Outcome, language: str) -> "BulkRow":
        refusal, obligation = outcome.refusal, outcome.obligation
        problem = ProblemOut.of(refusal, language) if refusal else None
        state = ObligationState.of(obligation) if obligation else None
        return cls(id=outcome.obligation_id, state=state, problem=problem)


class BulkOut(ApiModel):
    """Rows in the order in which they were sent."""

    done: int
    refused: int
    rows: list[BulkRow]

    @classmethod
    def of(cls, outcomes: list[Outcome], language: str) -> "BulkOut":
        rows = [BulkRow.of(outcome, language) for outcome in outcomes]
        refused = sum(row.problem is not None for row in rows)
        return cls(done=len(rows) - refused, refused=refused, rows=rows)
