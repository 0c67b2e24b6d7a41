"""Workbooks that we make: tables with headings in both languages, written as XLSX or CSV in one of them.

The same content is the same file, to the byte.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from shared.csv_files import Delimiter, csv_file

_A4: Final = 9
_LONGEST: Final = 32_767
"""Characters that a cell of XLSX may hold."""
Bilingual = tuple[str, str]
"""The same in Czech and in English."""
Cell = Bilingual | str | int | Decimal | date | None


class Format(StrEnum):
    """How numbers and days of a column are shown; texts are texts in any column."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"


_NUMBERS: Final = {Format.WHOLE: "#,##0", Format.DECIMAL: "#,##0.00##", Format.DAY: "d. m. yyyy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` in characters."""

    heading: Bilingual
    width: int = 14
    format: Format = Format.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    title: Bilingual
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Tables one below the other; the first one's headings stay in sight. `note` stands at the end."""

    name: Bilingual
    tables: Sequence[Table]
    note: Bilingual | None = None


def text(cs: str, en: str, width: int = 14) -> Column:
    return Column(heading=(cs, en), width=width)


def whole(cs: str, en: str, width: int = 12) -> Column:
    return Column(heading=(cs, en), width=width, format=Format.WHOLE)


def decimal(cs: str, en: str, width: int = 12) -> Column:
    return Column(heading=(cs, en), width=width, format=Format.DECIMAL)


def day(cs: str, en: str, width: int = 13) -> Column:
    return Column(heading=(cs, en), width=width, format=Format.DAY)


def csv_of(tables: Iterable[Table], *, delimiter: Delimiter, language: str) -> bytes:
    """Return the tables one below the other, with headings in the language."""
    column = 0 if language == "cs" else 1
    rows: list[Iterable[str | int | Decimal | date | None]] = []
    for table in tables:
        rows.append(each.heading[column] for each in table.columns)
        rows += ((cell[column] if isinstance(cell, tuple) else cell for cell in row) for row in table.rows)
    return csv_file(rows, delimiter)


def xlsx_of(sheets: Iterable[Sheet], *, title: str, as_of: date, language: str) -> bytes:
    """Return the workbook in Czech or English; `as_of` is its date of creation, the clock plays no part."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": _NUMBERS[Format.DAY]}) as book:
        book.set_properties({"title": title, "created": datetime.combine(as_of, time())})
        writer = _Writer(book, czech=language == "cs")
        for sheet in sheets:
            writer.write(sheet, title=title)
    return out.getvalue()


class _Writer:
    """Writes texts as texts: nothing that somebody typed becomes a formula or a link."""

    def __init__(self, book: Workbook, *, czech: bool) -> None:
        self._book = book
        self._czech = czech
        self._title: Style = book.add_format({"bold": True, "font_size": 14})
        self._heading: Style = book.add_format(
            {"bold": True, "bg_color": "#E7E6E6", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._caption: Style = book.add_format({"bold": True})
        self._text: Style = book.add_format({"valign": "top", "text_wrap": True})
        self._line: Style = book.add_format({})
        self._numbers: dict[Format, Style] = {
            each: book.add_format({"num_format": shape, "valign": "top", "align": "left"})
            if each is Format.DAY
            else book.add_format({"num_format": shape, "valign": "top"})
            for each, shape in _NUMBERS.items()
        }

    def write(self, sheet: Sheet, *, title: str) -> None:
        page = self._book.add_worksheet(self._said(sheet.name))
        page.write_string(0, 0, f"{title} – {self._said(sheet.name)}", self._title)
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&F&R&P / &N")
        self._set_widths(page, sheet.tables)
        row = 2
        for number, table in enumerate(sheet.tables):
            page.write_string(row - 1, 0, self._said(table.title), self._caption)
            self._write_headings(page, row, table)
            if number == 0:
                page.freeze_panes(row + 1, 0)
                page.repeat_rows(row)
            for cells in table.rows:
                row += 1
                for column, cell in enumerate(cells):
                    self._write_cell(page, row, column, cell, table.columns[column].format)
            row += 3
        if sheet.note is not None:
            page.write_string(row - 1, 0, self._said(sheet.note), self._line)

    def _write_headings(self, page: Worksheet, row: int, table: Table) -> None:
        for column, each in enumerate(table.columns):
            page.write_string(row, column, self._said(each.heading), self._heading)

    def _write_cell(self, page: Worksheet, row: int, column: int, cell: Cell, shape: Format) -> None:
        if cell is None:
            return
        if isinstance(cell, tuple | str):
            page.write_string(row, column, self._said(cell)[:_LONGEST], self._text)
        elif isinstance(cell, date):
            page.write_datetime(row, column, datetime.combine(cell, time()), self._numbers[Format.DAY])
        else:
            shown = Format.DECIMAL if shape is Format.DECIMAL and cell % 1 else Format.WHOLE
            page.write_number(row, column, cell, self._numbers[shown])

    def _set_widths(self, page: Worksheet, tables: Sequence[Table]) -> None:
        widths: dict[int, int] = {}
        for table in tables:
            for column, each in enumerate(table.columns):
                widths[column] = max(each.width, widths.get(column, 0))
        for column, width in widths.items():
            page.set_column(column, column, width)

    def _said(self, text: Bilingual | str) -> str:
        if isinstance(text, str):
            return text
        return text[0] if self._czech else text[1]
