"""JSON of the calendar of plans, of the register of all evaluations, and of questions."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from evaluation.evaluations.domain import (
    Assignment,
    CancelReason,
    Evaluation,
    EvaluationStatus,
    Mode,
    Move,
    Origin,
    Subject,
)
from evaluation.evaluations.kinds import Level
from evaluation.evaluations.questions import Criterion, Question
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.planning import PlanKind
from shared.contracts.registry import ThematicArea
from shared.contracts.reports import EvaluationType
from shared.http import ApiModel, Day, LongText, Reasons, ShortText, Title

QuestionCode = Annotated[str, StringConstraints(pattern=r"^EQ[1-9][0-9]?$")]


class EvaluationOut(ApiModel):
    """One evaluation in the calendar of a plan."""

    id: UUID
    plan_id: UUID
    plan_title: str
    plan_kind: PlanKind
    unit_ids: list[UUID]
    kind: EvaluationKind
    due_on: date
    status: EvaluationStatus
    cancelled_reason: CancelReason | None
    version: int


class EvaluationList(ApiModel):
    items: list[EvaluationOut]
    next: str | None


class RegisteredOut(ApiModel):
    """One evaluation, analysis or research of any type; `edition` counts its frozen reports."""

    id: UUID
    type: EvaluationType
    origin: Origin
    title: str
    plan_id: UUID | None
    revision: int | None
    plan_kind: PlanKind | None
    unit_ids: list[UUID]
    unit_names: list[str] = Field(default=[], description="Of units that the registry has told of")
    themes: list[ThematicArea]
    region: str
    project: str
    due_on: date
    status: EvaluationStatus
    cancelled_reason: CancelReason | None
    mode: Mode | None
    organisation: str | None
    contract: str | None
    authors: list[str]
    edition: int
    completed_on: date | None
    digest: str | None
    version: int


class RegisteredList(ApiModel):
    items: list[RegisteredOut]
    next: str | None


class EvaluationActOut(ApiModel):
    version: int
    move: Move
    reason: str
    affiliation: str
    at: datetime


class RegisteredDetail(RegisteredOut):
    acts: list[EvaluationActOut]


class TypeOut(ApiModel):
    """How many of a type were promised, and how many are in which state."""

    type: EvaluationType
    cs: str
    en: str
    level: Level
    promised: int | None
    source: str
    asks_questions: bool
    external: bool
    counts: dict[EvaluationStatus, int]


class TypeList(ApiModel):
    items: list[TypeOut]


class EvaluationIn(ApiModel):
    """What is to be evaluated; which of it is needed follows from the type."""

    type: EvaluationType
    title: Title = Field(examples=["Situační analýza: Obrnice, 2. vlna"])
    due_on: Day
    plan_id: UUID | None = None
    unit_ids: Annotated[tuple[UUID, ...], Field(max_length=500)] = ()
    themes: Annotated[tuple[ThematicArea, ...], Field(max_length=20)] = ()
    region: ShortText = Field(default="", description="The regional centre")
    project: ShortText = Field(default="", description="The project, by name or registration number")

    def subject(self) -> Subject:
        return Subject(
            plan_id=self.plan_id,
            unit_ids=tuple(dict.fromkeys(self.unit_ids)),
            themes=tuple(dict.fromkeys(theme.value for theme in self.themes)),
            region=self.region,
            project=self.project,
        )


class AssignmentIn(ApiModel):
    """Who evaluates: an office or an organisation, never a person; and who wrote the plan."""

    mode: Mode
    organisation: Title
    contract: ShortText = ""
    authors: Annotated[tuple[Title, ...], Field(max_length=50)] = ()

    def assignment(self) -> Assignment:
        return Assignment(
            mode=self.mode,
            organisation=self.organisation,
            contract=self.contract,
            authors=tuple(dict.fromkeys(self.authors)),
        )


class ReasonIn(ApiModel):
    reason: Reasons


class ReviewIn(ApiModel):
    note: LongText = ""


class EvaluationState(ApiModel):
    """What a decision left behind."""

    id: UUID
    version: int
    status: EvaluationStatus
    edition: int
    digest: str | None

    @classmethod
    def of(cls, evaluation: Evaluation) -> "EvaluationState":
        return cls(
            id=evaluation.id,
            version=evaluation.version,
            status=evaluation.status,
            edition=evaluation.edition,
            digest=evaluation.digest,
        )


class QuestionIn(ApiModel):
    """The next edition of a question, or a question beside the standard set."""

    code: QuestionCode
    criterion: Criterion
    cs: Annotated[ShortText, Field(min_length=1)]
    en: Annotated[ShortText, Field(min_length=1)]
    valid_from: Day
    reason: Reasons

    def question(self) -> Question:
        return Question(
            code=self.code,
            edition=0,
            criterion=self.criterion,
            cs=self.cs,
            en=self.en,
            valid_from=self.valid_from,
        )


class QuestionOut(ApiModel):
    code: str
    edition: int
    criterion: Criterion
    cs: str
    en: str
    valid_from: date
    in_force: bool = Field(description="Whether reports begun today ask it in this wording")


class QuestionList(ApiModel):
    items: list[QuestionOut]
