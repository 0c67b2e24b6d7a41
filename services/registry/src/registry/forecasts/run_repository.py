"""SQL of a run of forecasts: what it is made from, how it is stored, the lists of what it says."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Final, cast
from uuid import UUID

import polars as pl
from sqlalchemy import SmallInteger, Table, Text, Uuid, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexResultRow
from registry.forecasts.domain import ALGORITHM, EditionUsed, Run
from registry.forecasts.records import Records, csv
from registry.forecasts.tables import (
    ForecastGapRow,
    ForecastIndexRow,
    ForecastRunRow,
    ForecastTrialRow,
    ForecastUnitRow,
    ForecastValueRow,
)
from registry.successions.tables import SuccessionRow
from registry.tables import Base
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.bulk import copy_in
from shared.reads import Query

_RUN = ForecastRunRow
_LOCK: Final = "registry.forecasts"
_FORCES: Final = {of_method: in_force(of_method=of_method).subquery() for of_method in (True, False)}
ENDS: Final = ("", "_low_80", "_high_80", "_low_95", "_high_95")
"""Endings of the columns of a value and of its intervals."""
_DAY = func.make_date(_RUN.last_year, 12, 31)
STATE: Final = (UnitStateRow.unit_id == ForecastUnitRow.unit_id) & named_on(UnitStateRow, _DAY)
"""The municipality as it was on the last day of the run's last year."""


async def wait_for_others(session: AsyncSession) -> None:
    """Hold the lock of forecasting until the transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))


async def years_in_force(session: AsyncSession, method: str | None) -> list[tuple[int, str]]:
    """Return the years that have an edition, newest first, each with its method."""
    forces = _FORCES[method is not None]
    rows = select(forces.c.year, forces.c.method).order_by(forces.c.year.desc())
    return [(row.year, row.method) for row in await session.execute(rows, {"method": method})]


async def territories_changed(session: AsyncSession) -> dict[UUID, int]:
    """Return the units that took something over or gave a part away, and the year of the last change."""
    both = select(SuccessionRow.successor_id.label("unit_id"), SuccessionRow.happened_on).union_all(
        select(SuccessionRow.predecessor_id, SuccessionRow.happened_on)
    )
    changes = both.subquery()
    latest = select(changes.c.unit_id, func.max(changes.c.happened_on).label("on")).group_by(
        changes.c.unit_id
    )
    return {row.unit_id: row.on.year for row in await session.execute(latest)}


async def known_run(session: AsyncSession, run_id: UUID) -> Run | None:
    row = await session.get(ForecastRunRow, run_id)
    if row is None:
        return None
    return Run(
        id=row.id,
        method=row.method,
        editions=[EditionUsed(**edition) for edition in row.editions],
        horizon=row.horizon,
        inputs_digest=row.inputs_digest,
        results_digest=row.results_digest,
        municipalities=row.municipalities,
        forecast=row.forecast,
        computed_by=row.computed_by,
        computed_at=row.computed_at,
    )


async def add(session: AsyncSession, run: Run, records: Records) -> None:
    """Store a run with all that belongs to it."""
    await session.execute(
        insert(ForecastRunRow).values(
            id=run.id,
            method=run.method,
            first_year=run.first_year,
            last_year=run.last_year,
            horizon=run.horizon,
            editions=[asdict(edition) for edition in run.editions],
            computation_ids=[edition.computation_id for edition in run.editions],
            inputs_digest=run.inputs_digest,
            results_digest=run.results_digest,
            code_version=ALGORITHM,
            municipalities=run.municipalities,
            forecast=run.forecast,
            computed_by=run.computed_by,
            computed_at=run.computed_at,
        )
    )
    await session.execute(insert(ForecastTrialRow), [{**trial, "run_id": run.id} for trial in records.trials])
    tables: Sequence[tuple[type[Base], pl.DataFrame]] = (
        (ForecastUnitRow, records.units),
        (ForecastValueRow, records.values),
        (ForecastIndexRow, records.index),
        (ForecastGapRow, records.gaps),
    )
    for table, frame in tables:
        await copy_in(session, cast(Table, table.__table__), frame.columns, csv(frame))


_CZECH_ORDER: Final = (UnitStateRow.__table__.c.sort_key, UnitStateRow.__table__.c.unit_id)
_YEAR_OF_INDEX: Final = ForecastIndexRow.__table__.c.year
_LAST: Final = aliased(IndexResultRow)


@cache
def results(filters: frozenset[str]) -> Query:
    """Return the forecast Index of municipalities in Czech order, by the filters that were given."""
    row = ForecastIndexRow
    conditions = {
        "year": row.year == bindparam("year", type_=SmallInteger),
        "band": row.band == bindparam("band", type_=SmallInteger),
        "region": ForecastUnitRow.region_id == bindparam("region", type_=Uuid),
    }
    found = (
        select(
            *_UNIT_COLUMNS,
            row.year,
            row.index,
            row.band,
            *(getattr(row, f"index{end}") for end in ENDS[1:]),
            row.odds,
            row.draws,
            row.by_model,
            _LAST.index.label("last_index"),
            _LAST.band.label("last_band"),
        )
        .join(_RUN, _RUN.id == row.run_id)
        .join(
            ForecastUnitRow, (ForecastUnitRow.run_id == row.run_id) & (ForecastUnitRow.unit_id == row.unit_id)
        )
        .join(UnitStateRow, STATE)
        .outerjoin(_LAST, (_LAST.unit_id == row.unit_id) & (_LAST.computation_id == _LAST_COMPUTATION))
        .where(row.run_id == bindparam("run_id", type_=Uuid))
        .where(*(conditions[name] for name in sorted(filters)))
    )
    return Query(found, keys=(*_CZECH_ORDER, _YEAR_OF_INDEX))


_UNIT_COLUMNS: Final = (
    ForecastUnitRow.unit_id,
    UnitStateRow.code,
    UnitStateRow.name,
    ForecastUnitRow.region_id,
    ForecastUnitRow.size_class,
)
_LAST_COMPUTATION: Final = _RUN.computation_ids[func.cardinality(_RUN.computation_ids)]


@cache
def gaps(filters: frozenset[str]) -> Query:
    """Return what is not forecast, in Czech order, by the filters that were given."""
    row = ForecastGapRow
    conditions = {
        "indicator": row.indicator == bindparam("indicator", type_=Text),
        "reason": row.reason == bindparam("reason", type_=Text),
        "region": ForecastUnitRow.region_id == bindparam("region", type_=Uuid),
    }
    found = (
        select(*_UNIT_COLUMNS, row.indicator, row.reason, row.years)
        .join(_RUN, _RUN.id == row.run_id)
        .join(
            ForecastUnitRow, (ForecastUnitRow.run_id == row.run_id) & (ForecastUnitRow.unit_id == row.unit_id)
        )
        .join(UnitStateRow, STATE)
        .where(row.run_id == bindparam("run_id", type_=Uuid))
        .where(*(conditions[name] for name in sorted(filters)))
    )
    return Query(found, keys=(*_CZECH_ORDER, row.__table__.c.indicator))
