"""What a published file tells: one figure a row or a column, for units named by their codes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from registry.imports.columns import ColumnsMissing
from registry.imports.domain import RowProblem
from registry.reading import Cell, Sheet
from registry.statistics import faults
from registry.statistics.cells import decimal_of, is_blank, text_of
from registry.statistics.domain import FigureStatus
from shared.contracts.registry import UnitKind
from shared.names import search_text

KIND_OF_LIST: Final = {
    "43": UnitKind.MUNICIPALITY,
    "61": UnitKind.POU,
    "65": UnitKind.ORP,
    "97": UnitKind.STATE,
    "100": UnitKind.REGION,
    "101": UnitKind.DISTRICT,
}
"""Kinds of unit by the numbers of the statistical office's code lists."""
_MOST: Final = Decimal(10) ** 12
_NO_NAME: Final = re.compile(r"[^a-z0-9]+")


class Told(NamedTuple):
    """A figure as a row tells it: `kind` and `code` say of which unit, `value` None is confidential."""

    row: int
    series: str
    period: date
    kind: UnitKind
    code: str
    value: Decimal | None
    note: str = ""

    @property
    def status(self) -> FigureStatus:
        return FigureStatus.CONFIDENTIAL if self.value is None else FigureStatus.GIVEN


@dataclass(slots=True, kw_only=True)
class Telling:
    """All that a file tells. `totals` are of units above municipalities, published beside them.

    `ignored` counts rows that are right and not for us, by why. `headings` by our names.
    """

    headings: Mapping[str, str]
    figures: list[Told] = field(default_factory=list)
    totals: list[Told] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    rows: int = 0


class Row(NamedTuple):
    """A row that is not blank, by our names of its columns."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        return text_of(self.cells.get(name))


def plain(heading: str) -> str:
    """Return a heading as a bare name: `Počet osob` and `pocet_osob` are the same."""
    return _NO_NAME.sub("_", search_text(heading)).strip("_")


def headings_of(
    sheet: Sheet, patterns: Mapping[str, str], *, needed: Sequence[str]
) -> tuple[dict[str, int], dict[str, str]]:
    """Return the place and the written heading of each column of ours; the first that fits counts.

    Patterns are matched against the whole bare name. Raises ColumnsMissing.
    """
    names = [plain(heading) for heading in sheet.columns]
    places = {}
    for ours, pattern in patterns.items():
        place = next((i for i, name in enumerate(names) if re.fullmatch(pattern, name)), None)
        if place is not None:
            places[ours] = place
    missing = [ours for ours in needed if ours not in places]
    if missing:
        found = ", ".join(sheet.columns[:40])[:500] or "–"
        raise ColumnsMissing(missing=", ".join(missing), found=found)
    return places, {ours: sheet.columns[place] for ours, place in places.items()}


def rows_of(sheet: Sheet, places: Mapping[str, int]) -> Iterator[Row]:
    for number, cells in enumerate(sheet.rows, start=sheet.first_row):
        if not all(map(is_blank, cells)):
            yield Row(number, {name: cells[place] for name, place in places.items()})


def count_of(telling: Telling, row: Row, name: str, *, whole: bool) -> tuple[bool, Decimal | None]:
    """Return whether the cell holds a count or nothing, and the count; else tell what is wrong with it."""
    cell = row.cells[name]
    if is_blank(cell):
        return True, None
    number = decimal_of(cell)
    fault = None
    if number is None:
        fault = faults.NOT_A_NUMBER
    elif number < 0:
        fault = faults.NEGATIVE
    elif whole and number % 1:
        fault = faults.NOT_WHOLE
    elif number > _MOST:
        fault = faults.TOO_LARGE
    if fault is not None:
        telling.problems.append(fault.at(row.number, telling.headings[name], cell, most=_MOST))
    return fault is None, number
