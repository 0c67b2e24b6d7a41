"""The log of activities for spreadsheets: CSV and XLSX with headings in the reader's language."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from registry.activities.code_lists import KINDS, PEOPLE, PeopleRole
from registry.activities.sums import hours_of
from shared import sheets
from shared.contracts.intake import ExpertActivityKind
from shared.csv_files import Delimiter
from shared.errors import Invalid
from shared.sheets import Cell, Column, Sheet, Table, day, decimal, text, whole, xlsx_of

MOST_ROWS: Final = 20_000
_NAME: Final = ("Odborné činnosti", "Expert activities")
_COLUMNS: Final[Sequence[Column]] = (
    day("Datum", "Day"),
    text("Druh", "Kind", 8),
    text("Název druhu", "Name of the kind", 30),
    text("Územní celky", "Units", 30),
    text("Oblasti", "Areas", 16),
    whole("Minut", "Minutes", 9),
    decimal("Hodin", "Hours", 9),
    text("Název", "Title", 44),
    text("Místo", "Place", 20),
    text("Online", "Online", 8),
    text("Pracovníci Agentury", "Staff of the Agency", 26),
    text("Lidé podle rolí", "People by role", 40),
    whole("Lidí celkem", "People together", 12),
    whole("S klíčem", "With a key", 10),
    text("Zapsal(a)", "Written down by", 20),
    text("ID", "ID", 38),
)


class TooManyForOneFile(Invalid):
    cs = "Do jednoho souboru se vejde nejvýš {most} činností. Zužte výběr."
    en = "One file takes at most {most} activities. Narrow the choice."


def csv_of(rows: Sequence[Mapping[str, object]], *, delimiter: Delimiter, language: str) -> bytes:
    return sheets.csv_of([_table(rows)], delimiter=delimiter, language=language)


def workbook_of(rows: Sequence[Mapping[str, object]], *, today: date, language: str) -> bytes:
    sheet = Sheet(name=_NAME, tables=[_table(rows)])
    return xlsx_of([sheet], title="Pospolu", as_of=today, language=language)


def _table(rows: Sequence[Mapping[str, object]]) -> Table:
    return Table(title=_NAME, columns=_COLUMNS, rows=list(_cells(rows)))


def _cells(rows: Sequence[Mapping[str, object]]) -> Iterator[list[Cell]]:
    for row in rows:
        kind = ExpertActivityKind(str(row["kind"]))
        minutes = int(str(row["minutes"]))
        people = json.loads(str(row["people"]))
        staff = json.loads(str(row["staff"]))
        areas = row["areas"]
        yield [
            row["held_on"] if isinstance(row["held_on"], date) else None,
            kind.value,
            KINDS[kind],
            str(row["units"] or ""),
            ", ".join(map(str, areas)) if isinstance(areas, list) else "",
            minutes,
            hours_of(minutes),
            str(row["title"]),
            str(row["place"]),
            ("ano", "yes") if row["online"] else ("ne", "no"),
            ", ".join(f"{each['person']} ({each['minutes']} min)" for each in staff),
            _people(people),
            sum(each["count"] for each in people),
            int(str(row["attending"])),
            str(row["recorded_by"]),
            str(row["id"]),
        ]


def _people(people: Sequence[Mapping[str, object]]) -> tuple[str, str]:
    czech, english = (
        ", ".join(f"{PEOPLE[PeopleRole(str(each['role']))][at]}: {each['count']}" for each in people)
        for at in (0, 1)
    )
    return czech, english
