"""Columns of published files by their names, and the days that stand in them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shared.errors import Invalid

FOR_EVER = 9999
"""The year with which the statistical office writes an open end (9999-09-09)."""
_CZECH_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?: \d{1,2}:\d{2}:\d{2})?", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+Z?)?", re.ASCII)


class ColumnsMissing(Invalid):
    cs = "V souboru chybí sloupce: {missing}. Má tyto: {found}."
    en = "The file lacks the columns: {missing}. It has: {found}."


class ColumnTwice(Invalid):
    cs = "Sloupec „{column}“ je v souboru dvakrát."
    en = "The file has the column “{column}” twice."


class RowTooWide(Invalid):
    cs = "Řádek má víc hodnot ({found}), než kolik je sloupců ({expected})."
    en = "The row has more values ({found}) than there are columns ({expected})."


class ValueMissing(Invalid):
    cs = "Hodnota ve sloupci „{column}“ chybí."
    en = "There is no value in the column “{column}”."


class DayNotReadable(Invalid):
    cs = "„{value}“ není datum (čekáme DD.MM.RRRR nebo RRRR-MM-DD)."
    en = "“{value}” is no date (DD.MM.YYYY or YYYY-MM-DD is expected)."


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row by the names of its columns in lower case; `number` as a spreadsheet counts."""

    number: int
    values: Mapping[str, str | None]
    surplus: int = 0

    def get(self, column: str) -> str | None:
        return self.values.get(column)

    def need(self, column: str) -> str:
        """Return the value; raises ValueMissing."""
        found = self.values.get(column)
        if found is None:
            raise ValueMissing(column=column)
        return found

    def day(self, column: str) -> date | None:
        """Return the day; raises DayNotReadable, with its column among the facts."""
        return day_in(self.values.get(column), column=column)

    def expect_no_surplus(self) -> None:
        if self.surplus:
            raise RowTooWide(found=len(self.values) + self.surplus, expected=len(self.values))


def named_rows(
    columns: Sequence[str], rows: Sequence[Sequence[object]], *, first_row: int, needed: Collection[str]
) -> Iterator[NamedRow]:
    """Give the rows that are not blank; names of columns match whatever their case, in any order.

    Raises ColumnsMissing, ColumnTwice.
    """
    names = [name.strip().casefold() for name in columns]
    missing = [name for name in needed if name not in names]
    if missing:
        raise ColumnsMissing(missing=", ".join(missing), found=", ".join(names[:40])[:500] or "–")
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise ColumnTwice(column=twice)
    for number, row in enumerate(rows, start=first_row):
        if any(cell is not None for cell in row):
            values = {name: _text(cell) for name, cell in zip(names, row, strict=False)}
            yield NamedRow(number, values, surplus=sum(cell is not None for cell in row[len(names) :]))


def day_in(value: str | None, *, column: str = "–") -> date | None:
    """Return the day of a date or an instant, Czech or ISO; None for none and for `FOR_EVER`.

    Raises DayNotReadable.
    """
    if value is None:
        return None
    if found := _CZECH_DAY.fullmatch(value):
        day, month, year = found.groups()
    elif found := _ISO_DAY.fullmatch(value):
        year, month, day = found.groups()
    else:
        raise DayNotReadable(value=value[:40], column=column)
    if int(year) == FOR_EVER:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise DayNotReadable(value=value[:40], column=column) from error


def _text(cell: object) -> str | None:
    if cell is None:
        return None
    return str(cell).strip() or None
