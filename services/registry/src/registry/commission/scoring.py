"""Points of a member, their weighted total, and what all come to together: exact fractions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from registry.calls.domain import Criterion
from registry.commission.refusals import CriterionScoredTwice, NotACriterionOfTheCall, PointsOutsideScale


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Points of one criterion, with the reason for them."""

    criterion: str
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    marks: tuple[Mark, ...]
    comment: str

    @property
    def points(self) -> Mapping[str, int]:
        return {mark.criterion: mark.points for mark in self.marks}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidated:
    """`result` is the mean of the members' weighted totals, `spread` the highest of them less the lowest."""

    scores: int
    result: Fraction
    means: Mapping[str, Fraction]
    spread: Fraction

    def alarms(self, bound: Decimal) -> bool:
        """Whether the members differ by more than the bound."""
        return self.spread > Fraction(bound)


def expect_in_scale(score: Score, criteria: Sequence[Criterion], pointer: str = "") -> None:
    """Raise NotACriterionOfTheCall, CriterionScoredTwice or PointsOutsideScale with a pointer to the mark."""
    known = {criterion.code: criterion for criterion in criteria}
    times = Counter(mark.criterion for mark in score.marks)
    for at, mark in enumerate(score.marks):
        criterion = known.get(mark.criterion)
        place = f"{pointer}/marks/{at}"
        if criterion is None:
            raise NotACriterionOfTheCall(pointer=f"{place}/criterion", criterion=mark.criterion)
        if times[mark.criterion] > 1:
            raise CriterionScoredTwice(pointer=f"{place}/criterion", criterion=mark.criterion)
        if not 0 <= mark.points <= criterion.max_points:
            raise PointsOutsideScale(
                pointer=f"{place}/points", criterion=mark.criterion, max_points=criterion.max_points
            )


def missing_in(score: Score | None, criteria: Sequence[Criterion]) -> list[str]:
    """Return the criteria without points or without a reason."""
    given = {mark.criterion for mark in score.marks if mark.reason.strip()} if score else set()
    return [criterion.code for criterion in criteria if criterion.code not in given]


def total(score: Score, criteria: Sequence[Criterion]) -> Fraction:
    """Return Σ weight × points."""
    points = score.points
    parts = (Fraction(each.weight) * points[each.code] for each in criteria)
    return sum(parts, Fraction(0))


def highest_total(criteria: Sequence[Criterion]) -> Decimal:
    return sum((each.weight * each.max_points for each in criteria), Decimal(0))


def consolidate(scores: Sequence[Score], criteria: Sequence[Criterion]) -> Consolidated | None:
    """Return the mean of the members who scored; None where nobody did."""
    if not scores:
        return None
    totals = [total(score, criteria) for score in scores]
    means = {
        each.code: Fraction(sum(score.points[each.code] for score in scores), len(scores))
        for each in criteria
    }
    return Consolidated(
        scores=len(scores),
        result=sum(totals, Fraction(0)) / len(scores),
        means=means,
        spread=max(totals) - min(totals),
    )
