"""All that the Index of one municipality in one year stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from registry.exclusion.frame import Way
from registry.exclusion.method import Band, Indicator, Method
from registry.exclusion.scoring import Ratio, SubScores, reference, share, sub_scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality as it was called on the last day of the year."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Donor:
    """The municipality whose points are taken over; how far it is where the distance decided."""

    municipality: Municipality
    distance_m: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A count among a population, and the sums of the state and of its region to compare it to."""

    ratio: Ratio
    state: Ratio
    region: Ratio

    def reference(self, method: Method, indicator: Indicator) -> Fraction:
        return reference(method, indicator, state=self.state, region=self.region)

    def share(self, indicator: Indicator) -> Fraction:
        return share(indicator, self.ratio)

    def sub_scores(self, method: Method, indicator: Indicator) -> SubScores:
        return sub_scores(indicator, self.ratio, self.reference(method, indicator))


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the points of one indicator follow from.

    `evidence` is the donor's where there is a donor. Without evidence the points are what remained of
    the published Index, or not known (None).
    """

    way: Way
    evidence: Evidence | None
    donor: Donor | None
    points: int | None

    @property
    def is_own(self) -> bool:
        return self.way is Way.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The Index of one municipality in one year by one method; `bases` in the order of the indicators."""

    municipality: Municipality
    year: int
    method: Method
    computation_id: int
    region_id: UUID
    population_15_plus: int | None
    bases: Sequence[Basis]
    index: int | None

    @property
    def band(self) -> Band | None:
        return None if self.index is None else self.method.band_of(self.index)

    def basis(self, code: str) -> tuple[Indicator, Basis] | None:
        """Return the indicator with what it stands on, or None where the method does not have it."""
        for indicator, basis in zip(self.method.indicators, self.bases, strict=True):
            if indicator.code == code:
                return indicator, basis
        return None
