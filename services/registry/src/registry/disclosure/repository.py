"""SQL of disclosure: what may be shown of a figure, what was released, and what a release is made of."""

from datetime import date
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Date, Integer, bindparam, case, exists, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.disclosure.domain import Part, Policy, last_day_of
from registry.disclosure.tables import ReleaseRow, SuppressedCellRow
from registry.statistics.tables import FigureRow, SeriesRow, SourceRow, VintagePartRow, VintageRow
from shared.reads import Query, decimal_text

_OF_FIGURE: Final = (
    (SuppressedCellRow.vintage_id == FigureRow.vintage_id)
    & (SuppressedCellRow.series == FigureRow.series)
    & (SuppressedCellRow.period == FigureRow.period)
    & (SuppressedCellRow.unit_id == FigureRow.unit_id)
)


def mark_of_figure() -> ColumnElement[str | None]:
    """Return `below`, `hidden`, or NULL where the value may be shown: for selects from `FigureRow`.

    The figure of a protected source of which nothing was decided yet is hidden.
    """
    mark = select(SuppressedCellRow.mark).where(_OF_FIGURE).correlate(FigureRow).scalar_subquery()
    is_decided = exists().where(
        ReleaseRow.vintage_id == FigureRow.vintage_id,
        ReleaseRow.series == FigureRow.series,
        ReleaseRow.period == FigureRow.period,
    )
    is_protected = exists().where(
        VintageRow.id == FigureRow.vintage_id,
        SourceRow.code == VintageRow.source,
        SourceRow.suppress_below.is_not(None),
    )
    is_undecided = is_protected.correlate(FigureRow) & ~is_decided.correlate(FigureRow)
    return case((mark.is_not(None), mark), (is_undecided, literal("hidden")), else_=null())


POLICIES: Final = Query(
    select(SourceRow.code.label("source"), SourceRow.name_cs, SourceRow.name_en, SourceRow.suppress_below),
    keys=(SourceRow.__table__.c.code,),
)
_RELEASES: Final = select(
    ReleaseRow.id,
    ReleaseRow.vintage_id,
    ReleaseRow.series,
    ReleaseRow.period,
    ReleaseRow.suppress_below,
    ReleaseRow.summed,
    ReleaseRow.cells,
    ReleaseRow.small,
    ReleaseRow.complementary,
    ReleaseRow.exposed,
    decimal_text(ReleaseRow.loss_percent).label("loss_percent"),
    ReleaseRow.released_by,
    ReleaseRow.released_at,
)


@cache
def releases(filters: frozenset[str]) -> Query:
    """Return the query for releases, the latest first, with those of `series`, `period`, `vintage`."""
    conditions = {
        "series": ReleaseRow.series == bindparam("series"),
        "period": ReleaseRow.period == bindparam("period", type_=Date),
        "vintage": ReleaseRow.vintage_id == bindparam("vintage", type_=Integer),
    }
    found = _RELEASES.where(*(conditions[name] for name in sorted(filters)))
    return Query(found, keys=(ReleaseRow.__table__.c.id,), descending=True)


async def policy_of(session: AsyncSession, vintage_id: int) -> Policy | None:
    found = await session.execute(
        select(SourceRow.code, SourceRow.suppress_below)
        .join(VintageRow, VintageRow.source == SourceRow.code)
        .where(VintageRow.id == vintage_id)
    )
    row = found.one_or_none()
    return Policy(source=row.code, suppress_below=row.suppress_below) if row else None


async def part_of(session: AsyncSession, series: str, period: date) -> Part | None:
    statement = select(SeriesRow.periodicity).where(SeriesRow.code == series)
    periodicity = await session.scalar(statement)
    if periodicity is None:
        return None
    return Part(series=series, period=period, last_day=last_day_of(period, periodicity))


async def parts_of(session: AsyncSession, vintage_id: int) -> list[Part]:
    found = await session.execute(
        select(VintagePartRow.series, VintagePartRow.period, SeriesRow.periodicity)
        .join(SeriesRow, SeriesRow.code == VintagePartRow.series)
        .where(VintagePartRow.vintage_id == vintage_id)
        .order_by(VintagePartRow.series, VintagePartRow.period)
    )
    return [
        Part(series=row.series, period=row.period, last_day=last_day_of(row.period, row.periodicity))
        for row in found
    ]
