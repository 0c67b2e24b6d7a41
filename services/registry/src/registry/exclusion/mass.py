"""The Index of all municipalities of a year in one pass over arrays, as exact as fractions."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from registry.exclusion.donors import Donors, find_donors
from registry.exclusion.frame import UNKNOWN, Counts, Digits, Inputs, Results, Way
from registry.exclusion.method import Indicator, Method
from registry.exclusion.scoring import Ratio, reference

_NEAR = 1e-9
"""Floats decide what lies farther than this, relatively, from a bound: they err by less than 1e-15."""
_TOO_LARGE = 2**52
_MOST_POINTS = 6

Signs = NDArray[np.int8]


def compute(method: Method, inputs: Inputs, *, held: Results | None = None) -> Results:
    """Return the Index of every municipality of the year.

    The references follow from the sums of the inputs, or are those of `held`. What lies near a bound is
    decided by fractions: `scoring.sub_scores` gives the same for each municipality.
    """
    state, regions = (held.state, held.regions) if held else _sums(inputs)
    columns = [
        _sub_scores(
            indicator,
            inputs.numerators[:, i],
            inputs.denominators[:, i],
            regions=inputs.regions,
            references=[reference(method, indicator, state=state[i], region=region[i]) for region in regions],
        )
        for i, indicator in enumerate(method.indicators)
    ]
    scores = np.concatenate(columns, axis=1)
    points = np.stack([_total(column) for column in columns], axis=1)
    donors = _inherit(method, inputs, scores, points)
    index = _total(points)
    return Results(
        scores=scores,
        points=points,
        index=index.astype(np.int16),
        bands=_bands(method, index),
        ways=donors.ways,
        donors=donors.positions,
        distances=donors.distances,
        state=state,
        regions=regions,
    )


def _sums(inputs: Inputs) -> tuple[list[Ratio], list[list[Ratio]]]:
    """Sum over the municipalities of which both numbers are known: for PO those with a school."""
    known = (inputs.numerators >= 0) & (inputs.denominators >= 0)
    shape = (len(inputs.region_ids), known.shape[1])
    numerators, denominators = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    np.add.at(numerators, inputs.regions, np.where(known, inputs.numerators, 0))
    np.add.at(denominators, inputs.regions, np.where(known, inputs.denominators, 0))
    return (
        _ratios(numerators.sum(axis=0), denominators.sum(axis=0)),
        [_ratios(n, d) for n, d in zip(numerators, denominators, strict=True)],
    )


def _ratios(numerators: Counts, denominators: Counts) -> list[Ratio]:
    return [Ratio(n, d) for n, d in zip(numerators.tolist(), denominators.tolist(), strict=True)]


def _sub_scores(
    indicator: Indicator,
    numerators: Counts,
    denominators: Counts,
    *,
    regions: NDArray[np.int64],
    references: Sequence[Fraction],
) -> Digits:
    """Return A, S, L of one indicator, a row a municipality."""
    percent = Fraction(indicator.parts, 100)
    absolute, share, quotient = indicator.absolute, indicator.share, indicator.quotient
    lived_in = denominators > 0
    compared = lived_in & np.array([bool(each) for each in references], dtype=bool)[regions]

    def reached(bound: Fraction, factors: Sequence[Fraction], groups: NDArray[np.int64]) -> Signs:
        return _compare(numerators, denominators, [bound * factor for factor in factors], groups)

    everybody = np.zeros_like(regions)
    per_region = [percent * each for each in references]
    found = np.empty((len(numerators), 3), dtype=np.int8)
    found[:, 0] = numerators >= ceil(absolute.first * indicator.parts)
    found[:, 0] += numerators > floor(absolute.second * indicator.parts)
    found[:, 1] = lived_in & (reached(share.first, [percent], everybody) >= 0)
    found[:, 1] += lived_in & (reached(share.second, [percent], everybody) > 0)
    found[:, 2] = compared & (reached(quotient.first, per_region, regions) >= 0)
    found[:, 2] += compared & (reached(quotient.second, per_region, regions) > 0)
    found[(numerators < 0) | (denominators < 0)] = UNKNOWN
    return found


def _compare(
    numerators: Counts, denominators: Counts, factors: Sequence[Fraction], groups: NDArray[np.int64]
) -> Signs:
    """Return the sign of numerator − factor · denominator, exactly."""
    bounds = denominators * np.array([float(factor) for factor in factors])[groups]
    differences = numerators - bounds
    signs: Signs = np.sign(differences).astype(np.int8)
    near = np.abs(differences) <= _NEAR * np.maximum(numerators, bounds)
    near |= (numerators >= _TOO_LARGE) | (denominators >= _TOO_LARGE)
    for i in np.flatnonzero(near & (denominators > 0)).tolist():
        exactly = int(numerators[i]) - int(denominators[i]) * factors[groups[i]]
        signs[i] = (exactly > 0) - (exactly < 0)
    return signs


def _inherit(method: Method, inputs: Inputs, scores: Digits, points: Digits) -> Donors:
    """Fill in what is taken over: from the donor, else from what remains of the published Index."""
    column = method.inheritable
    if column is None:
        return Donors.of_nobody(len(points))
    donors = find_donors(inputs, column)
    heirs = np.flatnonzero(donors.positions != UNKNOWN)
    givers = donors.positions[heirs]
    points[heirs, column] = points[givers, column]
    scores[heirs, 3 * column : 3 * column + 3] = scores[givers, 3 * column : 3 * column + 3]
    others = np.delete(points, column, axis=1)
    remainders = inputs.published - others.sum(axis=1, dtype=np.int16)
    fits = (inputs.published >= 0) & (others != UNKNOWN).all(axis=1)
    fits &= (points[:, column] == UNKNOWN) & (remainders >= 0) & (remainders <= _MOST_POINTS)
    points[fits, column] = remainders[fits]
    for i in np.flatnonzero(fits).tolist():
        donors.ways[i] = Way.PUBLISHED
    return donors


def _total(columns: Digits) -> Digits:
    known = (columns >= 0).all(axis=1)
    return np.where(known, columns.sum(axis=1, dtype=np.int16), UNKNOWN).astype(np.int8)


def _bands(method: Method, index: Digits) -> Digits:
    """Return the number of the band; `UNKNOWN` stands last so that an unknown index finds it."""
    numbers = [method.band_of(each).number for each in range(method.highest_index + 1)]
    by_index: Digits = np.array([*numbers, UNKNOWN], dtype=np.int8)
    bands: Digits = by_index[index]
    return bands
