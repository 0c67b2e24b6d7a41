"""What an entry of the library says; a practice says where and how it worked too."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from planning.library.patterns import KINDS, Pattern, PatternKind
from planning.library.refusals import PracticeEndsBeforeItBegins, PracticeInFuture
from shared.contracts.planning import PlanKind
from shared.contracts.registry import ThematicArea


class EntrySort(StrEnum):
    TEMPLATE = "template"  # šablona
    PRACTICE = "practice"  # ověřená praxe


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What changed, in numbers; `before` is None where nobody measured it."""

    name: str
    unit: str = ""
    before: Decimal | None = None
    after: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Where and how it worked; the contact is an office, never a person."""

    plan_id: UUID
    revision: int
    node_id: UUID
    node_number: str
    worked_from: date
    worked_until: date | None = None
    results: tuple[Result, ...] = ()
    cost_czk: Decimal | None = None
    conditions: str = ""
    contact_office: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an entry says. `target_groups` as the plans name them; without areas it fits all."""

    pattern: Pattern
    areas: tuple[ThematicArea, ...]
    plan_kinds: tuple[PlanKind, ...] = ()
    target_groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    practice: Practice | None = None

    @property
    def kind(self) -> PatternKind:
        return KINDS[type(self.pattern)]

    @property
    def sort(self) -> EntrySort:
        return EntrySort.TEMPLATE if self.practice is None else EntrySort.PRACTICE


def expect_sound(content: Content, *, today: date) -> Content:
    """Raise PracticeEndsBeforeItBegins, PracticeInFuture."""
    practice = content.practice
    if practice is None:
        return content
    if practice.worked_until is not None and practice.worked_until < practice.worked_from:
        raise PracticeEndsBeforeItBegins(
            worked_from=practice.worked_from,
            worked_until=practice.worked_until,
            pointer="/practice/worked_until",
        )
    if practice.worked_from > today:
        raise PracticeInFuture(worked_from=practice.worked_from, pointer="/practice/worked_from")
    return content
