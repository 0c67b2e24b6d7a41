"""JSON of the Index on the page: one year, what moved it, how it went, who is similar, what is to come."""

from datetime import date
from uuid import UUID

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
from registry.peers.caveat import CAVEAT_CS, CAVEAT_EN, sentence_cs, sentence_en
from registry.profiles.domain import Municipal, Outlook, Peer
from registry.profiles.thresholds import Step, Threshold, nearest_thresholds
from registry.profiles.trends import ShareTrend, index_trend, share_trends
from shared.http import ApiModel, DecimalText


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


class ProfileIndexYear(ApiModel):
    """`break_before`: values before this year are by another method and not directly comparable."""

    year: int
    method: str
    computation_id: int
    index: int | None
    band: int | None
    break_before: bool
    break_cs: str | None
    break_en: str | None


class ProfileShareYear(ApiModel):
    year: int
    points: int | None
    way: Way
    share_percent: str | None = Field(description="Null where the municipality has no figures of its own")


class ProfileShares(ApiModel):
    code: str
    name_cs: str
    name_en: str
    years: list[ProfileShareYear]

    @classmethod
    def of(cls, trend: ShareTrend) -> "ProfileShares":
        return cls(
            code=trend.indicator.code,
            name_cs=trend.indicator.name_cs,
            name_en=trend.indicator.name_en,
            years=[
                ProfileShareYear(
                    year=each.year,
                    points=each.points,
                    way=each.way,
                    share_percent=None if each.share is None else decimal_text(each.share, 4),
                )
                for each in trend.points
            ],
        )


class ProfilePeer(ApiModel):
    """A similar municipality with what makes it similar; `supported`: it cooperates or has cooperated."""

    unit_id: UUID
    code: str
    name: str
    region: str
    population_15_plus: int
    index: int | None
    band: int | None
    supported: bool
    distance: DecimalText
    said: SaidOut

    @classmethod
    def of(cls, peer: Peer) -> "ProfilePeer":
        return cls(
            unit_id=peer.candidate.unit_id,
            code=peer.code,
            name=peer.name,
            region=peer.region,
            population_15_plus=peer.population_15_plus,
            index=peer.index,
            band=peer.band,
            supported=peer.supported,
            distance=peer.candidate.distance,
            said=SaidOut(cs=sentence_cs(peer.compared), en=sentence_en(peer.compared)),
        )


class ProfilePeers(ApiModel):
    """The nearest first. The caveat belongs beside every use of the list."""

    year: int
    peers: list[ProfilePeer]
    caveat: SaidOut


class ProfileForecast(ApiModel):
    """The next year by the newest forecasts; `said`: how accurate they were on a year held out, or why none.

    `is_outdated`: the Index was published anew since.
    """

    run_id: UUID
    last_year: int
    year: int | None
    index: int | None
    low_80: int | None
    high_80: int | None
    band: StandingBandOut | None
    band_percent: str | None = Field(description="Odds of that band", examples=["64.5"])
    is_outdated: bool
    said: SaidOut

    @classmethod
    def of(cls, outlook: Outlook) -> "ProfileForecast":
        odds = outlook.odds_of_band
        return cls(
            run_id=outlook.run_id,
            last_year=outlook.last_year,
            year=outlook.year,
            index=outlook.index,
            low_80=outlook.low_80,
            high_80=outlook.high_80,
            band=band_of(outlook.band),
            band_percent=None if odds is None else decimal_text(odds * 100, 1),
            is_outdated=outlook.is_outdated,
            said=SaidOut.of(outlook.said),
        )


class ProfileMunicipal(ApiModel):
    """What only a municipality has."""

    index: ProfileIndex | None
    change: ProfileChange | None
    thresholds: list[ProfileThreshold]
    index_years: list[ProfileIndexYear]
    shares: list[ProfileShares]
    peers: ProfilePeers | None
    forecast: ProfileForecast | None

    @classmethod
    def of(cls, found: Municipal) -> "ProfileMunicipal":
        explained, standing = found.explained, found.explained.standing
        return cls(
            index=ProfileIndex.of(standing, explained.size) if standing else None,
            change=ProfileChange.of(explained.change) if explained.change else None,
            thresholds=[ProfileThreshold.of(each) for each in nearest_thresholds(standing)] if standing else [],
            index_years=[_year(step) for step in index_trend(found.standings)],
            shares=[ProfileShares.of(each) for each in share_trends(found.standings)],
            peers=_peers(found, standing) if found.peers and standing else None,
            forecast=ProfileForecast.of(found.outlook) if found.outlook else None,
        )
