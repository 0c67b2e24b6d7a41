"""What indicators count, as it stands after a number in Czech: 1 osoba, 2 osoby, bylo 12,5 osoby."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from planning.summaries.numerals import NBSP, number

_FEW: Final = range(2, 5)


class _Was(Enum):
    """How `být` agrees with a noun in the past: with one, and with two to four."""

    ANIMATE = ("byl", "byli")  # žák, žáci
    MASCULINE = ("byl", "byly")  # byt, byty
    FEMININE = ("byla", "byly")  # osoba, osoby
    NEUTER = ("bylo", "byla")  # místo, místa
    CHILD = ("bylo", "byly")  # dítě, děti


@dataclass(frozen=True, slots=True)
class _Counted:
    """After 1 and after 2 to 4, in the nominative and the accusative; after a fraction; after 5 and more."""

    was: _Was
    one: str
    one_wanted: str
    few: str
    few_wanted: str
    part: str
    many: str

    def of(self, value: Decimal, *, wanted: bool) -> str:
        if value != value.to_integral_value():
            return self.part
        if abs(value) == 1:
            return self.one_wanted if wanted else self.one
        if abs(value) in _FEW:
            return self.few_wanted if wanted else self.few
        return self.many

    def verb(self, value: Decimal) -> str:
        """Return the form of `být`: nothing, a fraction and five or more are singular and neuter."""
        one, few = self.was.value
        if abs(value) == 1:
            return one
        return few if abs(value) in _FEW else _Was.NEUTER.value[0]


def _same(was: _Was, sign: str) -> _Counted:
    return _Counted(was, *(sign,) * 6)


_W: Final = _Was
_COUNTED: Final = (
    _Counted(_W.FEMININE, "osoba", "osobu", "osoby", "osoby", "osoby", "osob"),
    _Counted(_W.FEMININE, "domácnost", "domácnost", "domácnosti", "domácnosti", "domácnosti", "domácností"),
    _Counted(_W.FEMININE, "rodina", "rodinu", "rodiny", "rodiny", "rodiny", "rodin"),
    _Counted(_W.CHILD, "dítě", "dítě", "děti", "děti", "dítěte", "dětí"),
    _Counted(_W.ANIMATE, "žák", "žáka", "žáci", "žáky", "žáka", "žáků"),
    _Counted(_W.ANIMATE, "klient", "klienta", "klienti", "klienty", "klienta", "klientů"),
    _Counted(_W.ANIMATE, "obyvatel", "obyvatele", "obyvatelé", "obyvatele", "obyvatele", "obyvatel"),
    _Counted(_W.MASCULINE, "byt", "byt", "byty", "byty", "bytu", "bytů"),
    _Counted(_W.NEUTER, "místo", "místo", "místa", "místa", "místa", "míst"),
    _Counted(_W.MASCULINE, "případ", "případ", "případy", "případy", "případu", "případů"),
    _Counted(_W.MASCULINE, "přestupek", "přestupek", "přestupky", "přestupky", "přestupku", "přestupků"),
    _Counted(_W.MASCULINE, "úvazek", "úvazek", "úvazky", "úvazky", "úvazku", "úvazků"),
    _Counted(_W.FEMININE, "dohoda", "dohodu", "dohody", "dohody", "dohody", "dohod"),
    _Counted(_W.FEMININE, "zakázka", "zakázku", "zakázky", "zakázky", "zakázky", "zakázek"),
    _Counted(_W.FEMININE, "služba", "službu", "služby", "služby", "služby", "služeb"),
    _Counted(_W.MASCULINE, "návrh", "návrh", "návrhy", "návrhy", "návrhu", "návrhů"),
    _Counted(_W.MASCULINE, "projekt", "projekt", "projekty", "projekty", "projektu", "projektů"),
    _Counted(_W.FEMININE, "hodina", "hodinu", "hodiny", "hodiny", "hodiny", "hodin"),
    _Counted(_W.MASCULINE, "bod", "bod", "body", "body", "bodu", "bodů"),
    _same(_W.NEUTER, "%"),  # procento
    _same(_W.FEMININE, "Kč"),  # koruna
)
_KNOWN: Final = {form.lower(): each for each in _COUNTED for form in (each.one, each.few, each.many)}


def measured(value: Decimal, unit: str, language: str, *, wanted: bool) -> str:
    """Return the value with its unit; a unit that we do not know stands as it was written."""
    written = number(value, language)
    known = _known(unit) if language == "cs" else None
    shown = known.of(value, wanted=wanted) if known else unit
    return f"{written}{NBSP}{shown}" if shown else written


def it_was(value: Decimal, unit: str) -> str:
    """Say in Czech what was measured: “to byly 4 byty”; of a unit that we do not know, the value."""
    told = measured(value, unit, "cs", wanted=False)
    known = _known(unit)
    return f"to {known.verb(value)} {told}" if known else f"byla hodnota {told}"


def _known(unit: str) -> _Counted | None:
    return _KNOWN.get(unit.strip().lower())
