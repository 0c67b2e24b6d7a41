"""Files with one row a municipality and a column for each count: enforcement, jobseekers.

The chamber names its columns `kod_obce_zuj`, `pocet_osob`, `pocet_exekuci` (seen in programs that read its
open data); the ministry's are known by what its description lists. So names are matched by patterns.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.reading import Sheet
from registry.statistics import faults
from registry.statistics.domain import Periodicity, period_of
from registry.statistics.told import Row, Telling, Told, count_of, headings_of, rows_of
from shared.contracts.registry import UnitKind
from shared.errors import Invalid

_CODE: Final = "(kod_|id_)?(obce?|zuj)(_kod)?(_zuj|_obce)?|kod_zuj|kod_obce_csu"
_TIMES: Final = {
    "obdobi": "obdobi|mesic_rok|datum|stav_k|ke_dni|datum_exportu",
    "rok": "rok",
    "mesic": "mesic",
}


class PeriodMissing(Invalid):
    cs = "Soubor neříká, kterého měsíce se týká; uveďte jej v parametru „period“."
    en = "The file does not say of which month it is; name it in the parameter “period”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a publisher's file holds: patterns of the bare headings by series; shares may have decimals."""

    series: Mapping[str, str]
    needed: str
    shares: frozenset[str] = frozenset()


ENFORCEMENT: Final = Table(
    series={
        "EXE-PERSONS": r"(pocet_)?(fyzickych_)?(osob|povinnych)(_v_exekuci)?|pocet_osob.*|povinni",
        "EXE-PROCEEDINGS": r"(pocet_)?(vedenych_)?exekuci(_celkem)?|pocet_exekuc.*",
    },
    needed="EXE-PERSONS",
)
JOBSEEKERS: Final = Table(
    series={
        "JOBSEEKERS": r"(pocet_)?(uchazec\w*|uoz)(_o_zamestnani)?(_celkem)?(_stav)?|celkem_uoz|uoz_celkem",
        "JOBSEEKERS-AVAILABLE": r".*dosaz.*",
        "UNEMPLOYED-SHARE": r"pno.*|podil_nezam.*",
        "VACANCIES": r"(pocet_)?(vpm|voln\w+_(pracovni\w*_)?mist\w*)(_celkem)?",
    },
    needed="JOBSEEKERS",
    shares=frozenset({"UNEMPLOYED-SHARE"}),
)


def read_by_municipality(sheet: Sheet, table: Table, *, period: date | None) -> Telling:
    """Return the counts of a month: of the column that names it, else of `period`.

    Rows without a code (sums at the end) are counted as ignored. Raises ColumnsMissing, PeriodMissing.
    """
    patterns = {"kod_obce": _CODE, **_TIMES, **table.series}
    places, headings = headings_of(sheet, patterns, needed=("kod_obce", table.needed))
    if period is None and not {"obdobi", "rok"} & places.keys():
        raise PeriodMissing(pointer="query/period")
    telling = Telling(headings=headings)
    for row in rows_of(sheet, places):
        telling.rows += 1
        code = row.text("kod_obce")
        if not re.search(r"\d", code):
            telling.ignored["without-code"] += 1
            continue
        month = _month_of(row) or period
        if month is None:
            heading = headings.get("obdobi") or headings["rok"]
            telling.problems.append(faults.PERIOD_MALFORMED.at(row.number, heading, row.text("obdobi")))
            continue
        for series in table.series:
            if series in places:
                fine, value = count_of(telling, row, series, whole=series not in table.shares)
                if fine:
                    telling.figures.append(
                        Told(row.number, series, month, UnitKind.MUNICIPALITY, code, value)
                    )
    return telling


def _month_of(row: Row) -> date | None:
    """Return the first day of the month that a row names: 2026-03, 2026-03-31, 31.03.2026, 3/2026."""
    told = row.text("obdobi")
    if not told and row.text("rok"):
        told = f"{row.text('rok')}-{row.text('mesic').zfill(2)}" if row.text("mesic") else ""
    czech = re.fullmatch(r"(?:\d{1,2}\.\s?)?(\d{1,2})[./]\s?(\d{4})", told, re.ASCII)
    iso = re.fullmatch(r"(\d{4}-\d{2})(?:-\d{2}.*)?", told, re.ASCII)
    if czech:
        told = f"{czech[2]}-{czech[1].zfill(2)}"
    elif iso:
        told = iso[1]
    return period_of(told, Periodicity.MONTH)
