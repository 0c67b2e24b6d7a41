"""Figures on the page of a unit, and the sources on which the page stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The newest figure of a series as it may be shown; a hidden one has no value."""

    series: str
    name_cs: str
    name_en: str
    unit_of_measure: str
    periodicity: str
    period: date
    value: str | None
    status: str
    shown: str | None
    note: str | None
    source: str
    vintage_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    id: int
    label: str
    published_on: date | None
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher's data with those of its vintages on which something on the page stands."""

    code: str
    name_cs: str
    name_en: str
    publisher: str
    url: str | None
    vintages: Sequence[Vintage]
