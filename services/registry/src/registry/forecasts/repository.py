"""SQL of forecasts as they are read: runs with their errors, and all that is said of a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    SQLColumnExpression,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    exists,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexComputationRow, IndexMethodRow, IndexResultRow
from registry.forecasts.report import StoredRun, StoredUnit
from registry.forecasts.run_repository import ENDS, STATE
from registry.forecasts.tables import (
    ForecastGapRow,
    ForecastIndexRow,
    ForecastRunRow,
    ForecastTrialRow,
    ForecastUnitRow,
    ForecastValueRow,
)
from registry.tables import Base
from registry.units.tables import UnitStateRow
from shared.reads import Query, Reader, Row, decimal_text, json_object

_RUN = ForecastRunRow


def _lines(
    members: Mapping[str, SQLColumnExpression[object]],
    order: Sequence[SQLColumnExpression[object]],
    *conditions: ColumnElement[bool],
) -> ScalarSelect[object]:
    """Select a JSON list of what belongs to a run or to a unit of it."""
    lines = func.json_agg(aggregate_order_by(json_object(members), *order))
    empty = func.coalesce(lines, text("'[]'::json"))
    return select(empty).where(*conditions).correlate(_RUN, ForecastUnitRow).scalar_subquery()


def _of(row: type[Base], names: Sequence[str]) -> dict[str, SQLColumnExpression[object]]:
    return {name: getattr(row, name) for name in names}


def _texts(row: type[Base], names: Sequence[str]) -> dict[str, SQLColumnExpression[object]]:
    """Return decimals as JSON texts."""
    return {name: decimal_text(getattr(row, name)) for name in names}


def _errors(size: SQLColumnExpression[int] | int | None, *, with_models: bool = True) -> ScalarSelect[object]:
    """Select the errors of a run in one size class, or in all of them."""
    row = ForecastTrialRow
    members = {**_of(row, _TRIAL), **_texts(row, _ERRORS)}
    if with_models:
        members |= _of(row, ("tested", "published"))
    order = (row.indicator, row.quantity, row.horizon, row.size_class)
    of_size = () if size is None else (row.size_class == size,)
    return _lines(members, order, row.run_id == _RUN.id, *of_size)


_TRIAL: Final = (
    *("indicator", "quantity", "horizon", "size_class", "series", "unchanging"),
    "beats_last_year",
)
_ERRORS: Final = (
    *("mase", "mase_of_last_year", "mae", "mae_of_last_year", "bias"),
    *("coverage_80", "coverage_95"),
)


def newer_edition(run: type[ForecastRunRow]) -> ColumnElement[bool]:
    """Return whether an edition of the run's method was published that the run could have been made of.

    By the versions of editions: clocks tell when transactions began, not which one came first.
    """
    used, newer = aliased(IndexComputationRow), aliased(IndexComputationRow)
    is_outdone = exists().where(
        used.id == any_(run.computation_ids), used.year == newer.year, used.version >= newer.version
    )
    found = exists().where(
        newer.method == run.method, newer.year >= run.first_year, ~is_outdone.correlate(run, newer)
    )
    return found.correlate(run)


_NEWER: Final = newer_edition(_RUN)
_HEAD: Final = (
    *(getattr(_RUN, name) for name in ("id", "method", "first_year", "last_year", "horizon")),
    *(getattr(_RUN, name) for name in ("municipalities", "forecast", "computed_at", "inputs_digest")),
    *(_RUN.results_digest, _RUN.code_version, _RUN.editions, _NEWER.label("newer_edition")),
)
_LATEST: Final = (_RUN.__table__.c.computed_at, _RUN.__table__.c.id)
RUNS: Final = Query(
    select(*_HEAD, _errors(0, with_models=False).label("errors")), keys=_LATEST, descending=True
)
_ONE_RUN: Final = Query(
    select(*_HEAD, cast(_errors(None), Text).label("errors")).where(
        _RUN.id == bindparam("run_id", type_=Uuid)
    )
)
EXISTS: Final = Query(select(_RUN.id).where(_RUN.id == bindparam("run_id", type_=Uuid)))


def _of_unit(row: type[ForecastValueRow | ForecastIndexRow | ForecastGapRow]) -> ColumnElement[bool]:
    return (row.run_id == _RUN.id) & (row.unit_id == ForecastUnitRow.unit_id)


def _five(row: type[ForecastValueRow | ForecastIndexRow], name: str) -> SQLColumnExpression[object]:
    """Return a value and the ends of its intervals as a JSON list, decimals as text."""
    ends = [getattr(row, f"{name}{end}") for end in ENDS]
    return func.json_build_array(*(decimal_text(end) if name == "share" else end for end in ends))


_VALUES: Final = _lines(
    {
        **_of(ForecastValueRow, ("indicator", "year")),
        "numerator": _five(ForecastValueRow, "numerator"),
        "denominator": _five(ForecastValueRow, "denominator"),
        "share": _five(ForecastValueRow, "share"),
    },
    (ForecastValueRow.indicator, ForecastValueRow.year),
    _of_unit(ForecastValueRow),
)
_INDEX: Final = _lines(
    {
        **_of(ForecastIndexRow, ("year", "band", "odds", "draws", "by_model")),
        "index": _five(ForecastIndexRow, "index"),
    },
    (ForecastIndexRow.year,),
    _of_unit(ForecastIndexRow),
)
_GAPS: Final = _lines(
    _of(ForecastGapRow, ("indicator", "reason", "years")),
    (ForecastGapRow.indicator,),
    _of_unit(ForecastGapRow),
)
_HISTORY: Final = _lines(
    {
        "year": IndexComputationRow.year,
        **_of(IndexResultRow, ("numerators", "denominators", "index", "band")),
    },
    (IndexComputationRow.year,),
    IndexResultRow.unit_id == ForecastUnitRow.unit_id,
    IndexResultRow.computation_id == any_(_RUN.computation_ids),
    IndexComputationRow.id == IndexResultRow.computation_id,
)


_FORCES: Final = in_force().subquery()
METHOD_IN_FORCE: Final = select(_FORCES.c.method).order_by(_FORCES.c.year.desc()).limit(1).scalar_subquery()
"""The method that applies to the newest year: its runs go before those of other methods."""


@cache
def _unit(*, of_run: bool) -> Query:
    """Return all that a run, else the newest, says of a unit; a row even where that is nothing."""
    found = (
        select(
            *_HEAD,
            ForecastUnitRow.unit_id,
            UnitStateRow.code,
            UnitStateRow.name,
            ForecastUnitRow.size_class,
            cast(IndexMethodRow.definition, Text).label("definition"),
            *(
                cast(lines, Text).label(name)
                for name, lines in (
                    ("values", _VALUES),
                    ("index", _INDEX),
                    ("gaps", _GAPS),
                    ("history", _HISTORY),
                    ("errors", _errors(ForecastUnitRow.size_class)),
                )
            ),
        )
        .join(IndexMethodRow, IndexMethodRow.code == _RUN.method)
        .outerjoin(
            ForecastUnitRow,
            (ForecastUnitRow.run_id == _RUN.id)
            & (ForecastUnitRow.unit_id == bindparam("unit_id", type_=Uuid)),
        )
        .outerjoin(UnitStateRow, STATE)
    )
    if of_run:
        return Query(found.where(_RUN.id == bindparam("run_id", type_=Uuid)))
    by_default = (_RUN.method == METHOD_IN_FORCE).desc()
    newest = found.order_by(by_default, _RUN.last_year.desc(), _NEWER, _RUN.computed_at.desc(), _RUN.id)
    return Query(newest.limit(1))


UNIT_KNOWN: Final = Query(
    select(UnitStateRow.unit_id).where(UnitStateRow.unit_id == bindparam("unit_id", type_=Uuid)).limit(1)
)


async def run(reads: Reader, run_id: UUID) -> StoredRun | None:
    row = await reads.row(_ONE_RUN, run_id=run_id)
    return _run(row) if row else None


async def unit(reads: Reader, unit_id: UUID, *, run_id: UUID | None) -> StoredUnit | StoredRun | None:
    """Return what the run, the newest where none is named, says of a unit; the run where it says nothing."""
    row = await reads.row(_unit(of_run=run_id is not None), unit_id=unit_id, run_id=run_id)
    if row is None:
        return None
    if row["unit_id"] is None:
        return _run(row)
    own = {field.name: row[field.name] for field in fields(StoredUnit) if field.name != "run"}
    return StoredUnit(run=_run(row), **own)


def _run(row: Row) -> StoredRun:
    return StoredRun(**{field.name: row[field.name] for field in fields(StoredRun)})
