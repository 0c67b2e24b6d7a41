"""Which years of the Index follow from figures that arrived."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

from registry.exclusion.method import Method
from registry.statistics.domain import PartTold


def counted_by(method: Method) -> frozenset[str]:
    """Return the series that a method counts."""
    return frozenset(code for each in method.indicators for code in (each.numerator, each.denominator))


def yearly(parts: Collection[PartTold]) -> dict[int, set[str]]:
    """Return the series by the data years that they can be an input of: periods that begin with a year."""
    found: dict[int, set[str]] = {}
    for part in parts:
        if (part.period.month, part.period.day) == (1, 1):
            found.setdefault(part.period.year, set()).add(part.series)
    return found


def years_moved(
    method: Method,
    arrived: Mapping[int, AbstractSet[str]],
    *,
    known: Mapping[int, AbstractSet[str]],
    published: Collection[int],
) -> set[int]:
    """Return the years whose Index by the method counts what arrived.

    A year that is not published yet waits until there are figures of all that the method counts: the
    population alone is no Index.
    """
    counted = counted_by(method)
    return {
        year
        for year, series in arrived.items()
        if method.applies_to(year)
        and counted & series
        and (year in published or counted <= known.get(year, frozenset()))
    }
