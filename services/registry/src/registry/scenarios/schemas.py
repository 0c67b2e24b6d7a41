"""JSON of what-if and of scenarios. Decimals are texts."""

from datetime import datetime
from fractions import Fraction
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.exclusion.definition import BoundsReversed
from registry.exclusion.method import Bounds
from registry.explanation.distances import SubScore
from registry.scenarios.domain import (
    Change,
    FigureSide,
    OneAmountExpected,
    OneAreaExpected,
    Operation,
    Question,
    Threshold,
    Visibility,
)
from registry.scenarios.outcome_schemas import SummaryOut
from shared.http import ApiModel, Count, DecimalText, Flag, ShortText, Title

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,39}$")]
Amount = Annotated[DecimalText, Field(ge=-(10**9), le=10**9)]
Factor = Annotated[DecimalText, Field(ge=0, le=1000)]
Limit = Annotated[DecimalText, Field(ge=0, le=10**9)]


class ChangeIn(ApiModel):
    """A change of figures: `factor`, or `add`, or `set` (persons or benefits).

    In the whole country, `within` a unit of any kind as it was at the end of the year, or in the
    `municipalities` listed. Counts are rounded half up to those in which the indicator counts; a
    population changes for every indicator that counts in it.
    """

    indicator: Code = Field(examples=["EXE"])
    side: FigureSide = FigureSide.NUMERATOR
    factor: Factor | None = Field(default=None, examples=["0.85"])
    add: Amount | None = Field(default=None, examples=["-10"])
    set: Limit | None = None
    within: UUID | None = None
    municipalities: list[UUID] = Field(default=[], max_length=1000)

    def asked(self, pointer: str) -> Change:
        given = {each: getattr(self, each.value) for each in Operation}
        amounts = [(each, amount) for each, amount in given.items() if amount is not None]
        if len(amounts) != 1:
            raise OneAmountExpected(pointer=pointer)
        if self.within is not None and self.municipalities:
            raise OneAreaExpected(pointer=pointer)
        return Change(
            indicator=self.indicator,
            side=self.side,
            operation=amounts[0][0],
            amount=Fraction(amounts[0][1]),
            within=self.within,
            municipalities=tuple(self.municipalities),
        )


class ThresholdIn(ApiModel):
    """Bounds in the place of the method's: from `first` to `second`, both included, is 1 point."""

    indicator: Code = Field(examples=["EXE"])
    sub_score: SubScore
    first: Limit = Field(examples=["90"])
    second: Limit = Field(examples=["180"])

    def asked(self, pointer: str) -> Threshold:
        if self.second < self.first:
            raise BoundsReversed(pointer=pointer, first=self.first, second=self.second)
        bounds = Bounds(first=Fraction(self.first), second=Fraction(self.second))
        return Threshold(indicator=self.indicator, sub_score=self.sub_score, bounds=bounds)


class QuestionIn(ApiModel):
    """What if: changed figures, other bounds, other weights or another method that is computed."""

    year: Annotated[Count, Field(ge=1900, le=2999)] = Field(examples=[2023])
    method: Code | None = Field(default=None, description="Compared to; the one of the year if left out")
    other_method: Code | None = Field(default=None, description="The rule and its figures put in its place")
    changes: list[ChangeIn] = Field(default=[], max_length=20)
    thresholds: list[ThresholdIn] = Field(default=[], max_length=30)
    state_weight: Annotated[DecimalText, Field(ge=0, le=1)] | None = Field(
        default=None, description="Weight of the state in the reference; the region has the rest"
    )
    hold_reference: Flag = Field(default=False, description="Compare to the shares as they were")
    support: list[Annotated[Count, Field(le=1000)]] = Field(
        default=[8, 12], max_length=5, description="Who comes to reach these, and who no longer does"
    )

    def asked(self) -> Question:
        return Question(
            year=self.year,
            method=self.method,
            other_method=self.other_method,
            changes=[each.asked(f"/changes/{i}") for i, each in enumerate(self.changes)],
            thresholds=[each.asked(f"/thresholds/{i}") for i, each in enumerate(self.thresholds)],
            state_weight=None if self.state_weight is None else Fraction(self.state_weight),
            hold_reference=self.hold_reference,
            support=self.support,
        )


class ScenarioIn(QuestionIn):
    """A question to be kept with a name; `shared` shows it to all who may keep scenarios."""

    name: Title
    note: ShortText = ""
    visibility: Visibility = Visibility.PRIVATE

    def question(self) -> dict[str, object]:
        return self.model_dump(mode="json", exclude={"name", "note", "visibility"})


class ScenarioHeadOut(ApiModel):
    id: UUID
    name: str
    note: str
    visibility: Visibility
    owner: str
    affiliation: str
    year: int
    method: str
    results_digest: str
    summary: SummaryOut
    outcome_digest: str
    created_at: datetime
    newer_edition: bool


class ScenarioOut(ScenarioHeadOut):
    question: QuestionIn


class ScenarioList(ApiModel):
    items: list[ScenarioHeadOut]
    next: str | None
