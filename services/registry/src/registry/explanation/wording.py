"""How numbers are written and counted in Czech and in English."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import count
from math import floor
from typing import NamedTuple, TypeVar

from registry.exclusion.method import Bounds

Key = TypeVar("Key")

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MOST_PLACES = 6
_ZE_BEFORE = frozenset("23467")
_ZE_BEFORE_TEENS = frozenset({"12", "13", "14", "16", "17"})


class Said(NamedTuple):
    """The same in both languages."""

    cs: str
    en: str

    def then(self, other: "Said") -> "Said":
        return Said(f"{self.cs} {other.cs}".strip(), f"{self.en} {other.en}".strip())


NOTHING = Said("", "")


def decimal_text(value: Fraction | int, places: int) -> str:
    """Return the number rounded half away from zero, with exactly so many places."""
    scaled = _scaled(value, places)
    digits = str(scaled).zfill(places + 1)
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and scaled else text


def shown(value: Fraction, bounds: Bounds) -> str:
    """Return a number of at least 0 with two places, or as many more as keep it on its side of the bounds."""
    sides = [(value > bound) - (value < bound) for bound in (bounds.first, bounds.second)]
    for places in count(2):
        rounded = Fraction(_scaled(value, places), 10**places)
        if sides == [(rounded > bound) - (rounded < bound) for bound in (bounds.first, bounds.second)]:
            break
    return decimal_text(value, places)


def apart(before: Fraction, after: Fraction, *, least: int = 1) -> tuple[str, str]:
    """Return two numbers with as few places as tell them apart, at most six."""
    for places in range(least, MOST_PLACES):
        texts = decimal_text(before, places), decimal_text(after, places)
        if before == after or texts[0] != texts[1]:
            return texts
    return decimal_text(before, MOST_PLACES), decimal_text(after, MOST_PLACES)


def in_hundredths(exact: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    """Round to hundredths so that the rounded numbers sum to the sum, rounded: largest remainders go up."""
    scaled = {key: value * 100 for key, value in exact.items()}
    rounded = {key: floor(value) for key, value in scaled.items()}
    missing = floor(sum(scaled.values(), Fraction(1, 2))) - sum(rounded.values())
    by_remainder = sorted(scaled, key=lambda key: rounded[key] - scaled[key])
    for key in by_remainder[:missing]:
        rounded[key] += 1
    return {key: Fraction(value, 100) for key, value in rounded.items()}


def cs(text: str) -> str:
    """Write a decimal the Czech way: comma, groups of three, a minus, no zeros at the end."""
    return _grouped(text, separator=NBSP, point=",")


def en(text: str) -> str:
    return _grouped(text, separator=",", point=".")


def number(value: Fraction | int, places: int = 2) -> Said:
    text = decimal_text(value, places)
    return Said(cs(text), en(text))


def percent(text: str) -> Said:
    return Said(f"{cs(text)}{NBSP}%", f"{en(text)}%")


def counted_cs(value: Fraction, *, one: str, few: str, many: str, decimal: str) -> str:
    """Return the number with the noun in the form that Czech wants after it."""
    if value.denominator != 1:
        noun = decimal
    else:
        noun = one if abs(value) == 1 else few if 2 <= abs(value) <= 4 else many
    return f"{number(value).cs}{NBSP}{noun}"


def points(value: Fraction | int) -> Said:
    exact = Fraction(value)
    czech = counted_cs(exact, one="bod", few="body", many="bodů", decimal="bodu")
    return Said(czech, f"{number(exact).en}{NBSP}{'point' if abs(exact) == 1 else 'points'}")


def signed_points(value: Fraction | int) -> Said:
    got = points(value)
    return Said(f"+{got.cs}", f"+{got.en}") if value > 0 else got


def out_of_cs(text: str) -> str:
    """Return „z“ or „ze“ before a number as it is read aloud: z pěti, ze sta, ze sedmi, z tisíce."""
    leading = cs(text).split(",")[0].split(NBSP)[0]
    if leading.startswith("1"):
        says_ze = len(leading) == 3 or leading in _ZE_BEFORE_TEENS
        return "ze" if says_ze else "z"
    return "ze" if leading[0] in _ZE_BEFORE else "z"


def _scaled(value: Fraction | int, places: int) -> int:
    """Return the absolute value in 1/10**places, rounded half up: in integers, fractions are slow."""
    twice: int = 2 * abs(value.numerator) * 10**places
    return (twice + value.denominator) // (2 * value.denominator)


def _grouped(text: str, *, separator: str, point: str) -> str:
    sign = MINUS if text.startswith("-") else ""
    whole, _, decimals = text.removeprefix("-").partition(".")
    groups = f"{int(whole):,}".replace(",", separator)
    decimals = decimals.rstrip("0")
    return f"{sign}{groups}{point}{decimals}" if decimals else f"{sign}{groups}"
