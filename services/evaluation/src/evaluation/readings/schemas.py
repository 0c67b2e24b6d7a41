"""JSON of readings and of what raters agreed on."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from evaluation.readings.domain import PROCEDURE, Agreement, Reading, ReadingMove, ReadingStatus
from evaluation.readings.sheet import AgreedLevel, SheetState
from evaluation.readings.sheet_schemas import MOST_CRITERIA, RatingJson
from evaluation.readings.use_cases import Wanted
from shared.contracts.intake import CooperationDomain
from shared.contracts.quality import ReadingPhase
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Count, Day, LongText, Reason, Storable

Login = Annotated[str, StringConstraints(min_length=1, max_length=255), Storable]


class ReadingIn(ApiModel):
    """A reading to begin; `raters` is how many sealed sheets it takes to close."""

    phase: ReadingPhase
    assessed_on: Day
    raters: Annotated[Count, Field(ge=1, le=20)] = 2

    def wanted(self) -> Wanted:
        return Wanted(phase=self.phase, assessed_on=self.assessed_on, raters=self.raters)


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
