"""An owner or a partner is away for some days, and another organisation answers for it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from planning.commitments.refusals import (
    AbsenceMalformed,
    AbsenceOver,
    AbsenceOverlaps,
    DeputyAway,
    DeputyOfOneself,
)

LONGEST_DAYS: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Both days are included; one called off before it began never was."""

    id: UUID
    version: int
    plan_id: UUID
    party: str
    deputy: str
    reason: str
    starts_on: date
    ends_on: date
    is_called_off: bool = False

    def holds_on(self, day: date) -> bool:
        return not self.is_called_off and self.starts_on <= day <= self.ends_on

    def meets(self, other: "Absence") -> bool:
        """Whether both hold on some day."""
        return not other.is_called_off and self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


def declare(wanted: Absence, others: Iterable[Absence]) -> Absence:
    """Return the absence where the party is not away then already, nor its deputy.

    Raises `AbsenceMalformed`, `DeputyOfOneself`, `AbsenceOverlaps`, `DeputyAway`.
    """
    if not wanted.starts_on <= wanted.ends_on < wanted.starts_on + timedelta(days=LONGEST_DAYS):
        raise AbsenceMalformed(pointer="/ends_on", days=LONGEST_DAYS)
    if wanted.party == wanted.deputy:
        raise DeputyOfOneself(pointer="/deputy", party=wanted.party)
    for other in others:
        if not wanted.meets(other):
            continue
        first, last = other.starts_on, other.ends_on
        if other.party == wanted.party:
            raise AbsenceOverlaps(party=wanted.party, away_from=first, away_until=last)
        if other.party == wanted.deputy:
            raise DeputyAway(deputy=wanted.deputy, away_from=first, away_until=last)
    return wanted


def end(absence: Absence, last_day: date) -> Absence:
    """Cut an absence short, or call it off where the day lies before it; raises `AbsenceOver`."""
    if absence.is_called_off or last_day >= absence.ends_on:
        raise AbsenceOver(ended_on=absence.ends_on)
    version = absence.version + 1
    if last_day < absence.starts_on:
        return replace(absence, version=version, is_called_off=True)
    return replace(absence, version=version, ends_on=last_day)


def deputies_on(absences: Iterable[Absence], day: date) -> dict[str, Absence]:
    """Return who is away on the day, by name."""
    return {absence.party: absence for absence in absences if absence.holds_on(day)}
