"""The method of the Index as data: indicators, thresholds, reference of the quotient, bands.

Source: J. Lang, R. Matoušek, Metodika pro posouzení rozsahu sociálního vyloučení v území (2020).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

DEFAULT: Final = "ISV-2020"
"""The method that `seed` puts in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Less than `first`: 0 points; from `first` to `second`, both included: 1 point; more: 2 points."""

    first: Fraction
    second: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: what is counted (`numerator`), in which population (`denominator`), and its bounds.

    `parts`: the numerator counts in 1/parts of a person or benefit (12 for an average month).
    `absolute` bounds a count in whole persons or benefits, `share` a percentage, `quotient` the
    location quotient. `inheritable`: a municipality without a denominator takes the points of a donor.
    """

    code: str
    name_cs: str
    name_en: str
    numerator: str
    denominator: str
    parts: int
    absolute: Bounds
    share: Bounds
    quotient: Bounds
    inheritable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    number: int
    lowest: int
    highest: int
    name_cs: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One version of the method.

    The reference of the quotient is `state_weight` · share of the state + `region_weight` · share of
    the region.
    """

    code: str
    name_cs: str
    name_en: str
    source: str
    first_year: int
    last_year: int | None
    indicators: tuple[Indicator, ...]
    state_weight: Fraction
    region_weight: Fraction
    bands: tuple[Band, ...]

    @property
    def highest_index(self) -> int:
        """Three sub-scores of 0 to 2 points for each indicator."""
        return 6 * len(self.indicators)

    @property
    def inheritable(self) -> int | None:
        """The position of the indicator whose points may be taken over from a donor."""
        return next((i for i, each in enumerate(self.indicators) if each.inheritable), None)

    def applies_to(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def band_of(self, index: int) -> Band:
        return next(band for band in self.bands if band.lowest <= index <= band.highest)
