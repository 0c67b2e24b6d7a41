"""Checks on arrival: what differs from the unit's own history, from units alike, from what is possible.

Nothing is refused for a finding. Scales are robust (median absolute deviation) and never smaller than the
noise of counting, so that three persons instead of one are no finding.
"""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from registry.statistics.cells import Values
from registry.statistics.domain import FindingKind, NoticedFigure, Series
from registry.statistics.figures import Block

FEWEST_PERIODS: Final = 4
FEWEST_PEERS: Final = 20
FURTHEST_STEP: Final = 5
FURTHEST_SHARE: Final = 4
"""How many robust deviations from the median are still usual: 4 leaves 49 of 37,548 shares of 2023."""
SIZE_CLASSES: Final = (200, 500, 1_000, 2_000, 5_000, 10_000, 50_000)
"""Upper bounds by inhabitants aged 15 and over (domain specification 2.11)."""
SIZE: Final = "POP15"
PERCENT: Final = "percent"
_NORMAL: Final = 1.4826  # makes the deviation comparable with that of a normal distribution
_STEADY: Final = 0.02
_BOTH: Final = 2  # the figure and the one before it are both counted


def check(
    block: Block,
    series: Series,
    *,
    past: NDArray[np.float64] | None,
    whole: Values | None,
    size: Values | None,
) -> Iterator[NoticedFigure]:
    """Give the findings of a block.

    For its units in their order, NaN where unknown: `past` has a column for each earlier period, the latest
    last; `whole` is the denominator, `size` POP15.
    """
    if past is not None:
        yield from _own_history(block, past)
    if whole is not None:
        yield from _more_than_whole(block, series, whole)
        if size is not None:
            yield from _peers(block, whole, size)
    if series.unit_of_measure == PERCENT:
        for place in np.flatnonzero(block.values > 100).tolist():
            yield _noticed(block, place, FindingKind.IMPLAUSIBLE, value=block.values[place], most=100)


def _own_history(block: Block, past: NDArray[np.float64]) -> Iterator[NoticedFigure]:
    """Compare the last step with the earlier ones, as logarithms of ratios, over at least four periods."""
    told = np.isfinite(past).sum(axis=1)
    enough = np.flatnonzero((told >= FEWEST_PERIODS) & np.isfinite(block.values))
    if enough.size == 0:
        return
    filled = _filled_forward(past[enough])
    last, now = filled[:, -1], block.values[enough]
    steps = np.diff(np.log1p(filled), axis=1)
    usual = np.nanmedian(steps, axis=1)
    spread = _NORMAL * np.nanmedian(np.abs(steps - usual[:, None]), axis=1)
    expected = np.expm1(np.log1p(last) + usual)
    step = np.log1p(now) - np.log1p(last)
    off = np.minimum(np.abs(step - usual) / np.maximum(spread, _STEADY), _beyond_noise(now, expected, _BOTH))
    for place in np.flatnonzero(off > FURTHEST_STEP).tolist():
        yield _noticed(
            block,
            int(enough[place]),
            FindingKind.OWN_HISTORY,
            value=now[place],
            before=last[place],
            deviations=off[place],
        )


def _filled_forward(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values with each gap filled by what came before it; NaN stays where nothing did."""
    places = np.where(np.isfinite(values), np.arange(values.shape[1]), 0)
    np.maximum.accumulate(places, axis=1, out=places)
    return np.take_along_axis(values, places, axis=1)


def _peers(block: Block, whole: Values, size: Values) -> Iterator[NoticedFigure]:
    """Compare the share, as a logarithm, with that of the units of the same size class."""
    known = np.isfinite(block.values) & np.isfinite(whole) & (whole > 0) & np.isfinite(size)
    classes = np.searchsorted(SIZE_CLASSES, size, side="left")
    for of_size in range(len(SIZE_CLASSES) + 1):
        places = np.flatnonzero(known & (classes == of_size))
        if places.size < FEWEST_PEERS:
            continue
        values, shares = block.values[places], np.log((block.values[places] + 0.5) / (whole[places] + 1))
        usual = np.median(shares)
        spread = _NORMAL * np.median(np.abs(shares - usual))
        noise = _beyond_noise(values, np.exp(usual) * whole[places], 1)
        off = np.minimum(np.abs(shares - usual) / max(spread, _STEADY), noise)
        for place in np.flatnonzero(off > FURTHEST_SHARE).tolist():
            yield _noticed(
                block,
                int(places[place]),
                FindingKind.PEERS,
                value=values[place],
                of=whole[places][place],
                usual_share_percent=100 * np.exp(usual),
                deviations=off[place],
            )


def _beyond_noise(values: Values, expected: Values, variance: int) -> Values:
    """Return how far counts are from what was expected, in standard deviations of counting (Anscombe)."""
    away = 2 * np.sqrt(values + 0.375) - 2 * np.sqrt(np.maximum(expected, 0) + 0.375)
    deviations: Values = np.abs(away) / np.sqrt(variance)
    return deviations


def _more_than_whole(block: Block, series: Series, whole: Values) -> Iterator[NoticedFigure]:
    for place in np.flatnonzero(block.values > whole).tolist():
        yield _noticed(
            block,
            place,
            FindingKind.IMPLAUSIBLE,
            value=block.values[place],
            **{series.denominator or "most": whole[place]},
        )


def _noticed(block: Block, place: int, kind: FindingKind, **facts: np.float64 | int) -> NoticedFigure:
    return NoticedFigure(
        kind=kind,
        series=block.series,
        period=block.period,
        unit_id=UUID(block.unit_ids[place]),
        facts={name: text_of_fact(number) for name, number in facts.items()},
    )


def text_of_fact(number: np.float64 | int) -> str:
    """Return a number with at most six decimal places, half to even."""
    text = f"{number:.6f}"
    return text.rstrip("0").rstrip(".")
