"""Population as the statistical office publishes it: dataset 130149 and those by age (specification 1.6)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from registry.reading import Sheet
from registry.statistics import faults
from registry.statistics.domain import FIRST_YEAR
from registry.statistics.told import KIND_OF_LIST, Row, Telling, Told, count_of, headings_of, rows_of
from shared.contracts.registry import UnitKind

_PATTERNS: Final = {
    "hodnota": "hodnota",
    "ukazatel": "stapro_kod|ukazatel_kod",
    "pohlavi": "pohlavi_kod",
    "vek": "vek_kod|vek_txt",
    "cis": "v?uzemi_cis",
    "kod": "v?uzemi_kod",
    "rok": "rok",
    "den": "casref_do",
}
_NEEDED: Final = ("hodnota", "cis", "kod", "rok")
_RESIDENTS: Final = "2406"
_TOTAL: Final = "POP"
_RANGES: Final = {"POP15": (15, None), "POP1564": (15, 65)}
_INTERVAL: Final = re.compile(r"4\d\d(\d{3})(?:6\d\d(\d{3})|7\d{2}\d{3})000", re.ASCII)

Age = tuple[int, int | None]
"""From this birthday to the day before that one; None: for life."""
Place = tuple[UnitKind, str, date]


def read_population(sheet: Sheet) -> Telling:
    """Return the totals of both sexes; from intervals of age POP15 and POP1564, where they are covered.

    Rows of one sex, of other variables and of other days than 31 December are counted as ignored. Raises
    ColumnsMissing.
    """
    places, headings = headings_of(sheet, _PATTERNS, needed=_NEEDED)
    telling = Telling(headings=headings)
    ages: dict[Place, dict[Age, Told]] = defaultdict(dict)
    for row in rows_of(sheet, places):
        telling.rows += 1
        reason = _ignored(row)
        if reason is not None:
            telling.ignored[reason] += 1
            continue
        _take(telling, row, ages)
    for told in _of_ranges(ages):
        (telling.figures if told.kind is UnitKind.MUNICIPALITY else telling.totals).append(told)
    return telling


def interval_of(code: str) -> Age | None:
    """Return the ages that a code of list 7700 means: `410015610020000` is 15 to 19."""
    found = _INTERVAL.fullmatch(code)
    return (int(found[1]), int(found[2]) if found[2] else None) if found else None


def _ignored(row: Row) -> str | None:
    if row.text("ukazatel") not in {"", _RESIDENTS}:
        return "other-variables"
    if row.text("pohlavi"):
        return "of-one-sex"
    if row.text("cis") not in KIND_OF_LIST:
        return "other-territories"
    day = row.text("den")
    return "other-days" if day and not day.endswith("-12-31") else None


def _take(telling: Telling, row: Row, ages: dict[Place, dict[Age, Told]]) -> None:
    year = row.text("rok")
    if not re.fullmatch(r"\d{4}", year, re.ASCII) or int(year) < FIRST_YEAR:
        telling.problems.append(faults.PERIOD_MALFORMED.at(row.number, telling.headings["rok"], year))
        return
    fine, value = count_of(telling, row, "hodnota", whole=True)
    if not fine:
        return
    kind = KIND_OF_LIST[row.text("cis")]
    told = Told(row.number, _TOTAL, date(int(year), 1, 1), kind, row.text("kod"), value)
    if not row.text("vek"):
        (telling.figures if kind is UnitKind.MUNICIPALITY else telling.totals).append(told)
        return
    age = interval_of(row.text("vek"))
    if age is None:
        telling.problems.append(faults.AGE_UNKNOWN.at(row.number, telling.headings["vek"], row.text("vek")))
        return
    ages[(kind, told.code, told.period)][age] = told


def _of_ranges(ages: Mapping[Place, Mapping[Age, Told]]) -> Iterable[Told]:
    for found in ages.values():
        for series, (first, last) in _RANGES.items():
            parts = _tiling(found, first, last)
            if parts:
                values = [part.value for part in parts]
                known = sum((value for value in values if value is not None), Decimal(0))
                yield parts[0]._replace(series=series, value=None if None in values else known)


def _tiling(ages: Mapping[Age, Told], first: int, last: int | None) -> list[Told]:
    """Return intervals that cover the range without a gap, the longest first; none where they do not."""
    if (first, last) in ages:
        return [ages[first, last]]
    parts: list[Told] = []
    at: int | None = first
    while at != last:
        ends = [end for start, end in ages if start == at and (last is None or (end or 999) <= last)]
        if not ends or at is None:
            return []
        end = None if None in ends else max(end for end in ends if end is not None)
        parts.append(ages[at, end])
        at = end
    return parts
