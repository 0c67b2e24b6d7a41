"""How a hidden count is shown and why, which figures a release is made of, and what may not be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from registry.disclosure.assembly import Composition, Figures
from registry.disclosure.system import Mark
from shared.errors import Invalid, NotFound

MARKS: Final = {Mark.BELOW: "below", Mark.HIDDEN: "hidden"}
UNTOLD: Final = "i. d."
"""The sign of the statistical office for an individual figure that it does not tell."""


class TableTooLarge(Invalid):
    cs = "Tabulka by se součty měla {cells} buněk, nejvýše jich může být {most}."
    en = "With its sums the table would have {cells} cells; it may have {most} at most."


class CountsDoNotFit(Invalid):
    cs = "Tabulka má mít {expected} hodnot, má jich {found}."
    en = "The table should have {expected} counts, it has {found}."


class MarksDoNotFit(Invalid):
    cs = "Dřívější tabulka má {expected} buněk, značek je {found}."
    en = "The earlier table has {expected} cells, there are {found} marks."


class NameTwice(Invalid):
    cs = "Název „{name}“ je v rozměru vícekrát."
    en = "The name “{name}” is more than once in the dimension."


class LeafUnknown(Invalid):
    cs = "Skupina „{group}“ má položku „{leaf}“, která v rozměru není."
    en = "The group “{group}” has “{leaf}”, which is not in the dimension."


class NothingReleased(NotFound):
    cs = "Takové údaje chráněného zdroje jsme nevydali."
    en = "We have released no such figures of a protected source."


class FigureMissing(Invalid):
    cs = "Celek {unit_id} v této řadě a období údaj nemá nebo jej zdroj nesdělil."
    en = "The unit {unit_id} has no figure of this series and period, or its source did not tell it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What stands in the place of a value, with the reason in both languages."""

    shown: str
    cs: str
    en: str


def explained(mark: Mark, k: int) -> Explanation:
    if mark is Mark.BELOW:
        return Explanation(
            shown=f"< {k}",
            cs=f"Počty od 1 do {k - 1} se nezveřejňují, aby v nich nešlo poznat jednotlivé lidi.",
            en=f"Counts from 1 to {k - 1} are not published, lest somebody be recognised in them.",
        )
    return Explanation(
        shown=UNTOLD,
        cs="Údaj se nezveřejňuje, protože by se z něj a z ostatních dal dopočítat malý počet.",
        en="Not published: with the other figures it would tell a small count.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """From which count on a source's figures are shown; None: as they were published."""

    source: str
    suppress_below: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One series and period of a vintage, and the last day that it is about."""

    series: str
    period: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFigure:
    vintage_id: int
    source: str
    in_parts: bool
    unit_id: UUID
    value: Decimal | None
    is_confidential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRelease:
    """A release as it is kept: sums with their members, and the marks of all that is hidden."""

    vintage_id: int
    source: str
    k: int
    summed: bool
    sums: dict[UUID, Composition]
    marks: dict[tuple[int, UUID], Mark]


def last_day_of(period: date, periodicity: str) -> date:
    """Return the last day of a year (also of one told for a school year) or of a month."""
    if periodicity == "month":
        return (period.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return period.replace(month=12, day=31)


def in_force(figures: Iterable[StoredFigure], vintage_id: int, source: str) -> dict[UUID, StoredFigure]:
    """Return the figures that hold with this vintage: those of older ones too where editions are parts."""
    found: dict[UUID, StoredFigure] = {}
    for figure in sorted(figures, key=lambda each: each.vintage_id):
        counts = figure.vintage_id == vintage_id or (figure.in_parts and figure.vintage_id < vintage_id)
        if figure.source == source and counts:
            found[figure.unit_id] = figure
    return found


def are_counts(figures: Iterable[StoredFigure]) -> bool:
    """Return whether all values are whole and not negative: shares and averages are not added up."""
    values = [figure.value for figure in figures if figure.value is not None]
    return all(value >= 0 and value == value.to_integral_value() for value in values)


def counted(figures: dict[UUID, StoredFigure]) -> Figures:
    return Figures(
        given={unit: int(each.value) for unit, each in figures.items() if each.value is not None},
        confidential=frozenset(unit for unit, each in figures.items() if each.is_confidential),
        not_applicable=frozenset(
            unit for unit, each in figures.items() if each.value is None and not each.is_confidential
        ),
    )
