"""The log of activities for spreadsheets: CSV and XLSX with headings in the reader's language."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Final

from registry.activities.code_lists import KINDS, PEOPLE, PeopleRole
from registry.activities.sums import hours_of
from registry.bands.spreadsheet import Delimiter
from registry.sheets import Cell, Column, Sheet, Table, day, decimal, text, whole, xlsx_of
from shared.contracts.intake import ExpertActivityKind
from shared.errors import Invalid

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
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class TooManyForOneFile(Invalid):
    cs = "Do jednoho souboru se vejde nejvýš {most} činností. Zužte výběr."
    en = "One file takes at most {most} activities. Narrow the choice."


def csv_of(rows: Sequence[Mapping[str, object]], *, delimiter: Delimiter, language: str) -> bytes:
    """Return UTF-8 with a byte-order mark; no text becomes a formula."""
    out = StringIO()
    czech = language == "cs"
    with_comma = delimiter is Delimiter.SEMICOLON
    writer = csv.writer(out, delimiter=";" if with_comma else ",", lineterminator="\r\n")
    writer.writerow(column.heading[0 if czech else 1] for column in _COLUMNS)
    for cells in _cells(rows):
        writer.writerow(_plain(cell, czech=czech, with_comma=with_comma) for cell in cells)
    return out.getvalue().encode("utf-8-sig")


def workbook_of(rows: Sequence[Mapping[str, object]], *, today: date, language: str) -> bytes:
    table = Table(title=_NAME, columns=_COLUMNS, rows=list(_cells(rows)))
    sheet = Sheet(name=_NAME, tables=[table])
    return xlsx_of([sheet], title="Pospolu", as_of=today, language=language)


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


def _plain(cell: Cell, *, czech: bool, with_comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return cell[0 if czech else 1]
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",") if with_comma else str(cell)
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return str(cell)
