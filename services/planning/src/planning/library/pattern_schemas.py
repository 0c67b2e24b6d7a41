"""The JSON of patterns: of a measure, of a goal with its measures, of a problem with its goals."""

from typing import Annotated, Literal

from pydantic import Field

from planning.library.patterns import (
    GoalPattern,
    IndicatorPattern,
    MeasurePattern,
    PatternKind,
    ProblemPattern,
)
from planning.plans.parts import Category
from shared.contracts.planning import Direction, Periodicity
from shared.http import ApiModel, LongText, ShortText, Title


class IndicatorPatternIn(ApiModel):
    name: Title
    code: ShortText = Field(default="", description="Code in the catalogue of indicators", examples=["P02"])
    unit: ShortText = ""
    direction: Direction = Direction.INCREASE
    periodicity: Periodicity = Periodicity.YEARLY
    source: ShortText = ""

    def pattern(self) -> IndicatorPattern:
        return IndicatorPattern(**self.model_dump())


Indicators = Annotated[tuple[IndicatorPatternIn, ...], Field(max_length=30)]


class MeasurePatternIn(ApiModel):
    title: Title
    description: LongText = ""
    activities: Annotated[tuple[Title, ...], Field(max_length=50)] = ()
    indicators: Indicators = ()
    budget: Annotated[tuple[Category, ...], Field(max_length=len(Category))] = Field(
        default=(), description="What such a measure usually costs money for"
    )

    def pattern(self) -> MeasurePattern:
        return MeasurePattern(
            title=self.title,
            description=self.description,
            activities=self.activities,
            indicators=tuple(each.pattern() for each in self.indicators),
            budget=tuple(dict.fromkeys(self.budget)),
        )


class GoalPatternIn(ApiModel):
    title: Title
    target_state: LongText = ""
    indicators: Indicators = ()
    measures: Annotated[tuple[MeasurePatternIn, ...], Field(max_length=20)] = ()

    def pattern(self) -> GoalPattern:
        return GoalPattern(
            title=self.title,
            target_state=self.target_state,
            indicators=tuple(each.pattern() for each in self.indicators),
            measures=tuple(each.pattern() for each in self.measures),
        )


class ProblemPatternIn(ApiModel):
    title: Title
    description: LongText = ""
    causes: LongText = ""
    consequences: LongText = ""
    affected_group: ShortText = ""
    goals: Annotated[tuple[GoalPatternIn, ...], Field(max_length=10)] = ()

    def pattern(self) -> ProblemPattern:
        own = self.model_dump(exclude={"goals", "kind"})
        return ProblemPattern(**own, goals=tuple(each.pattern() for each in self.goals))


class MeasureEntryIn(MeasurePatternIn):
    kind: Literal[PatternKind.MEASURE]


class GoalEntryIn(GoalPatternIn):
    kind: Literal[PatternKind.GOAL]


class ProblemEntryIn(ProblemPatternIn):
    kind: Literal[PatternKind.PROBLEM]


PatternJson = Annotated[MeasureEntryIn | GoalEntryIn | ProblemEntryIn, Field(discriminator="kind")]
