"""Why points move between two years, and an indicator as it stood in both."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from registry.exclusion.method import Indicator, Method
from registry.explanation.decomposition import REFERENCE, Factor
from registry.explanation.standing import Basis, Standing
from registry.explanation.wording import Said


class Cause(StrEnum):
    """Why points moved, as it is told: the reference is that of the state and of the region together."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    REFERENCE = "reference"
    DONOR = "donor"
    METHOD = "method"


FACTORS: Mapping[Cause, tuple[Factor, ...]] = {
    Cause.NUMERATOR: (Factor.NUMERATOR,),
    Cause.DENOMINATOR: (Factor.DENOMINATOR,),
    Cause.REFERENCE: REFERENCE,
    Cause.DONOR: (Factor.DONOR,),
    Cause.METHOD: (Factor.METHOD,),
}


LABELS: Mapping[Cause, Said] = {
    Cause.NUMERATOR: Said("počty osob a dávek v obci", "counts of persons and benefits in the municipality"),
    Cause.DENOMINATOR: Said("počet obyvatel a žáků v obci", "inhabitants and pupils of the municipality"),
    Cause.REFERENCE: Said("srovnání se státem a krajem", "comparison with the state and the region"),
    Cause.DONOR: Said(
        "body přebírané od jiné obce se školou", "points taken over from another municipality with a school"
    ),
    Cause.METHOD: Said("změna metodiky", "change of the method"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one cause did: exactly, and in hundredths that sum as the exact ones do."""

    cause: Cause
    exact: Fraction
    rounded: Fraction
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An indicator as it stood in one year."""

    method: Method
    indicator: Indicator
    basis: Basis

    @property
    def count(self) -> Fraction | None:
        """Persons or benefits, the donor's where there is one."""
        found = self.basis.evidence
        return None if found is None else Fraction(found.ratio.numerator, self.indicator.parts)

    @property
    def share(self) -> Fraction | None:
        found = self.basis.evidence
        return None if found is None else found.share(self.indicator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """An indicator in both years; None where the method of that year does not have it."""

    old: Side | None
    new: Side | None
    same_region: bool

    @property
    def indicator(self) -> Indicator:
        side = self.new or self.old
        if side is None:
            raise ValueError("an indicator of neither year")
        return side.indicator


def sides_of(code: str, before: Standing, after: Standing) -> Sides:
    return Sides(
        old=_side(code, before), new=_side(code, after), same_region=before.region_id == after.region_id
    )


def _side(code: str, standing: Standing) -> Side | None:
    found = standing.basis(code)
    return None if found is None else Side(method=standing.method, indicator=found[0], basis=found[1])
