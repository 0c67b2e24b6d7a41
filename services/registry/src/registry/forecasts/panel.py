"""Yearly values of all municipalities as one table, and how long each has been known without a break."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNKNOWN = -1
SIZES = (200, 500, 1_000, 2_000, 5_000, 10_000, 50_000)
"""Upper bounds of the size classes by population 15+, included; class 8 is larger, 0 is all together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Counts of municipalities (rows) by indicator and by consecutive years (last axis).

    `numerators` count in parts of a whole (`parts`, one number an indicator), `denominators` in persons;
    `UNKNOWN` where not known. `denominator_codes`: indicators with the same one share their forecast.
    `regions` is the position of the kraj; `population` is 15+; `index` the Index, or `UNKNOWN`.
    """

    first_year: int
    unit_ids: Sequence[UUID]
    regions: Whole
    parts: tuple[int, ...]
    denominator_codes: tuple[str, ...]
    numerators: Whole
    denominators: Whole
    population: Whole
    index: Whole

    @property
    def years(self) -> int:
        return int(self.population.shape[1])

    @property
    def last_year(self) -> int:
        return self.first_year + self.years - 1

    def sizes(self, at: int) -> Whole:
        """Return the size class of each municipality by its last population known in year number `at`."""
        known = self.population[:, : at + 1]
        latest = known.shape[1] - 1 - np.argmax(known[:, ::-1] >= 0, axis=1)
        found: Whole = np.searchsorted(SIZES, known[np.arange(len(known)), latest]) + 1
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One value a municipality and year, NaN where not known, with the path of its region and of the state.

    `region` and `state` have the shape of `values`: what the whole region did, as a share or as a chained
    index. Shares have a `ceiling` of 100 and are made of `events` among `people`; counts are both themselves.
    """

    values: Floats
    region: Floats
    state: Floats
    events: Floats
    people: Floats
    ceiling: int | None

    @classmethod
    def of_counts(cls, values: Floats, *, region: Floats, state: Floats) -> "Series":
        return cls(values=values, region=region, state=state, events=values, people=values, ceiling=None)

    @property
    def runs(self) -> Whole:
        """Return for each year since how many years, it included, the value has been known."""
        return runs_of(~np.isnan(self.values))


def runs_of(known: Flags) -> Whole:
    runs = np.zeros(known.shape, dtype=np.int64)
    for t in range(known.shape[1]):
        before = runs[:, t - 1] if t else 0
        runs[:, t] = np.where(known[:, t], before + 1, 0)
    return runs


def shares(panel: Panel, i: int) -> Series:
    """Return the share in percent of indicator `i`; 0 where nobody lives."""
    events, people = _known(panel, i)
    events = events / panel.parts[i]
    region, state = _by_region(panel, events), _by_region(panel, people)
    whole_state = _share(np.nansum(events, axis=0), np.nansum(people, axis=0))
    return Series(
        values=_share(events, people),
        region=_share(region, state)[panel.regions],
        state=np.broadcast_to(whole_state, events.shape),
        events=events,
        people=people,
        ceiling=100,
    )


def people(panel: Panel, i: int) -> Series:
    """Return the denominator of indicator `i`; region and state are chained indices of the same units."""
    denominators = panel.denominators[:, i]
    values = np.where(denominators >= 0, denominators, np.nan)
    paired = ~np.isnan(values)
    paired[:, 1:] &= ~np.isnan(values[:, :-1])
    earlier = np.where(paired[:, 1:], values[:, :-1], 0)
    later = np.where(paired[:, 1:], values[:, 1:], 0)
    region = _chained(_by_region(panel, earlier), _by_region(panel, later))
    state = _chained(earlier.sum(axis=0, keepdims=True), later.sum(axis=0, keepdims=True))
    paths = {"region": region[panel.regions], "state": np.broadcast_to(state[0], values.shape)}
    return Series.of_counts(values, **paths)


def _known(panel: Panel, i: int) -> tuple[Floats, Floats]:
    numerators, denominators = panel.numerators[:, i], panel.denominators[:, i]
    known = (numerators >= 0) & (denominators >= 0)
    return np.where(known, numerators, np.nan), np.where(known, denominators, np.nan)


def _by_region(panel: Panel, values: Floats) -> Floats:
    sums = np.zeros((int(panel.regions.max(initial=0)) + 1, values.shape[1]))
    np.add.at(sums, panel.regions, np.nan_to_num(values))
    return sums


def _share(events: Floats, people: Floats) -> Floats:
    lived_in = np.where(people > 0, people, np.where(np.isnan(people), np.nan, 1))
    return 100 * np.where(people == 0, 0, events) / lived_in


def _chained(earlier: Floats, later: Floats) -> Floats:
    steps = np.where(earlier > 0, later / np.where(earlier > 0, earlier, 1), 1)
    first = np.ones((len(steps), 1))
    return np.cumprod(np.concatenate([first, steps], axis=1), axis=1)
