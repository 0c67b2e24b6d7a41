"""The change of the Index between two years, split exactly into what caused it.

Points are steps: what one factor did depends on the order in which the factors are let move. So each
factor gets the mean over all orders (the Shapley value), with the sums of the state and of the region
moving one right after the other (the Owen value): the parts sum to the whole, and the factor that did
not move gets nothing.
Source: G. Owen, Values of games with a priori unions (1977).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import chain, permutations, product
from math import lcm

from registry.exclusion.method import Indicator, Method
from registry.exclusion.scoring import Cuts, Ratio, cuts, reference
from registry.explanation.standing import Basis, Evidence, Standing


class Factor(StrEnum):
    """What can move the points of an indicator."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    STATE = "state"
    REGION = "region"
    DONOR = "donor"
    METHOD = "method"


REFERENCE = (Factor.STATE, Factor.REGION)
Unions = Sequence[Sequence[Factor]]
_EVIDENCE: Unions = ((Factor.NUMERATOR,), (Factor.DENOMINATOR,), REFERENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorChange:
    """The effects on one indicator; they sum exactly to `after` − `before`.

    A method that does not have the indicator gives it no points. `donors_own` splits the effect of the
    donor where it is the same one in both years.
    """

    code: str
    before: int
    after: int
    effects: Mapping[Factor, Fraction]
    donors_own: Mapping[Factor, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The change of the Index from `before` to `after`; all effects sum exactly to `difference`."""

    before: Standing
    after: Standing
    difference: int
    indicators: Sequence[IndicatorChange]

    def total(self, *factors: Factor) -> Fraction:
        parts = (each.effects.get(factor, Fraction(0)) for each in self.indicators for factor in factors)
        return sum(parts, Fraction(0))


def change(before: Standing, after: Standing) -> Change | None:
    """Return the change, or None where the Index of either year is not known."""
    if before.index is None or after.index is None:
        return None
    return Change(
        before=before,
        after=after,
        difference=after.index - before.index,
        indicators=[_of_indicator(code, before, after) for code in _codes(before.method, after.method)],
    )


def owen_value(unions: Unions, worth: Callable[[frozenset[Factor]], int]) -> dict[Factor, Fraction]:
    """Return what each factor adds to the worth, on average over the orders that keep unions together.

    The values sum to the worth of all factors less the worth of none.
    """
    totals = {factor: 0 for union in unions for factor in union}
    worth = cache(worth)
    count = 0
    for order in _orders(unions):
        count += 1
        moved: frozenset[Factor] = frozenset()
        for factor in order:
            further = moved | {factor}
            totals[factor] += worth(further) - worth(moved)
            moved = further
    return {factor: Fraction(total, count) for factor, total in totals.items()}


def _orders(unions: Unions) -> Iterator[tuple[Factor, ...]]:
    for order in permutations(unions):
        for inside in product(*(tuple(permutations(union)) for union in order)):
            yield tuple(chain.from_iterable(inside))


def _codes(before: Method, after: Method) -> list[str]:
    return list(dict.fromkeys(each.code for each in (*before.indicators, *after.indicators)))


def _of_indicator(code: str, before: Standing, after: Standing) -> IndicatorChange:
    old, new = before.basis(code), after.basis(code)
    points = _points(old), _points(new)
    effects: dict[Factor, Fraction] = {}
    donors_own: dict[Factor, Fraction] = {}
    if old is None or new is None or not _counts_the_same(old[0], new[0]):
        effects = {Factor.METHOD: Fraction(points[1] - points[0])}
    else:
        sides = _sides(before.method, old, after.method, new)
        if old[1].is_own and new[1].is_own:
            effects = owen_value((*_EVIDENCE, *_method(before, after)), _worth(sides))
        else:
            effects, donors_own = _through_donor(sides, _method(before, after))
    return IndicatorChange(
        code=code, before=points[0], after=points[1], effects=effects, donors_own=donors_own
    )


def _points(side: tuple[Indicator, Basis] | None) -> int:
    return 0 if side is None or side[1].points is None else side[1].points


def _method(before: Standing, after: Standing) -> Unions:
    return () if before.method == after.method else ((Factor.METHOD,),)


def _counts_the_same(old: Indicator, new: Indicator) -> bool:
    return (old.numerator, old.denominator) == (new.numerator, new.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """An indicator in one year, its numerators counting in parts common to both years."""

    method: Method
    indicator: Indicator
    basis: Basis


def _sides(
    old_method: Method, old: tuple[Indicator, Basis], new_method: Method, new: tuple[Indicator, Basis]
) -> tuple[_Side, _Side]:
    parts = lcm(old[0].parts, new[0].parts)
    return _side(old_method, *old, parts=parts), _side(new_method, *new, parts=parts)


def _side(method: Method, indicator: Indicator, basis: Basis, *, parts: int) -> _Side:
    times = parts // indicator.parts
    evidence = basis.evidence
    if evidence is not None:
        evidence = Evidence(
            ratio=_finer(evidence.ratio, times),
            state=_finer(evidence.state, times),
            region=_finer(evidence.region, times),
        )
    return _Side(
        method=method, indicator=replace(indicator, parts=parts), basis=replace(basis, evidence=evidence)
    )


def _finer(ratio: Ratio, times: int) -> Ratio:
    return Ratio(ratio.numerator * times, ratio.denominator)


def _worth(sides: tuple[_Side, _Side]) -> Callable[[frozenset[Factor]], int]:
    """Return the points with the factors in a set as they are after, the others as they were before.

    Bounds are computed once for each population and reference: fractions are slow.
    """
    old, new = sides[0].basis.evidence, sides[1].basis.evidence
    if old is None or new is None:
        raise ValueError("an indicator without evidence has nothing to be split into")
    both = (old, new)

    @cache
    def limits(denominator: bool, state: bool, region: bool, method: bool) -> Cuts:  # noqa: FBT001
        by = sides[method]
        against = reference(by.method, by.indicator, state=both[state].state, region=both[region].region)
        return cuts(by.indicator, denominator=both[denominator].ratio.denominator, reference=against)

    def worth(moved: frozenset[Factor]) -> int:
        found = limits(*(each in moved for each in (Factor.DENOMINATOR, *REFERENCE, Factor.METHOD)))
        return found.score(both[Factor.NUMERATOR in moved].ratio.numerator).points

    return worth


def _through_donor(
    sides: tuple[_Side, _Side], method: Unions
) -> tuple[dict[Factor, Fraction], dict[Factor, Fraction]]:
    """Return the effects where another municipality or a school gained or lost is in play.

    Its figures count as the effect of the donor, and are split only while it is the same donor.
    """
    if _same_donor(sides[0].basis, sides[1].basis):
        split = owen_value((tuple(chain.from_iterable(_EVIDENCE)), *method), _worth(sides))
        by_method = split.pop(Factor.METHOD, None)
        effects = {Factor.DONOR: sum(split.values(), Fraction(0))}
        return effects if by_method is None else effects | {Factor.METHOD: by_method}, split
    return owen_value(((Factor.DONOR,), *method), lambda moved: _worth_of_whole(sides, moved)), {}


def _same_donor(old: Basis, new: Basis) -> bool:
    both = old.donor is not None and new.donor is not None
    return both and old.donor.municipality.id == new.donor.municipality.id  # type: ignore[union-attr]


def _worth_of_whole(sides: tuple[_Side, _Side], moved: frozenset[Factor]) -> int:
    """Return the points that the one or the other basis gives by the one or the other method.

    What remained of a published Index is the same number whatever the method.
    """
    basis = sides[Factor.DONOR in moved].basis
    by = sides[Factor.METHOD in moved]
    if basis.evidence is None:
        return basis.points or 0
    return basis.evidence.sub_scores(by.method, by.indicator).points
