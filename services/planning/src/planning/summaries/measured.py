"""What indicators count, as it stands after a number in Czech: 1 osoba, 2 osoby, 80 osob, 12,5 osoby."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from planning.summaries.numerals import NBSP, number

_FEW: Final = range(2, 5)


@dataclass(frozen=True, slots=True)
class _Counted:
    """After 1 and after 2 to 4, in the nominative and the accusative; after a fraction; after 5 and more."""

    one: str
    one_wanted: str
    few: str
    few_wanted: str
    part: str
    many: str

    def of(self, value: Decimal, *, wanted: bool) -> str:
        if value != value.to_integral_value():
            return self.part
        if value == 1:
            return self.one_wanted if wanted else self.one
        if value in _FEW:
            return self.few_wanted if wanted else self.few
        return self.many


_COUNTED: Final = (
    _Counted("osoba", "osobu", "osoby", "osoby", "osoby", "osob"),
    _Counted("domácnost", "domácnost", "domácnosti", "domácnosti", "domácnosti", "domácností"),
    _Counted("rodina", "rodinu", "rodiny", "rodiny", "rodiny", "rodin"),
    _Counted("dítě", "dítě", "děti", "děti", "dítěte", "dětí"),
    _Counted("žák", "žáka", "žáci", "žáky", "žáka", "žáků"),
    _Counted("klient", "klienta", "klienti", "klienty", "klienta", "klientů"),
    _Counted("obyvatel", "obyvatele", "obyvatelé", "obyvatele", "obyvatele", "obyvatel"),
    _Counted("byt", "byt", "byty", "byty", "bytu", "bytů"),
    _Counted("místo", "místo", "místa", "místa", "místa", "míst"),
    _Counted("případ", "případ", "případy", "případy", "případu", "případů"),
    _Counted("přestupek", "přestupek", "přestupky", "přestupky", "přestupku", "přestupků"),
    _Counted("úvazek", "úvazek", "úvazky", "úvazky", "úvazku", "úvazků"),
    _Counted("dohoda", "dohodu", "dohody", "dohody", "dohody", "dohod"),
    _Counted("zakázka", "zakázku", "zakázky", "zakázky", "zakázky", "zakázek"),
    _Counted("služba", "službu", "služby", "služby", "služby", "služeb"),
    _Counted("návrh", "návrh", "návrhy", "návrhy", "návrhu", "návrhů"),
    _Counted("projekt", "projekt", "projekty", "projekty", "projektu", "projektů"),
    _Counted("hodina", "hodinu", "hodiny", "hodiny", "hodiny", "hodin"),
    _Counted("bod", "bod", "body", "body", "bodu", "bodů"),
)
_KNOWN: Final = {form: each for each in _COUNTED for form in (each.one, each.few, each.many)}


def measured(value: Decimal, unit: str, language: str, *, wanted: bool) -> str:
    """Return the value with its unit; a unit that we do not know stands as it was written."""
    written = number(value, language)
    known = _KNOWN.get(unit.strip().lower()) if language == "cs" else None
    shown = known.of(value, wanted=wanted) if known else unit
    return f"{written}{NBSP}{shown}" if shown else written
