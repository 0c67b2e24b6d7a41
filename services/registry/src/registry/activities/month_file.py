"""A month of work as a table: one activity in a row, by Czech names of columns."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from registry.activities.code_lists import KINDS, PEOPLE, PeopleRole, StaffRole
from registry.activities.domain import LONGEST, Facts, People, Staff
from registry.imports.columns import DayNotReadable, NamedRow, ValueMissing
from registry.imports.domain import RowProblem
from registry.units.codes import checked_code, unit_id
from shared.contracts.intake import ExpertActivityKind
from shared.contracts.registry import ThematicArea, UnitKind
from shared.errors import Invalid, Refusal

KIND, UNITS, DAY, TITLE = "druh", "obce", "datum", "název"
MINUTES, HOURS, AREAS, PLACE, ONLINE, NOTE, PEOPLE_OF = (
    "minuty",
    "hodiny",
    "oblasti",
    "místo",
    "online",
    "poznámka",
    "lidé",
)
NEEDED: Final = (KIND, UNITS, DAY, TITLE)
COLUMN_OF: Final = {
    "held_on": DAY,
    "unit_ids": UNITS,
    "areas": AREAS,
    "people": PEOPLE_OF,
    "staff": MINUTES,
}
_LONGEST: Final = {TITLE: 200, PLACE: 500, NOTE: 10_000}
_PART: Final = re.compile(r"(.+?)[:=\s]+(\d{1,5})", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,6}([.,]\d{1,6})?", re.ASCII)
_KINDS: Final = {name.casefold(): kind for kind, (name, _) in KINDS.items()}
_ROLES: Final = {name.casefold(): role for role, (name, _) in PEOPLE.items()}
_YES_OR_NO: Final = {"ano": True, "ne": False, "yes": True, "no": False, "true": True, "false": False}


class CellNotKnown(Invalid):
    cs = "„{value}“ ve sloupci „{column}“ neznáme; čekáme: {expected}."
    en = "“{value}” in the column “{column}” is not known; expected: {expected}."


class PeopleNotReadable(Invalid):
    """The cell is not told back: the log of imports is kept for ever, and names are what people type here."""

    cs = "Lidi po rolích nelze přečíst; čekáme například: obyvatelé: 12; úředníci: 3."
    en = "People by role cannot be read; expected for example: obyvatelé: 12; úředníci: 3."


class MinutesNotReadable(Invalid):
    cs = "„{value}“ není doba od 1 minuty do 24 hodin v celých minutách."
    en = "“{value}” is no time from 1 minute to 24 hours in whole minutes."


class TextTooLong(Invalid):
    cs = "Text ve sloupci „{column}“ má {length} znaků, nejvýš jich může být {most}."
    en = "The text in the column “{column}” has {length} characters, at most {most} are possible."


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A row that can be read; whether it is right is found later."""

    row: int
    facts: Facts


def activities_listed(rows: Iterable[NamedRow], *, person: str) -> tuple[list[Listed], list[RowProblem]]:
    """Return the rows that can be read, and what is wrong with the others; `person` did the work."""
    good: list[Listed] = []
    problems: list[RowProblem] = []
    for row in rows:
        reading = _Reading(row)
        try:
            row.expect_no_surplus()
            good.append(Listed(row=row.number, facts=reading.facts(person)))
        except Refusal as refusal:
            column = reading.column
            value = None if column == PEOPLE_OF else row.get(column)
            problems.append(RowProblem.of(refusal, row=row.number, column=column, value=value))
    return good, problems


def problem_of(refusal: Refusal, listed: Listed) -> RowProblem:
    """Tell why a row that can be read cannot be written down."""
    field = (refusal.pointer or "/").split("/")[1]
    return RowProblem.of(refusal, row=listed.row, column=COLUMN_OF.get(field))


class _Reading:
    """Reads one row; `column` is where it is."""

    def __init__(self, row: NamedRow) -> None:
        self._row = row
        self.column = KIND

    def facts(self, person: str) -> Facts:
        minutes = self._minutes()
        return Facts(
            kind=self._kind(),
            unit_ids=tuple(self._units()),
            areas=tuple(self._areas()),
            held_on=self._day(),
            minutes=minutes,
            place=self._text(PLACE),
            online=self._online(),
            title=self._text(TITLE, needed=True),
            note=self._text(NOTE),
            documents=(),
            staff=(Staff(person=person, role=StaffRole.LEAD, minutes=minutes),),
            people=tuple(self._people(minutes)),
            attendance=(),
        )

    def _at(self, column: str) -> str | None:
        self.column = column
        return self._row.get(column)

    def _kind(self) -> ExpertActivityKind:
        self.column = KIND
        value = self._row.need(KIND)
        found = _KINDS.get(value.casefold())
        if found is None and value.upper() in ExpertActivityKind.__members__:
            found = ExpertActivityKind(value.upper())
        if found is None:
            raise self._not_known(value, ", ".join(ExpertActivityKind))
        return found

    def _units(self) -> Iterator[UUID]:
        self.column = UNITS
        for value in re.split(r"[,;\s]+", self._row.need(UNITS).strip(",; ")):
            try:
                yield UUID(value)
            except ValueError:
                yield unit_id(UnitKind.MUNICIPALITY, checked_code(UnitKind.MUNICIPALITY, value) or "")

    def _areas(self) -> Iterator[ThematicArea]:
        for value in re.split(r"[,;\s]+", self._at(AREAS) or ""):
            if value and value.upper() not in ThematicArea.__members__:
                raise self._not_known(value, ", ".join(ThematicArea))
            if value:
                yield ThematicArea(value.upper())

    def _day(self) -> date:
        self.column = DAY
        value = self._row.need(DAY)
        found = self._row.day(DAY)
        if found is None:
            raise DayNotReadable(value=value[:40], column=DAY)
        return found

    def _minutes(self) -> int:
        value = self._at(MINUTES)
        factor = 1
        if value is None:
            value, factor = self._at(HOURS), 60
        if value is None:
            self.column = MINUTES
            raise ValueMissing(column=MINUTES)
        found = Decimal(value.replace(",", ".")) * factor if _NUMBER.fullmatch(value) else Decimal(0)
        if not 1 <= found <= LONGEST or found % 1:
            raise MinutesNotReadable(value=value[:40])
        return int(found)

    def _online(self) -> bool:
        value = self._at(ONLINE) or "ne"
        found = _YES_OR_NO.get(value.casefold())
        if found is None:
            raise self._not_known(value, "ano, ne")
        return found

    def _text(self, column: str, *, needed: bool = False) -> str:
        value = self._at(column) or ""
        if needed and not value:
            raise ValueMissing(column=column)
        if len(value) > _LONGEST[column]:
            raise TextTooLong(column=column, length=len(value), most=_LONGEST[column])
        return value

    def _people(self, minutes: int) -> Iterator[People]:
        """Read `obyvatelé: 12; úředníci: 3`; each of them was there all the time."""
        for part in re.split(r"[;,]", self._at(PEOPLE_OF) or ""):
            if not part.strip():
                continue
            found = _PART.fullmatch(part.strip())
            role = _role_of(found[1]) if found else None
            if found is None or role is None or int(found[2]) == 0:
                raise PeopleNotReadable
            yield People(role=role, count=int(found[2]), minutes=minutes)

    def _not_known(self, value: str, expected: str) -> CellNotKnown:
        return CellNotKnown(value=value[:100], column=self.column, expected=expected)


def _role_of(name: str) -> PeopleRole | None:
    bare = name.strip().casefold()
    if bare in _ROLES:
        return _ROLES[bare]
    return PeopleRole(bare) if bare in {role.value for role in PeopleRole} else None
