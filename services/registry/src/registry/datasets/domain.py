"""What a dataset is: columns, filters, terms of use, and how risky its publication is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.errors import Invalid, NotFound


class DatasetUnknown(NotFound):
    cs = "Datovou sadu „{id}“ nevydáváme; seznam je na adrese /datasets."
    en = "There is no dataset “{id}”; see the list at /datasets."


class FilterNotApplicable(Invalid):
    cs = "Datovou sadu „{id}“ nelze omezit parametrem „{name}“."
    en = "The dataset “{id}” cannot be narrowed by “{name}”."


class TooLargeForSpreadsheet(Invalid):
    cs = "Tabulka by měla {rows} řádků; sešit XLSX jich u této sady pojme {most}. Omezte rok či jinak."
    en = "The table would have {rows} rows; an XLSX of this dataset takes {most}. Narrow it by year or so."


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    cs: str
    en: str


class Kind(StrEnum):
    """Of what kind the values of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    YEAR = "year"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`unit` is what the values are counted in; a column that is not `required` may be empty."""

    name: str
    kind: Kind
    title: Words
    unit: str | None = None
    required: bool = False


class Filter(StrEnum):
    """How a dataset may be narrowed: names of parameters of the query."""

    YEAR = "year"
    METHOD = "method"
    SERIES = "series"
    VINTAGE = "vintage"
    AS_OF = "as_of"


class Theme(StrEnum):
    """Of the EU's vocabulary of themes (publications.europa.eu/resource/authority/data-theme/)."""

    SOCIETY = "SOCI"
    REGIONS = "REGI"
    GOVERNMENT = "GOVE"


class Frequency(StrEnum):
    """Of the EU's vocabulary of frequencies (publications.europa.eu/resource/authority/frequency/)."""

    ANNUAL = "ANNUAL"
    IRREGULAR = "IRREG"
    CONTINUOUS = "UPDATE_CONT"


class Terms(StrEnum):
    """Who has rights in the data: ours are free of any, those of others want their author named."""

    FREE = "free"
    ATTRIBUTED = "attributed"


class Risk(StrEnum):
    """The eight risks that are scored before data are opened (opendata.gov.cz, určení rizik publikace)."""

    AGAINST_THE_LAW = "against-the-law"
    TRADE_SECRETS = "trade-secrets"
    PERSONAL_DATA = "personal-data"
    UNFIT_DATA = "unfit-data"
    MISREADING = "misreading"
    NO_READERS = "no-readers"
    OVERLAP = "overlap"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Rows leave in the order of `key`, names in Czech order where they are part of it.

    `risks` gives 0 (none) to 3 (grave); a risk that is left out is 0.
    """

    id: str
    title: Words
    description: Words
    themes: tuple[Theme, ...]
    frequency: Frequency
    keywords: tuple[str, ...]
    terms: Terms
    source: Words
    filters: frozenset[Filter]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    risks: Mapping[Risk, int]

    @property
    def is_yearly(self) -> bool:
        return Filter.YEAR in self.filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What part of a dataset is wanted; all of it where nothing is given."""

    year: int | None = None
    method: str | None = None
    series: str | None = None
    vintage: int | None = None
    as_of: date | None = None

    def given(self) -> dict[Filter, str]:
        """Return the filters that were given, as they stand in an address."""
        values = ((each, getattr(self, each.value)) for each in Filter)
        return {each: str(value) for each, value in values if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """From when till when the rows are; open where there is no end."""

    first_on: date | None
    last_on: date | None


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    NDJSON = "ndjson"


class Dialect(StrEnum):
    """Of a CSV: for machines (RFC 4180), or as Czech spreadsheets want it."""

    MACHINE = "machine"
    EXCEL = "excel"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.NDJSON: "application/x-ndjson",
}


def checked(dataset: Dataset, asked: Asked) -> Asked:
    """Return what is asked for, or raise FilterNotApplicable."""
    for each in asked.given():
        if each not in dataset.filters:
            raise FilterNotApplicable(id=dataset.id, name=each.value, pointer=f"query/{each.value}")
    return asked
