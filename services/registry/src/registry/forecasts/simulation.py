"""How likely each value of the Index is: the errors of the past, drawn together, and the Index of each draw.

One draw takes one past year for the whole country, and for each municipality the errors of another one of
its size in that year, all indicators at once: what errs together is drawn together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from registry.exclusion.method import Bounds, Method
from registry.forecasts.intervals import spread
from registry.forecasts.panel import Flags, Floats, Whole

DRAWS = 200
_LEAST_ALIKE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is drawn around: [indicator, municipality], whole persons and benefits, NaN where not known.

    `numerator_errors` and `denominator_errors` are [past year, indicator, municipality] in their units.
    `donors` is the position of the municipality whose points are taken over, or −1.
    """

    method: Method
    numerators: Floats
    denominators: Floats
    numerator_errors: Floats
    denominator_errors: Floats
    sizes: Whole
    regions: Whole
    donors: Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """Whose errors can be drawn: those of size class c are `who[first[c]:first[c] + count[c]]`."""

    who: Whole
    first: Whole
    count: Whole

    def draw(self, sizes: Whole, luck: Floats) -> Whole:
        return self.who[self.first[sizes] + (luck * self.count[sizes]).astype(np.int64)]


def simulate(setting: Setting, *, seed: Sequence[int], draws: int = DRAWS) -> Whole:
    """Return how often each value of the Index came out: [municipality, index]. Equal seeds, equal counts."""
    random = np.random.default_rng(list(seed))
    counts = np.zeros((len(setting.sizes), setting.method.highest_index + 1), dtype=np.int64)
    pools = _pools(setting)
    for _ in range(draws):
        year = int(random.integers(len(pools)))
        index = _index(setting, *_drawn(setting, pools[year], year, random))
        known = np.flatnonzero(index >= 0)
        counts[known, index[known]] += 1
    return counts


def _pools(setting: Setting) -> list[tuple[_Pool, _Pool]]:
    """Return for each past year whose errors can be drawn together, and whose of the inheritable one."""
    known = ~np.isnan(setting.numerator_errors) & ~np.isnan(setting.denominator_errors)
    plain = np.array([not indicator.inheritable for indicator in setting.method.indicators])
    together: Flags = np.all(known[:, plain], axis=1)
    inherited: Flags = np.all(known[:, ~plain], axis=1)
    return [
        (_pool(together[year], setting.sizes), _pool(inherited[year], setting.sizes))
        for year in range(len(known))
    ]


def _pool(usable: Flags, sizes: Whole) -> _Pool:
    """Return whose errors can be drawn; for a size class with few of them those of all."""
    everybody = np.flatnonzero(usable)
    classes = [np.flatnonzero(usable & (sizes == size)) for size in range(int(sizes.max(initial=0)) + 1)]
    classes = [alike if len(alike) >= _LEAST_ALIKE else everybody for alike in classes]
    count = np.array([len(each) for each in classes])
    return _Pool(who=np.concatenate(classes), first=np.cumsum(count) - count, count=count)


def _drawn(
    setting: Setting, pools: tuple[_Pool, _Pool], year: int, random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return counts as they might come: whole parts, never negative, never more than there are people."""
    luck = random.random(len(setting.sizes))
    numerators, denominators = setting.numerators.copy(), setting.denominators.copy()
    others = [pool.draw(setting.sizes, luck) if len(pool.who) else None for pool in pools]
    for i, indicator in enumerate(setting.method.indicators):
        alike = others[indicator.inheritable]
        if alike is None:
            continue
        people, events = denominators[i], numerators[i]
        more_people = setting.denominator_errors[year, i, alike] * spread(people)
        more_events = setting.numerator_errors[year, i, alike] * spread(events)
        denominators[i] = np.maximum(np.rint(people + more_people), 0)
        counted = np.rint((events + more_events) * indicator.parts) / indicator.parts
        numerators[i] = np.clip(counted, 0, denominators[i])
    return numerators, denominators


def _index(setting: Setting, numerators: Floats, denominators: Floats) -> Whole:
    """Return the Index by floats: near a bound a draw may err, a forecast is computed exactly."""
    total = np.zeros(len(setting.sizes))
    for i, indicator in enumerate(setting.method.indicators):
        events, people = numerators[i], denominators[i]
        lived_in = np.where(people > 0, people, np.where(np.isnan(people), np.nan, np.inf))
        share = 100 * events / lived_in
        reference = _reference(setting, events, people)
        quotient = np.where(reference > 0, share / np.where(reference > 0, reference, 1), 0 * share)
        points = (
            _points(events, indicator.absolute)
            + _points(share, indicator.share)
            + _points(quotient, indicator.quotient)
        )
        if indicator.inheritable:
            given = np.where(setting.donors >= 0, points[setting.donors], np.nan)
            points = np.where(np.isnan(points), given, points)
        total += points
    return np.where(np.isnan(total), -1, total).astype(np.int64)


def _reference(setting: Setting, events: Floats, people: Floats) -> Floats:
    known = ~np.isnan(events) & ~np.isnan(people)
    count = int(setting.regions.max(initial=0)) + 1
    region_events = np.bincount(setting.regions, np.where(known, events, 0), count)
    region_people = np.bincount(setting.regions, np.where(known, people, 0), count)
    region = 100 * region_events / np.maximum(region_people, 1)
    state = 100 * region_events.sum() / np.maximum(region_people.sum(), 1)
    weights = (_number(setting.method.state_weight), _number(setting.method.region_weight))
    compared: Floats = weights[0] * state + weights[1] * region
    return compared[setting.regions]


def _points(values: Floats, bounds: Bounds) -> Floats:
    points = (values >= _number(bounds.first)) * 1 + (values > _number(bounds.second))
    return np.where(np.isnan(values), np.nan, points)


def _number(fraction: Fraction) -> np.float64:
    return np.float64(fraction.numerator) / np.float64(fraction.denominator)


def quantiles(counts: Whole, levels: Sequence[int]) -> list[tuple[Whole, Whole]]:
    """Return for each level the smallest values of the Index at or below which its two ends lie."""
    total = np.maximum(counts.sum(axis=1), 1)[:, None]
    so_far = 200 * np.cumsum(counts, axis=1)
    return [
        (
            np.argmax(so_far >= (100 - level) * total, axis=1),
            np.argmax(so_far >= (100 + level) * total, axis=1),
        )
        for level in levels
    ]
