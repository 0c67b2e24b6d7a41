"""What a description of cooperation says: themes, results, and the baseline of quality criteria."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from registry.memoranda.content import Side
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import CooperationDomain
from shared.contracts.registry import ThematicArea

CROSS_CUTTING: Final = frozenset({ThematicArea.SLU, ThematicArea.ROD})
AREAS: Final[Mapping[CooperationDomain, frozenset[ThematicArea]]] = {
    CooperationDomain.SOCIAL_INCLUSION: frozenset(ThematicArea) - {ThematicArea.VZD},
    CooperationDomain.INCLUSIVE_EDUCATION: frozenset({ThematicArea.VZD}) | CROSS_CUTTING,
}
"""Education has a description of its own (domain 4.1); the two cross-cutting areas go with both."""
LEVELS: Final[Mapping[int, tuple[str, str]]] = {
    0: ("chybí", "missing"),
    1: ("nahodilé", "by chance"),
    2: ("nastaveno", "set up"),
    3: ("nastaveno a používáno", "set up and used"),
    4: ("používáno, vyhodnocováno a zlepšováno", "used, evaluated and improved"),
}
EXTREMES: Final = frozenset({min(LEVELS), max(LEVELS)})
"""Levels that must be justified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is to be reached in an area: in words, measurably, until when."""

    area: ThematicArea
    text: str
    target: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineItem:
    """The level of one quality criterion at the start; None where it was not assessed, with the reason.

    `assessor` is an office or a function, never a person's name: what was agreed is published.
    """

    area: ThematicArea
    code: str
    name: str
    level: int | None
    not_assessed_reason: str
    justification: str
    assessed_on: date | None
    assessor: str
    evidence: tuple[DocumentRef, ...]

    @property
    def key(self) -> tuple[ThematicArea, str]:
        return self.area, self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The items that a description must contain (domain 3.4, row 7); empty while it is drafted."""

    methodology: str = ""
    focus: str = ""
    responsibilities: str = ""
    unit_activities: str = ""
    agency_activities: str = ""
    outputs: str = ""
    evaluation: str = ""
    revision: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    areas: tuple[ThematicArea, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`recorded_by` is who wrote it down: the one who agrees himself, or the Agency for a paper."""

    side: Side
    name: str
    function: str
    agreed_on: date
    recorded_by: str = ""

    @property
    def published(self) -> "Agreement":
        """Return it without who wrote it down."""
        return replace(self, recorded_by="")
