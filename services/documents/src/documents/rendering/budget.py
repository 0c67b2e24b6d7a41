"""The money of an approved plan: by year and source, by category, and what has no lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from documents.rendering.domain import BudgetLine, Measure, Problem
from documents.rendering.labels import CATEGORIES, FUNDERS

NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """`cells` are amounts by year and source; sources and categories stand in the order of their lists.

    `uncovered_czk` is what measures without lines are said to cost, `unknown` counts those not even that.
    """

    years: tuple[int, ...]
    funders: tuple[str, ...]
    cells: dict[tuple[int, str], Decimal]
    by_category: dict[str, Decimal]
    uncovered_czk: Decimal
    unknown: int

    @property
    def lines_czk(self) -> Decimal:
        return sum(self.cells.values(), NOTHING)

    def of_year(self, year: int) -> Decimal:
        return sum((amount for (one, _), amount in self.cells.items() if one == year), NOTHING)

    def of_funder(self, funder: str) -> Decimal:
        return sum((amount for (_, one), amount in self.cells.items() if one == funder), NOTHING)


def budget_of(problems: Sequence[Problem]) -> Budget:
    measures = tuple(measures_of(problems))
    lines = [line for measure in measures for line in measure.budget]
    without = [measure for measure in measures if not measure.budget]
    cells = _sums(((line.year, line.funder), line) for line in lines)
    by_category = _sums((("", line.category), line) for line in lines)
    return Budget(
        years=tuple(sorted({line.year for line in lines})),
        funders=_in_order({line.funder for line in lines}, FUNDERS),
        cells={(int(year), funder): amount for (year, funder), amount in cells.items()},
        by_category={
            code: by_category["", code] for code in _in_order({code for _, code in by_category}, CATEGORIES)
        },
        uncovered_czk=sum((measure.cost_czk or NOTHING for measure in without), NOTHING),
        unknown=sum(measure.cost_czk is None for measure in without),
    )


def measures_of(problems: Iterable[Problem]) -> Iterator[Measure]:
    return (measure for problem in problems for goal in problem.goals for measure in goal.measures)


def cost_of(measure: Measure) -> Decimal | None:
    """Return what a measure costs: its budget lines where it has them, else what is said of it."""
    if measure.budget:
        return sum((line.amount_czk for line in measure.budget), NOTHING)
    return measure.cost_czk


def _sums(keyed: Iterable[tuple[tuple[int | str, str], BudgetLine]]) -> dict[tuple[int | str, str], Decimal]:
    found: defaultdict[tuple[int | str, str], Decimal] = defaultdict(Decimal)
    for key, line in keyed:
        found[key] += line.amount_czk
    return dict(found)


def _in_order(codes: set[str], order: Iterable[str]) -> tuple[str, ...]:
    known = [code for code in order if code in codes]
    return (*known, *sorted(codes.difference(known)))
