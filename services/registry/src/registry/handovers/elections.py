"""Elections to councils: their days, whom they concern, when a handover opens and until when it is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.contracts.registry import UnitKind
from shared.errors import Invalid, NotFound, RuleBroken
from shared.working_days import next_working_day

_ELECTIONS = uuid5(NAMESPACE_URL, "urn:pospolu:election")
PRAGUE = "CZ010"
"""The capital is a region and a municipality: its assembly is elected with those of municipalities."""
OPENS_BEFORE = timedelta(days=180)
CLOSES_AFTER = timedelta(days=90)
PREPARED_BEFORE = timedelta(days=30)


class ElectionKind(StrEnum):
    MUNICIPAL = "municipal"  # volby do zastupitelstev obcí
    REGIONAL = "regional"  # volby do zastupitelstev krajů


CONCERNED: dict[ElectionKind, frozenset[UnitKind]] = {
    ElectionKind.MUNICIPAL: frozenset(
        {
            UnitKind.MUNICIPALITY,
            UnitKind.CITY_PART,
            UnitKind.MUNICIPALITY_ASSOCIATION,
            UnitKind.LOCAL_ACTION_GROUP,
            UnitKind.OTHER_ASSOCIATION,
        }
    ),
    ElectionKind.REGIONAL: frozenset({UnitKind.REGION}),
}
"""Associations are led by mayors of their members: municipal elections change their leadership too."""


class ElectionUnknown(NotFound):
    cs = "Takové volby v číselníku nejsou."
    en = "There is no such election."


class ElectionCodeTaken(RuleBroken):
    cs = "Volby s kódem „{election_code}“ už v číselníku jsou."
    en = "There is an election with the code “{election_code}” already."


class ElectionDaysReversed(Invalid):
    cs = "Volby trvají jeden až dva dny: {first_on} až {last_on} nelze."
    en = "An election takes one or two days: {first_on} to {last_on} is not possible."


class HandoversHaveOpened(RuleBroken):
    cs = "K volbám „{election_code}“ už byla otevřena předání; jejich dny nelze měnit."
    en = "Handovers were opened for “{election_code}” already; its days cannot be changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """An election on one day or two, following each other."""

    id: UUID
    code: str
    kind: ElectionKind
    first_on: date
    last_on: date
    unit_kinds: frozenset[UnitKind]
    source: str
    version: int

    @property
    def opens_on(self) -> date:
        """The first day on which a handover is opened."""
        return self.first_on - OPENS_BEFORE

    @property
    def closes_on(self) -> date:
        """The last day on which a handover is still opened."""
        return self.last_on + CLOSES_AFTER

    @property
    def due_on(self) -> date:
        """Ninety days after the second day, on a working day."""
        return next_working_day(self.closes_on)

    @property
    def prepare_until(self) -> date:
        """The day from which an unprepared handover raises an alarm."""
        return self.first_on - PREPARED_BEFORE

    def is_near(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on

    def concerns(self, kind: UnitKind, code: str | None) -> bool:
        """Whether the leadership of such a unit may change by it."""
        if kind is UnitKind.REGION and code == PRAGUE:
            return self.kind is ElectionKind.MUNICIPAL
        return kind in self.unit_kinds


def election_id(code: str) -> UUID:
    return uuid5(_ELECTIONS, code)


def expect_days(first_on: date, last_on: date) -> None:
    """Raise ElectionDaysReversed."""
    if not 0 <= (last_on - first_on).days <= 1:
        raise ElectionDaysReversed(pointer="/last_on", first_on=first_on, last_on=last_on)
