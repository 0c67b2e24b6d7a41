"""Distance travelled as CSV, a line for each criterion of each cooperation."""

from collections.abc import Mapping
from itertools import chain
from typing import Final

from evaluation.shifts.overview import Line, Overview
from shared.csv_files import Cell, Delimiter, csv_file

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


def table_of(overview: Overview, *, language: str, delimiter: Delimiter) -> bytes:
    """Return CSV; what was not assessed stays empty, it is never 0."""
    column = 0 if language == "cs" else 1
    heading: list[Cell] = [names[column] for names in COLUMNS.values()]
    lines = (_row(line, column) for cooperation in overview.cooperations for line in cooperation.lines)
    return csv_file(chain([heading], lines), delimiter)


def _row(line: Line, column: int) -> list[Cell]:
    measured = line.measured
    return [
        line.unit_name,
        str(line.cooperation_id),
        _NAMES[line.domain][column],
        measured.area.value,
        measured.code,
        measured.name,
        measured.edition,
        measured.start,
        _NAMES[measured.start_source][column] if measured.start_source else None,
        measured.now,
        measured.shift,
        _NAMES[measured.change][column],
        _NAMES[line.phase][column] if line.phase else None,
        line.assessed_on,
    ]
