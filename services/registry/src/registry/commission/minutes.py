"""The minutes of an assessment: who scored, who was recused, what came out, frozen as it was closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from registry.averages.domain import half_up
from registry.calls.domain import Criterion
from registry.commission.assessing import Assessment, Assessor
from registry.commission.domain import Duty, NominatingBody
from registry.commission.ranking import Place, Recommendation, TieRule
from registry.commission.sheet import Recusal, Sheet, SheetStatus

TIE_RULE: Final = ("index", "receipt", "number")
"""Ties go by these, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """`scored`: of how many applications; who scored none was absent."""

    person_name: str
    body: NominatingBody
    duty: Duty
    scored: int
    absences: tuple[tuple[str, str], ...]

    @property
    def is_present(self) -> bool:
        return self.scored > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalNote:
    person_name: str
    body: NominatingBody
    number: str
    recusal: Recusal
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A minimum that was not reached, rounded for the eye; `criterion` is None for the total."""

    criterion: str | None
    reached: Decimal
    needed: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the ranked list: `result` and `means` to two places, `exact` as a fraction."""

    rank: int
    application_id: UUID
    number: str
    unit_name: str
    result: Decimal
    exact: str
    scores: int
    means: Mapping[str, Decimal]
    spread: Decimal
    is_alarmed: bool
    discussion: str | None
    index: Decimal | None
    index_year: int | None
    received_at: str
    recommendation: Recommendation
    missed: tuple[Missed, ...]
    tied_by: TieRule | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    number: str
    drawn_up_on: date
    assessment_id: UUID
    call_code: str
    call_title: str
    established_by: str
    secretary_name: str
    quorum: int
    spread_alarm: Decimal
    minimum_points: Decimal
    capacity: int | None
    criteria: tuple[Criterion, ...]
    attendance: tuple[Attendance, ...]
    recusals: tuple[RecusalNote, ...]
    ranking: tuple[Line, ...]
    withdrawn: tuple[str, ...]
    tie_rule: tuple[str, ...] = TIE_RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a place: the note on the discussion and the year of the Index."""

    discussion: str | None
    index_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    number: str
    drawn_up_on: date
    call_code: str
    call_title: str
    established_by: str


def number_of(year: int, ordinal: int) -> str:
    return f"HK/{year}/{ordinal:04d}"


def minutes_of(
    assessment: Assessment,
    heading: Heading,
    sheets: Sequence[Sheet],
    ranking: tuple[Line, ...],
    *,
    withdrawn: Sequence[str],
) -> Minutes:
    return Minutes(
        number=heading.number,
        drawn_up_on=heading.drawn_up_on,
        assessment_id=assessment.id,
        call_code=heading.call_code,
        call_title=heading.call_title,
        established_by=heading.established_by,
        secretary_name=assessment.secretary_name,
        quorum=assessment.quorum,
        spread_alarm=assessment.spread_alarm,
        minimum_points=assessment.minimum_points,
        capacity=assessment.capacity,
        criteria=assessment.criteria,
        attendance=attendance_of(assessment, sheets),
        recusals=recusals_of(assessment, sheets),
        ranking=ranking,
        withdrawn=tuple(withdrawn),
    )


def attendance_of(assessment: Assessment, sheets: Iterable[Sheet]) -> tuple[Attendance, ...]:
    of_person: defaultdict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        of_person[sheet.person].append(sheet)
    return tuple(_attendance(each, of_person[each.person]) for each in assessment.assessors)


def recusals_of(assessment: Assessment, sheets: Iterable[Sheet]) -> tuple[RecusalNote, ...]:
    people = {each.person: each for each in assessment.assessors}
    return tuple(
        RecusalNote(
            person_name=people[sheet.person].person_name,
            body=people[sheet.person].body,
            number=sheet.number,
            recusal=sheet.recusal,
            ground=sheet.ground,
        )
        for sheet in sheets
        if sheet.recusal is not None
    )


def lines_of(
    places: Sequence[Place], around: Mapping[UUID, Around], *, spread_alarm: Decimal
) -> tuple[Line, ...]:
    return tuple(_line(place, around[place.candidate.application_id], spread_alarm) for place in places)


def _attendance(assessor: Assessor, sheets: Sequence[Sheet]) -> Attendance:
    return Attendance(
        person_name=assessor.person_name,
        body=assessor.body,
        duty=Duty.CHAIR if assessor.is_chair else Duty.MEMBER,
        scored=sum(sheet.status is SheetStatus.SEALED for sheet in sheets),
        absences=tuple(
            (sheet.number, sheet.absence or "") for sheet in sheets if sheet.status is SheetStatus.ABSENT
        ),
    )


def _line(place: Place, around: Around, spread_alarm: Decimal) -> Line:
    candidate = place.candidate
    found = candidate.consolidated
    return Line(
        rank=place.rank,
        application_id=candidate.application_id,
        number=candidate.number,
        unit_name=candidate.unit_name,
        result=half_up(found.result),
        exact=_exact(found.result),
        scores=found.scores,
        means={code: half_up(mean) for code, mean in found.means.items()},
        spread=half_up(found.spread),
        is_alarmed=found.alarms(spread_alarm),
        discussion=around.discussion,
        index=None if candidate.index is None else half_up(candidate.index),
        index_year=around.index_year,
        received_at=candidate.received_at.isoformat(),
        recommendation=place.recommendation,
        missed=tuple(
            Missed(criterion=each.criterion, reached=half_up(each.reached), needed=half_up(each.needed))
            for each in place.shortfalls
        ),
        tied_by=place.tied_by,
    )


def _exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
