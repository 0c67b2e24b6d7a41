"""Whether what was cited still says so, judged from what the registry tells now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from planning.evidence import wording
from planning.evidence.domain import Citation, Freshness, Judgement, Measure, Upheld
from planning.evidence.wording import Both


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What the registry tells of a unit and period in one edition; `values` by `key_of`, None is hidden."""

    period: date
    vintage: int
    in_force: bool
    values: Mapping[str, Decimal | None]
    method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer of the registry, on periods from `since` on.

    `every_vintage`: it tells those outdone too; of the Index, the newest.
    """

    position: int
    since: date
    points: Mapping[UUID, Sequence[Point]]
    every_vintage: bool = True
    monthly: bool = False


def together(answers: Sequence[Told]) -> Told:
    """Return answers about different units as one; it is as old, and reaches as far, as the least of them."""
    points = {unit_id: found for told in answers for unit_id, found in told.points.items()}
    position, since = min(told.position for told in answers), max(told.since for told in answers)
    return replace(answers[0], position=position, since=since, points=points)


def key_of(measure: Measure, series: str | None) -> str:
    """Return under which name a point holds the value that is cited."""
    return f"{measure.value}:{series}" if measure is Measure.COMPONENT else measure.value


def judge(citation: Citation, upheld: Upheld | None, told: Told) -> tuple[Citation, Judgement]:
    """Return the citation with its edition, where it named none, and what is to be thought of it."""
    told_of_unit = told.points.get(citation.unit_id, ()) if citation.unit_id is not None else ()
    points = [p for p in told_of_unit if citation.period is None or p.period >= citation.period]
    key = key_of(citation.measure, citation.series)
    cited = _cited(citation, points, every_vintage=told.every_vintage)
    if cited is None:
        gone = citation.vintage is not None and points
        return citation, _judged(Freshness.WITHDRAWN, wording.EDITION_GONE if gone else wording.NOT_THERE)
    citation = replace(
        citation,
        vintage=cited.vintage if citation.vintage is None else citation.vintage,
        method=cited.method if citation.method is None else citation.method,
    )
    if citation.vintage == cited.vintage:
        said = cited.values.get(key)
        if said is None:
            there = wording.HIDDEN if key in cited.values else wording.NOT_THERE
            return citation, _judged(Freshness.WITHDRAWN, there)
        if said != citation.value:
            reason = wording.told_otherwise(citation, said)
            return citation, _with(_judged(Freshness.AMBER, reason), cited, key)
    return citation, _of_newest(citation, upheld, points, told, key=key)


def _cited(citation: Citation, points: Sequence[Point], *, every_vintage: bool) -> Point | None:
    """Return the edition that was cited, or the one that has come in its place where no other is told."""
    same = [
        point
        for point in points
        if point.period == citation.period and citation.method in {None, point.method}
    ]
    for point in same:
        if point.vintage == citation.vintage or (citation.vintage is None and point.in_force):
            return point
    newer = [point for point in same if citation.vintage is not None and point.vintage > citation.vintage]
    return newer[-1] if newer and not every_vintage else None


def _of_newest(
    citation: Citation, upheld: Upheld | None, points: Sequence[Point], told: Told, *, key: str
) -> Judgement:
    counting = [point for point in points if point.in_force]
    comparable = [point for point in counting if point.method == citation.method]
    if not comparable:
        reason = wording.OTHER_METHOD if counting else wording.NO_LONGER
        return _judged(Freshness.NEWER if counting else Freshness.WITHDRAWN, reason)
    newest = max(comparable, key=lambda point: point.period)
    value = newest.values.get(key)
    if value is None:
        return _judged(Freshness.NEWER, wording.NEWER_HIDDEN)
    broken_series = max(point.period for point in counting) > newest.period
    if (newest.period, newest.vintage) == (citation.period, citation.vintage):
        state, reason = Freshness.FRESH, wording.CURRENT
        if broken_series:
            state, reason = Freshness.NEWER, wording.OTHER_METHOD
        return _with(_judged(state, reason), newest, key)
    said = wording.cited_and_now(citation, value, newest.period, monthly=told.monthly)
    state, more = _verdict(citation, upheld, value)
    return _with(_judged(state, said, more), newest, key)


def _verdict(citation: Citation, upheld: Upheld | None, value: Decimal) -> tuple[Freshness, Both]:
    claim = citation.claim
    cited = value if citation.value is None else citation.value
    if claim.within_bounds(value) and claim.within_tolerance(value, cited=cited):
        return Freshness.NEWER, wording.HOLDS
    if upheld is not None and upheld.value == value:
        return Freshness.NEWER, (f"Platí dál: {upheld.because}", f"Upheld: {upheld.because}")
    return Freshness.AMBER, wording.broken_text(citation, value)


def _judged(state: Freshness, *reasons: Both) -> Judgement:
    return Judgement(
        state=state,
        reason_cs=" ".join(reason[0] for reason in reasons),
        reason_en=" ".join(reason[1] for reason in reasons),
    )


def _with(judgement: Judgement, point: Point, key: str) -> Judgement:
    return replace(judgement, value=point.values.get(key), period=point.period, vintage=point.vintage)
