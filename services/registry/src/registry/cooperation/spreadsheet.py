"""The list of cooperations for spreadsheets: CSV with a byte-order mark, and XLSX."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from registry.cooperation.domain import PROCEDURE
from registry.cooperation.phases import Status
from shared import sheets
from shared.csv_files import Delimiter
from shared.sheets import Cell, Column, Sheet, Table, day, text, xlsx_of

Line = Mapping[str, object]
_COLUMNS: Final[Mapping[str, Column]] = {
    "unit_name": text("územní celek", "territorial unit", 30),
    "unit_code": text("kód", "code"),
    "region_name": text("kraj", "region", 22),
    "regime": text("režim", "regime"),
    "status": text("stav", "status", 16),
    "status_from": day("stav od", "status since"),
    "starts_on": day("první den", "first day"),
    "ends_on": day("poslední den", "last day"),
    "areas": text("oblasti", "areas", 26),
    "memorandum_from": day("memorandum od", "memorandum since"),
    "consultants": text("lokální konzultanti", "local consultants", 30),
    "id": text("identifikátor", "id", 38),
}
_TITLE: Final = {"cs": "Spolupráce s Agenturou", "en": "Cooperation with the Agency"}


def csv_of(lines: Sequence[Line], *, delimiter: Delimiter, language: str) -> bytes:
    return sheets.csv_of([_table(lines, language)], delimiter=delimiter, language=language)


def workbook_of(lines: Sequence[Line], *, as_of: date, language: str) -> bytes:
    sheet = Sheet(name=("Spolupráce", "Cooperation"), tables=[_table(lines, language)])
    return xlsx_of([sheet], title=_TITLE[language], as_of=as_of, language=language)


def _table(lines: Sequence[Line], language: str) -> Table:
    rows = [list(_cells(line, language)) for line in lines]
    return Table(title=(_TITLE["cs"], _TITLE["en"]), columns=list(_COLUMNS.values()), rows=rows)


def _cells(line: Line, language: str) -> Iterator[Cell]:
    for name in _COLUMNS:
        value = line[name]
        if name == "status":
            yield PROCEDURE.labels[Status(str(value))][language != "cs"]
        elif isinstance(value, list):
            yield ", ".join(_named(each) for each in value)
        else:
            yield value if isinstance(value, date) or value is None else str(value)


def _named(each: object) -> str:
    return str(each["name"]) if isinstance(each, dict) else str(each)
