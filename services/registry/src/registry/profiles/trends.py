"""How the Index and the shares of its indicators went over the years, with the breaks of the series."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from registry.bridge.domain import Result, Step, series
from registry.exclusion.frame import Way
from registry.exclusion.method import Indicator
from registry.explanation.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePoint:
    """The municipality's own share in percent; None where there are no figures, or nobody to share."""

    year: int
    way: Way
    points: int | None
    share: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTrend:
    """An indicator as the newest method that has it names it."""

    indicator: Indicator
    points: Sequence[SharePoint]


def index_trend(standings: Sequence[Standing]) -> list[Step]:
    """Return the years of the Index; a change of method is a break."""
    return list(
        series(
            Result(
                year=each.year,
                method=each.method.code,
                computation_id=each.computation_id,
                index=each.index,
                band=each.band.number if each.band else None,
                points="",
                applies=True,
            )
            for each in standings
        )
    )


def share_trends(standings: Sequence[Standing]) -> list[ShareTrend]:
    """Return all indicators of the newest method first, then those that only older ones have."""
    newest_first = [each.method for each in reversed(standings)]
    indicators = {
        indicator.code: indicator for method in reversed(newest_first) for indicator in method.indicators
    }
    order = list(dict.fromkeys(each.code for method in newest_first for each in method.indicators))
    return [ShareTrend(indicator=indicators[code], points=list(_points(code, standings))) for code in order]


def _points(code: str, standings: Sequence[Standing]) -> Iterator[SharePoint]:
    for standing in standings:
        found = standing.basis(code)
        if found is None:
            continue
        indicator, basis = found
        evidence = basis.evidence if basis.is_own else None
        known = evidence is not None and evidence.ratio.denominator > 0
        yield SharePoint(
            year=standing.year,
            way=basis.way,
            points=basis.points,
            share=evidence.share(indicator) if evidence and known else None,
        )
