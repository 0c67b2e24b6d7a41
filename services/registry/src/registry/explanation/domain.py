"""What is asked of an explanation, and what is wrong with the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from registry.explanation.decomposition import Change
from registry.explanation.sizes import SizeMean
from registry.explanation.standing import Standing
from shared.errors import Invalid


class YearComparedToItself(Invalid):
    cs = "Rok {year} nelze srovnávat sám se sebou podle téže metodiky."
    en = "The year {year} cannot be compared to itself by the same method."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which year, compared to which; None: the newest that is computed, and the one before."""

    unit_id: UUID
    year: int | None
    since: int | None
    method: str | None
    since_method: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What there is to say: `years` that are computed, the standing, and what it is compared to.

    `change` is None where one of the two is missing or its Index is not known.
    """

    unit_id: UUID
    code: str | None
    name: str
    asked: Asked
    years: Sequence[int]
    standing: Standing | None
    before: Standing | None
    change: Change | None
    size: SizeMean | None


def chosen(
    asked: Asked, standings: Sequence[Standing], earlier: Sequence[Standing]
) -> tuple[Standing | None, Standing | None]:
    """Return the standing asked for and the one to compare it to; both lists go by year.

    Raises YearComparedToItself.
    """
    year = asked.year if asked.year is not None else max((each.year for each in standings), default=None)
    standing = next((each for each in standings if each.year == year), None)
    if asked.since is not None:
        before = next((each for each in earlier if each.year == asked.since), None)
    else:
        before = next((each for each in reversed(earlier) if year is not None and each.year < year), None)
    if standing is not None and before is not None and standing.computation_id == before.computation_id:
        raise YearComparedToItself(pointer="query/since", year=standing.year)
    return standing, before
