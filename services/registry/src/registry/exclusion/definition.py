"""The method of the Index as JSON, there and back, and what a method must hold to."""

import json
import re
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypedDict

from registry.exclusion.method import Band, Bounds, Indicator, Method
from shared.canonical import canonical_json, digest
from shared.errors import Invalid

CODE: Final = "[A-Z][A-Z0-9-]{1,39}"
NUMBER: Final = "[0-9]{1,9}([.][0-9]{1,9}|/[1-9][0-9]{0,8})?"
"""A number of a method: digits, a decimal or a fraction; never a float."""


class IndicatorJson(TypedDict):
    code: str
    name_cs: str
    name_en: str
    numerator: str
    denominator: str
    parts: int
    inheritable: bool
    absolute: list[str]
    share: list[str]
    quotient: list[str]


class BandJson(TypedDict):
    number: int
    lowest: int
    highest: int
    name_cs: str
    name_en: str


class MethodJson(TypedDict):
    code: str
    name_cs: str
    name_en: str
    source: str
    first_year: int
    last_year: int | None
    state_weight: str
    region_weight: str
    indicators: list[IndicatorJson]
    bands: list[BandJson]


class NumberMalformed(Invalid):
    cs = "„{number}“ není číslo metodiky: pište „2“, „2.1“ nebo „1/2“."
    en = "“{number}” is no number of a method: write “2”, “2.1” or “1/2”."


class BoundsReversed(Invalid):
    cs = "Druhá mez {second} je menší než první {first}."
    en = "The second bound {second} is less than the first {first}."


class BandsDoNotFit(Invalid):
    cs = "Pásma musí jít po sobě bez mezer a překryvů od 0 do {highest}."
    en = "The bands must follow one another without gaps or overlaps from 0 to {highest}."


class WeightsMissing(Invalid):
    cs = "Váhy státu a kraje musí dát dohromady 1."
    en = "The weights of the state and of the region must add up to 1."


class IndicatorTwice(Invalid):
    cs = "Ukazatel „{indicator}“ je v metodice dvakrát."
    en = "The indicator “{indicator}” stands in the method twice."


class YearsReversed(Invalid):
    cs = "Poslední rok {last_year} předchází prvnímu {first_year}."
    en = "The last year {last_year} comes before the first {first_year}."


class SeveralInheritable(Invalid):
    cs = "Body od dárce lze přebírat jen u jednoho ukazatele."
    en = "Points can be taken over from a donor for one indicator only."


@lru_cache(maxsize=64)
def method_in(text: str) -> Method:
    """Return the method that a stored definition tells; those that were read stay at hand."""
    return method_of(json.loads(text))


def method_of(definition: MethodJson) -> Method:
    """Return the method that the JSON holds; raise why it cannot be one, with a JSON Pointer."""
    method = Method(
        code=definition["code"],
        name_cs=definition["name_cs"],
        name_en=definition["name_en"],
        source=definition["source"],
        first_year=definition["first_year"],
        last_year=definition["last_year"],
        indicators=tuple(
            _indicator(each, f"/indicators/{i}") for i, each in enumerate(definition["indicators"])
        ),
        state_weight=_number(definition["state_weight"], "/state_weight"),
        region_weight=_number(definition["region_weight"], "/region_weight"),
        bands=tuple(Band(**band) for band in definition["bands"]),
    )
    _check(method)
    return method


def definition_of(method: Method) -> MethodJson:
    """Return the JSON of a method; equal methods have equal JSON."""
    return MethodJson(
        code=method.code,
        name_cs=method.name_cs,
        name_en=method.name_en,
        source=method.source,
        first_year=method.first_year,
        last_year=method.last_year,
        state_weight=number_text(method.state_weight),
        region_weight=number_text(method.region_weight),
        indicators=[_indicator_json(indicator) for indicator in method.indicators],
        bands=[
            BandJson(
                number=band.number,
                lowest=band.lowest,
                highest=band.highest,
                name_cs=band.name_cs,
                name_en=band.name_en,
            )
            for band in method.bands
        ],
    )


def digest_of(method: Method) -> str:
    """Return the SHA-256 over the canonical JSON: the same rule written otherwise has the same digest."""
    return digest(canonical_json(definition_of(method)))


def number_text(number: Fraction) -> str:
    """Return a decimal where it ends, a fraction where it does not."""
    for places in range(10):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).zfill(places + 1)
            return f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"{number.numerator}/{number.denominator}"


def _indicator(given: IndicatorJson, pointer: str) -> Indicator:
    return Indicator(
        code=given["code"],
        name_cs=given["name_cs"],
        name_en=given["name_en"],
        numerator=given["numerator"],
        denominator=given["denominator"],
        parts=given["parts"],
        inheritable=given["inheritable"],
        absolute=_bounds(given["absolute"], f"{pointer}/absolute"),
        share=_bounds(given["share"], f"{pointer}/share"),
        quotient=_bounds(given["quotient"], f"{pointer}/quotient"),
    )


def _indicator_json(indicator: Indicator) -> IndicatorJson:
    return IndicatorJson(
        code=indicator.code,
        name_cs=indicator.name_cs,
        name_en=indicator.name_en,
        numerator=indicator.numerator,
        denominator=indicator.denominator,
        parts=indicator.parts,
        inheritable=indicator.inheritable,
        absolute=_bounds_json(indicator.absolute),
        share=_bounds_json(indicator.share),
        quotient=_bounds_json(indicator.quotient),
    )


def _bounds(pair: list[str], pointer: str) -> Bounds:
    first, second = (_number(text, f"{pointer}/{i}") for i, text in enumerate(pair))
    if second < first:
        raise BoundsReversed(pointer=pointer, first=pair[0], second=pair[1])
    return Bounds(first=first, second=second)


def _bounds_json(bounds: Bounds) -> list[str]:
    return [number_text(bounds.first), number_text(bounds.second)]


def _number(text: str, pointer: str) -> Fraction:
    if re.fullmatch(NUMBER, text, re.ASCII) is None:
        raise NumberMalformed(pointer=pointer, number=text)
    return Fraction(text)


def _check(method: Method) -> None:
    if method.last_year is not None and method.last_year < method.first_year:
        raise YearsReversed(pointer="/last_year", last_year=method.last_year, first_year=method.first_year)
    if method.state_weight + method.region_weight != 1:
        raise WeightsMissing(pointer="/state_weight")
    codes = [indicator.code for indicator in method.indicators]
    for i, code in enumerate(codes):
        if code in codes[:i]:
            raise IndicatorTwice(pointer=f"/indicators/{i}/code", indicator=code)
    if sum(indicator.inheritable for indicator in method.indicators) > 1:
        raise SeveralInheritable(pointer="/indicators")
    expected = 0
    for number, band in enumerate(method.bands, start=1):
        if band.number != number or band.lowest != expected or band.highest < band.lowest:
            raise BandsDoNotFit(pointer=f"/bands/{number - 1}", highest=method.highest_index)
        expected = band.highest + 1
    if expected != method.highest_index + 1:
        raise BandsDoNotFit(pointer="/bands", highest=method.highest_index)
