"""JSON of a member's workbench: tables of declarations and scores, line by line."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.commission.score_use_cases import Declared, Result, Scored, Sealed
from registry.commission.scoring import Mark, Score
from registry.commission.sheet import Declaration, Recusal, Sheet, SheetStatus
from shared.errors import Refusal
from shared.http import ApiModel, Count, LongText, Reasons, Storable

CriterionCode = Annotated[str, StringConstraints(min_length=1, max_length=40), Storable]
Points = Annotated[Count, Field(le=100_000)]


class MarkIn(ApiModel):
    criterion: CriterionCode
    points: Points
    reason: LongText = Field(default="", description="Needed before the score is sealed")


class ScoreIn(ApiModel):
    marks: list[MarkIn] = Field(max_length=100)
    comment: LongText = ""

    def score(self) -> Score:
        marks = (
            Mark(criterion=each.criterion, points=each.points, reason=each.reason) for each in self.marks
        )
        return Score(marks=tuple(marks), comment=self.comment)


class RevisionIn(ScoreIn):
    """A score in the place of one that was sealed; the first one is kept beside it."""

    reason: Reasons


class DeclarationIn(ApiModel):
    """A conflict of interest needs its ground; the declaration is final."""

    application_id: UUID
    version: Count
    declaration: Declaration
    ground: LongText = ""

    def line(self) -> Declared:
        return Declared(
            application_id=self.application_id,
            version=self.version,
            declaration=self.declaration,
            ground=self.ground,
        )


class DeclarationTableIn(ApiModel):
    declarations: list[DeclarationIn] = Field(min_length=1, max_length=500)


class DraftIn(ScoreIn):
    """`version` is that of the own sheet as it was read."""

    application_id: UUID
    version: Count

    def line(self) -> Scored:
        return Scored(application_id=self.application_id, version=self.version, score=self.score())


class DraftTableIn(ApiModel):
    scores: list[DraftIn] = Field(min_length=1, max_length=500)


class SealIn(ApiModel):
    application_id: UUID
    version: Count

    def line(self) -> Sealed:
        return Sealed(application_id=self.application_id, version=self.version)


class SealTableIn(ApiModel):
    scores: list[SealIn] = Field(min_length=1, max_length=500)


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class RowProblemOut(ApiModel):
    type: str
    title: str
    rule: str | None
    pointer: str | None

    @classmethod
    def of(cls, refusal: Refusal, language: str) -> "RowProblemOut":
        rule = refusal.facts.get("rule")
        return cls(
            type=f"urn:pospolu:problem:{refusal.code}",
            title=refusal.title(language),
            rule=None if rule is None else str(rule),
            pointer=refusal.pointer,
        )


class RowOut(ApiModel):
    """What became of a line; `status` may be `recused` where the member acts for the applicant."""

    application_id: UUID
    outcome: Outcome
    version: int | None
    status: SheetStatus | None
    recusal: Recusal | None
    problem: RowProblemOut | None

    @classmethod
    def of(cls, result: Result, language: str) -> "RowOut":
        sheet, refusal = result.sheet, result.refusal
        return cls(
            application_id=result.application_id,
            outcome=Outcome.REFUSED if sheet is None else Outcome.DONE,
            version=sheet.version if sheet else None,
            status=sheet.status if sheet else None,
            recusal=sheet.recusal if sheet else None,
            problem=RowProblemOut.of(refusal, language) if refusal else None,
        )


class TableOut(ApiModel):
    rows: list[RowOut]

    @classmethod
    def of(cls, results: Sequence[Result], language: str) -> "TableOut":
        return cls(rows=[RowOut.of(result, language) for result in results])


class SheetOut(ApiModel):
    application_id: UUID
    version: int
    status: SheetStatus

    @classmethod
    def of(cls, sheet: Sheet) -> "SheetOut":
        return cls.model_validate(sheet)


class WorkItemOut(ApiModel):
    """The member's own sheet of one application; `draft` and `score` are read by nobody else before time."""

    application_id: UUID
    number: str
    unit_id: UUID
    unit_name: str
    version: int
    declaration: Declaration | None
    ground: str
    recusal: Recusal | None
    absence: str | None
    sealed_at: datetime | None
    draft: ScoreIn | None
    score: ScoreIn | None


class WorkList(ApiModel):
    items: list[WorkItemOut]
    next: str | None


class AssessedOut(ApiModel):
    """An application as a member without conflict reads it: without the people to contact."""

    application_id: UUID
    number: str
    unit_id: UUID
    unit_name: str
    form: dict[str, object]
    areas: list[str]
    attachments: list[object]
    resolution: dict[str, object] | None
