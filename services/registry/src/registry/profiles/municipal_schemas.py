"""JSON of what only a municipality has: its Index, the years before, similar ones, the year to come."""

from uuid import UUID

from pydantic import Field

from registry.bridge.domain import Step
from registry.exclusion.frame import Way
from registry.explanation.standing import Standing
from registry.explanation.standing_schemas import SaidOut, StandingBandOut, band_of
from registry.explanation.wording import decimal_text
from registry.peers.caveat import CAVEAT_CS, CAVEAT_EN, sentence_cs, sentence_en
from registry.profiles.domain import Municipal, Outlook, Peer
from registry.profiles.standing_schemas import ProfileChange, ProfileIndex, ProfileThreshold
from registry.profiles.thresholds import nearest_thresholds
from registry.profiles.trends import ShareTrend, index_trend, share_trends
from shared.http import ApiModel, DecimalText


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
    """A similar municipality with what makes it similar; `supported`: it cooperates or did."""

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
        nearest = nearest_thresholds(standing) if standing else []
        return cls(
            index=ProfileIndex.of(standing, explained.size) if standing else None,
            change=ProfileChange.of(explained.change) if explained.change else None,
            thresholds=[ProfileThreshold.of(each) for each in nearest],
            index_years=[_year(step) for step in index_trend(found.standings)],
            shares=[ProfileShares.of(each) for each in share_trends(found.standings)],
            peers=_peers(found, standing) if found.peers and standing else None,
            forecast=ProfileForecast.of(found.outlook) if found.outlook else None,
        )


def _year(step: Step) -> ProfileIndexYear:
    result = step.result
    return ProfileIndexYear(
        year=result.year,
        method=result.method,
        computation_id=result.computation_id,
        index=result.index,
        band=result.band,
        break_before=step.break_before,
        break_cs=step.break_cs,
        break_en=step.break_en,
    )


def _peers(found: Municipal, standing: Standing) -> ProfilePeers:
    return ProfilePeers(
        year=standing.year,
        peers=[ProfilePeer.of(peer) for peer in found.peers],
        caveat=SaidOut(cs=CAVEAT_CS, en=CAVEAT_EN),
    )
