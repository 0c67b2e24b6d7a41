"""The ranked list for spreadsheets: CSV and XLSX, headings in the reader's language."""

from collections.abc import Iterator
from decimal import Decimal

from registry.commission.minutes import Line, Minutes
from registry.commission.minutes_text import missed_text, said
from shared import sheets
from shared.csv_files import Delimiter
from shared.sheets import Column, Sheet, Table, decimal, text, whole, xlsx_of


def csv_of(minutes: Minutes, *, delimiter: Delimiter, language: str) -> bytes:
    return sheets.csv_of([_table(minutes, language)], delimiter=delimiter, language=language)


def workbook_of(minutes: Minutes, *, language: str) -> bytes:
    sheet = Sheet(name=("Pořadí", "Ranking"), tables=[_table(minutes, language)])
    return xlsx_of([sheet], title=minutes.number, as_of=minutes.drawn_up_on, language=language)


def _table(minutes: Minutes, language: str) -> Table:
    return Table(
        title=("Pořadí přihlášek", "Ranked list"),
        columns=_columns(minutes),
        rows=[list(_cells(minutes, line, czech=language == "cs")) for line in minutes.ranking],
    )


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
