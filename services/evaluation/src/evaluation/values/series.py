"""The values of one indicator over its periods: what a cumulative series must keep to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluation.values.domain import DefinedAs
from evaluation.values.refusals import CumulativeSeriesFalls


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value that was reported and not returned; `words` are code and edition of its definition."""

    period: str
    ends_on: date
    value: Decimal
    words: DefinedAs | None


def expect_no_fall(points: Iterable[Point], point: Point) -> None:
    """Raise CumulativeSeriesFalls (409) where the value does not lie between its neighbours in time.

    Only values of the same edition are neighbours: a change of definition begins a series anew.
    """
    same = [each for each in points if each.words == point.words and each.period != point.period]
    before = max((each for each in same if each.ends_on < point.ends_on), key=_ends_on, default=None)
    after = min((each for each in same if each.ends_on > point.ends_on), key=_ends_on, default=None)
    if before is not None and point.value < before.value:
        _refuse(point, before)
    if after is not None and point.value > after.value:
        _refuse(point, after)


def _ends_on(point: Point) -> date:
    return point.ends_on


def _refuse(point: Point, other: Point) -> None:
    raise CumulativeSeriesFalls(
        pointer="/value", value=format(point.value, "f"), other=format(other.value, "f"), period=other.period
    )
