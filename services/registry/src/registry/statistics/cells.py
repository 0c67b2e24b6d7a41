"""Numbers and codes out of the cells of published files, whichever way they were written."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry.reading import Cell

Values = NDArray[np.float64]
_NOT_NUMERIC: Final = frozenset({str, bool, type(None)})
_EXACT: Final = 10**15
_GAPS: Final = re.compile(r"\s")
_NUMBER: Final = re.compile(r"[-−]?\d{1,15}(?:[.,]\d{1,20})?", re.ASCII)
_ASCII_MINUS: Final = str.maketrans("−,", "-.")


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """Return the text of a cell; a whole number without `.0`, as codes come out of spreadsheets."""
    if cell is None:
        return ""
    if isinstance(cell, str | bool):
        return str(cell).strip()
    return str(int(cell)) if abs(cell) < _EXACT and cell == int(cell) else str(cell)


def decimal_of(cell: Cell) -> Decimal | None:
    """Return the number, or None where the cell holds none: `1 234,5` and `1234.5` are the same."""
    if cell is None or isinstance(cell, bool):
        return None
    if not isinstance(cell, str):
        number = Decimal(repr(cell))
        return number if number.is_finite() and abs(number) < _EXACT else None
    bare = _GAPS.sub("", cell)
    return Decimal(bare.translate(_ASCII_MINUS)) if _NUMBER.fullmatch(bare) else None


def numbers_of(cells: Sequence[Cell]) -> tuple[Values, list[int]]:
    """Return the numbers of a column, NaN where there is none; and where neither number nor blank is."""
    if _NOT_NUMERIC.isdisjoint(map(type, cells)):
        found = np.array(cells, dtype=np.float64)
        endless = np.flatnonzero(~np.isfinite(found))
        found[endless] = np.nan
        return found, endless.tolist()
    found = np.full(len(cells), np.nan)
    strange = []
    words: dict[str, bool] = {}
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and words.get(cell):
            strange.append(place)
            continue
        number = decimal_of(cell)
        if number is not None:
            found[place] = number
        elif not is_blank(cell):
            strange.append(place)
            words[str(cell)] = isinstance(cell, str)
    return found, strange


def texts_of_numbers(values: Values) -> list[str]:
    """Return the shortest decimal text of each number, empty for NaN."""
    return [
        "" if number != number else str(int(number)) if number == int(number) else repr(number)  # noqa: PLR0124 - NaN
        for number in values.tolist()
    ]
