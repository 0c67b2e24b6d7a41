"""Inputs and results as bytes: digests that prove what was computed from what, and rows for COPY."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
import polars as pl
from numpy.typing import NDArray

from registry.exclusion.frame import UNKNOWN, Counts, Digits, Inputs, Results, Way
from registry.exclusion.method import Method
from registry.exclusion.scoring import Ratio

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


def results_csv(computation_id: int, computed: Computed) -> bytes:
    """Return the rows of `index_result` in the order of `RESULT_COLUMNS`."""
    inputs, results = computed.inputs, computed.results
    units = np.array(_hex(inputs.unit_ids))
    donor = results.donors != UNKNOWN
    frame = pl.DataFrame(
        {
            "unit_id": units,
            "region_id": np.array(_hex(inputs.region_ids))[inputs.regions],
            "index": _nullable(results.index),
            "band": _nullable(results.bands),
            "points": _digits(results.points),
            "scores": _digits(results.scores),
            "numerators": _arrays(inputs.numerators),
            "denominators": _arrays(inputs.denominators),
            "population_15_plus": _nullable(_population(computed.method, inputs)),
            "way": [way.value for way in results.ways],
            "donor_id": pl.Series(units[results.donors]).set(pl.Series(~donor), None),
            "donor_distance_m": pl.Series(results.distances).fill_nan(None).round(2),
            "published_index": _nullable(inputs.published),
            "inputs_digest": [rf"\x{digest.hex()}" for digest in computed.digests],
        }
    )
    return (
        frame.insert_column(0, pl.lit(computation_id).alias("computation_id"))
        .write_csv(include_header=False)
        .encode()
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


def _hex(units: Sequence[UUID]) -> list[str]:
    together = b"".join(unit.bytes for unit in units).hex()
    return [together[at : at + 32] for at in range(0, len(together), 32)]


def _nullable(values: NDArray[np.signedinteger]) -> pl.Series:
    return pl.Series(values).set(pl.Series(values < 0), None)


def _digits(columns: Digits) -> NDArray[np.str_]:
    """Return one digit a column; `-` is unknown."""
    letters = np.where(columns < 0, ord("-"), columns + ord("0")).astype(np.uint8)
    texts: NDArray[np.str_] = np.ascontiguousarray(letters).view(f"S{columns.shape[1]}").ravel().astype(str)
    return texts


def _arrays(columns: Counts) -> pl.Series:
    """Return array literals of PostgreSQL."""
    frame = pl.DataFrame({f"{at}": _nullable(column) for at, column in enumerate(columns.T)})
    members = [pl.col(name).cast(pl.String).fill_null("NULL") for name in frame.columns]
    return frame.select(pl.format("{}{}{}", pl.lit("{"), pl.concat_str(members, separator=","), pl.lit("}")))[
        "literal"
    ]


def _sums(ratios: Sequence[Ratio], side: int) -> str:
    return ",".join(str(ratio[side]) for ratio in ratios)
