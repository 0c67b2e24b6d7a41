"""Two methods on the same year, and the series of one municipality across methods with its breaks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from registry.averages.wording import break_cs, break_en
from shared.errors import Invalid, RuleBroken


class SameMethodTwice(Invalid):
    cs = "Metodika „{method}“ se se sebou srovnávat nemá; uveďte dvě různé."
    en = "The method “{method}” is not to be compared with itself; name two."


class MethodsWithoutCommonYear(RuleBroken):
    cs = "Metodiky „{first}“ a „{second}“ nemají vypočten žádný společný rok."
    en = "The methods “{first}” and “{second}” have no computed year in common."


class YearNotComputedByBoth(RuleBroken):
    cs = "Rok {year} není vypočten oběma metodikami; společné roky: {years}."
    en = "The year {year} is not computed by both methods; common years: {years}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """So many municipalities have this Index and band by the first method and that by the second."""

    first_index: int | None
    second_index: int | None
    first_band: int | None
    second_band: int | None
    municipalities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Municipalities of both editions; `unknown`: those without one of the two Index values.

    `shifts`: rows are the bands of the first method, columns those of the second. `differences`:
    municipalities by second less first Index.
    """

    municipalities: int
    unknown: int
    lower: int
    unchanged: int
    higher: int
    mean_difference: Fraction | None
    band_changed: int
    shifts: tuple[tuple[int, ...], ...]
    differences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The Index of a municipality in a year by one method; `applies`: that method belongs to the year."""

    year: int
    method: str
    computation_id: int
    index: int | None
    band: int | None
    points: str
    applies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One year of the series that goes by the method of each year; a break tells why in both languages."""

    result: Result
    break_before: bool
    break_cs: str | None
    break_en: str | None


def expect_two(first: str, second: str) -> None:
    if first == second:
        raise SameMethodTwice(pointer="query/second", method=first)


def chosen_year(years: Sequence[int], *, asked: int | None, first: str, second: str) -> int:
    """Return the year asked for, else the newest common one. Raises where there is none."""
    if not years:
        raise MethodsWithoutCommonYear(first=first, second=second)
    if asked is None:
        return max(years)
    if asked not in years:
        raise YearNotComputedByBoth(
            pointer="query/year", year=asked, years=", ".join(str(year) for year in sorted(years))
        )
    return asked


def compare(pairings: Iterable[Pairing], *, first_bands: int, second_bands: int) -> Comparison:
    everything = list(pairings)
    differences: Counter[int] = Counter()
    shifts: Counter[tuple[int, int]] = Counter()
    for pairing in everything:
        if pairing.first_index is not None and pairing.second_index is not None:
            differences[pairing.second_index - pairing.first_index] += pairing.municipalities
        if pairing.first_band is not None and pairing.second_band is not None:
            shifts[pairing.first_band, pairing.second_band] += pairing.municipalities
    known = differences.total()
    municipalities = sum(pairing.municipalities for pairing in everything)
    total = sum(difference * count for difference, count in differences.items())
    return Comparison(
        municipalities=municipalities,
        unknown=municipalities - known,
        lower=sum(count for difference, count in differences.items() if difference < 0),
        unchanged=differences[0],
        higher=sum(count for difference, count in differences.items() if difference > 0),
        mean_difference=Fraction(total, known) if known else None,
        band_changed=sum(count for (before, after), count in shifts.items() if before != after),
        shifts=tuple(
            tuple(shifts[first, second] for second in range(1, second_bands + 1))
            for first in range(1, first_bands + 1)
        ),
        differences=tuple(sorted(differences.items())),
    )


def series(results: Iterable[Result]) -> Iterator[Step]:
    """Give the years by the method that belongs to each; a change of method is a break."""
    before: Result | None = None
    for result in sorted((each for each in results if each.applies), key=lambda each: each.year):
        breaks = before is not None and before.method != result.method
        yield Step(
            result=result,
            break_before=breaks,
            break_cs=break_cs(result.year, before.method, result.method) if before and breaks else None,
            break_en=break_en(result.year, before.method, result.method) if before and breaks else None,
        )
        before = result


def note_cs(year: int, first: str, second: str) -> str:
    return (
        f"Řada, která přechází z metodiky {first} na {second}, má v tom místě zlom. Rozdíly za rok {year} "
        "ukazují, co z něj jde na vrub metodiky, nikoli území."
    )


def note_en(year: int, first: str, second: str) -> str:
    return (
        f"A series that goes over from the method {first} to {second} has a break there. The differences "
        f"of {year} show what of it is due to the method and not to the territory."
    )


def by_year(results: Iterable[Result]) -> Iterator[tuple[int, list[Result]]]:
    """Give all methods of each year; the one that belongs to it first, then by code."""
    ordered = sorted(results, key=lambda each: (each.year, not each.applies, each.method))
    for year, of_year in groupby(ordered, key=lambda each: each.year):
        yield year, list(of_year)
