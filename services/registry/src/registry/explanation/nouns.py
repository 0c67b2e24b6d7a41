"""What the series count, in the forms that sentences need."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from registry.exclusion.method import Indicator
from registry.explanation.wording import NBSP, Said, counted_cs, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """`many`: genitive plural in Czech (osob v exekuci), plural in English.

    `forms`: the accusative after 1, after 2–4, the genitive after 5 and more, and after a decimal.
    """

    many: Said
    forms: tuple[str, str, str, str]
    one_en: str
    many_en: str

    def counted(self, value: Fraction) -> Said:
        """Return the number with the short noun, as in „o 1 osobu“; rounded up, for it is a least one."""
        one, few, many, decimal = self.forms
        value = Fraction(ceil(value * 100), 100)
        noun = self.one_en if abs(value) == 1 else self.many_en
        return Said(
            counted_cs(value, one=one, few=few, many=many, decimal=decimal), f"{number(value).en}{NBSP}{noun}"
        )


_PERSONS = ("osobu", "osoby", "osob", "osoby")
_BENEFITS = ("dávku", "dávky", "dávek", "dávky")
_PUPILS = ("žáka", "žáky", "žáků", "žáka")
_INHABITANTS = ("obyvatele", "obyvatele", "obyvatel", "obyvatele")
_JOBSEEKERS = ("uchazeče", "uchazeče", "uchazečů", "uchazeče")
_CASES = ("případ", "případy", "případů", "případu")

_NOUNS = {
    "EXE": Noun(
        many=Said("osob v exekuci", "persons in enforcement"),
        forms=_PERSONS,
        one_en="person",
        many_en="persons",
    ),
    "PNB": Noun(
        many=Said(
            "příspěvků na bydlení vyplacených v průměrném měsíci", "housing allowances in an average month"
        ),
        forms=_BENEFITS,
        one_en="benefit",
        many_en="benefits",
    ),
    "PNZ": Noun(
        many=Said(
            "příspěvků na živobytí vyplacených v průměrném měsíci",
            "subsistence allowances in an average month",
        ),
        forms=_BENEFITS,
        one_en="benefit",
        many_en="benefits",
    ),
    "UOZ": Noun(
        many=Said(
            f"uchazečů o zaměstnání v evidenci déle než 6{NBSP}měsíců",
            f"jobseekers registered for more than 6{NBSP}months",
        ),
        forms=_JOBSEEKERS,
        one_en="jobseeker",
        many_en="jobseekers",
    ),
    "PO": Noun(
        many=Said("předčasných odchodů ze základní školy", "early leavers from basic school"),
        forms=_PUPILS,
        one_en="pupil",
        many_en="pupils",
    ),
    "POP15": Noun(
        many=Said(f"obyvatel ve věku 15{NBSP}a více let", f"inhabitants aged 15{NBSP}or more"),
        forms=_INHABITANTS,
        one_en="inhabitant",
        many_en="inhabitants",
    ),
    "POP1564": Noun(
        many=Said(f"obyvatel ve věku 15–64{NBSP}let", "inhabitants aged 15–64"),
        forms=_INHABITANTS,
        one_en="inhabitant",
        many_en="inhabitants",
    ),
    "LEAVERS": Noun(
        many=Said(
            "žáků s ukončenou povinnou školní docházkou", "pupils who ended their compulsory schooling"
        ),
        forms=_PUPILS,
        one_en="pupil",
        many_en="pupils",
    ),
}


def counted_by(indicator: Indicator) -> Noun:
    """Return what the numerator counts; a series that we have no words for is named by its indicator."""
    unnamed = Said(f"případů ukazatele „{indicator.name_cs}“", f"cases of “{indicator.name_en}”")
    return _NOUNS.get(indicator.numerator) or Noun(many=unnamed, forms=_CASES, one_en="case", many_en="cases")


def population_of(indicator: Indicator) -> Noun:
    """Return what the denominator counts."""
    unnamed = Said(
        f"osob, ke kterým se vztahuje ukazatel „{indicator.name_cs}“",
        f"persons to whom “{indicator.name_en}” refers",
    )
    return _NOUNS.get(indicator.denominator) or Noun(
        many=unnamed, forms=_PERSONS, one_en="person", many_en="persons"
    )
