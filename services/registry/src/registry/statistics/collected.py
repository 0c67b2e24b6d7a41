"""A plain table of figures: series, period, code of the unit, value, note."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from registry.imports.domain import RowProblem
from registry.reading import Sheet
from registry.statistics import faults
from registry.statistics.domain import Series, period_of
from registry.statistics.told import Row, Telling, Told, count_of, headings_of, rows_of
from registry.units.codes import SHAPES
from shared.contracts.registry import UnitKind

_PATTERNS: Final = {
    "rada": "rada|series|ukazatel",
    "obdobi": "obdobi|period|rok",
    "kod": "kod(_obce|_celku|_uzemi)?|unit(_code)?|code",
    "hodnota": "hodnota|value",
    "poznamka": "poznamka|note",
}
_NEEDED: Final = ("rada", "obdobi", "kod", "hodnota")
_KINDS: Final = (
    UnitKind.MUNICIPALITY,
    UnitKind.CITY_PART,
    UnitKind.DISTRICT,
    UnitKind.REGION,
    UnitKind.STATE,
    UnitKind.ORP,
    UnitKind.POU,
    UnitKind.MUNICIPALITY_ASSOCIATION,
)
_LONGEST_NOTE: Final = 500


def read_collected(sheet: Sheet, series: Mapping[str, Series], *, source: str) -> Telling:
    """Return the figures of series that belong to the source; raises ColumnsMissing.

    An empty value is confidential. Six digits are the code of a municipality.
    """
    places, headings = headings_of(sheet, _PATTERNS, needed=_NEEDED)
    telling = Telling(headings=headings)
    for row in rows_of(sheet, places):
        telling.rows += 1
        told = _told_by(row, series, source)
        if isinstance(told, RowProblem):
            telling.problems.append(replace(told, column=headings[told.column or "rada"]))
            continue
        fine, value = count_of(telling, row, "hodnota", whole=False)
        if fine:
            telling.figures.append(told._replace(value=value))
    return telling


def _told_by(row: Row, series: Mapping[str, Series], source: str) -> Told | RowProblem:
    """Return the figure without its value, or what is wrong and in which column of ours."""
    code, period = row.text("kod"), row.text("obdobi")
    of = series.get(row.text("rada"))
    if of is None:
        return faults.SERIES_UNKNOWN.at(row.number, "rada", row.text("rada"))
    if of.source != source:
        return faults.SERIES_OF_ANOTHER_SOURCE.at(row.number, "rada", of.code, source=of.source)
    first = period_of(period, of.periodicity)
    if first is None:
        return faults.PERIOD_MALFORMED.at(row.number, "obdobi", period)
    kind = kind_of(code)
    if kind is None:
        return faults.UNIT_UNKNOWN.at(row.number, "kod", code)
    return Told(row.number, of.code, first, kind, code, None, row.text("poznamka")[:_LONGEST_NOTE])


def kind_of(code: str) -> UnitKind | None:
    """Return the first kind that a code has the shape of."""
    return next((kind for kind in _KINDS if re.fullmatch(SHAPES[kind], code)), None)
