"""SQL of the outlook: what the newest forecasts say of the Index of a municipality in the next year."""

from fractions import Fraction
from typing import Final
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, cast, select

from registry.exclusion.definition import method_in
from registry.exclusion.tables import IndexMethodRow
from registry.explanation.wording import Said
from registry.forecasts.history import Reason
from registry.forecasts.projection import Quantity
from registry.forecasts.records import INDEX
from registry.forecasts.repository import METHOD_IN_FORCE, newer_edition
from registry.forecasts.tables import (
    ForecastGapRow,
    ForecastIndexRow,
    ForecastRunRow,
    ForecastTrialRow,
    ForecastUnitRow,
)
from registry.forecasts.wording import reason_said, verdict_said
from registry.profiles.domain import Outlook
from shared.reads import Query, Reader, Row

_NEWER: Final = newer_edition(ForecastRunRow)
_UNIT: Final = bindparam("unit_id", type_=Uuid)


def _outlook() -> Query:
    """Select what the newest run says of a unit's Index in the next year; NULLs where it says nothing."""
    run, unit, index, trial, gap = (
        ForecastRunRow,
        ForecastUnitRow,
        ForecastIndexRow,
        ForecastTrialRow,
        ForecastGapRow,
    )
    return Query(
        select(
            run.id.label("run_id"),
            run.last_year,
            cast(IndexMethodRow.definition, Text).label("definition"),
            _NEWER.label("is_outdated"),
            unit.unit_id,
            index.year,
            index.index.label("score"),
            index.index_low_80,
            index.index_high_80,
            index.band,
            index.odds,
            index.draws,
            index.by_model,
            trial.mase,
            trial.mase_of_last_year,
            (trial.series - trial.unchanging).label("series"),
            trial.beats_last_year,
            gap.reason,
            gap.years,
        )
        .join(IndexMethodRow, IndexMethodRow.code == run.method)
        .outerjoin(unit, (unit.run_id == run.id) & (unit.unit_id == _UNIT))
        .outerjoin(
            index,
            (index.run_id == run.id) & (index.unit_id == unit.unit_id) & (index.year == run.last_year + 1),
        )
        .outerjoin(
            trial,
            (trial.run_id == run.id)
            & (trial.indicator == INDEX)
            & (trial.quantity == Quantity.INDEX.value)
            & (trial.horizon == 1)
            & (trial.size_class == unit.size_class),
        )
        .outerjoin(gap, (gap.run_id == run.id) & (gap.unit_id == unit.unit_id) & (gap.indicator == INDEX))
        .order_by(
            (run.method == METHOD_IN_FORCE).desc(),
            run.last_year.desc(),
            _NEWER,
            run.computed_at.desc(),
            run.id,
        )
        .limit(1)
    )


_OUTLOOK: Final = _outlook()


async def outlook(reads: Reader, unit_id: UUID) -> Outlook | None:
    """Return the next year, or why it is not forecast; None where no run is about the municipality."""
    row = await reads.row(_OUTLOOK, unit_id=unit_id)
    if row is None or row["unit_id"] is None or (row["score"] is None and row["reason"] is None):
        return None
    band = next((each for each in method_in(row["definition"]).bands if each.number == row["band"]), None)
    odds = Fraction(row["odds"][band.number - 1], row["draws"]) if band else None
    return Outlook(
        run_id=row["run_id"],
        last_year=row["last_year"],
        year=row["year"],
        index=row["score"],
        low_80=row["index_low_80"],
        high_80=row["index_high_80"],
        band=band,
        odds_of_band=odds,
        said=_said(row),
        is_outdated=row["is_outdated"],
    )


def _said(row: Row) -> Said:
    if row["score"] is None:
        return Said(*reason_said(Reason(row["reason"]), row["years"]))
    told = verdict_said(
        year=row["last_year"],
        horizon=1,
        mase=row["mase"],
        mase_of_last_year=row["mase_of_last_year"],
        series=row["series"] or 0,
        beats=bool(row["beats_last_year"]),
        last_shown=not row["by_model"],
    )
    return Said(*told)
