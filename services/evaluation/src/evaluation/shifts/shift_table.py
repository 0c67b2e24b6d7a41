"""Distance travelled as CSV, a line for each criterion of each cooperation."""

import csv
from collections.abc import Mapping
from enum import StrEnum
from io import StringIO
from typing import Final

from evaluation.shifts.overview import Line, Overview

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "unit": ("územní celek", "unit"),
    "cooperation": ("spolupráce", "cooperation"),
    "domain": ("oblast spolupráce", "domain"),
    "area": ("tematická oblast", "thematic area"),
    "code": ("kritérium", "criterion"),
    "name": ("název kritéria", "name of the criterion"),
    "edition": ("vydání", "edition"),
    "start": ("úroveň na začátku", "level at the start"),
    "source": ("zdroj počáteční úrovně", "source of the level at the start"),
    "now": ("úroveň nyní", "level now"),
    "shift": ("posun", "shift"),
    "change": ("změna", "change"),
    "phase": ("fáze", "phase"),
    "assessed_on": ("hodnoceno dne", "assessed on"),
}
_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "social-inclusion": ("sociální začleňování", "social inclusion"),
    "inclusive-education": ("inkluzivní vzdělávání", "inclusive education"),
    "baseline": ("popis spolupráce", "description of cooperation"),
    "entry-reading": ("vstupní hodnocení", "entry reading"),
    "improved": ("zlepšení", "improved"),
    "unchanged": ("beze změny", "unchanged"),
    "worsened": ("zhoršení", "worsened"),
    "not-assessed": ("nehodnoceno", "not assessed"),
    "mid-term": ("průběžná", "mid-term"),
    "final": ("závěrečná", "final"),
}


class Delimiter(StrEnum):
    SEMICOLON = "semicolon"
    COMMA = "comma"


def table_of(overview: Overview, *, language: str, delimiter: Delimiter) -> bytes:
    """Return UTF-8 with a byte-order mark; what was not assessed stays empty, it is never 0.

    What would begin a formula gets an apostrophe before it; levels and shifts are our own numbers.
    """
    column = 0 if language == "cs" else 1
    out = StringIO()
    writer = csv.writer(
        out, delimiter=";" if delimiter is Delimiter.SEMICOLON else ",", lineterminator="\r\n"
    )
    writer.writerow(heading[column] for heading in COLUMNS.values())
    for cooperation in overview.cooperations:
        writer.writerows(_row(line, column) for line in cooperation.lines)
    return out.getvalue().encode("utf-8-sig")


def _row(line: Line, column: int) -> list[object]:
    measured = line.measured
    return [
        _plain(line.unit_name or ""),
        line.cooperation_id,
        _NAMES[line.domain][column],
        measured.area.value,
        _plain(measured.code),
        _plain(measured.name),
        measured.edition,
        measured.start,
        _NAMES[measured.start_source][column] if measured.start_source else None,
        measured.now,
        measured.shift,
        _NAMES[measured.change][column],
        _NAMES[line.phase][column] if line.phase else None,
        line.assessed_on,
    ]


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
