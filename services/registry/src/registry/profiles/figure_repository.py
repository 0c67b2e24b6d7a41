"""SQL of key figures on the page of a unit, and of the sources on which the page stands."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import groupby
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Text, Uuid, any_, bindparam, case, cast, func, or_, select, true
from sqlalchemy.dialects.postgresql import JSONPATH, distinct_on

from registry.disclosure.repository import mark_of_figure
from registry.exclusion.tables import IndexComputationRow
from registry.profiles.figures import Figure, Source, Vintage
from registry.statistics.figure_repository import OF_PART, in_force
from registry.statistics.tables import FigureRow, SeriesRow, SourceRow, VintagePartRow, VintageRow
from shared.reads import Query, Reader

_UNIT: Final = bindparam("unit_id", type_=Uuid)


def _figures() -> Query:
    """Return the newest figure in force of each series, as disclosure lets it leave."""
    newest = (
        select(FigureRow.series, FigureRow.period, FigureRow.vintage_id)
        .join(VintagePartRow, OF_PART)
        .where(FigureRow.unit_id == _UNIT, in_force())
        .ext(distinct_on(FigureRow.series))
        .order_by(FigureRow.series, FigureRow.period.desc())
        .subquery("newest")
    )
    marked = select(mark_of_figure().label("mark")).correlate(FigureRow).lateral("marked")
    hidden = marked.c.mark.is_not(None)
    return Query(
        select(
            FigureRow.series,
            SeriesRow.name_cs,
            SeriesRow.name_en,
            SeriesRow.unit_of_measure,
            SeriesRow.periodicity,
            FigureRow.period,
            case((~hidden, cast(FigureRow.value, Text))).label("value"),
            case((hidden, "suppressed"), else_=FigureRow.status).label("status"),
            case((marked.c.mark == "below", func.concat("< ", SourceRow.suppress_below))).label("shown"),
            FigureRow.note,
            VintageRow.source,
            FigureRow.vintage_id,
        )
        .select_from(newest)
        .join(
            FigureRow,
            (FigureRow.unit_id == _UNIT)
            & (FigureRow.series == newest.c.series)
            & (FigureRow.period == newest.c.period)
            & (FigureRow.vintage_id == newest.c.vintage_id),
        )
        .join(SeriesRow, SeriesRow.code == FigureRow.series)
        .join(VintageRow, VintageRow.id == FigureRow.vintage_id)
        .join(SourceRow, SourceRow.code == VintageRow.source)
        .join(marked, true())
        .order_by(FigureRow.series)
    )


_FIGURES: Final = _figures()


def _sources() -> Query:
    """Return the vintages with these `ids` or of the `computations` of the Index, with their sources."""
    of_index = select(
        cast(
            cast(func.jsonb_path_query(IndexComputationRow.vintages, cast("$.*[*]", JSONPATH)), Text), Integer
        )
    ).where(IndexComputationRow.id == any_(bindparam("computations", type_=ARRAY(Integer))))
    return Query(
        select(
            SourceRow.code,
            SourceRow.name_cs,
            SourceRow.name_en,
            SourceRow.publisher,
            SourceRow.url,
            VintageRow.id,
            VintageRow.label,
            VintageRow.published_on,
            VintageRow.licence,
        )
        .join(SourceRow, SourceRow.code == VintageRow.source)
        .where(
            or_(VintageRow.id == any_(bindparam("ids", type_=ARRAY(Integer))), VintageRow.id.in_(of_index))
        )
        .order_by(SourceRow.code, VintageRow.id)
    )


_SOURCES: Final = _sources()


async def figures(reads: Reader, unit_id: UUID) -> list[Figure]:
    rows = await reads.rows(_FIGURES, unit_id=unit_id)
    return [Figure(**{field.name: row[field.name] for field in fields(Figure)}) for row in rows]


async def sources(
    reads: Reader, figures: Sequence[Figure], *, computation_ids: Sequence[int]
) -> list[Source]:
    """Return each source once, with the vintages that the figures and the editions are from."""
    ids = sorted({figure.vintage_id for figure in figures})
    rows = await reads.rows(_SOURCES, ids=ids, computations=list(computation_ids))
    found = []
    for _, of_source in groupby(rows, key=lambda row: row["code"]):
        vintages = list(of_source)
        first = vintages[0]
        found.append(
            Source(
                **{name: first[name] for name in ("code", "name_cs", "name_en", "publisher", "url")},
                vintages=[
                    Vintage(**{field.name: row[field.name] for field in fields(Vintage)}) for row in vintages
                ],
            )
        )
    return found
