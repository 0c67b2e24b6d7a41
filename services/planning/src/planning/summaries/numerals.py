"""Counts, money and years in Czech and English: 1 opatření, 2 cíle, 5 cílů; 1,3 mil. Kč."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

NBSP: Final = "\N{NO-BREAK SPACE}"
_FEW: Final = range(2, 5)
_MILLION: Final = Decimal(1_000_000)
_MONTHS: Final = 12
_CZECH: Final = str.maketrans(",.-", f"{NBSP},\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun as it stands after 1, after 2 to 4 and after 5 and more; in English after 1 and others."""

    one: str
    few: str
    many: str
    en: str
    en_many: str

    def of(self, count: int, language: str) -> str:
        if language != "cs":
            return self.en if count == 1 else self.en_many
        if count == 1:
            return self.one
        return self.few if count in _FEW else self.many


PROBLEM: Final = Noun(one="problém", few="problémy", many="problémů", en="problem", en_many="problems")
GOAL: Final = Noun(one="cíl", few="cíle", many="cílů", en="goal", en_many="goals")
MEASURE: Final = Noun(one="opatření", few="opatření", many="opatření", en="measure", en_many="measures")
YEAR: Final = Noun(one="rok", few="roky", many="let", en="year", en_many="years")
MONTH: Final = Noun(one="měsíc", few="měsíce", many="měsíců", en="month", en_many="months")
PERSON: Final = Noun(one="člověka", few="lidi", many="lidí", en="person", en_many="people")
"""In the accusative: “jde o 2 lidi”."""


def counted(count: int, noun: Noun, language: str) -> str:
    """Return “5 cílů”, with a space that does not break."""
    return f"{number(Decimal(count), language)}{NBSP}{noun.of(count, language)}"


def number(value: Decimal, language: str) -> str:
    """Return the number with its thousands apart, without zeros at the end."""
    written = f"{value:,f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    if language != "cs":
        return written
    return written.translate(_CZECH)


def money(amount: Decimal, language: str) -> str:
    """Return “1,3 mil. Kč” from a million up, else whole crowns: a summary rounds, the plan does not."""
    if amount < _MILLION:
        whole = number(amount.quantize(Decimal(1), ROUND_HALF_UP), language)
        if whole.replace(NBSP, "").replace(",", "") == f"{_MILLION:f}":
            return money(_MILLION, language)
        return f"{whole}{NBSP}Kč" if language == "cs" else f"CZK{NBSP}{whole}"
    millions = number((amount / _MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP), language)
    return f"{millions}{NBSP}mil.{NBSP}Kč" if language == "cs" else f"CZK{NBSP}{millions}{NBSP}million"


def span(months: int, language: str) -> str:
    """Return how long: whole years where they are, else months."""
    years, rest = divmod(months, _MONTHS)
    parts = [counted(years, YEAR, language)] if years else []
    parts += [counted(rest, MONTH, language)] if rest or not years else []
    return (" a " if language == "cs" else " and ").join(parts)
