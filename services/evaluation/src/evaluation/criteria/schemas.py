"""JSON of scales and criteria."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from evaluation.criteria.domain import DEFAULT_SCALE, Criterion, Level, Scale, Wording
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Day, LongText, Title

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]


class LevelJson(ApiModel):
    """One step; the description says in Czech how it is recognised."""

    level: Annotated[int, Field(strict=True, ge=-100, le=100)]
    name_cs: Title
    name_en: Title
    description: LongText = ""


class ScaleIn(ApiModel):
    """Levels one after another, the worst first. A scale never changes."""

    code: Code
    name: Title
    levels: list[LevelJson] = Field(min_length=2, max_length=21)

    def scale(self) -> Scale:
        levels = tuple(Level(**each.model_dump()) for each in self.levels)
        return Scale(code=self.code, name=self.name, levels=levels)


class ScaleOut(ApiModel):
    code: str
    name: str
    levels: list[LevelJson]


class ScaleList(ApiModel):
    items: list[ScaleOut]
    next: str | None


class WordingIn(ApiModel):
    name: Title
    description: LongText = ""
    scale: Code = Field(default=DEFAULT_SCALE.code, description="Code of the scale that it is rated on")
    valid_from: Day

    def wording(self) -> Wording:
        return Wording(
            name=self.name, description=self.description, scale=self.scale, valid_from=self.valid_from
        )


class CriterionIn(WordingIn):
    area: ThematicArea
    code: Code = Field(examples=["BYD-1"])


class EndingIn(ApiModel):
    valid_until: Day = Field(description="The last day")


class EditionOut(ApiModel):
    """One wording, both days included; one that is not described is known by its code alone."""

    edition: int
    name: str
    description: str
    scale: str
    valid_from: date
    valid_until: date | None
    is_described: bool


class CriterionOut(ApiModel):
    """A criterion with its editions, the oldest first."""

    id: UUID
    version: int
    area: ThematicArea
    code: str
    editions: list[EditionOut]

    @classmethod
    def of(cls, criterion: Criterion) -> "CriterionOut":
        return cls.model_validate(criterion)


class CriterionList(ApiModel):
    items: list[CriterionOut]
    next: str | None
