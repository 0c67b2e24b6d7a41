"""CSV for spreadsheets: UTF-8 with a byte-order mark, in which nothing that somebody typed is a formula."""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a formula begins with; a text that does gets an apostrophe before it."""
READ_BACK: Final = (*FORMULA, "'")
"""Where the file is read again, a text that begins with an apostrophe gets another one."""


class Delimiter(StrEnum):
    """A semicolon comes with a decimal comma, as Czech spreadsheets want it; a comma with a point."""

    COMMA = "comma"
    SEMICOLON = "semicolon"


_SIGNS: Final = {Delimiter.COMMA: ",", Delimiter.SEMICOLON: ";"}
Cell = str | int | Decimal | date | None


def csv_file(
    rows: Iterable[Iterable[Cell]], delimiter: Delimiter, *, escaped: tuple[str, ...] = FORMULA
) -> bytes:
    """Return the rows; numbers and days are no texts: they are written as they are."""
    out = StringIO()
    writer = csv.writer(out, delimiter=_SIGNS[delimiter], lineterminator="\r\n")
    writer.writerows([_text(cell, delimiter, escaped) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell, delimiter: Delimiter, escaped: tuple[str, ...]) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(escaped) else cell
    if isinstance(cell, Decimal):
        plain = format(cell, "f")
        return plain.replace(".", ",") if delimiter is Delimiter.SEMICOLON else plain
    return "" if cell is None else str(cell)
