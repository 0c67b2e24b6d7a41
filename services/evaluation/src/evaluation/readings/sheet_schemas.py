"""JSON of raters' sheets, and how far they agree."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from evaluation.readings.kappa import Weights
from evaluation.readings.reliability import CriterionSpread, Reliability
from evaluation.readings.sheet import Evidence, Rating, Sheet
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, DecimalText, LongText, ShortText, Title

MOST_CRITERIA = 400
LevelNumber = Annotated[int, Field(strict=True, ge=-100, le=100)]


class EvidenceJson(ApiModel):
    """A file in `documents`, by reference."""

    document_id: UUID
    title: Title


class RatingJson(ApiModel):
    """A level, or none with the reason why the criterion was not assessed.

    An extreme level and one that differs from the level agreed last are justified.
    """

    criterion_id: UUID
    level: LevelNumber | None = None
    not_assessed_reason: ShortText = ""
    justification: LongText = ""
    evidence: list[EvidenceJson] = Field(default=[], max_length=20)

    def rating(self) -> Rating:
        return Rating(
            criterion_id=self.criterion_id,
            level=self.level,
            not_assessed_reason=self.not_assessed_reason,
            justification=self.justification,
            evidence=self.references(),
        )

    def references(self) -> tuple[Evidence, ...]:
        return tuple(Evidence(document_id=each.document_id, title=each.title) for each in self.evidence)


class SheetIn(ApiModel):
    """One's own ratings, all of them; gaps may stay until the sheet is sealed."""

    ratings: list[RatingJson] = Field(max_length=MOST_CRITERIA)


class SheetOut(ApiModel):
    """Version 0 has not been written yet."""

    reading_id: UUID
    version: int
    sealed_at: datetime | None
    ratings: list[RatingJson]

    @classmethod
    def of(cls, sheet: Sheet) -> "SheetOut":
        return cls.model_validate(sheet)


class RaterSheetOut(ApiModel):
    rater: str
    affiliation: str
    sealed_at: datetime
    ratings: list[RatingJson]


class RaterSheetList(ApiModel):
    items: list[RaterSheetOut]

    @classmethod
    def of(cls, sheets: Sequence[Sheet]) -> "RaterSheetList":
        return cls(items=[RaterSheetOut.model_validate(sheet) for sheet in sheets])


class SpreadOut(ApiModel):
    """The levels that raters gave, the lowest first; `range` is the highest less the lowest."""

    criterion_id: UUID
    area: ThematicArea
    code: str
    name: str
    levels: list[int]
    not_assessed: int
    range: int | None

    @classmethod
    def of(cls, spread: CriterionSpread) -> "SpreadOut":
        criterion = spread.criterion
        return cls(
            criterion_id=criterion.id,
            area=criterion.area,
            code=criterion.code,
            name=criterion.name,
            levels=list(spread.levels),
            not_assessed=spread.not_assessed,
            range=spread.range,
        )


class ReliabilityOut(ApiModel):
    """How far raters agree, to four places; null where it cannot be computed, never 0.

    Of two raters kappa is Cohen's, of more the mean over all pairs. Criteria stand by their range, those
    on which raters differ most first.
    """

    raters: int
    kappa_linear: DecimalText | None = Field(examples=["0.6154"])
    kappa_quadratic: DecimalText | None
    alpha_ordinal: DecimalText | None = Field(description="Krippendorff's alpha")
    criteria: list[SpreadOut]

    @classmethod
    def of(cls, found: Reliability) -> "ReliabilityOut":
        return cls(
            raters=found.raters,
            kappa_linear=found.kappa[Weights.LINEAR],
            kappa_quadratic=found.kappa[Weights.QUADRATIC],
            alpha_ordinal=found.alpha,
            criteria=[SpreadOut.of(each) for each in found.criteria],
        )
