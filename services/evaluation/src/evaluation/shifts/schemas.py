"""JSON of distance travelled."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field

from evaluation.shifts.domain import Change, StartSource, Travelled, rounded
from evaluation.shifts.overview import CooperationShift, Line, Overview
from shared.contracts.intake import CooperationDomain
from shared.contracts.quality import ReadingPhase
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, DecimalText


class TravelledOut(ApiModel):
    """Means to hundredths, half away from zero, over what has both levels; null where nothing has.

    Each mean is rounded for itself. `not_assessed` criteria enter no mean.
    """

    start: DecimalText | None
    now: DecimalText | None
    shift: DecimalText | None = Field(examples=["0.75"])
    improved: int
    unchanged: int
    worsened: int
    not_assessed: int


class AreaShift(TravelledOut):
    area: ThematicArea


class CooperationShiftOut(TravelledOut):
    """The mean of areas, each the mean of its criteria; `assessed_on` is the day of the last reading."""

    unit_id: UUID
    unit_name: str | None
    cooperation_id: UUID
    assessed_on: date | None
    areas: list[AreaShift]

    @classmethod
    def of(cls, cooperation: CooperationShift) -> Self:
        return cls.model_validate(_of_cooperation(cooperation))


class CriterionShift(ApiModel):
    """By one edition of the criterion. The start is the locked baseline, else what an entry reading said."""

    criterion_id: UUID
    domain: CooperationDomain
    area: ThematicArea
    code: str
    name: str
    edition: int
    start: int | None
    start_source: StartSource | None
    now: int | None
    shift: int | None
    change: Change
    phase: ReadingPhase | None
    assessed_on: date | None

    @classmethod
    def of(cls, line: Line) -> "CriterionShift":
        names = ("criterion_id", "area", "code", "name", "edition", "start", "start_source", "now")
        return cls(
            **{name: getattr(line.measured, name) for name in names},
            shift=line.measured.shift,
            change=line.measured.change,
            domain=line.domain,
            phase=line.phase,
            assessed_on=line.assessed_on,
        )


class CooperationShiftDetail(CooperationShiftOut):
    as_of: date
    criteria: list[CriterionShift]

    @classmethod
    def on(cls, cooperation: CooperationShift, as_of: date) -> "CooperationShiftDetail":
        criteria = [CriterionShift.of(line) for line in cooperation.lines]
        return cls.model_validate({**_of_cooperation(cooperation), "as_of": as_of, "criteria": criteria})


class ProgrammeShift(TravelledOut):
    """All cooperations, each of the same weight; `compared` are those with a shift."""

    cooperations: int
    compared: int
    areas: list[AreaShift]


class ShiftOverview(ApiModel):
    """Cooperations by the name of the unit, and what they come to together."""

    as_of: date
    items: list[CooperationShiftOut]
    together: ProgrammeShift

    @classmethod
    def of(cls, overview: Overview, as_of: date) -> "ShiftOverview":
        together = ProgrammeShift.model_validate(
            {
                **_travelled(overview.whole),
                "cooperations": len(overview.cooperations),
                "compared": overview.compared,
                "areas": _areas(overview),
            }
        )
        items = [CooperationShiftOut.of(each) for each in overview.cooperations]
        return cls(as_of=as_of, items=items, together=together)


def _of_cooperation(cooperation: CooperationShift) -> dict[str, object]:
    names = ("unit_id", "unit_name", "cooperation_id", "assessed_on")
    return {
        **_travelled(cooperation.whole),
        **{name: getattr(cooperation, name) for name in names},
        "areas": _areas(cooperation),
    }


def _areas(of: CooperationShift | Overview) -> list[AreaShift]:
    return [AreaShift.model_validate({"area": area, **_travelled(found)}) for area, found in of.areas.items()]


def _travelled(found: Travelled) -> dict[str, object]:
    counts = {change.value.replace("-", "_"): count for change, count in found.counts.items()}
    means = {name: rounded(getattr(found, name)) for name in ("start", "now", "shift")}
    return {**means, **counts}
