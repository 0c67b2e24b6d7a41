"""SQL of figures in force: which vintage counts; lists and time series; what a check looks back at."""

from collections.abc import Collection
from datetime import date
from io import BytesIO
from typing import Final

import polars as pl
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    bindparam,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.statistics.tables import FigureRow, VintagePartRow, VintageRow
from shared.bulk import copy_out

UNTIL: Final = bindparam("until", type_=DateTime(timezone=True))
OF_PART: Final = (
    (VintagePartRow.vintage_id == FigureRow.vintage_id)
    & (VintagePartRow.series == FigureRow.series)
    & (VintagePartRow.period == FigureRow.period)
)


def in_force(*, as_of: bool = False) -> ColumnElement[bool]:
    """Return whether a figure, joined with its part of a vintage, counts; `as_of`: at the instant `UNTIL`.

    Of the vintages that have its series and period, that of the series' own source goes before others, a
    later one before an earlier one; an edition in parts outdoes older figures of the units in it alone.
    """
    newer, of_newer, same = aliased(VintagePartRow), aliased(VintageRow), aliased(FigureRow)
    of_unit = select(same.vintage_id).where(
        same.series == newer.series,
        same.period == newer.period,
        same.vintage_id == newer.vintage_id,
        same.unit_id == FigureRow.unit_id,
    )
    has_unit = of_unit.correlate(newer, FigureRow).exists()
    outdone = select(newer.vintage_id).where(
        newer.series == FigureRow.series,
        newer.period == FigureRow.period,
        tuple_(newer.of_own_source, newer.vintage_id)
        > tuple_(VintagePartRow.of_own_source, VintagePartRow.vintage_id),
        or_(newer.in_parts.is_(False), has_unit),
    )
    if as_of:
        outdone = outdone.join(of_newer, of_newer.id == newer.vintage_id).where(of_newer.imported_at <= UNTIL)
    return ~outdone.correlate(FigureRow, VintagePartRow).exists()


def newest(*columns: SQLCoreOperations[object]) -> Select[*tuple[object, ...]]:
    """Return the select of these columns of all figures in force now: the building block for neighbours.

    `FigureRow`, `VintagePartRow` are joined; narrow it by `FigureRow.series` and `FigureRow.period`.
    """
    return select(*columns).select_from(FigureRow).join(VintagePartRow, OF_PART).where(in_force())


async def past_figures(
    session: AsyncSession, series: Collection[str], *, since: date, until: date
) -> pl.DataFrame:
    """Return `series, period, unit_id, value` of the given figures in force of these periods."""
    found = newest(FigureRow.series, FigureRow.period, FigureRow.unit_id, FigureRow.value).where(
        FigureRow.series.in_(sorted(series)),
        FigureRow.period.between(literal(since), literal(until)),
        FigureRow.value.is_not(None),
    )
    schema = {"series": pl.String, "period": pl.Date, "unit_id": pl.String, "value": pl.Float64}
    return pl.read_csv(BytesIO(await copy_out(session, found)), schema=schema)
