"""The JSON of a change that a comment led to, and of what became of each of many."""

from typing import Self
from uuid import UUID

from planning.plans.node_schemas import FieldChange
from planning.plans.tree import NodeKind
from planning.settlement.domain import How, Outcome
from shared.http import ApiModel


class RowProblem(ApiModel):
    code: str
    title: str


class BulkRow(ApiModel):
    number: int
    settled: bool
    problem: RowProblem | None

    @classmethod
    def of(cls, outcome: Outcome, language: str) -> Self:
        refusal = outcome.refusal
        problem = None if refusal is None else RowProblem(code=refusal.code, title=refusal.title(language))
        return cls(number=outcome.number, settled=refusal is None, problem=problem)


class BulkOut(ApiModel):
    settled: int
    refused: int
    rows: tuple[BulkRow, ...]


class ChangeOut(ApiModel):
    """`node_id` null is the head of the plan; `fields` tell before and after."""

    node_id: UUID | None
    kind: NodeKind | None
    number: str
    title: str
    how: How
    fields: tuple[FieldChange, ...]
