"""The money of a plan: exact shares by a key, and totals by year, source and category."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeVar
from uuid import UUID

from planning.plans.parts import BudgetLine, Category, Funder
from planning.plans.tree import Measure, Placed, Problem, walk

HALER: Final = Decimal("0.01")
WHOLE_PERCENT: Final = Decimal(100)
_Key = TypeVar("_Key", int, Funder, Category)


def shares(total_czk: Decimal, key: Sequence[tuple[Funder, Decimal]]) -> tuple[tuple[Funder, Decimal], ...]:
    """Divide a total by a key in percent, such as 85/10/5, in the order of the key.

    Each share is rounded half up to a haléř, never above what is left; the last source takes the rest,
    so that the sum is the total exactly. Raises `ValueError` for a key that is not 100 % of shares.
    """
    if not key or sum(percent for _, percent in key) != WHOLE_PERCENT or any(p < 0 for _, p in key):
        raise ValueError("the key is not a hundred per cent")
    if total_czk < 0 or total_czk != total_czk.quantize(HALER):
        raise ValueError("the total is not an amount in haléře")
    left = total_czk
    given: list[tuple[Funder, Decimal]] = []
    for funder, percent in key[:-1]:
        exact = total_czk * percent / WHOLE_PERCENT
        share = min(exact.quantize(HALER, rounding=ROUND_HALF_UP), left)
        given.append((funder, share))
        left -= share
    return (*given, (key[-1][0], left))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureBudget:
    """A measure with money; `difference_czk` is what its lines make beyond its cost, where both are given."""

    measure_id: UUID
    number: str
    title: str
    cost_czk: Decimal | None
    lines: tuple[BudgetLine, ...]

    @property
    def total_czk(self) -> Decimal:
        return total_of(self.lines)

    @property
    def difference_czk(self) -> Decimal | None:
        return self.total_czk - self.cost_czk if self.lines and self.cost_czk is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """`uncovered_czk` is what measures without lines are said to cost."""

    measures: tuple[MeasureBudget, ...]
    total_czk: Decimal
    uncovered_czk: Decimal
    by_year: Mapping[int, Decimal]
    by_funder: Mapping[Funder, Decimal]
    by_category: Mapping[Category, Decimal]


def budget_of(problems: tuple[Problem, ...]) -> Budget:
    """Return the budget of a plan; years ascend, sources and categories stand in the order of their lists."""
    measures = tuple(_measures(walk(problems)))
    lines = [line for measure in measures for line in measure.lines]
    return Budget(
        measures=measures,
        total_czk=total_of(lines),
        uncovered_czk=sum((m.cost_czk or Decimal(0) for m in measures if not m.lines), Decimal("0.00")),
        by_year=dict(sorted(_sums((line.year, line) for line in lines).items())),
        by_funder=_in_order(_sums((line.funder, line) for line in lines), Funder),
        by_category=_in_order(_sums((line.category, line) for line in lines), Category),
    )


def cost_of(measure: Measure) -> Decimal | None:
    """Return what a measure costs: its budget lines where it has them, else what is said of it."""
    return total_of(measure.budget) if measure.budget else measure.cost_czk


def total_of(lines: Iterable[BudgetLine]) -> Decimal:
    return sum((line.amount_czk for line in lines), Decimal("0.00"))


def _measures(nodes: Iterable[Placed]) -> Iterator[MeasureBudget]:
    for placed in nodes:
        node = placed.node
        if isinstance(node, Measure) and (node.budget or node.cost_czk is not None):
            yield MeasureBudget(
                measure_id=node.id,
                number=placed.number,
                title=node.title,
                cost_czk=node.cost_czk,
                lines=node.budget,
            )


def _sums(keyed: Iterable[tuple[_Key, BudgetLine]]) -> dict[_Key, Decimal]:
    found: defaultdict[_Key, Decimal] = defaultdict(lambda: Decimal("0.00"))
    for key, line in keyed:
        found[key] += line.amount_czk
    return dict(found)


def _in_order(sums: Mapping[_Key, Decimal], order: Iterable[_Key]) -> dict[_Key, Decimal]:
    return {key: sums[key] for key in order if key in sums}
