"""What is counted, who publishes it, an edition of it: sources, series, vintages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from registry.imports.domain import ImportRun, OnBadRows
from shared.errors import Invalid, NotFound, RuleBroken

WORKBOOK_SOURCE: Final = "ISV-WORKBOOK"
COLLECTED: Final = "COLLECTED"
CODE: Final = "[A-Z][A-Z0-9-]{0,39}"
FIRST_YEAR: Final = 1990


class FigureStatus(StrEnum):
    GIVEN = "given"
    CONFIDENTIAL = "confidential"  # the publisher has the figure and does not tell it
    NOT_APPLICABLE = "not-applicable"  # there is nothing to be counted


class Periodicity(StrEnum):
    YEAR = "year"
    MONTH = "month"
    SCHOOL_YEAR = "school-year"  # told by the year in which it ends


class FileOf(StrEnum):
    """Which published file it is: each is read in its own way."""

    POPULATION = "population"
    ENFORCEMENT = "enforcement"
    JOBSEEKERS = "jobseekers"
    FIGURES = "figures"


class FindingKind(StrEnum):
    """Which check on arrival noticed it."""

    OWN_HISTORY = "own-history"
    PEERS = "peers"
    PUBLISHED_TOTAL = "published-total"
    IMPLAUSIBLE = "implausible"
    CONTRADICTION = "contradiction"


class SourceUnknown(Invalid):
    cs = "Zdroj „{source}“ neznáme."
    en = "There is no source “{source}”."


class SourceHasFileOfItsOwn(Invalid):
    cs = "Údaje zdroje „{source}“ přicházejí jen jako celý sešit Indexu; tabulkou je doplnit nelze."
    en = "The figures of “{source}” come as the whole workbook of the Index only; a table cannot add to them."


class SeriesOrUnitUnknown(NotFound):
    cs = "Takovou řadu nebo takový celek neznáme."
    en = "There is no such series or no such unit."


class VintageUnknown(NotFound):
    cs = "Takové vydání neznáme."
    en = "There is no such vintage."


class DenominatorUnknown(Invalid):
    cs = "Řadu „{denominator}“, k níž se má podíl vztahovat, neznáme."
    en = "There is no series “{denominator}” that this could be a share of."


class CodeTaken(RuleBroken):
    cs = "Kód „{code_taken}“ už v registru je."
    en = "The code “{code_taken}” is taken already."


class NothingToImport(Invalid):
    cs = "Soubor nemá žádný údaj, který by bylo možné převzít."
    en = "The file has no figure that could be taken over."


class YearNotOver(Invalid):
    cs = "Rok {year} je mimo rozsah {first}–{last}."
    en = "The year {year} is not between {first} and {last}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher's data. Counts from 1 to `suppress_below` − 1 are not shown; None: as published.

    `in_parts`: an edition may bring some units only, older figures of the others stay in force.
    """

    code: str
    name_cs: str
    name_en: str
    publisher: str
    licence: str
    url: str | None = None
    suppress_below: int | None = None
    in_parts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is counted; `denominator` is the series that it is a part of."""

    code: str
    name_cs: str
    name_en: str
    definition_cs: str
    definition_en: str
    unit_of_measure: str
    periodicity: Periodicity
    source: str
    denominator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VintageDetails:
    """What is told of an edition of a source beside its figures; without a label the file's name is it."""

    label: str | None = None
    published_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAsked:
    """How a file is to be imported.

    `period` is the month of a file that does not name it, `source` that of a plain table.
    """

    of: FileOf
    details: VintageDetails = VintageDetails()
    period: date | None = None
    source: str | None = None
    on_bad_rows: OnBadRows = OnBadRows.REFUSE_ALL
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVintage:
    """An edition of a source that is to be stored: by which file, by whom and when."""

    source: Source
    label: str
    published_on: date | None
    note: str
    file_name: str | None
    file_digest: str
    imported_by: str
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedFigure:
    """A finding: `facts` are texts, numbers among them as decimals."""

    kind: FindingKind
    series: str
    period: date
    unit_id: UUID | None
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTold:
    """A series and period of which there are figures; `period` is its first day."""

    series: str
    period: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import of figures did. A dry run has no vintage; `is_new`: the content was not in force yet.

    `parts` is what it told of.
    """

    run: ImportRun
    run_id: UUID | None
    vintage_id: int | None
    is_new: bool
    findings: int
    parts: frozenset[PartTold]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookImported(Imported):
    """`published` has the Index of those municipalities for which the ministry published it."""

    year: int
    unit_ids: Sequence[UUID]
    published: Mapping[UUID, int]
    without_school: int


_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def period_of(text: str, periodicity: Periodicity) -> date | None:
    """Return the first day of the period that a text names, or None where it names none.

    `2023` or `2023-01-01` is a year, `2023-05` or `2023-05-01` a month.
    """
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if first.day != 1 or first.year < FIRST_YEAR:
        return None
    if periodicity is Periodicity.MONTH:
        return first if month else None
    return first if first.month == 1 else None


def expect_data_year(year: int, *, today: date) -> None:
    """Raise YearNotOver for a year before the first data and for one yet to come."""
    if not FIRST_YEAR <= year <= today.year:
        raise YearNotOver(pointer="query/year", year=year, first=FIRST_YEAR, last=today.year)
