"""Published figures and units as they come from the database, turned into the inputs of a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final
from uuid import UUID

import numpy as np
import polars as pl
from numpy.typing import NDArray

from registry.exclusion.frame import UNKNOWN, Counts, Digits, Inputs, Way
from registry.exclusion.method import Method

PUBLISHED: Final = "ISV"
"""The series of the published Index."""
_STATES: Final = {"unit_id": pl.String, "code": pl.String, "kind": pl.String, "parent_id": pl.String}
_DAYS: Final = {"valid_from": pl.Date, "valid_until": pl.Date}
_POINTS: Final = {"x": pl.Float64, "y": pl.Float64}
_FIGURES: Final = {
    "series": pl.String,
    "period": pl.String,
    "vintage_id": pl.Int32,
    "unit_id": pl.String,
    "value": pl.Float64,
}
_PART: Final = ("series", "period", "vintage_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A donor set for a municipality from a year on; without a donor the nearest one counts again."""

    unit_id: UUID
    from_year: int
    donor_id: UUID | None
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """States of municipalities, districts and regions in time; points of municipalities."""

    states: pl.DataFrame
    ids: Mapping[str, UUID]
    state_id: UUID


def territory_of(csv: bytes, *, state_id: UUID) -> Territory:
    """Read unit states: `unit_id, code, kind, parent_id, valid_from, valid_until, x, y`."""
    states = pl.read_csv(BytesIO(csv), schema={**_STATES, **_DAYS, **_POINTS})
    return Territory(
        states=states, ids={text: UUID(text) for text in states["unit_id"].unique()}, state_id=state_id
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A series and period in a vintage; `in_parts`: older figures of units that it leaves out stay."""

    series: str
    period: date
    vintage_id: int
    of_own_source: bool
    in_parts: bool


def parts_in_force(parts: Iterable[Part]) -> list[Part]:
    """Return the parts whose figures count, later ones before which earlier ones give way last.

    The source to which the series belongs goes before others, a later vintage before an earlier one;
    a whole vintage leaves nothing of what came before it.
    """
    of_period: dict[tuple[str, date], list[Part]] = {}
    for part in sorted(parts, key=lambda each: (each.of_own_source, each.vintage_id)):
        kept = of_period.setdefault((part.series, part.period), [])
        if not part.in_parts:
            kept.clear()
        kept.append(part)
    return [part for kept in of_period.values() for part in kept]


def figures_of(csv: bytes, parts: Sequence[Part]) -> dict[int, pl.DataFrame]:
    """Read the figures of these parts by year: `series, period, vintage_id, unit_id, value`.

    An empty value is not applicable, `CONFIDENTIAL` is hidden. Of two figures the later part's stands last.
    """
    figures = pl.read_csv(BytesIO(csv), schema=_FIGURES)
    if len({(part.series, part.period) for part in parts}) < len(parts):
        rank = pl.DataFrame(
            [(part.series, part.period.isoformat(), part.vintage_id) for part in parts],
            schema={name: _FIGURES[name] for name in _PART},
            orient="row",
        ).with_row_index("rank")
        figures = figures.join(rank, on=_PART).sort("rank", maintain_order=True).drop("rank")
    by_period = figures.partition_by("period", as_dict=True, include_key=False)
    return {int(str(period)[:4]): figures for (period,), figures in by_period.items()}


def inputs_of(
    method: Method, year: int, *, figures: pl.DataFrame, territory: Territory, choices: Sequence[Choice]
) -> Inputs:
    """Return the inputs of the municipalities that have any figure of the year, in the order of codes.

    Regions as of 31 December of the year; who did not exist on that day is left out.
    """
    places = _places(territory, year).join(figures, on="unit_id", how="semi").with_row_index("position")
    located = figures.join(places.select("unit_id", "position"), on="unit_id")
    columns = {
        str(series): _column(part, len(places))
        for (series,), part in located.partition_by("series", as_dict=True).items()
    }
    nothing = np.full(len(places), float(UNKNOWN))
    regions = places["region_code"].unique().sort()
    region_of = dict(zip(places["region_code"], places["region_id"], strict=True))
    positions = {unit: position for position, unit in enumerate(places["unit_id"])}
    chosen, ways = _chosen(
        choices, year, positions={territory.ids[unit]: at for unit, at in positions.items()}
    )
    return Inputs(
        year=year,
        unit_ids=[territory.ids[unit] for unit in positions],
        codes=places["code"].to_list(),
        region_ids=[territory.ids[region_of[code]] for code in regions],
        state_id=territory.state_id,
        regions=regions.search_sorted(places["region_code"]).to_numpy().astype(np.int64),
        numerators=_counts(
            [_parts(columns.get(each.numerator, nothing), each.parts) for each in method.indicators]
        ),
        denominators=_counts(
            [_parts(columns.get(each.denominator, nothing), 1) for each in method.indicators]
        ),
        published=_published(columns.get(PUBLISHED, nothing), method.highest_index),
        x=places["x"].fill_null(np.nan).to_numpy(),
        y=places["y"].fill_null(np.nan).to_numpy(),
        chosen=chosen,
        chosen_ways=ways,
    )


def vintages_of(figures: pl.DataFrame) -> dict[str, list[int]]:
    """Return the vintages that the figures of a year come from, a list a series."""
    found = figures.select("series", "vintage_id").unique().sort("series", "vintage_id")
    vintages: dict[str, list[int]] = {}
    for series, vintage in found.iter_rows():
        vintages.setdefault(series, []).append(vintage)
    return vintages


def _places(territory: Territory, year: int) -> pl.DataFrame:
    """Return `unit_id, code, region_id, region_code, x, y` of the municipalities of the year."""
    day = date(year, 12, 31)
    alive = territory.states.filter(
        (pl.col("valid_from") <= day) & (pl.col("valid_until").is_null() | (pl.col("valid_until") >= day))
    )
    kinds = {str(kind): part for (kind,), part in alive.partition_by("kind", as_dict=True).items()}
    nobody = alive.clear()
    districts = kinds.get("district", nobody).select(
        pl.col("unit_id").alias("district_id"), pl.col("parent_id").alias("region_id")
    )
    regions = kinds.get("region", nobody).select(
        pl.col("unit_id").alias("region_id"), pl.col("code").alias("region_code")
    )
    municipalities = kinds.get("municipality", nobody).select(
        "unit_id", "code", pl.col("parent_id").alias("district_id"), "x", "y"
    )
    placed = municipalities.join(districts, on="district_id").join(regions, on="region_id")
    return placed.sort("code")


def _column(part: pl.DataFrame, count: int) -> NDArray[np.float64]:
    """Later rows replace earlier ones: they stand in the order of vintages."""
    column = np.full(count, float(UNKNOWN))
    column[part["position"].to_numpy()] = part["value"].fill_null(float(UNKNOWN)).to_numpy()
    return column


def _parts(values: NDArray[np.float64], parts: int) -> Counts:
    """Return whole parts, the nearest to what was published: an average of 12 months has twelfths."""
    return np.where(values >= 0, np.rint(values * parts), values).astype(np.int64)


def _counts(columns: Sequence[Counts]) -> Counts:
    return np.column_stack(columns)


def _published(values: NDArray[np.float64], highest: int) -> Digits:
    fits = (values >= 0) & (values <= highest)
    return np.where(fits, values, UNKNOWN).astype(np.int8)


def _chosen(
    choices: Sequence[Choice], year: int, *, positions: Mapping[UUID, int]
) -> tuple[NDArray[np.int64], dict[int, Way]]:
    """Take the latest choice of each municipality that is not later than the year."""
    valid: dict[UUID, Choice] = {}
    for choice in sorted(choices, key=lambda each: each.from_year):
        if choice.from_year <= year:
            valid[choice.unit_id] = choice
    chosen = np.full(len(positions), UNKNOWN, dtype=np.int64)
    ways: dict[int, Way] = {}
    for unit, choice in valid.items():
        if unit in positions and choice.donor_id in positions:
            chosen[positions[unit]] = positions[choice.donor_id]
            ways[positions[unit]] = choice.way
    return chosen, ways
