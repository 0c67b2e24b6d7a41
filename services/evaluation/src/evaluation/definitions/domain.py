"""An indicator of the catalogue: what is counted, in editions; each holds from a day on and stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from evaluation.definitions.bridging import Bridge, BridgeKind
from evaluation.definitions.formula import codes_in
from evaluation.definitions.kinds import SUMMABLE, Accumulation, Dimension, Kind, ValueSource
from evaluation.definitions.refusals import (
    BridgeBetweenKinds,
    EditionNotLater,
    EditionSaysNothingNew,
    FormulaNamesItself,
    LevelRepeated,
    NothingToAccumulate,
    NothingToBreakDown,
    ScaleMisplaced,
    SourceIncomplete,
)
from shared.contracts.planning import Direction, Periodicity
from shared.names import search_text

FEWEST_LEVELS: Final = 2
STEM: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of a scale."""

    value: int
    cs: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an edition says. `series` is a series of the registry; `level` the finest territory."""

    name_cs: str
    name_en: str
    area: str
    kind: Kind
    accumulation: Accumulation
    unit: str
    direction: Direction
    level: str
    periodicity: Periodicity | None
    source: str
    method: str = ""
    value_source: ValueSource = ValueSource.DIRECT
    formula: str | None = None
    series: str | None = None
    levels: tuple[Level, ...] = ()
    dimensions: tuple[Dimension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What an indicator means from `valid_from` on, why, and how older values read under it."""

    edition: int
    content: Content
    valid_from: date
    reason: str
    bridge: Bridge | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """An indicator by its code, with all its editions from the first on."""

    code: str
    version: int
    editions: tuple[Edition, ...]

    @property
    def newest(self) -> Edition:
        return self.editions[-1]

    @property
    def bridges(self) -> Mapping[int, Bridge]:
        return {each.edition: each.bridge for each in self.editions if each.bridge is not None}

    def on(self, day: date) -> Edition:
        """Return the edition valid on a day; the first one before its time."""
        valid = [each for each in self.editions if each.valid_from <= day]
        return valid[-1] if valid else self.editions[0]


def define(code: str, content: Content, *, valid_from: date, reason: str) -> Definition:
    """Raise what is wrong with the content (422)."""
    expect_sound(code, content)
    first = Edition(edition=1, content=content, valid_from=valid_from, reason=reason, bridge=None)
    return Definition(code=code, version=1, editions=(first,))


def redefine(
    definition: Definition, content: Content, *, valid_from: date, reason: str, bridge: Bridge
) -> Definition:
    """Add an edition; those before it, and the values reported under them, stay.

    Raises EditionNotLater, EditionSaysNothingNew, BridgeIncomplete, BridgeBetweenKinds, and what is wrong
    with the content.
    """
    newest = definition.newest
    expect_sound(definition.code, content)
    if valid_from <= newest.valid_from:
        raise EditionNotLater(pointer="/valid_from", valid_from=valid_from, newest=newest.valid_from)
    if content == newest.content:
        raise EditionSaysNothingNew
    bridge.expect_whole()
    apart = {Kind.ORDINAL, Kind.QUALITATIVE} & {content.kind, newest.content.kind}
    changes_kind = apart and content.kind is not newest.content.kind
    if bridge.kind is not BridgeKind.NOT_COMPARABLE and (
        changes_kind or (apart and bridge.kind is BridgeKind.LINEAR)
    ):
        raise BridgeBetweenKinds(pointer="/bridge/kind")
    edition = Edition(
        edition=newest.edition + 1, content=content, valid_from=valid_from, reason=reason, bridge=bridge
    )
    return Definition(
        code=definition.code, version=definition.version + 1, editions=(*definition.editions, edition)
    )


def expect_sound(code: str, content: Content) -> None:
    """Raise what is wrong with a content, whatever the catalogue holds."""
    _expect_source(code, content)
    _expect_scale(content)
    if content.accumulation is not Accumulation.STATE and content.kind not in SUMMABLE:
        raise NothingToAccumulate(pointer="/accumulation")
    if content.dimensions and content.kind in {Kind.ORDINAL, Kind.QUALITATIVE}:
        raise NothingToBreakDown(pointer="/dimensions")


def _expect_source(code: str, content: Content) -> None:
    is_formula = content.value_source is ValueSource.FORMULA
    is_table = content.value_source is ValueSource.TABLE
    if (content.formula is not None) is not is_formula or (content.series is not None) is not is_table:
        raise SourceIncomplete(pointer="/value_source")
    if (is_formula or is_table) and content.kind in {Kind.ORDINAL, Kind.QUALITATIVE}:
        raise SourceIncomplete(pointer="/value_source")
    if content.formula is not None and code in codes_in(content.formula):
        raise FormulaNamesItself(pointer="/formula", code=code)


def _expect_scale(content: Content) -> None:
    fewest = FEWEST_LEVELS if content.kind is Kind.ORDINAL else 0
    if len(content.levels) < fewest or (content.levels and not fewest):
        raise ScaleMisplaced(pointer="/levels")
    seen: set[int] = set()
    for index, level in enumerate(content.levels):
        if level.value in seen:
            raise LevelRepeated(pointer=f"/levels/{index}/value", value=level.value)
        seen.add(level.value)


def level_values(content: Content) -> frozenset[Decimal]:
    return frozenset(Decimal(level.value) for level in content.levels)


def is_same_unit(one: str, other: str) -> bool:
    """Compare units of measure without letter case, diacritics and the endings of Czech cases."""
    first, second = search_text(one).split(), search_text(other).split()
    return len(first) == len(second) and all(map(_is_same_word, first, second))


def _is_same_word(one: str, other: str) -> bool:
    stem = min(len(one), len(other), STEM)
    return one[:stem] == other[:stem]
