"""A dataset as XLSX: a sheet of data with Czech headings and a sheet that says what it is."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import IO, Final

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from registry.datasets.domain import Asked, Dataset, Kind, TooLargeForSpreadsheet
from registry.datasets.frames import headings

MOST_CELLS: Final = 1_500_000
"""More would keep a processor busy for a quarter of a minute."""
_MOST_ROWS: Final = 1_048_575
_MADE_AT: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - the file format knows no zones
"""A spreadsheet says when it was made; ours is the same whenever it is made of the same data."""
_DAYS: Final = "d. m. yyyy"
_KINDS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "text",
    Kind.INTEGER: "celé číslo",
    Kind.DECIMAL: "desetinné číslo",
    Kind.DATE: "datum",
    Kind.YEAR: "rok",
    Kind.BOOLEAN: "ano/ne",
}
_Write = Callable[[Worksheet, int, int, object], object]


def most_rows(dataset: Dataset) -> int:
    return min(_MOST_ROWS, MOST_CELLS // len(dataset.columns))


def write_xlsx(frame: pl.DataFrame, dataset: Dataset, asked: Asked, out: IO[bytes]) -> None:
    """Write row by row, in little memory; no text ever becomes a formula, a link or a number.

    Raises TooLargeForSpreadsheet.
    """
    most = most_rows(dataset)
    if frame.height > most:
        raise TooLargeForSpreadsheet(rows=frame.height, most=most)
    with xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False}) as book:
        book.set_properties({"title": dataset.title.cs, "author": "Pospolu", "created": _MADE_AT})
        bold = book.add_format({"bold": True})
        _write_data(book, frame, dataset, bold)
        _write_about(book, dataset, asked, bold)


def _write_data(book: xlsxwriter.Workbook, frame: pl.DataFrame, dataset: Dataset, bold: Format) -> None:
    sheet = book.add_worksheet("Data")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(dataset.columns) - 1, 18)
    for at, text in enumerate(headings(dataset)):
        sheet.write_string(0, at, text, bold)
    day_format = book.add_format({"num_format": _DAYS})
    writers = [_writer(column.kind, day_format) for column in dataset.columns]
    for number, row in enumerate(frame.iter_rows(), start=1):
        for at, value in enumerate(row):
            if value is not None:
                writers[at](sheet, number, at, value)


def _writer(kind: Kind, day_format: Format) -> _Write:
    match kind:
        case Kind.INTEGER | Kind.YEAR:
            return lambda sheet, row, at, value: sheet.write_number(row, at, value)
        case Kind.DECIMAL:
            return lambda sheet, row, at, value: sheet.write_number(row, at, float(str(value)))
        case Kind.DATE:
            return lambda sheet, row, at, value: sheet.write_datetime(row, at, value, day_format)
        case Kind.BOOLEAN:
            return lambda sheet, row, at, value: sheet.write_string(row, at, "ano" if value else "ne")
        case _:
            return lambda sheet, row, at, value: sheet.write_string(row, at, str(value))


def _write_about(book: xlsxwriter.Workbook, dataset: Dataset, asked: Asked, bold: Format) -> None:
    sheet = book.add_worksheet("O datové sadě")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 4, 48)
    row = 0
    for name, text in _facts(dataset, asked):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text)
        row += 1
    for at, text in enumerate(("Sloupec", "Nadpis", "Typ", "Jednotka", "Anglicky")):
        sheet.write_string(row + 1, at, text, bold)
    for number, column in enumerate(dataset.columns, start=row + 2):
        cells = (column.name, column.title.cs, _KINDS[column.kind], column.unit or "", column.title.en)
        for at, text in enumerate(cells):
            sheet.write_string(number, at, text)


def _facts(dataset: Dataset, asked: Asked) -> Iterator[tuple[str, str]]:
    yield "Datová sada", dataset.title.cs
    yield "Dataset", dataset.title.en
    yield "Popis", dataset.description.cs
    yield "Zdroj", dataset.source.cs
    yield "Klíčová slova", ", ".join(dataset.keywords)
    yield "Výběr", ", ".join(f"{name} = {value}" for name, value in asked.given().items()) or "celá sada"
