"""How averages are written: the ways of averaging with their formulas, numbers in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from registry.averages.domain import Averaging


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A way of averaging as it has to stand beside each number that came out of it."""

    cs: str
    en: str
    formula_cs: str
    formula_en: str


WORDS: Mapping[Averaging, Words] = {
    Averaging.MEAN_OF_MUNICIPALITIES: Words(
        cs="prostý průměr obcí a let (každá obec a každý rok mají stejnou váhu)",
        en="plain mean of municipalities and years (each municipality and year weighs the same)",
        formula_cs="Σ index(obec, rok) ÷ počet dvojic (obec, rok)",
        formula_en="Σ index(municipality, year) ÷ number of pairs (municipality, year)",
    ),
    Averaging.MEAN_OF_YEARLY_MEANS: Words(
        cs="průměr ročních průměrů obcí (každý rok má stejnou váhu)",
        en="mean of the yearly means of municipalities (each year weighs the same)",
        formula_cs="Σ průměr obcí v roce ÷ počet let",
        formula_en="Σ mean of municipalities in the year ÷ number of years",
    ),
    Averaging.WEIGHTED_BY_POPULATION: Words(
        cs="průměr obcí a let vážený počtem obyvatel ve věku 15 a více let k 31. 12. roku",
        en="mean of municipalities and years weighted by population aged 15 or more on 31 December",
        formula_cs="Σ index(obec, rok) × obyvatelé 15+(obec, rok) ÷ Σ obyvatelé 15+(obec, rok)",
        formula_en="Σ index(municipality, year) × population 15+(municipality, year) ÷ Σ population 15+",
    ),
}


def break_cs(year: int, before: str, after: str) -> str:
    return (
        f"Před rokem {year} je zlom časové řady: metodika {before} se změnila na {after}, "
        "hodnoty před ním a po něm nelze přímo srovnávat."
    )


def break_en(year: int, before: str, after: str) -> str:
    return (
        f"There is a break in the series before {year}: the method {before} changed to {after}, "
        "values before and after it are not directly comparable."
    )


def decimal_cs(number: Decimal) -> str:
    return format(number, "f").replace(".", ",")


def fraction_text(exact: Fraction) -> str:
    """Return `n/d`, the number itself and not its decimal expansion."""
    return f"{exact.numerator}/{exact.denominator}"


def counted_cs(count: int, one: str, few: str, many: str) -> str:
    """Return the number with the noun in the case that Czech wants after it."""
    noun = one if count == 1 else few if 2 <= count <= 4 else many
    return f"{count}\N{NO-BREAK SPACE}{noun}"


def counted_en(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
