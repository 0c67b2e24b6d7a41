"""Scales, and criteria whose wording changes by editions: what was rated stays with its edition."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from evaluation.criteria.refusals import (
    CriterionHasEnded,
    EndsBeforeItBegins,
    ScaleOfBaselineStays,
    ScaleWithGaps,
    WordingNotLater,
)
from shared.contracts.registry import ThematicArea

_ONE_DAY: Final = timedelta(days=1)
_CRITERIA: Final = uuid5(NAMESPACE_URL, "urn:pospolu:criterion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of a scale; `description` says in Czech how it is recognised."""

    level: int
    name_cs: str
    name_en: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Ordered levels without gaps, the worst first. A scale never changes: a better one has another code."""

    code: str
    name: str
    levels: tuple[Level, ...]

    @property
    def lowest(self) -> int:
        return self.levels[0].level

    @property
    def highest(self) -> int:
        return self.levels[-1].level

    def holds(self, level: int) -> bool:
        return self.lowest <= level <= self.highest

    def is_extreme(self, level: int) -> bool:
        return level in {self.lowest, self.highest}


_DEFAULT_LEVELS: Final[Mapping[int, tuple[str, str]]] = {
    0: ("chybí", "missing"),
    1: ("nahodilé", "by chance"),
    2: ("nastaveno", "set up"),
    3: ("nastaveno a používáno", "set up and used"),
    4: ("používáno, vyhodnocováno a zlepšováno", "used, evaluated and improved"),
}
DEFAULT_SCALE: Final = Scale(
    code="0-4",
    name="Vyspělost řešení, 0 až 4",
    levels=tuple(Level(level=at, name_cs=cs, name_en=en) for at, (cs, en) in _DEFAULT_LEVELS.items()),
)
"""The scale of descriptions of cooperation, in which baselines come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One wording; in force from `valid_from` until `valid_until`, both included.

    One that is not `is_described` came with a baseline, which knows no more than the code.
    """

    edition: int
    name: str
    description: str
    scale: str
    valid_from: date
    valid_until: date | None
    is_described: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion with its editions, the oldest first."""

    id: UUID
    version: int
    area: ThematicArea
    code: str
    editions: tuple[Edition, ...]

    @property
    def last(self) -> Edition:
        return self.editions[-1]

    def edition_on(self, day: date) -> Edition:
        """Return the edition in force on the day, else the nearest: what is measured needs a wording."""
        begun = [each for each in self.editions if each.valid_from <= day]
        return begun[-1] if begun else self.editions[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    name: str
    description: str
    scale: str
    valid_from: date


def criterion_id(area: ThematicArea, code: str) -> UUID:
    """Return the same id for the same criterion, whoever names it first."""
    return uuid5(_CRITERIA, f"{area.value}:{code}")


def expect_scale(scale: Scale) -> Scale:
    """Raise ScaleWithGaps unless the levels are whole numbers one after another."""
    for at, level in enumerate(scale.levels):
        if level.level != scale.levels[0].level + at:
            raise ScaleWithGaps(pointer=f"/levels/{at}/level", level=level.level)
    return scale


def first_edition(area: ThematicArea, code: str, wording: Wording) -> Criterion:
    return Criterion(
        id=criterion_id(area, code), version=1, area=area, code=code, editions=(_edition(1, wording),)
    )


def named_by_baseline(area: ThematicArea, code: str, *, since: date) -> Criterion:
    """Return a criterion of which no more than the code is known yet."""
    wording = Wording(name=code, description="", scale=DEFAULT_SCALE.code, valid_from=since)
    criterion = first_edition(area, code, wording)
    return replace(criterion, editions=(replace(criterion.last, is_described=False),))


def reword(criterion: Criterion, wording: Wording) -> Criterion:
    """Add an edition; the one before ends the day before. What only had a code is described in place.

    Raises WordingNotLater, ScaleOfBaselineStays.
    """
    last = criterion.last
    if not last.is_described:
        if wording.scale != last.scale:
            raise ScaleOfBaselineStays(pointer="/scale", scale=last.scale)
        described = replace(last, name=wording.name, description=wording.description, is_described=True)
        return _with(criterion, (*criterion.editions[:-1], described))
    if wording.valid_from <= last.valid_from:
        raise WordingNotLater(pointer="/valid_from", valid_from=last.valid_from)
    closed = replace(last, valid_until=_earlier(last.valid_until, wording.valid_from - _ONE_DAY))
    return _with(criterion, (*criterion.editions[:-1], closed, _edition(last.edition + 1, wording)))


def end(criterion: Criterion, last_day: date) -> Criterion:
    """Let the criterion be used until that day; raises CriterionHasEnded, EndsBeforeItBegins."""
    last = criterion.last
    if last.valid_until is not None:
        raise CriterionHasEnded(valid_until=last.valid_until)
    if last_day < last.valid_from:
        raise EndsBeforeItBegins(pointer="/valid_until", valid_from=last.valid_from)
    return _with(criterion, (*criterion.editions[:-1], replace(last, valid_until=last_day)))


def _edition(number: int, wording: Wording) -> Edition:
    return Edition(
        edition=number,
        name=wording.name,
        description=wording.description,
        scale=wording.scale,
        valid_from=wording.valid_from,
        valid_until=None,
        is_described=True,
    )


def _with(criterion: Criterion, editions: tuple[Edition, ...]) -> Criterion:
    return replace(criterion, version=criterion.version + 1, editions=editions)


def _earlier(one: date | None, other: date) -> date:
    return other if one is None else min(one, other)
