"""The budget of a plan as a table for a spreadsheet."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from typing import Final

from planning.plans.budget import Budget
from planning.plans.parts import Category, Funder

Names = tuple[str, str]
"""Czech and English."""

FUNDERS: Final[Mapping[Funder, Names]] = {
    Funder.EU: ("Evropská unie (ESF+)", "European Union (ESF+)"),
    Funder.STATE: ("státní rozpočet", "state budget"),
    Funder.REGION: ("kraj", "region"),
    Funder.MUNICIPALITY: ("obec", "municipality"),
    Funder.OWN: ("vlastní zdroje", "own resources"),
    Funder.OTHER: ("jiný zdroj", "another source"),
}
CATEGORIES: Final[Mapping[Category, Names]] = {
    Category.STAFF: ("osobní náklady", "staff"),
    Category.SERVICES: ("nákup služeb", "services"),
    Category.DIRECT_SUPPORT: ("přímá podpora", "direct support"),
    Category.EQUIPMENT: ("vybavení", "equipment"),
    Category.INVESTMENT: ("investice", "investment"),
    Category.OVERHEADS: ("nepřímé náklady", "overheads"),
    Category.OTHER: ("jiné", "other"),
}
_HEADINGS: Final[tuple[Names, ...]] = (
    ("číslo", "number"),
    ("opatření", "measure"),
    ("rok", "year"),
    ("zdroj", "source"),
    ("kategorie", "category"),
    ("částka v Kč", "amount in CZK"),
    ("poznámka", "note"),
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Delimiter(StrEnum):
    COMMA = "comma"
    SEMICOLON = "semicolon"


def csv_of(budget: Budget, *, delimiter: Delimiter, language: str) -> bytes:
    """Return a line for each budget line, in UTF-8 with a byte-order mark.

    A semicolon comes with decimal commas; what would begin a formula gets an apostrophe before it.
    """
    which = 0 if language == "cs" else 1
    semicolon = delimiter is Delimiter.SEMICOLON
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if semicolon else ",", lineterminator="\r\n")
    writer.writerow([heading[which] for heading in _HEADINGS])
    for measure in budget.measures:
        for line in measure.lines:
            writer.writerow(
                [
                    measure.number,
                    _plain(measure.title),
                    line.year,
                    FUNDERS[line.funder][which],
                    CATEGORIES[line.category][which],
                    _amount(line.amount_czk, comma=semicolon),
                    _plain(line.note),
                ]
            )
    return out.getvalue().encode("utf-8-sig")


def _amount(value: Decimal, *, comma: bool) -> str:
    return f"{value:f}".replace(".", ",") if comma else f"{value:f}"


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
