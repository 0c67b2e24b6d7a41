"""Published figures and units as they come from the database, turned into the inputs of a year."""

from collections.abc import Iterable, Sequence
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
FIGURE_COLUMNS: Final = (
    ("series", ">i4"),
    ("period", ">i4"),
    ("vintage_id", ">i4"),
    ("unit_id", "(2,)>u8"),
    ("value", ">f8"),
)
_FIRST_DAY: Final = date(2000, 1, 1)
"""From here PostgreSQL counts its days."""
_STATES: Final = {"unit_id": pl.String, "code": pl.String, "kind": pl.String, "parent_id": pl.String}
_DAYS: Final = {"valid_from": pl.Date, "valid_until": pl.Date}
_POINTS: Final = {"x": pl.Float64, "y": pl.Float64}

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A donor set for a municipality from a year on; without a donor the nearest one counts again."""

    unit_id: UUID
    from_year: int
    donor_id: UUID | None
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """States of municipalities, districts and regions in time; points of municipalities.

    `municipalities` in the order of ids; `at` in `states` is the place of a municipality among them.
    """

    states: pl.DataFrame
    municipalities: Sequence[UUID]
    state_id: UUID

    def places_of(self, ids: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the places of ids, each given in two halves; `UNKNOWN` for what is no municipality."""
        if not self.municipalities:
            return np.full(len(ids), UNKNOWN, dtype=np.int64)
        halves = np.frombuffer(b"".join(id_.bytes for id_ in self.municipalities), dtype=">u8").reshape(-1, 2)
        halves, ids = halves.astype(np.uint64), ids.astype(np.uint64)
        found = np.minimum(np.searchsorted(halves[:, 0], ids[:, 0]), len(halves) - 1)
        return np.where((halves[found] == ids).all(axis=1), found, UNKNOWN)


def territory_of(csv: bytes, *, state_id: UUID) -> Territory:
    """Read unit states: `unit_id, code, kind, parent_id, valid_from, valid_until, x, y`."""
    states = pl.read_csv(BytesIO(csv), schema={**_STATES, **_DAYS, **_POINTS})
    ids = states.filter(pl.col("kind") == "municipality").select("unit_id").unique().sort("unit_id")
    return Territory(
        states=states.join(ids.with_row_index("at"), on="unit_id", how="left"),
        municipalities=[UUID(id_) for id_ in ids["unit_id"]],
        state_id=state_id,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures of one year by series, in the order of the territory's municipalities; negative: not known.

    `told` says of whom there is any figure, `vintages` from which editions they are.
    """

    columns: dict[str, Numbers]
    told: NDArray[np.bool_]
    vintages: dict[str, list[int]]

    @classmethod
    def nothing(cls, municipalities: int) -> "Figures":
        return cls(columns={}, told=np.zeros(municipalities, dtype=bool), vintages={})

    def take(self, part: Part, at: NDArray[np.int64], values: Numbers) -> None:
        """Put in the figures of a part, over those of the parts before it."""
        column = self.columns.setdefault(part.series, np.full(len(self.told), float(UNKNOWN)))
        column[at] = values
        self.told[at] = True
        self.vintages.setdefault(part.series, []).append(part.vintage_id)


def figures_of(
    rows: NDArray[np.void], *, series: Sequence[str], parts: Iterable[Part], territory: Territory
) -> dict[int, Figures]:
    """Sort rows of `FIGURE_COLUMNS` by year and series; `series` in a row counts these from 1.

    Of two figures the later part's counts. What is told of no municipality is left out.
    """
    parts, at = list(parts), territory.places_of(rows["unit_id"])
    periods, numbers = sorted({part.period for part in parts}), {name: i for i, name in enumerate(series)}
    days = np.array([(period - _FIRST_DAY).days for period in periods])
    block = np.searchsorted(days, rows["period"]) * len(series) + rows["series"] - 1
    order = np.argsort(block.astype(np.int16), kind="stable")
    bounds = np.searchsorted(block[order], np.arange(len(days) * len(series) + 1))
    vintages, values = rows["vintage_id"], rows["value"]
    found = {period: Figures.nothing(len(territory.municipalities)) for period in periods}
    for part in parts:
        number = periods.index(part.period) * len(series) + numbers[part.series]
        here = order[bounds[number] : bounds[number + 1]]
        here = here[(vintages[here] == part.vintage_id) & (at[here] != UNKNOWN)]
        found[part.period].take(part, at[here], values[here])
    return {period.year: figures for period, figures in found.items()}


def inputs_of(
    method: Method, year: int, *, figures: Figures, territory: Territory, choices: Sequence[Choice]
) -> Inputs:
    """Return the inputs of the municipalities that have any figure of the year, in the order of codes.

    Regions as of 31 December of the year; who did not exist on that day is left out.
    """
    places = _places(territory, year)
    places = places.filter(pl.Series(figures.told[places["at"].to_numpy()]))
    at = places["at"].to_numpy()
    nothing = np.full(len(figures.told), float(UNKNOWN))
    regions = places.select("region_code", "region_id").unique().sort("region_code")
    unit_ids = [territory.municipalities[place] for place in at.tolist()]
    chosen, ways = _chosen(choices, year, unit_ids)

    def counts(series: str, parts: int) -> Counts:
        values = figures.columns.get(series, nothing)[at]
        whole: Counts = np.where(values >= 0, np.rint(values * parts), values).astype(np.int64)
        return whole

    return Inputs(
        year=year,
        unit_ids=unit_ids,
        codes=places["code"].to_list(),
        region_ids=[UUID(id_) for id_ in regions["region_id"]],
        state_id=territory.state_id,
        regions=regions["region_code"].search_sorted(places["region_code"]).to_numpy().astype(np.int64),
        numerators=np.column_stack([counts(each.numerator, each.parts) for each in method.indicators]),
        denominators=np.column_stack([counts(each.denominator, 1) for each in method.indicators]),
        published=_published(figures.columns.get(PUBLISHED, nothing)[at], method.highest_index),
        x=places["x"].fill_null(np.nan).to_numpy(),
        y=places["y"].fill_null(np.nan).to_numpy(),
        chosen=chosen,
        chosen_ways=ways,
    )


def _places(territory: Territory, year: int) -> pl.DataFrame:
    """Return `at, code, region_id, region_code, x, y` of the municipalities of the year."""
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
        "at", "code", pl.col("parent_id").alias("district_id"), "x", "y"
    )
    placed = municipalities.join(districts, on="district_id").join(regions, on="region_id")
    return placed.sort("code")


def _published(values: Numbers, highest: int) -> Digits:
    fits = (values >= 0) & (values <= highest)
    return np.where(fits, values, UNKNOWN).astype(np.int8)


def _chosen(
    choices: Sequence[Choice], year: int, unit_ids: Sequence[UUID]
) -> tuple[NDArray[np.int64], dict[int, Way]]:
    """Take the latest choice of each municipality that is not later than the year."""
    chosen = np.full(len(unit_ids), UNKNOWN, dtype=np.int64)
    ways: dict[int, Way] = {}
    valid = {
        choice.unit_id: choice
        for choice in sorted(choices, key=lambda each: each.from_year)
        if choice.from_year <= year
    }
    positions = {id_: position for position, id_ in enumerate(unit_ids)} if valid else {}
    for unit, choice in valid.items():
        heir, donor = positions.get(unit), positions.get(choice.donor_id) if choice.donor_id else None
        if heir is not None and donor is not None:
            chosen[heir] = donor
            ways[heir] = choice.way
    return chosen, ways
