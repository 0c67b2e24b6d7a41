"""What comes out of a what-if: the country before and after, and who moves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from registry.exclusion.frame import UNKNOWN, Edition, Inputs, Results, Way
from registry.exclusion.mass import compute
from registry.exclusion.method import Method
from registry.explanation.wording import decimal_text
from shared.canonical import digest

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The country: municipalities by band number (0: Index unknown), and the mean of those known."""

    method: str
    municipalities: int
    known: int
    mean: Fraction | None
    bands: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One municipality whose Index, band or points differ; `before` and `after` the same way round."""

    unit_id: UUID
    code: str
    population_15_plus: int | None
    index: tuple[int | None, int | None]
    band: tuple[int | None, int | None]
    points: tuple[Sequence[int | None], Sequence[int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Those that come to reach a threshold of support and those that no longer do, by code."""

    threshold: int
    before: int
    after: int
    rising: Sequence[UUID]
    falling: Sequence[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`moves`: the largest moves first, then by code. `digest` over the Index of every municipality."""

    before: Whole
    after: Whole
    index_changed: int
    band_changed: int
    moves: Sequence[Move]
    crossings: Sequence[Crossing]
    digest: str


def recompute(method: Method, inputs: Inputs, base: Edition, *, hold_reference: bool) -> Results:
    """Compute the year anew from changed inputs.

    Points that were what remained of the published Index stay what they were: a remainder of the
    changed figures would be none.
    """
    held = base.results if hold_reference else None
    column = base.method.inheritable
    if column is None or Way.PUBLISHED not in base.results.ways:
        return compute(method, inputs, held=held)
    unpublished = replace(inputs, published=np.full_like(inputs.published, UNKNOWN))
    own = np.delete(compute(method, unpublished, held=held).points, column, axis=1).sum(axis=1)
    remains = np.array([way is Way.PUBLISHED for way in base.results.ways])
    published = np.where(remains, own + base.results.points[:, column], UNKNOWN).astype(np.int8)
    return compute(method, replace(inputs, published=published), held=held)


def compare(
    base: Edition, other: Edition, results: Results, *, method: Method, support: Sequence[int]
) -> Outcome:
    """Compare the base to the results computed from the inputs of `other`, by unit."""
    at, there = _paired(base.inputs, other.inputs)
    differing = np.flatnonzero(_differing(base.results, results, at, there))
    moves = [_move(base, results, int(at[i]), int(there[i])) for i in differing]
    moves.sort(key=lambda move: (-_distance(move), move.code))
    return Outcome(
        before=_whole(base.method, base.results),
        after=_whole(method, results),
        index_changed=sum(move.index[0] != move.index[1] for move in moves),
        band_changed=sum(move.band[0] != move.band[1] for move in moves),
        moves=moves,
        crossings=[_crossing(each, base, results, (at, there)) for each in support],
        digest=_digest(other.inputs, results),
    )


def summary_of(outcome: Outcome) -> dict[str, object]:
    """Return what a list of scenarios shows: the country before and after, and how many move."""
    return {
        "before": _summed(outcome.before),
        "after": _summed(outcome.after),
        "index_changed": outcome.index_changed,
        "band_changed": outcome.band_changed,
        "crossings": [
            {
                "threshold": each.threshold,
                "before": each.before,
                "after": each.after,
                "rising": len(each.rising),
                "falling": len(each.falling),
            }
            for each in outcome.crossings
        ],
    }


def _summed(whole: Whole) -> dict[str, object]:
    return {
        "method": whole.method,
        "municipalities": whole.municipalities,
        "known": whole.known,
        "mean_index": None if whole.mean is None else decimal_text(whole.mean, 4),
        "bands": [{"band": band, "municipalities": count} for band, count in whole.bands.items()],
    }


def _whole(method: Method, results: Results) -> Whole:
    known = results.index[results.index != UNKNOWN]
    numbers, counts = np.unique(np.maximum(results.bands, 0), return_counts=True)
    found = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    return Whole(
        method=method.code,
        municipalities=len(results.index),
        known=len(known),
        mean=Fraction(int(known.sum()), len(known)) if len(known) else None,
        bands={number: found.get(number, 0) for number in (*(band.number for band in method.bands), 0)},
    )


def _paired(base: Inputs, other: Inputs) -> tuple[Positions, Positions]:
    """Return the positions of the municipalities that both have, in the order of the base."""
    places = {unit_id: at for at, unit_id in enumerate(other.unit_ids)}
    there = np.array([places.get(unit_id, UNKNOWN) for unit_id in base.unit_ids], dtype=np.int64)
    at = np.flatnonzero(there != UNKNOWN)
    return at, there[at]


def _differing(before: Results, after: Results, at: Positions, there: Positions) -> NDArray[np.bool_]:
    differs: NDArray[np.bool_] = before.index[at] != after.index[there]
    differs |= before.bands[at] != after.bands[there]
    if before.points.shape[1] != after.points.shape[1]:
        return np.ones_like(differs)
    differs |= (before.points[at] != after.points[there]).any(axis=1)
    return differs


def _move(base: Edition, results: Results, at: int, there: int) -> Move:
    before = base.results
    return Move(
        unit_id=base.inputs.unit_ids[at],
        code=base.inputs.codes[at],
        population_15_plus=_population(base, at),
        index=(_known(int(before.index[at])), _known(int(results.index[there]))),
        band=(_known(int(before.bands[at])), _known(int(results.bands[there]))),
        points=([*map(_known, before.points[at].tolist())], [*map(_known, results.points[there].tolist())]),
    )


def _population(base: Edition, at: int) -> int | None:
    for column, indicator in enumerate(base.method.indicators):
        if indicator.denominator == "POP15":
            return _known(int(base.inputs.denominators[at, column]))
    return None


def _known(number: int) -> int | None:
    return None if number < 0 else number


def _distance(move: Move) -> int:
    before, after = move.index
    return abs(after - before) if before is not None and after is not None else 0


def _crossing(
    threshold: int, base: Edition, results: Results, pairs: tuple[Positions, Positions]
) -> Crossing:
    at, there = pairs
    before, after = base.results.index[at] >= threshold, results.index[there] >= threshold
    return Crossing(
        threshold=threshold,
        before=int((base.results.index >= threshold).sum()),
        after=int((results.index >= threshold).sum()),
        rising=[base.inputs.unit_ids[i] for i in at[after & ~before]],
        falling=[base.inputs.unit_ids[i] for i in at[before & ~after]],
    )


def _digest(inputs: Inputs, results: Results) -> str:
    lines = [
        f"{code} {index} {band} {','.join(map(str, points))}"
        for code, index, band, points in zip(
            inputs.codes,
            results.index.tolist(),
            results.bands.tolist(),
            results.points.tolist(),
            strict=True,
        )
    ]
    return digest("\n".join(lines).encode())
