"""What one rater says of all criteria: levels with their reasons, and what a sheet or an agreement lacks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from evaluation.readings.refusals import (
    CriterionNotInSet,
    CriterionRatedTwice,
    LevelAndReason,
    LevelOutsideScale,
)
from shared.contracts.registry import ThematicArea
from shared.errors import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedCriterion:
    """A criterion of the set as it is rated; `last` is the level agreed last, at first the baseline."""

    id: UUID
    area: ThematicArea
    code: str
    name: str
    edition: int
    lowest: int
    highest: int
    baseline: int | None
    last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file in `documents`, by reference."""

    document_id: UUID
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A level with its reasons; without a level the criterion was not assessed, which is never 0."""

    criterion_id: UUID
    level: int | None
    not_assessed_reason: str = ""
    justification: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedLevel(Rating):
    """The level that raters agreed on; `minority_note` is what those say who hold another one."""

    minority_note: str = ""


class SheetState(StrEnum):
    DRAFT = "draft"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The ratings of one rater; version 0 has not been written yet."""

    reading_id: UUID
    rater: str
    affiliation: str
    version: int = 0
    ratings: tuple[Rating, ...] = ()
    sealed_at: datetime | None = None

    @property
    def levels(self) -> dict[UUID, int]:
        """Return the levels by criterion, without what was not assessed."""
        return {each.criterion_id: each.level for each in self.ratings if each.level is not None}


Criteria = Mapping[UUID, RatedCriterion]
_MISSING: Final[Mapping[str, tuple[str, str, str]]] = {
    "rating": ("criterion-missing", "chybí hodnocení", "the rating is missing"),
    "not_assessed_reason": (
        "reason-missing",
        "chybí důvod, proč nebylo hodnoceno",
        "the reason why it was not assessed is missing",
    ),
    "justification": (
        "justification-missing",
        "krajní nebo změněnou úroveň je třeba zdůvodnit",
        "an extreme level or a changed one has to be justified",
    ),
    "level": (
        "nobody-rated",
        "přibylo během hodnocení a nikdo je nehodnotil; uveďte důvod, proč nehodnoceno, místo úrovně",
        "came during the reading and nobody rated it; give the reason why not assessed instead of a level",
    ),
    "minority_note": (
        "minority-note-missing",
        "kdo se nedohodl, hodnotil jinak; zapište jeho stanovisko",
        "who did not agree rated otherwise; record what he says",
    ),
}


def write(sheet: Sheet, ratings: Sequence[Rating], criteria: Criteria) -> Sheet:
    """Say all of it anew; a sheet in the making may have gaps. Raises what `expect_sense` raises."""
    expect_sense(ratings, criteria)
    return replace(sheet, ratings=tuple(ratings), version=sheet.version + 1)


def seal(sheet: Sheet, *, at: datetime) -> Sheet:
    return replace(sheet, sealed_at=at, version=sheet.version + 1)


def expect_sense(ratings: Sequence[Rating], criteria: Criteria, *, place: str = "ratings") -> None:
    """Raise CriterionNotInSet, CriterionRatedTwice, LevelOutsideScale, LevelAndReason."""
    seen: set[UUID] = set()
    for at, rating in enumerate(ratings):
        criterion = criteria.get(rating.criterion_id)
        pointer = f"/{place}/{at}"
        if criterion is None:
            raise CriterionNotInSet(pointer=f"{pointer}/criterion_id")
        if rating.criterion_id in seen:
            raise CriterionRatedTwice(pointer=f"{pointer}/criterion_id", criterion=criterion.code)
        seen.add(rating.criterion_id)
        _expect_level(rating, criterion, pointer=f"{pointer}/level")


def _expect_level(rating: Rating, criterion: RatedCriterion, *, pointer: str) -> None:
    if rating.level is None:
        return
    if not criterion.lowest <= rating.level <= criterion.highest:
        raise LevelOutsideScale(
            pointer=pointer,
            level=rating.level,
            criterion=criterion.code,
            lowest=criterion.lowest,
            highest=criterion.highest,
        )
    if rating.not_assessed_reason:
        raise LevelAndReason(pointer=pointer, criterion=criterion.code)


def findings(ratings: Sequence[Rating], criteria: Criteria, *, place: str = "ratings") -> list[Finding]:
    """Return all that is missing; a level is justified that is an extreme or differs from the last one."""
    rated = {rating.criterion_id for rating in ratings}
    lacking = [
        finding(criteria[rating.criterion_id], lack, pointer=f"/{place}/{at}/{lack}")
        for at, rating in enumerate(ratings)
        for lack in _lacks(rating, criteria[rating.criterion_id])
    ]
    unrated = [
        finding(criterion, "rating", pointer=f"/{place}")
        for criterion in criteria.values()
        if criterion.id not in rated
    ]
    return [*lacking, *unrated]


def _lacks(rating: Rating, criterion: RatedCriterion) -> Iterator[str]:
    if rating.level is None:
        if not rating.not_assessed_reason:
            yield "not_assessed_reason"
        return
    is_extreme = rating.level in {criterion.lowest, criterion.highest}
    is_changed = criterion.last is not None and rating.level != criterion.last
    if (is_extreme or is_changed) and not rating.justification:
        yield "justification"


def finding(criterion: RatedCriterion, lack: str, *, pointer: str) -> Finding:
    code, cs, en = _MISSING[lack]
    return Finding(
        pointer=pointer,
        code=code,
        cs=f"Kritérium {criterion.code} ({criterion.area}): {cs}.",
        en=f"Criterion {criterion.code} ({criterion.area}): {en}.",
    )
