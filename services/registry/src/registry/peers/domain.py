"""The nearest municipalities by size, kind of region and load: standardised distances, printed weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from registry.exclusion.frame import Edition
from registry.exclusion.scoring import share
from shared.errors import NotFound, RuleBroken

Numbers = NDArray[np.float64]

POPULATION: Final = "POP15"
SMALL: Final = 2000
"""Fewer inhabitants aged 15 or more make a municipality rural here."""
SIMILAR: Final = Decimal("0.25")
DIFFERENT: Final = Decimal(1)
_PLACES: Final = 4


class Support(StrEnum):
    """Cooperation with the Agency at any time, of the municipality or of an association it was in then."""

    ANY = "any"
    NO = "no"
    YES = "yes"


class Likeness(StrEnum):
    SIMILAR = "similar"
    BETWEEN = "between"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


class MunicipalityNotInEdition(NotFound):
    cs = "Obec není ve vydání indexu za rok {year}."
    en = "The municipality is not in the edition of {year}."


class NobodyLivesThere(RuleBroken):
    cs = "Pro rok {year} není znám počet obyvatel ve věku 15 a více let, podobné obce nelze hledat."
    en = "No population aged 15 or more is known for {year}: similar municipalities cannot be looked for."


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What is compared and what it weighs; of a logarithmic one multiples count, not differences."""

    code: str
    name_cs: str
    name_en: str
    weight: int
    logarithmic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One feature of both; `apart` in standard deviations, positive where the peer has more."""

    feature: Feature
    own: Decimal | None
    peer: Decimal | None
    apart: Decimal | None

    @property
    def likeness(self) -> Likeness:
        if self.apart is None:
            return Likeness.UNKNOWN
        if abs(self.apart) <= SIMILAR:
            return Likeness.SIMILAR
        return Likeness.DIFFERENT if abs(self.apart) >= DIFFERENT else Likeness.BETWEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A municipality as near as `distance`: the root of the weighted mean of squared differences."""

    unit_id: UUID
    position: int
    distance: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """All municipalities of an edition: a row each; a column for each feature, NaN where not known."""

    edition: Edition
    features: tuple[Feature, ...]
    values: Numbers
    standardised: Numbers

    def position_of(self, unit_id: UUID) -> int:
        """Raise MunicipalityNotInEdition, NobodyLivesThere."""
        year = self.edition.inputs.year
        if unit_id not in self.edition.inputs.unit_ids:
            raise MunicipalityNotInEdition(year=year)
        position = list(self.edition.inputs.unit_ids).index(unit_id)
        if np.isnan(self.values[position, 0]):
            raise NobodyLivesThere(year=year)
        return position


def landscape_of(edition: Edition) -> Landscape:
    """Lay out the features: size, the shares of the method's indicators, two of the region."""
    method = edition.method
    features = (
        Feature(
            code="population_15_plus",
            name_cs="počet obyvatel 15+",
            name_en="population 15+",
            weight=3,
            logarithmic=True,
        ),
        *(
            Feature(
                code=indicator.code,
                name_cs=f"{_small(indicator.name_cs)} (podíl)",
                name_en=f"{_small(indicator.name_en)} (share)",
                weight=1,
            )
            for indicator in method.indicators
        ),
        Feature(
            code="region_rural",
            name_cs="podíl obyvatel kraje v malých obcích (méně než 2\u00a0000 obyvatel 15+)",
            name_en="share of the region's population in small municipalities (below 2,000 aged 15+)",
            weight=1,
        ),
        Feature(
            code="region_load",
            name_cs="zátěž kraje vůči státu (průměr poměrů podílů)",
            name_en="load of the region against the state (mean of the ratios of shares)",
            weight=1,
        ),
    )
    population = _population(edition)
    columns = [population, *_shares(edition), _rural(edition, population), _loads(edition)]
    values = np.column_stack(columns)
    scale = values.copy()
    scale[:, 0] = np.log(values[:, 0])
    return Landscape(edition=edition, features=features, values=values, standardised=_standardised(scale))


def nearest(landscape: Landscape, position: int, *, count: int) -> list[Candidate]:
    """Return the nearest others, nearest first; equals go by code. Unknown features are passed over."""
    weights = np.array([feature.weight for feature in landscape.features], dtype=np.float64)
    squares = (landscape.standardised - landscape.standardised[position]) ** 2
    known = ~np.isnan(squares)
    weighed = (np.where(known, squares, 0) * weights).sum(axis=1) / (known * weights).sum(axis=1)
    distances = np.round(np.sqrt(weighed), 9)
    inputs = landscape.edition.inputs
    order = np.lexsort((np.array(inputs.codes), distances)).tolist()
    lived_in = ~np.isnan(landscape.values[:, 0])
    others = [each for each in order if each != position and lived_in[each]]
    return [
        Candidate(unit_id=inputs.unit_ids[each], position=each, distance=_decimal(distances[each]))
        for each in others[:count]
    ]


def compared(landscape: Landscape, position: int, peer: int) -> list[Compared]:
    """Return both values of each feature and how far they lie apart, rounded to four places."""
    found: list[Compared] = []
    for column, feature in enumerate(landscape.features):
        apart = landscape.standardised[peer, column] - landscape.standardised[position, column]
        found.append(
            Compared(
                feature=feature,
                own=_known(landscape.values[position, column]),
                peer=_known(landscape.values[peer, column]),
                apart=_known(apart),
            )
        )
    return found


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _population(edition: Edition) -> Numbers:
    """Return NaN where nobody lives, it is not known, or the method counts it nowhere."""
    counted = [indicator.denominator for indicator in edition.method.indicators]
    if POPULATION not in counted:
        return np.full(len(edition.inputs.unit_ids), np.nan)
    population = edition.inputs.denominators[:, counted.index(POPULATION)]
    return np.where(population > 0, population, np.nan).astype(np.float64)


def _shares(edition: Edition) -> list[Numbers]:
    """Return percent; NaN where the municipality has no figure of its own."""
    inputs = edition.inputs
    found: list[Numbers] = []
    for i, indicator in enumerate(edition.method.indicators):
        numerators, denominators = inputs.numerators[:, i], inputs.denominators[:, i]
        known = (numerators >= 0) & (denominators > 0)
        divisors = np.where(known, denominators, 1) * indicator.parts
        found.append(np.where(known, 100 * numerators / divisors, np.nan))
    return found


def _rural(edition: Edition, population: Numbers) -> Numbers:
    regions, count = edition.inputs.regions, len(edition.inputs.region_ids)
    people = np.nan_to_num(population)
    everybody = np.bincount(regions, weights=people, minlength=count)
    in_small = np.bincount(regions, weights=np.where(people < SMALL, people, 0), minlength=count)
    shares: Numbers = 100 * in_small / np.maximum(everybody, 1)
    return shares[regions]


def _loads(edition: Edition) -> Numbers:
    method, results = edition.method, edition.results
    state = [share(*pair) for pair in zip(method.indicators, results.state, strict=True)]
    loads = [
        _load([share(*pair) for pair in zip(method.indicators, each, strict=True)], state)
        for each in results.regions
    ]
    return np.array(loads, dtype=np.float64)[edition.inputs.regions]


def _load(region: Sequence[Fraction], state: Sequence[Fraction]) -> np.float64:
    ratios = [of_region / of_state for of_region, of_state in zip(region, state, strict=True) if of_state]
    mean = sum(ratios, Fraction(0)) / max(len(ratios), 1)
    return np.float64(mean.numerator / mean.denominator)


def _standardised(values: Numbers) -> Numbers:
    """Return (value − mean) ÷ standard deviation of all municipalities; 0 where all are the same."""
    known = ~np.isnan(values)
    counts = np.maximum(known.sum(axis=0), 1)
    means = np.where(known, values, 0).sum(axis=0) / counts
    deviations = np.sqrt((np.where(known, values - means, 0) ** 2).sum(axis=0) / counts)
    standardised: Numbers = (values - means) / np.where(deviations > 0, deviations, 1)
    return standardised


def _known(value: np.float64) -> Decimal | None:
    return None if np.isnan(value) else _decimal(value)


def _decimal(value: np.float64) -> Decimal:
    return Decimal(np.format_float_positional(value, precision=_PLACES, unique=False, trim="0")) + 0
