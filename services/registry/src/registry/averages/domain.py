"""Averages of the Index, exactly: over which municipalities and years, how weighted, against what bound."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

from registry.averages.refusals import (
    IndexMissing,
    MunicipalitiesRepeated,
    MunicipalitiesUnknown,
    NobodyToWeighBy,
    NothingToAverage,
    SetNotNamed,
    SetWithoutMunicipalities,
    YearsNotPublished,
    YearsRepeated,
)

LARGEST = 20_000
"""Values in one average: the whole country in three years."""
CODE_LENGTH = 6


class Averaging(StrEnum):
    MEAN_OF_MUNICIPALITIES = "mean-of-municipalities"
    MEAN_OF_YEARLY_MEANS = "mean-of-yearly-means"
    WEIGHTED_BY_POPULATION = "weighted-by-population-15-plus"


class Missing(StrEnum):
    """What to do where a municipality has no Index in a year."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be averaged: municipalities by code or id, or those within a unit on the day `set_on`."""

    municipalities: tuple[str, ...]
    within: UUID | None
    set_on: date
    years: tuple[int, ...]
    averaging: Averaging
    missing: Missing = Missing.REFUSE
    method: str | None = None

    @property
    def codes(self) -> list[str]:
        return [named for named in self.municipalities if len(named) == CODE_LENGTH]

    @property
    def unit_ids(self) -> list[UUID]:
        return [UUID(named) for named in self.municipalities if len(named) != CODE_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionUsed:
    """The computation on which the values of a year stand."""

    year: int
    computation_id: int
    method: str
    inputs_digest: str
    results_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    unit_id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The Index of one municipality in one year; None where it is not known."""

    municipality: Municipality
    year: int
    index: int | None
    population_15_plus: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyMean:
    """The mean of one year; None where nobody lives there by whom it could be weighted."""

    year: int
    municipalities: int
    exact: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """The exact mean with what went into it and what was left out."""

    averaging: Averaging
    exact: Fraction
    used: tuple[Value, ...]
    left_out: tuple[Value, ...]
    yearly: tuple[YearlyMean, ...]

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        """Each municipality once, in the order of the set."""
        everything = (*self.used, *self.left_out)
        return tuple({value.municipality.unit_id: value.municipality for value in everything}.values())

    @property
    def rounded(self) -> Decimal:
        return half_up(self.exact)

    def reaches(self, threshold: Decimal) -> bool:
        """Whether the exact mean, not the rounded one, is at least the threshold."""
        return self.exact >= Fraction(threshold)


def checked(asked: Asked) -> Asked:
    """Raise SetNotNamed, MunicipalitiesRepeated or YearsRepeated where the question makes no sense."""
    if bool(asked.municipalities) == (asked.within is not None):
        raise SetNotNamed(pointer="/municipalities")
    repeated = [named for named, times in Counter(asked.municipalities).items() if times > 1]
    if repeated:
        raise MunicipalitiesRepeated(pointer="/municipalities", repeated=", ".join(repeated[:10]))
    if len(set(asked.years)) < len(asked.years):
        raise YearsRepeated(pointer="/years")
    return asked


def expect_all(asked: Asked, found: Sequence[Municipality]) -> None:
    """Raise unless every municipality asked for was found once, and at least one was."""
    if not found and asked.within is not None:
        raise SetWithoutMunicipalities(on=asked.set_on)
    known = {each.code for each in found} | {str(each.unit_id) for each in found}
    unknown = [named for named in asked.municipalities if named not in known]
    if unknown:
        raise MunicipalitiesUnknown(
            pointer="/municipalities", on=asked.set_on, unknown=", ".join(unknown[:10])
        )
    if asked.municipalities and len(found) < len(asked.municipalities):
        twice = [each.code for each in found if {each.code, str(each.unit_id)} <= set(asked.municipalities)]
        raise MunicipalitiesRepeated(pointer="/municipalities", repeated=", ".join(twice[:10]))


def expect_years(asked: Asked, editions: Sequence[EditionUsed]) -> None:
    published = {edition.year for edition in editions}
    absent = [str(year) for year in asked.years if year not in published]
    if absent:
        raise YearsNotPublished(pointer="/years", years=", ".join(absent))


def breaks(editions: Sequence[EditionUsed]) -> list[tuple[EditionUsed, EditionUsed]]:
    """Return the pairs of neighbours between which the method changed; `editions` go by year."""
    return [(before, after) for before, after in pairwise(editions) if before.method != after.method]


def average(values: Sequence[Value], averaging: Averaging, missing: Missing = Missing.REFUSE) -> Average:
    """Return the mean over municipalities and years.

    Raises IndexMissing where a value is unknown and none may be left out, NothingToAverage,
    NobodyToWeighBy.
    """
    used = tuple(value for value in values if _is_usable(value, averaging))
    left_out = tuple(value for value in values if not _is_usable(value, averaging))
    if left_out and missing is Missing.REFUSE:
        raise IndexMissing(count=len(left_out), examples=", ".join(_named(value) for value in left_out[:10]))
    if not used:
        raise NothingToAverage
    yearly = _yearly(used, averaging)
    if averaging is Averaging.MEAN_OF_YEARLY_MEANS:
        exact = weighted_mean((mean.exact, 1) for mean in yearly if mean.exact is not None)
    else:
        exact = _mean(used, averaging)
    if exact is None:
        raise NobodyToWeighBy
    return Average(averaging=averaging, exact=exact, used=used, left_out=left_out, yearly=yearly)


def half_up(exact: Fraction, places: int = 2) -> Decimal:
    """Round to decimal places; a half goes up, also below zero."""
    scale = 10**places
    whole = (2 * exact.numerator * scale + exact.denominator) // (2 * exact.denominator)
    return Decimal(whole).scaleb(-places)


def weighted_mean(pairs: Iterable[tuple[int | Fraction, int]]) -> Fraction | None:
    """Return the mean of (value, weight); None where the weights are all 0."""
    total: int | Fraction = 0
    weights = 0
    for value, weight in pairs:
        total += value * weight
        weights += weight
    return Fraction(total, weights) if weights else None


def _mean(values: Sequence[Value], averaging: Averaging) -> Fraction | None:
    weigh = averaging is Averaging.WEIGHTED_BY_POPULATION
    return weighted_mean((each.index or 0, each.population_15_plus or 0 if weigh else 1) for each in values)


def _yearly(used: Sequence[Value], averaging: Averaging) -> tuple[YearlyMean, ...]:
    of_years: dict[int, list[Value]] = {}
    for value in sorted(used, key=lambda value: value.year):
        of_years.setdefault(value.year, []).append(value)
    return tuple(
        YearlyMean(year=year, municipalities=len(of_year), exact=_mean(of_year, averaging))
        for year, of_year in of_years.items()
    )


def _is_usable(value: Value, averaging: Averaging) -> bool:
    weighable = averaging is not Averaging.WEIGHTED_BY_POPULATION or value.population_15_plus is not None
    return value.index is not None and weighable


def _named(value: Value) -> str:
    return f"{value.municipality.code} {value.municipality.name} {value.year}"
