"""JSON of what the Index stands on. Decimals are texts; every sentence is there in Czech and in English."""

from fractions import Fraction
from uuid import UUID

from pydantic import Field

from registry.exclusion.frame import Way
from registry.exclusion.method import Band, Indicator, Method
from registry.explanation import sentences
from registry.explanation.distances import Component, SubScore, components
from registry.explanation.sizes import SizeMean
from registry.explanation.standing import Basis, Donor, Standing
from registry.explanation.wording import Said, decimal_text, shown
from shared.http import ApiModel

_EXACT = Field(description="The exact number, as a fraction", examples=["2348/12"])


class SaidOut(ApiModel):
    """The same in both languages."""

    cs: str
    en: str

    @classmethod
    def of(cls, said: Said) -> "SaidOut":
        return cls(cs=said.cs, en=said.en)


class StandingBandOut(ApiModel):
    number: int
    name_cs: str
    name_en: str


class StandingMethodOut(ApiModel):
    code: str
    name_cs: str
    name_en: str


class SizeOut(ApiModel):
    """Municipalities of the same size: never compare an Index without this mean."""

    lowest: int
    highest: int | None
    municipalities: int
    mean_index: str = Field(description="Rounded to two places", examples=["1.93"])
    said: SaidOut

    @classmethod
    def of(cls, mean: SizeMean) -> "SizeOut":
        return cls(
            lowest=mean.size.lowest,
            highest=mean.size.highest,
            municipalities=mean.municipalities,
            mean_index=decimal_text(mean.mean, 2),
            said=SaidOut.of(sentences.of_size(mean)),
        )


class StandingDonorOut(ApiModel):
    unit_id: UUID
    code: str
    name: str
    distance_m: str | None = Field(description="In the grid S-JTSK, to the centimetre", examples=["1943.25"])

    @classmethod
    def of(cls, donor: Donor) -> "StandingDonorOut":
        metres = donor.distance_m
        return cls(
            unit_id=donor.municipality.id,
            code=donor.municipality.code,
            name=donor.municipality.name,
            distance_m=None if metres is None else format(metres, "f"),
        )


class ComponentOut(ApiModel):
    """A sub-score of 0 to 2 points, and how many persons or benefits it is to the next one.

    The reference and the population are held. `more`, `fewer`: null where no possible count does it.
    """

    kind: SubScore
    value: str = Field(
        description="Rounded half up to two places, to more where that would cross a bound",
        examples=["1.3999"],
    )
    value_exact: str = _EXACT
    first: str
    second: str
    points: int
    more: str | None = Field(examples=["12.0000"])
    fewer: str | None
    said: SaidOut

    @classmethod
    def of(cls, component: Component, said: Said) -> "ComponentOut":
        return cls(
            kind=component.kind,
            value=shown(component.value, component.bounds),
            value_exact=str(component.value),
            first=decimal_text(component.bounds.first, 4),
            second=decimal_text(component.bounds.second, 4),
            points=component.points,
            more=None if component.more is None else decimal_text(component.more, 4),
            fewer=None if component.fewer is None else decimal_text(component.fewer, 4),
            said=SaidOut.of(said),
        )


class StandingIndicatorOut(ApiModel):
    """One indicator. The figures are the donor's where there is one; null where there are none."""

    code: str
    name_cs: str
    name_en: str
    way: Way
    donor: StandingDonorOut | None
    points: int | None
    numerator: str | None = Field(description="Persons or benefits, four places", examples=["195.6667"])
    denominator: int | None
    share_percent: str | None
    reference_percent: str | None
    components: list[ComponentOut]
    said: SaidOut

    @classmethod
    def of(cls, method: Method, indicator: Indicator, basis: Basis) -> "StandingIndicatorOut":
        found = basis.evidence
        return cls(
            code=indicator.code,
            name_cs=indicator.name_cs,
            name_en=indicator.name_en,
            way=basis.way,
            donor=StandingDonorOut.of(basis.donor) if basis.donor else None,
            points=basis.points,
            numerator=_four(Fraction(found.ratio.numerator, indicator.parts)) if found else None,
            denominator=found.ratio.denominator if found else None,
            share_percent=_four(found.share(indicator)) if found else None,
            reference_percent=_four(found.reference(method, indicator)) if found else None,
            components=_components(method, indicator, basis),
            said=SaidOut.of(sentences.of_basis(indicator, basis)),
        )


class StandingOut(ApiModel):
    """What the Index of one year stands on."""

    year: int
    method: StandingMethodOut
    index: int | None
    highest_index: int
    band: StandingBandOut | None
    population_15_plus: int | None
    size_class: SizeOut | None
    indicators: list[StandingIndicatorOut]
    said: SaidOut

    @classmethod
    def of(cls, standing: Standing, size: SizeMean | None) -> "StandingOut":
        method = standing.method
        return cls(
            year=standing.year,
            method=method_of(method),
            index=standing.index,
            highest_index=method.highest_index,
            band=band_of(standing.band),
            population_15_plus=standing.population_15_plus,
            size_class=SizeOut.of(size) if size else None,
            indicators=[
                StandingIndicatorOut.of(method, indicator, basis)
                for indicator, basis in zip(method.indicators, standing.bases, strict=True)
            ],
            said=SaidOut.of(sentences.of_year(standing, size)),
        )


def _four(value: Fraction) -> str:
    return decimal_text(value, 4)


def method_of(method: Method) -> StandingMethodOut:
    return StandingMethodOut(code=method.code, name_cs=method.name_cs, name_en=method.name_en)


def band_of(band: Band | None) -> StandingBandOut | None:
    return StandingBandOut(number=band.number, name_cs=band.name_cs, name_en=band.name_en) if band else None


def _components(method: Method, indicator: Indicator, basis: Basis) -> list[ComponentOut]:
    found = basis.evidence
    if found is None:
        return []
    return [
        ComponentOut.of(
            each,
            sentences.of_component(indicator, each, evidence=found, donor=basis.donor),
        )
        for each in components(method, indicator, found)
    ]
