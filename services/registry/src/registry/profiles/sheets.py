"""What a workbook is made of before it is written: tables with headings in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from registry.explanation.wording import Said, decimal_text

Cell = Said | str | int | Decimal | date | None


class Format(StrEnum):
    """How numbers and days of a column are shown; texts are texts in any column."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` in characters."""

    heading: Said
    width: int = 14
    format: Format = Format.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    title: Said
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Tables one below the other; the first one's headings stay in sight. `note` stands at the end."""

    name: Said
    tables: Sequence[Table]
    note: Said | None = None


def text(cs: str, en: str, width: int = 14) -> Column:
    return Column(heading=Said(cs, en), width=width)


def whole(cs: str, en: str, width: int = 12) -> Column:
    return Column(heading=Said(cs, en), width=width, format=Format.WHOLE)


def decimal(cs: str, en: str, width: int = 12) -> Column:
    return Column(heading=Said(cs, en), width=width, format=Format.DECIMAL)


def day(cs: str, en: str, width: int = 13) -> Column:
    return Column(heading=Said(cs, en), width=width, format=Format.DAY)


def rounded(value: Fraction | None, places: int = 4) -> Decimal | None:
    """Return the number rounded half away from zero."""
    return None if value is None else Decimal(decimal_text(value, places))
