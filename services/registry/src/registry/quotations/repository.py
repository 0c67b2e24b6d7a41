"""SQL of what is cited: one series, or the Index, of some units since a day; small counts hidden."""

from typing import Final

from sqlalchemy import (
    ARRAY,
    Date,
    Integer,
    SmallInteger,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    select,
    text,
    true,
)

from registry.disclosure.repository import mark_of_figure
from registry.editions.repository import published
from registry.exclusion.repository import in_force as index_in_force
from registry.exclusion.tables import IndexMethodRow, IndexResultRow
from registry.statistics.figure_repository import OF_PART, in_force
from registry.statistics.tables import FigureRow, SeriesRow, VintagePartRow, VintageRow
from shared.reads import Query

_SERIES: Final = bindparam("series", type_=Text)
_UNITS: Final = func.any(bindparam("units", type_=ARRAY(Uuid)))
_PART_OF_SERIES: Final = (
    select(VintagePartRow.vintage_id).where(VintagePartRow.series == SeriesRow.code).correlate(SeriesRow)
)
_DIGESTS: Final = (
    select(func.json_object_agg(VintageRow.id, VintageRow.content_digest))
    .where(VintageRow.id.in_(_PART_OF_SERIES))
    .correlate(SeriesRow)
    .scalar_subquery()
)
SERIES: Final = Query(
    select(
        SeriesRow.code,
        SeriesRow.name_cs,
        SeriesRow.name_en,
        SeriesRow.unit_of_measure,
        SeriesRow.periodicity,
        func.coalesce(_DIGESTS, text("'{}'::json")).label("vintages"),
    ).where(SeriesRow.code == _SERIES)
)
"""A series, and the digests of all vintages that hold it."""
_MARKED: Final = select(mark_of_figure().label("mark")).correlate(FigureRow).lateral("marked")
FIGURES: Final = Query(
    select(
        FigureRow.unit_id,
        FigureRow.period,
        FigureRow.vintage_id.label("vintage"),
        VintageRow.label,
        case((_MARKED.c.mark.is_(None), cast(FigureRow.value, Text))).label("value"),
        in_force().label("in_force"),
    )
    .select_from(FigureRow)
    .join(VintagePartRow, OF_PART)
    .join(VintageRow, VintageRow.id == FigureRow.vintage_id)
    .join(_MARKED, true())
    .where(
        FigureRow.series == _SERIES,
        FigureRow.unit_id == _UNITS,
        FigureRow.period >= bindparam("since", type_=Date),
    )
    .order_by(FigureRow.unit_id, FigureRow.period, FigureRow.vintage_id)
)
"""Figures of all vintages; which of them count is told beside."""
_NEWEST: Final = published().subquery("newest")
_FORCES: Final = index_in_force().subquery("forces")
EDITIONS: Final = Query(
    select(
        _NEWEST.c.method, _NEWEST.c.year, _NEWEST.c.version, _NEWEST.c.results_digest.label("digest")
    ).order_by(_NEWEST.c.year, _NEWEST.c.method)
)
RESULTS: Final = Query(
    select(
        IndexResultRow.unit_id,
        _NEWEST.c.year,
        _NEWEST.c.method,
        _NEWEST.c.version.label("vintage"),
        _FORCES.c.id.is_not(None).label("in_force"),
        IndexResultRow.index,
        IndexResultRow.band,
        cast(func.string_to_array(IndexResultRow.points, None, "-"), ARRAY(Integer)).label("points"),
        cast(
            func.jsonb_path_query_array(IndexMethodRow.definition, text("'$.indicators[*].code'")), Text
        ).label("indicators"),
    )
    .select_from(_NEWEST)
    .join(IndexResultRow, IndexResultRow.computation_id == _NEWEST.c.id)
    .join(IndexMethodRow, IndexMethodRow.code == _NEWEST.c.method)
    .outerjoin(_FORCES, _FORCES.c.id == _NEWEST.c.id)
    .where(IndexResultRow.unit_id == _UNITS, _NEWEST.c.year >= bindparam("since", type_=SmallInteger))
    .order_by(IndexResultRow.unit_id, _NEWEST.c.year, _NEWEST.c.method)
)
"""The Index of some units by all methods, each year as it was published last."""
