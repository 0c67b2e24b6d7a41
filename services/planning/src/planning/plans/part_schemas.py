"""The JSON of what hangs on the tree and on the plan: money, projects, links, risks, areas, chapters."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from planning.plans.parts import (
    Area,
    BudgetLine,
    Category,
    Chapter,
    Funder,
    FundingProject,
    Programme,
    ProjectState,
    Risk,
    StrategyLink,
    is_registration_number,
)
from shared.http import ApiModel, DecimalText, LongText, ShortText, Storable, Title

NewId = Callable[[], UUID]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9.]{0,9}$")]
Amount = Annotated[DecimalText, Field(ge=0, max_digits=14, decimal_places=2)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50), Storable]
ShortCode = Annotated[str, StringConstraints(strip_whitespace=True, max_length=50), Storable]
OfFive = Annotated[int, Field(strict=True, ge=1, le=5)]


class NodeIn(ApiModel):
    """A node without an id is new; one with an id is the node that the plan already has."""

    id: UUID | None = None


class BudgetLineIn(NodeIn):
    year: Annotated[int, Field(strict=True, ge=1990, le=2100)]
    funder: Funder
    category: Category = Category.OTHER
    amount_czk: Amount
    note: ShortText = ""

    def node(self, new_id: NewId) -> BudgetLine:
        amount = self.amount_czk.quantize(Decimal("0.01"))
        return BudgetLine(**{**self.model_dump(), "id": self.id or new_id(), "amount_czk": amount})


class ProjectIn(NodeIn):
    title: Title
    programme: Programme = Programme.OTHER
    registration_number: ShortCode = ""
    call: ShortText = ""
    applicant: ShortText = ""
    budget_czk: Amount | None = None
    state: ProjectState = ProjectState.INTENDED

    @model_validator(mode="after")
    def _number_of_the_programme(self) -> Self:
        if not is_registration_number(self.programme, self.registration_number):
            raise PydanticCustomError(
                "registration_number", "The registration number is not one of the programme"
            )
        return self

    def node(self, new_id: NewId) -> FundingProject:
        budget = None if self.budget_czk is None else self.budget_czk.quantize(Decimal("0.01"))
        return FundingProject(**{**self.model_dump(), "id": self.id or new_id(), "budget_czk": budget})


class StrategyIn(NodeIn):
    strategy_code: Code
    goal_code: ShortCode = ""
    title: ShortText = ""

    def node(self, new_id: NewId) -> StrategyLink:
        return StrategyLink(**{**self.model_dump(), "id": self.id or new_id()})


class RiskIn(NodeIn):
    title: Title
    probability: OfFive
    impact: OfFive
    response: LongText = ""
    owner: ShortText = ""

    def node(self, new_id: NewId) -> Risk:
        return Risk(**{**self.model_dump(), "id": self.id or new_id()})


class AreaIn(NodeIn):
    code: AreaCode
    title: Title
    managers: Annotated[tuple[Title, ...], Field(max_length=20)] = ()

    def node(self, new_id: NewId) -> Area:
        return Area(**{**self.model_dump(), "id": self.id or new_id()})


class ChapterIn(NodeIn):
    code: Code
    title: Title
    description: LongText = ""

    def node(self, new_id: NewId) -> Chapter:
        return Chapter(**{**self.model_dump(), "id": self.id or new_id()})


class BudgetLineOut(BudgetLineIn):
    id: UUID
    number: str


class ProjectOut(ProjectIn):
    id: UUID
    number: str


class StrategyOut(StrategyIn):
    id: UUID
    number: str


class RiskOut(RiskIn):
    id: UUID
    number: str


class AreaOut(AreaIn):
    id: UUID
    number: str


class ChapterOut(ChapterIn):
    id: UUID
    number: str
