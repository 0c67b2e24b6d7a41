"""What raters' sheets come to: how far they agree, and on which criteria they differ most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from evaluation.readings.kappa import Weights, mean_pairwise_kappa, ordinal_alpha
from evaluation.readings.sheet import Criteria, RatedCriterion, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionSpread:
    """The levels that raters gave a criterion, the lowest first."""

    criterion: RatedCriterion
    levels: tuple[int, ...]
    not_assessed: int

    @property
    def range(self) -> int | None:
        return self.levels[-1] - self.levels[0] if self.levels else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    raters: int
    kappa: Mapping[Weights, Decimal | None]
    alpha: Decimal | None
    criteria: tuple[CriterionSpread, ...]


def reliability(sheets: Sequence[Sheet], criteria: Criteria) -> Reliability:
    """Compute all of it, to four places; criteria by their range, the widest first."""
    ratings = [sheet.levels for sheet in sheets]
    spreads = [_spread(criterion, sheets) for criterion in criteria.values()]
    spreads.sort(key=lambda each: -1 if each.range is None else each.range, reverse=True)
    return Reliability(
        raters=len(sheets),
        kappa={weights: _shown(mean_pairwise_kappa(ratings, weights)) for weights in Weights},
        alpha=_shown(ordinal_alpha(ratings)),
        criteria=tuple(spreads),
    )


def _spread(criterion: RatedCriterion, sheets: Sequence[Sheet]) -> CriterionSpread:
    levels = sorted(sheet.levels[criterion.id] for sheet in sheets if criterion.id in sheet.levels)
    return CriterionSpread(criterion=criterion, levels=tuple(levels), not_assessed=len(sheets) - len(levels))


def _shown(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    return quotient.quantize(Decimal("0.0001"), ROUND_HALF_UP) + Decimal(0)
