"""Forecasts as bytes: rows for COPY, in one order, and the digest over all of them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

import numpy as np
import polars as pl

from registry.exclusion.frame import Edition
from registry.forecasts.backtest import horizons
from registry.forecasts.history import Gap
from registry.forecasts.index_outlook import IndexOutlook
from registry.forecasts.intervals import LEVELS
from registry.forecasts.models import Model
from registry.forecasts.outlook import Outlook, Trial
from registry.forecasts.panel import Flags, Floats, Panel, Whole
from registry.forecasts.projection import Projection, Quantity
from shared.canonical import canonical_json

INDEX = "INDEX"
"""Stands for the Index where an indicator is named."""
_ENDS = ("", *(f"_{side}_{level}" for level in LEVELS for side in ("low", "high")))
_SHARE_PLACES = 6
_SHOWN = (Quantity.NUMERATOR, Quantity.DENOMINATOR, Quantity.SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Rows of each table in the order of its columns; the run's id is the first, trials come without it."""

    units: pl.DataFrame
    values: pl.DataFrame
    index: pl.DataFrame
    gaps: pl.DataFrame
    trials: Sequence[Mapping[str, object]]

    @property
    def digest(self) -> str:
        """Return the SHA-256 over everything but the run's id."""
        found = hashlib.sha256()
        for frame in (self.units, self.values, self.index, self.gaps):
            found.update(csv(frame.drop("run_id")))
        found.update(canonical_json(list(self.trials)))
        return found.hexdigest()


def csv(frame: pl.DataFrame) -> bytes:
    return frame.write_csv(include_header=False, float_precision=_SHARE_PLACES).encode()


def records_of(
    run_id: UUID,
    editions: Sequence[Edition],
    found: Outlook,
    index: IndexOutlook,
    gaps: Sequence[Gap],
) -> Records:
    units = _units(run_id, editions[-1], found.panel)
    codes = [indicator.code for indicator in editions[-1].method.indicators]
    without = [gap.municipality for gap in gaps if gap.indicator is None]
    kept = np.ones(len(units), dtype=bool)
    kept[without] = False
    return Records(
        units=units,
        values=pl.concat(
            [
                _values(units, found, i, code, horizon)
                for i, code in enumerate(codes)
                for horizon in horizons(found.panel.years)
            ]
        ),
        index=pl.concat(
            [
                _index(units, editions[-1], index, found.panel, horizon, kept)
                for horizon in horizons(found.panel.years)
            ]
        ),
        gaps=_gaps(units, codes, gaps),
        trials=[_trial(trial, codes) for trial in (*found.trials, *index.trials)],
    )


def _units(run_id: UUID, last: Edition, panel: Panel) -> pl.DataFrame:
    regions = [str(last.inputs.region_ids[i]) for i in panel.regions.tolist()]
    return pl.DataFrame(
        {
            "run_id": pl.repeat(str(run_id), len(regions), eager=True),
            "unit_id": [str(unit_id) for unit_id in panel.unit_ids],
            "region_id": regions,
            "size_class": panel.sizes(panel.years - 1),
        }
    )


def _values(units: pl.DataFrame, found: Outlook, i: int, code: str, horizon: int) -> pl.DataFrame:
    parts = found.panel.parts[i]
    three = {quantity: found.projections[i, quantity, horizon] for quantity in _SHOWN}
    known = ~np.isnan(three[Quantity.NUMERATOR].values) & ~np.isnan(three[Quantity.DENOMINATOR].values)
    columns: dict[str, Floats | Whole] = {}
    for quantity in _SHOWN:
        factor = parts if quantity is Quantity.NUMERATOR else 1
        for end, values in zip(_ENDS, _five(three[quantity], known), strict=True):
            whole = quantity is not Quantity.SHARE
            columns[f"{quantity}{end}"] = (
                _outwards(values * factor, end) if whole else np.round(values, _SHARE_PLACES)
            )
    year = found.panel.last_year + horizon
    head = units.filter(pl.Series(known)).select("run_id", "unit_id")
    head = head.with_columns(pl.lit(code).alias("indicator"), pl.lit(year).alias("year"))
    return head.with_columns(*(pl.Series(name, values) for name, values in columns.items()))


def _five(projection: Projection, known: Flags) -> Iterable[Floats]:
    """Give the value and the ends of its intervals, none on the wrong side of it."""
    values = projection.values[known]
    yield values
    for level in LEVELS:
        yield np.minimum(projection.bounds[level].low[known], values)
        yield np.maximum(projection.bounds[level].high[known], values)


def _outwards(values: Floats, end: str) -> Whole:
    """Round the value to the nearest whole, the ends of an interval away from it."""
    away = np.floor if "low" in end else np.ceil if "high" in end else np.rint
    return away(np.round(values, 9)).astype(np.int64)


def _index(
    units: pl.DataFrame, last: Edition, index: IndexOutlook, panel: Panel, horizon: int, kept: Flags
) -> pl.DataFrame:
    found = index.projections[horizon]
    there = kept & (found.values >= 0)
    values = found.values[there]
    bands = [band.number for band in last.method.bands]
    band_of = np.array([last.method.band_of(i).number for i in range(last.method.highest_index + 1)])
    odds = np.stack([found.odds[there][:, band_of == number].sum(axis=1) for number in bands], axis=1)
    ends = [
        end
        for level in LEVELS
        for low, high in [found.bounds[level]]
        for end in (np.minimum(low[there], values), np.maximum(high[there], values))
    ]
    head = units.filter(pl.Series(there)).select("run_id", "unit_id")
    return head.with_columns(
        pl.lit(panel.last_year + horizon).alias("year"),
        pl.Series("index", values),
        pl.Series("band", band_of[values]),
        *(pl.Series(f"index{end}", each) for end, each in zip(_ENDS[1:], ends, strict=True)),
        pl.Series("odds", ["{" + ",".join(map(str, row)) + "}" for row in odds.tolist()]),
        pl.Series("draws", np.maximum(odds.sum(axis=1), 1)),
        pl.Series("by_model", found.by_model[there]),
    )


def _gaps(units: pl.DataFrame, codes: Sequence[str], gaps: Sequence[Gap]) -> pl.DataFrame:
    rows = sorted(gaps, key=lambda gap: (gap.municipality, -1 if gap.indicator is None else gap.indicator))
    head = units.select("run_id", "unit_id")[[gap.municipality for gap in rows]]
    return head.with_columns(
        pl.Series(
            "indicator",
            [INDEX if gap.indicator is None else codes[gap.indicator] for gap in rows],
            dtype=pl.String,
        ),
        pl.Series("reason", [gap.reason.value for gap in rows], dtype=pl.String),
        pl.Series("years", [gap.years for gap in rows], dtype=pl.Int64),
    )


def _trial(trial: Trial, codes: Sequence[str]) -> dict[str, object]:
    errors = trial.errors
    return {
        "indicator": INDEX if trial.indicator is None else codes[trial.indicator],
        "quantity": trial.quantity.value,
        "horizon": trial.horizon,
        "size_class": trial.size,
        "series": errors.series,
        "unchanging": errors.unchanging,
        "mase": _decimal(errors.mase),
        "mase_of_last_year": _decimal(errors.mase_of_last_year),
        "mae": _decimal(errors.mae),
        "mae_of_last_year": _decimal(errors.mae_of_last_year),
        "bias": _decimal(errors.bias),
        **{f"coverage_{level}": _decimal(trial.coverage[level], 2) for level in LEVELS},
        "beats_last_year": errors.beats_last_year,
        "tested": settings_of(trial.tested),
        "published": settings_of(trial.published),
    }


def _decimal(value: np.float64, places: int = 4) -> Decimal | None:
    return None if np.isnan(value) else Decimal(f"{value:.{places}f}")


def settings_of(model: Model | None) -> dict[str, str | int] | None:
    """Return the settings that the model has."""
    if model is None:
        return None
    return {name: value for name, value in asdict(model).items() if value is not None}
