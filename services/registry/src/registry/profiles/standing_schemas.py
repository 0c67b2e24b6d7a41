"""JSON of the Index on the page: one year, what moved it, how far it is to the next point."""

from pydantic import Field

from registry.exclusion.frame import Way
from registry.explanation import change_sentences, sentences
from registry.explanation.causes import FACTORS, Cause
from registry.explanation.decomposition import Change
from registry.explanation.distances import SubScore
from registry.explanation.sizes import SizeMean
from registry.explanation.standing import Standing
from registry.explanation.standing_schemas import (
    SaidOut,
    SizeOut,
    StandingBandOut,
    StandingDonorOut,
    band_of,
)
from registry.explanation.wording import decimal_text, in_hundredths
from registry.profiles.thresholds import Step, Threshold
from shared.http import ApiModel


class ProfileIndicator(ApiModel):
    """One indicator of the year shown; share and reference are the donor's where there is a donor."""

    code: str
    name_cs: str
    name_en: str
    points: int | None
    way: Way
    donor: StandingDonorOut | None
    share_percent: str | None = Field(examples=["6.7508"])
    reference_percent: str | None
    said: SaidOut


class ProfileIndex(ApiModel):
    """The Index of a year; never to be shown without the mean of its size class."""

    year: int
    method: str
    computation_id: int
    index: int | None
    highest_index: int
    band: StandingBandOut | None
    population_15_plus: int | None
    size_class: SizeOut | None
    way: Way = Field(description="Of the indicator whose points may be taken over")
    indicators: list[ProfileIndicator]
    said: SaidOut

    @classmethod
    def of(cls, standing: Standing, size: SizeMean | None) -> "ProfileIndex":
        method = standing.method
        inherited = method.inheritable
        return cls(
            year=standing.year,
            method=method.code,
            computation_id=standing.computation_id,
            index=standing.index,
            highest_index=method.highest_index,
            band=band_of(standing.band),
            population_15_plus=standing.population_15_plus,
            size_class=SizeOut.of(size) if size else None,
            way=Way.OWN if inherited is None else standing.bases[inherited].way,
            indicators=_indicators(standing),
            said=SaidOut.of(sentences.of_year(standing, size)),
        )


class ProfileEffect(ApiModel):
    cause: Cause
    points: str = Field(description="Rounded so that the effects sum to the difference", examples=["-0.67"])
    said: SaidOut


class ProfileIndicatorChange(ApiModel):
    code: str
    name_cs: str
    name_en: str
    before: int
    after: int
    difference: int


class ProfileChange(ApiModel):
    """What moved the Index since the year before; each effect is a mean over all orders of the causes."""

    since: int
    until: int
    before: int | None
    after: int | None
    difference: int
    effects: list[ProfileEffect]
    indicators: list[ProfileIndicatorChange]
    said: SaidOut

    @classmethod
    def of(cls, change: Change) -> "ProfileChange":
        rounded = in_hundredths({cause: change.total(*FACTORS[cause]) for cause in Cause})
        names = {i.code: i for each in (change.before, change.after) for i in each.method.indicators}
        return cls(
            since=change.before.year,
            until=change.after.year,
            before=change.before.index,
            after=change.after.index,
            difference=change.difference,
            effects=[
                ProfileEffect(
                    cause=cause,
                    points=decimal_text(points, 2),
                    said=SaidOut.of(change_sentences.of_total(cause, points)),
                )
                for cause, points in rounded.items()
            ],
            indicators=[
                ProfileIndicatorChange(
                    code=each.code,
                    name_cs=names[each.code].name_cs,
                    name_en=names[each.code].name_en,
                    before=each.before,
                    after=each.after,
                    difference=each.after - each.before,
                )
                for each in change.indicators
            ],
            said=SaidOut.of(change_sentences.of_change(change)),
        )


class ProfileThreshold(ApiModel):
    """The nearest bound of an indicator: a point is gained by so many more, or lost by so many fewer."""

    indicator: str
    kind: SubScore
    step: Step
    by: str = Field(description="Persons or benefits, at least", examples=["12.0000"])
    said: SaidOut

    @classmethod
    def of(cls, found: Threshold) -> "ProfileThreshold":
        return cls(
            indicator=found.indicator.code,
            kind=found.kind,
            step=found.step,
            by=decimal_text(found.by, 4),
            said=SaidOut.of(found.said),
        )


def _indicators(standing: Standing) -> list[ProfileIndicator]:
    method = standing.method
    found = []
    for indicator, basis in zip(method.indicators, standing.bases, strict=True):
        evidence = basis.evidence
        compared = evidence.reference(method, indicator) if evidence else None
        found.append(
            ProfileIndicator(
                code=indicator.code,
                name_cs=indicator.name_cs,
                name_en=indicator.name_en,
                points=basis.points,
                way=basis.way,
                donor=StandingDonorOut.of(basis.donor) if basis.donor else None,
                share_percent=decimal_text(evidence.share(indicator), 4) if evidence else None,
                reference_percent=None if compared is None else decimal_text(compared, 4),
                said=SaidOut.of(sentences.of_basis(indicator, basis)),
            )
        )
    return found
