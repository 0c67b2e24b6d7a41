"""The budget of a plan as a table for a spreadsheet."""

from collections.abc import Mapping
from typing import Final

from planning.plans.budget import Budget
from planning.plans.parts import Category, Funder
from shared.csv_files import Delimiter, csv_file

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


def csv_of(budget: Budget, *, delimiter: Delimiter, language: str) -> bytes:
    """Return a line for each budget line."""
    which = 0 if language == "cs" else 1
    lines = (
        (
            measure.number,
            measure.title,
            line.year,
            FUNDERS[line.funder][which],
            CATEGORIES[line.category][which],
            line.amount_czk,
            line.note,
        )
        for measure in budget.measures
        for line in measure.lines
    )
    return csv_file([[heading[which] for heading in _HEADINGS], *lines], delimiter)
