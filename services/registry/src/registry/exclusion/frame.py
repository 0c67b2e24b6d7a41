"""A whole year at once: the inputs of all municipalities as arrays, and what was computed from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from registry.exclusion.method import Method
from registry.exclusion.scoring import Ratio

Counts = NDArray[np.int64]
Digits = NDArray[np.int8]
UNKNOWN = -1
CONFIDENTIAL = -2
"""A count that exists and is hidden: no donor steps in for it."""


class Way(StrEnum):
    """How the points of an inheritable indicator came about."""

    OWN = "own"  # the municipality has a school of its own
    CHOSEN = "chosen"  # a donor set by hand
    IMPORTED = "imported"  # a donor that was imported
    NEAREST = "nearest"  # the nearest municipality with a school
    PUBLISHED = "published"  # what remains of the published Index
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What goes in: one row a municipality in the order of `unit_ids`, one column an indicator.

    `numerators` count in the indicator's parts, `denominators` in persons; negative where not known:
    `UNKNOWN` (no school, no such figure) or `CONFIDENTIAL`.
    `regions` is the position in `region_ids`; `published` the published Index; `x`, `y` metres in
    S-JTSK, NaN where the point is not known; `chosen` the position of a donor that was set, or
    `UNKNOWN`, and `chosen_ways` says who set it.
    """

    year: int
    unit_ids: Sequence[UUID]
    codes: Sequence[str]
    region_ids: Sequence[UUID]
    state_id: UUID
    regions: NDArray[np.int64]
    numerators: Counts
    denominators: Counts
    published: Digits
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    chosen: NDArray[np.int64]
    chosen_ways: Mapping[int, Way]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What comes out, in the order of the inputs; `UNKNOWN` where not known.

    `scores`: a column for A, S, L of each indicator; for inherited points those of the donor. `donors`:
    the position of the donor or `UNKNOWN`; `distances` to it in metres, NaN where there is none.
    `state` and `regions`: the sums from which the references follow, an indicator each.
    """

    scores: Digits
    points: Digits
    index: NDArray[np.int16]
    bands: Digits
    ways: Sequence[Way]
    donors: NDArray[np.int64]
    distances: NDArray[np.float64]
    state: Sequence[Ratio]
    regions: Sequence[Sequence[Ratio]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A published computation of one year, as it is stored."""

    computation_id: int
    version: int
    inputs_digest: str
    results_digest: str
    method: Method
    inputs: Inputs
    results: Results
