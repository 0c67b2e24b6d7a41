"""Inputs and results as bytes: digests that prove what was computed from what, and rows for COPY."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from registry.exclusion.frame import UNKNOWN, Counts, Digits, Inputs, Results, Way
from registry.exclusion.method import Method
from registry.exclusion.scoring import Ratio
from registry.exclusion.wire import Bytes, arrays, fixed, metres, numbers, texts, written

ALGORITHM: Final = "1"
"""Goes into every digest: raise it when the same inputs shall give other results."""
RESULT_COLUMNS: Final = (
    "computation_id",
    "unit_id",
    "region_id",
    "index",
    "band",
    "points",
    "scores",
    "numerators",
    "denominators",
    "population_15_plus",
    "way",
    "donor_id",
    "donor_distance_m",
    "published_index",
    "inputs_digest",
)
REFERENCE_COLUMNS: Final = ("computation_id", "unit_id", "numerators", "denominators")
POPULATION: Final = "POP15"
_WAYS: Final = {way: number for number, way in enumerate(Way)}
_NO_UNIT: Final = UUID(int=0)

Records = NDArray[np.void]


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A year computed by a method, with the digests of what went in and of what came out.

    `inputs_digest` is that of the year, `digests` has one for each municipality: over its own inputs, the
    inputs of its donor and the sums behind the references of both.
    """

    method: Method
    inputs: Inputs
    results: Results
    inputs_digest: str
    results_digest: str
    digests: Sequence[bytes]

    @property
    def bands(self) -> dict[int, int]:
        """Return the number of municipalities by band; 0 stands for an unknown Index."""
        found = Counter(self.results.bands.tolist())
        bands = {band.number: found[band.number] for band in self.method.bands}
        return ({0: found[UNKNOWN]} if found[UNKNOWN] else {}) | bands


def computed(method: Method, method_digest: str, inputs: Inputs, results: Results) -> Computed:
    """Digest a computation. SHA-256 over little-endian records, in the order of codes."""
    records = _records(inputs, results)
    header = f"{ALGORITHM}:{method_digest}:{inputs.year}:".encode()
    outcome = np.column_stack([results.scores, results.points, results.bands]).astype("<i1").tobytes()
    return Computed(
        method=method,
        inputs=inputs,
        results=results,
        inputs_digest=hashlib.sha256(header + records.tobytes()).hexdigest(),
        results_digest=hashlib.sha256(header + results.index.astype("<i2").tobytes() + outcome).hexdigest(),
        digests=list(_digests(header, records, inputs, results)),
    )


def result_rows(computation_id: int, computed: Computed) -> bytes:
    """Return the rows of `index_result` in the order of `RESULT_COLUMNS`, for `wire.whole`."""
    inputs, results = computed.inputs, computed.results
    units = _ids(inputs.unit_ids)
    return written(
        (
            numbers(np.full(len(units), computation_id), ">i4"),
            fixed(units),
            fixed(_ids(inputs.region_ids)[inputs.regions]),
            numbers(results.index, ">i2"),
            numbers(results.bands, ">i2"),
            fixed(_digits(results.points)),
            fixed(_digits(results.scores)),
            arrays(inputs.numerators),
            arrays(inputs.denominators),
            numbers(_population(computed.method, inputs), ">i4"),
            texts(list(Way), np.array([_WAYS[way] for way in results.ways])),
            fixed(units[results.donors], known=results.donors != UNKNOWN),
            metres(results.distances),
            numbers(inputs.published, ">i2"),
            fixed(np.frombuffer(b"".join(computed.digests), dtype=np.uint8).reshape(-1, 32)),
        )
    )


def references_csv(computation_id: int, computed: Computed) -> bytes:
    """Return the rows of `index_reference` in the order of `REFERENCE_COLUMNS`."""
    inputs, results = computed.inputs, computed.results
    of_units = zip((inputs.state_id, *inputs.region_ids), (results.state, *results.regions), strict=True)
    lines = (
        f'{computation_id},{unit},"{{{_sums(ratios, 0)}}}","{{{_sums(ratios, 1)}}}"\n'
        for unit, ratios in of_units
    )
    return "".join(lines).encode()


def _records(inputs: Inputs, results: Results) -> Records:
    """Return all that decides on the Index of each municipality, one record each."""
    columns = inputs.numerators.shape[1]
    kind = np.dtype(
        [
            ("unit", "S16"),
            ("region", "S16"),
            ("numerators", "<i8", (columns,)),
            ("denominators", "<i8", (columns,)),
            ("published", "<i1"),
            ("way", "<i1"),
            ("donor", "S16"),
            ("centimetres", "<i8"),
        ]
    )
    units = np.array([*(unit.bytes for unit in inputs.unit_ids), _NO_UNIT.bytes], dtype="S16")
    records = np.zeros(len(inputs.unit_ids), dtype=kind)
    records["unit"] = units[:-1]
    records["region"] = np.array([region.bytes for region in inputs.region_ids], dtype="S16")[inputs.regions]
    records["numerators"] = inputs.numerators
    records["denominators"] = inputs.denominators
    records["published"] = inputs.published
    records["way"] = [_WAYS[way] for way in results.ways]
    records["donor"] = units[results.donors]
    records["centimetres"] = np.nan_to_num(np.rint(results.distances * 100), nan=UNKNOWN)
    return records


def _digests(header: bytes, records: Records, inputs: Inputs, results: Results) -> Iterator[bytes]:
    content, width = records.tobytes(), records.dtype.itemsize
    regions, donors = inputs.regions.tolist(), results.donors.tolist()
    sums = [np.array(region, dtype="<i8").tobytes() for region in results.regions]
    header += np.array(results.state, dtype="<i8").tobytes()
    started = [hashlib.sha256(header + of_region) for of_region in sums]
    for row, donor in enumerate(donors):
        state = started[regions[row]].copy()
        state.update(content[row * width : (row + 1) * width])
        if donor != UNKNOWN:
            state.update(content[donor * width : (donor + 1) * width] + sums[regions[donor]])
        yield state.digest()


def _population(method: Method, inputs: Inputs) -> Counts:
    for column, indicator in enumerate(method.indicators):
        if indicator.denominator == POPULATION:
            population: Counts = inputs.denominators[:, column]
            return population
    return np.full(len(inputs.unit_ids), UNKNOWN)


def _ids(units: Sequence[UUID]) -> Bytes:
    return np.frombuffer(b"".join(unit.bytes for unit in units), dtype=np.uint8).reshape(-1, 16)


def _digits(columns: Digits) -> Bytes:
    """Return one digit a column; `-` is unknown."""
    return np.where(columns < 0, ord("-"), columns + ord("0")).astype(np.uint8)


def _sums(ratios: Sequence[Ratio], side: int) -> str:
    return ",".join(str(ratio[side]) for ratio in ratios)
