"""The ranked list: by result, ties by Index, then by receipt, then by number; what is recommended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias
from uuid import UUID

from registry.calls.domain import Criterion
from registry.commission.scoring import Consolidated

_Key: TypeAlias = tuple[Fraction | bool | datetime | int | str, ...]


class Recommendation(StrEnum):
    RECOMMENDED = "recommended"  # doporučena
    RESERVE = "reserve"  # náhradník
    NOT_RECOMMENDED = "not-recommended"  # nedoporučena


class TieRule(StrEnum):
    """What decided between applications of the same result."""

    INDEX = "index"
    RECEIPT = "receipt"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An application with its result; `index` is the applicant's, None where it has none."""

    application_id: UUID
    number: str
    unit_name: str
    consolidated: Consolidated
    index: Fraction | None
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A minimum that was not reached: of a criterion, or of the total (None)."""

    criterion: str | None
    reached: Fraction
    needed: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`tied_by` says which rule put it behind the one above that has the same result."""

    rank: int
    candidate: Candidate
    recommendation: Recommendation
    shortfalls: tuple[Shortfall, ...]
    tied_by: TieRule | None


def rank(
    candidates: Iterable[Candidate],
    criteria: Sequence[Criterion],
    *,
    minimum_points: Decimal,
    capacity: int | None,
) -> list[Place]:
    """Return all in order. Those below a minimum keep their rank and take no part of the capacity."""
    places: list[Place] = []
    recommended = 0
    for candidate in sorted(candidates, key=_key):
        shortfalls = tuple(_shortfalls(candidate.consolidated, criteria, minimum_points))
        recommendation = Recommendation.NOT_RECOMMENDED
        if not shortfalls:
            fits = capacity is None or recommended < capacity
            recommendation = Recommendation.RECOMMENDED if fits else Recommendation.RESERVE
            recommended += fits
        above = places[-1].candidate if places else None
        places.append(
            Place(
                rank=len(places) + 1,
                candidate=candidate,
                recommendation=recommendation,
                shortfalls=shortfalls,
                tied_by=_decided_by(above, candidate) if above else None,
            )
        )
    return places


def _key(candidate: Candidate) -> _Key:
    """Return what goes before what; of two numbers of a call the shorter is the lower."""
    index = candidate.index
    return (
        -candidate.consolidated.result,
        index is None,
        -(index or Fraction(0)),
        candidate.received_at,
        len(candidate.number),
        candidate.number,
    )


def _decided_by(above: Candidate, below: Candidate) -> TieRule | None:
    if above.consolidated.result != below.consolidated.result:
        return None
    if above.index != below.index:
        return TieRule.INDEX
    return TieRule.RECEIPT if above.received_at != below.received_at else TieRule.NUMBER


def _shortfalls(
    consolidated: Consolidated, criteria: Sequence[Criterion], minimum_points: Decimal
) -> Iterable[Shortfall]:
    if consolidated.result < Fraction(minimum_points):
        yield Shortfall(criterion=None, reached=consolidated.result, needed=Fraction(minimum_points))
    for criterion in criteria:
        mean = consolidated.means[criterion.code]
        if criterion.min_points is not None and mean < criterion.min_points:
            yield Shortfall(criterion=criterion.code, reached=mean, needed=Fraction(criterion.min_points))
