"""JSON of readings: sheets, agreements and what they come to."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from evaluation.readings.domain import PROCEDURE, Agreement, Reading, ReadingMove, ReadingStatus
from evaluation.readings.kappa import Weights
from evaluation.readings.reliability import CriterionSpread, Reliability
from evaluation.readings.sheet import AgreedLevel, Evidence, Rating, Sheet, SheetState
from evaluation.readings.use_cases import Wanted
from shared.contracts.intake import CooperationDomain
from shared.contracts.quality import ReadingPhase
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Count, Day, DecimalText, LongText, ShortText, Storable, Title

MOST_CRITERIA = 400
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Storable]
Login = Annotated[str, StringConstraints(min_length=1, max_length=255), Storable]
LevelNumber = Annotated[int, Field(strict=True, ge=-100, le=100)]


class ReadingIn(ApiModel):
    """A reading to begin; `raters` is how many sealed sheets it takes to close."""

    phase: ReadingPhase
    assessed_on: Day
    raters: Annotated[Count, Field(ge=1, le=20)] = 2

    def wanted(self) -> Wanted:
        return Wanted(phase=self.phase, assessed_on=self.assessed_on, raters=self.raters)


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


class AgreedLevelIn(RatingJson):
    """What was agreed; who holds another level and does not agree says so in `minority_note`."""

    minority_note: LongText = ""

    def agreed(self) -> AgreedLevel:
        return AgreedLevel(
            criterion_id=self.criterion_id,
            level=self.level,
            not_assessed_reason=self.not_assessed_reason,
            justification=self.justification,
            evidence=self.references(),
            minority_note=self.minority_note,
        )


class AgreementIn(ApiModel):
    """Levels of all criteria; `agreed_by` are logins of raters who sealed a sheet."""

    agreed_by: list[Login] = Field(min_length=1, max_length=20)
    levels: list[AgreedLevelIn] = Field(min_length=1, max_length=MOST_CRITERIA)

    def agreement(self) -> Agreement:
        return Agreement(
            agreed_by=tuple(dict.fromkeys(self.agreed_by)),
            levels=tuple(each.agreed() for each in self.levels),
        )


class CorrectionIn(AgreementIn):
    """The levels that change; the others stay as they were agreed."""

    reason: Reason


class ReadingReasonIn(ApiModel):
    reason: Reason


class ReadingState(ApiModel):
    """What a decision left behind."""

    id: UUID
    version: int
    status: ReadingStatus
    entries: int
    allowed_moves: list[ReadingMove]

    @classmethod
    def of(cls, reading: Reading) -> "ReadingState":
        return cls(
            id=reading.id,
            version=reading.version,
            status=reading.status,
            entries=reading.entries,
            allowed_moves=PROCEDURE.allowed(reading.status),
        )


class ReadingHead(ApiModel):
    """A reading in a list; `sealed` counts the sheets that count, `own_sheet` is the reader's."""

    id: UUID
    version: int
    set_id: UUID
    cooperation_id: UUID
    domain: CooperationDomain
    unit_id: UUID
    unit_name: str | None
    phase: ReadingPhase
    assessed_on: date
    status: ReadingStatus
    raters: int
    sealed: int
    own_sheet: SheetState | None
    entries: int


class ReadingList(ApiModel):
    items: list[ReadingHead]
    next: str | None


class AgreedLevelOut(AgreedLevelIn):
    area: ThematicArea
    code: str
    name: str
    edition: int
    baseline: int | None


class AgreementOut(ApiModel):
    """An entry: the first one, or a correction with its reason. Logins are for the Agency alone."""

    entry: int
    reason: str
    recorded_at: datetime
    raters_agreed: int
    agreed_by: list[str] | None = None
    recorded_by: str | None = None


class ReadingOut(ReadingHead):
    """`levels` are those of the newest entry."""

    cancel_reason: str
    levels: list[AgreedLevelOut]
    agreements: list[AgreementOut]


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
