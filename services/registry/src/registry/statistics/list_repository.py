"""SQL of what is shown: sources, series, vintages, findings, figures and time series; small counts hidden."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    exists,
    func,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.disclosure.repository import mark_of_figure
from registry.statistics.figure_repository import OF_PART, UNTIL, in_force
from registry.statistics.tables import (
    FigureRow,
    FindingRow,
    SeriesRow,
    SourceRow,
    VintagePartRow,
    VintageRow,
)
from registry.units.tables import UnitRow, UnitStateRow
from shared.reads import Query, json_object

SOURCES: Final = Query(select(*SourceRow.__table__.c), keys=(SourceRow.code,))
SERIES: Final = Query(select(*SeriesRow.__table__.c), keys=(SeriesRow.code,))
_VINTAGE: Final = select(
    VintageRow.id,
    VintageRow.source,
    VintageRow.label,
    VintageRow.published_on,
    VintageRow.licence,
    VintageRow.note,
    VintageRow.content_digest,
    VintageRow.file_name,
    VintageRow.file_digest,
    VintageRow.figure_count,
    select(func.count())
    .where(FindingRow.vintage_id == VintageRow.id)
    .correlate(VintageRow)
    .scalar_subquery()
    .label("finding_count"),
    VintageRow.imported_by,
    VintageRow.imported_at,
)
ONE_VINTAGE: Final = Query(_VINTAGE.where(VintageRow.id == bindparam("vintage_id", type_=Integer)))
FINDINGS: Final = Query(
    select(
        FindingRow.number,
        FindingRow.kind,
        FindingRow.series,
        FindingRow.period,
        FindingRow.unit_id,
        select(UnitStateRow.name)
        .where(UnitStateRow.unit_id == FindingRow.unit_id)
        .order_by(UnitStateRow.valid_from.desc())
        .limit(1)
        .scalar_subquery()
        .label("unit_name"),
        FindingRow.facts,
    ).where(FindingRow.vintage_id == bindparam("vintage_id", type_=Integer)),
    keys=(FindingRow.number,),
)
BELOW: Final = "below"
_LATEST: Final = (
    select(UnitStateRow.code, UnitStateRow.name)
    .where(UnitStateRow.unit_id == FigureRow.unit_id)
    .order_by(UnitStateRow.valid_from.desc())
    .limit(1)
    .correlate(FigureRow)
    .lateral("named")
)
_MARKED: Final = select(mark_of_figure().label("mark")).correlate(FigureRow).lateral("marked")
_SHOWN: Final = (
    case((_MARKED.c.mark.is_(None), cast(FigureRow.value, Text))).label("value"),
    case((_MARKED.c.mark.is_(None), FigureRow.status), else_="suppressed").label("status"),
    case((_MARKED.c.mark == BELOW, func.concat("< ", SourceRow.suppress_below))).label("shown"),
)
_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "unit": FigureRow.unit_id == bindparam("unit", type_=Uuid()),
    "series": FigureRow.series == bindparam("series", type_=Text()),
    "period": FigureRow.period == bindparam("period", type_=Date()),
    "vintage_id": FigureRow.vintage_id == bindparam("vintage_id", type_=Integer()),
    "until": VintageRow.imported_at <= UNTIL,
}


@cache
def vintages(*, of_source: bool) -> Query:
    """Return the query for vintages, the latest first."""
    found = _VINTAGE.where(VintageRow.source == bindparam("source")) if of_source else _VINTAGE
    return Query(found, keys=(VintageRow.id,), descending=True)


@cache
def figures(filters: frozenset[str], *, newest: bool) -> Query:
    """Return the list of figures with those of `_FILTERS`, of all vintages or those in force alone."""
    found = _figures().where(*(_FILTERS[name] for name in sorted(filters)))
    if newest:
        found = found.where(in_force(as_of="until" in filters))
    keys = (FigureRow.series, FigureRow.period, FigureRow.vintage_id, FigureRow.unit_id)
    return Query(found, keys=keys)


def _figures(*more: SQLCoreOperations[object]) -> Select[*tuple[object, ...]]:
    """Return figures as they may leave: what `disclosure` decided to hide has no value, at most `< k`."""
    return (
        select(
            FigureRow.series,
            FigureRow.period,
            FigureRow.unit_id,
            _LATEST.c.code.label("unit_code"),
            _LATEST.c.name.label("unit_name"),
            *_SHOWN,
            FigureRow.note,
            FigureRow.vintage_id,
            VintageRow.label.label("vintage"),
            VintageRow.source,
            VintageRow.licence,
            VintageRow.published_on,
            VintageRow.imported_at,
            *more,
        )
        .select_from(FigureRow)
        .join(VintagePartRow, OF_PART)
        .join(VintageRow, VintageRow.id == FigureRow.vintage_id)
        .join(SourceRow, SourceRow.code == VintageRow.source)
        .join(_LATEST, true())
        .join(_MARKED, true())
    )


def _time_series(*, as_of: bool) -> Query:
    """Return one series of one unit: a row where both are known, its points in the order of time."""
    other = aliased(FigureRow)
    revised = exists().where(
        other.series == FigureRow.series,
        other.period == FigureRow.period,
        other.unit_id == FigureRow.unit_id,
        other.vintage_id < FigureRow.vintage_id,
        func.row(other.value, other.status).is_distinct_from(func.row(FigureRow.value, FigureRow.status)),
    )
    of_unit = _figures(revised.label("revised")).where(
        FigureRow.unit_id == UnitRow.id, FigureRow.series == SeriesRow.code, in_force(as_of=as_of)
    )
    if as_of:
        of_unit = of_unit.where(VintageRow.imported_at <= UNTIL)
    point = of_unit.correlate(UnitRow, SeriesRow).subquery("point")
    names = (
        "period",
        "value",
        "status",
        "shown",
        "note",
        "revised",
        "vintage_id",
        "vintage",
        "source",
        "licence",
    )
    shown = json_object({name: point.c[name] for name in names})
    points = select(
        func.coalesce(func.json_agg(aggregate_order_by(shown, point.c.period)), text("'[]'::json"))
    )
    return Query(
        select(
            UnitRow.id.label("unit_id"),
            SeriesRow.code.label("series"),
            SeriesRow.name_cs,
            SeriesRow.name_en,
            SeriesRow.unit_of_measure,
            SeriesRow.periodicity,
            points.scalar_subquery().label("points"),
        ).where(UnitRow.id == bindparam("unit_id", type_=Uuid()), SeriesRow.code == bindparam("series"))
    )


TIME_SERIES: Final = _time_series(as_of=False)
TIME_SERIES_AS_OF: Final = _time_series(as_of=True)
