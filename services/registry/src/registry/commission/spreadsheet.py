"""The ranked list for spreadsheets: CSV and XLSX, headings in the reader's language."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO

from registry.bands.spreadsheet import Delimiter
from registry.commission.minutes import Line, Minutes
from registry.commission.minutes_text import missed_text, said
from registry.sheets import Column, Sheet, Table, decimal, text, whole, xlsx_of

__all__ = ["Delimiter", "csv_of", "workbook_of"]


def csv_of(minutes: Minutes, *, delimiter: Delimiter, language: str) -> bytes:
    """Return UTF-8 with a byte-order mark."""
    czech = language == "cs"
    out = StringIO()
    writer = csv.writer(
        out, delimiter=";" if delimiter is Delimiter.SEMICOLON else ",", lineterminator="\r\n"
    )
    columns = _columns(minutes)
    writer.writerow([column.heading[0 if czech else 1] for column in columns])
    comma = delimiter is Delimiter.SEMICOLON
    for line in minutes.ranking:
        writer.writerow([_cell(cell, comma=comma) for cell in _cells(minutes, line, czech=czech)])
    return out.getvalue().encode("utf-8-sig")


def workbook_of(minutes: Minutes, *, language: str) -> bytes:
    czech = language == "cs"
    table = Table(
        title=("Pořadí přihlášek", "Ranked list"),
        columns=_columns(minutes),
        rows=[list(_cells(minutes, line, czech=czech)) for line in minutes.ranking],
    )
    sheet = Sheet(name=("Pořadí", "Ranking"), tables=[table])
    return xlsx_of([sheet], title=minutes.number, as_of=minutes.drawn_up_on, language=language)


def _columns(minutes: Minutes) -> list[Column]:
    return [
        whole("pořadí", "rank", 8),
        text("číslo", "number", 18),
        text("žadatel", "applicant", 28),
        decimal("výsledek", "result"),
        *(decimal(f"průměr {each.code}", f"mean {each.code}") for each in minutes.criteria),
        decimal("rozptyl", "spread"),
        whole("hodnocení", "scores"),
        decimal("Index", "Index"),
        text("doporučení", "recommendation", 18),
        text("rovnost bodů", "tie", 32),
        text("nesplněno", "fell short of", 40),
    ]


def _cells(minutes: Minutes, line: Line, *, czech: bool) -> Iterator[str | int | Decimal | None]:
    yield from (line.rank, line.number, line.unit_name, line.result)
    yield from (line.means[each.code] for each in minutes.criteria)
    yield from (line.spread, line.scores, line.index)
    yield said(line.recommendation, czech=czech)
    yield said(line.tied_by, czech=czech) if line.tied_by else ""
    yield "; ".join(missed_text(each, czech=czech) for each in line.missed)


def _cell(value: str | int | Decimal | None, *, comma: bool) -> str:
    if isinstance(value, Decimal):
        shown = format(value, "f")
        return shown.replace(".", ",") if comma else shown
    shown = "" if value is None else str(value)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@")) else shown
