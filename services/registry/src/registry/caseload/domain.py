"""An assignment of a unit to a person of the Agency: what a person does for it, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from registry.units.places import Place
from shared.contracts.base import Role
from shared.errors import Forbidden, Invalid, NotFound, RuleBroken

EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})
"""Roles of the Agency that act for every unit."""
OF_THE_UNIT = frozenset({Role.COORDINATOR, Role.MAYOR})
"""Roles of a unit's own people that act for it."""


class Duty(StrEnum):
    """What a person of the Agency does for a unit."""

    LOCAL_CONSULTANT = "local-consultant"  # lokální konzultant
    RESEARCHER = "researcher"  # výzkumník, analytik
    EVALUATOR = "evaluator"  # evaluátor
    PROJECT_ADVISER = "project-adviser"  # projektový poradce
    THEMATIC_EXPERT = "thematic-expert"  # tematický expert
    SUBSTITUTE = "substitute"  # zástup


COUNTED = frozenset({Duty.LOCAL_CONSULTANT, Duty.SUBSTITUTE})
"""Duties that make a load: whoever stands in for a consultant has the unit on top of the own ones."""


class NotYourUnit(Forbidden):
    cs = "Pro tento územní celek nejednáte: celek má v Agentuře určené jiné osoby, nebo není váš."
    en = "You do not act for this unit: others of the Agency look after it, or it is not yours."


class AssignmentUnknown(NotFound):
    cs = "Takové přiřazení v registru není."
    en = "There is no such assignment."


class PersonUnknown(NotFound):
    cs = "Tato osoba toho dne nemá nic na starosti ani určenou kapacitu."
    en = "This person has neither a unit nor a capacity that day."


class AssignedUnitUnknown(Invalid):
    cs = "Územní celek v registru není."
    en = "The unit is not in the registry."


class AssignmentEndsBeforeItStarts(Invalid):
    cs = "Konec přiřazení {ends_on} předchází začátku {starts_on}."
    en = "The end of the assignment {ends_on} comes before its start {starts_on}."


class SubstituteNeedsAnEnd(Invalid):
    cs = "Zástup má vždy poslední den; bez něj jde o převzetí."
    en = "A substitution always has a last day; without one it is a takeover."


class UnitDoesNotLast(RuleBroken):
    cs = "Celek po celou tu dobu neexistuje (platí od {unit_from} do {unit_until})."
    en = "The unit does not exist all that time (it is valid from {unit_from} until {unit_until})."


class UnitHasItsConsultant(RuleBroken):
    cs = "Celek má v té době lokálního konzultanta: {other_name} (od {other_from}, konec: {other_until})."
    en = "The unit has its local consultant then: {other_name} (from {other_from}, end: {other_until})."


class AssignedAlready(RuleBroken):
    cs = (
        "{person_name} má celek v téže věci v té době už na starosti (od {other_from}, konec: {other_until})."
    )
    en = "{person_name} has the unit in the same duty then already (from {other_from}, end: {other_until})."


class CapacityExceeded(RuleBroken):
    cs = (
        "{person_name}: dne {day} by celků bylo {load}, kapacita je {capacity}. "
        "Uveďte důvod překročení, nebo určete někoho jiného."
    )
    en = (
        "{person_name} would carry {load} units on {day}, the capacity is {capacity}. "
        "Give a reason for exceeding it, or assign somebody else."
    )


class NothingToTransfer(RuleBroken):
    cs = "Od {from_on} už tato osoba nic na starosti nemá."
    en = "From {from_on} on this person has nothing to hand over."


class TransferToOneself(Invalid):
    cs = "Předávající a přebírající je táž osoba."
    en = "Who hands over and who takes over is the same person."


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """`ends_on` is the last day, None while it is open."""

    id: UUID
    unit_id: UUID
    person: str
    person_name: str
    duty: Duty
    starts_on: date
    ends_on: date | None
    version: int

    @property
    def last_day(self) -> date:
        return self.ends_on or date.max

    def overlaps(self, other: "Assignment") -> bool:
        """Whether they have a day in common."""
        return self.starts_on <= other.last_day and other.starts_on <= self.last_day


def expect_fit(assignment: Assignment, unit: Place, of_unit: Iterable[Assignment]) -> None:
    """Raise unless days are in order, the unit lasts, and nobody else is its consultant then."""
    first, last = assignment.starts_on, assignment.ends_on
    if last is not None and last < first:
        raise AssignmentEndsBeforeItStarts(pointer="/ends_on", starts_on=first, ends_on=last)
    if last is None and assignment.duty is Duty.SUBSTITUTE:
        raise SubstituteNeedsAnEnd(pointer="/ends_on")
    if not unit.exists_between(first, first if last is None else last):
        raise UnitDoesNotLast(unit_from=unit.first_day, unit_until=unit.last_day or "–")
    for other in of_unit:
        if other.id != assignment.id and other.duty is assignment.duty and other.overlaps(assignment):
            _expect_beside(assignment, other)


def _expect_beside(assignment: Assignment, other: Assignment) -> None:
    if other.person == assignment.person:
        raise AssignedAlready(
            person_name=other.person_name, other_from=other.starts_on, other_until=other.ends_on or "–"
        )
    if assignment.duty is Duty.LOCAL_CONSULTANT:
        raise UnitHasItsConsultant(
            other_name=other.person_name, other_from=other.starts_on, other_until=other.ends_on or "–"
        )
