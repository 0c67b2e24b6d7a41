"""SQL of statistics as tables: series, and figures as `disclosure` lets them be shown."""

from datetime import UTC, date

from sqlalchemy import Select, Text, case, cast, func, literal, select, true

from registry.datasets.domain import Asked
from registry.datasets.territory_repository import latest_states
from registry.disclosure.repository import mark_of_figure
from registry.statistics.figure_repository import OF_PART, in_force
from registry.statistics.tables import FigureRow, SeriesRow, SourceRow, VintagePartRow, VintageRow
from shared.days import end_of

Rows = Select[*tuple[object, ...]]


def series(asked: Asked) -> Rows:
    found = (
        select(
            SeriesRow.code.label("series"),
            SeriesRow.name_cs,
            SeriesRow.name_en,
            SeriesRow.definition_cs,
            SeriesRow.definition_en,
            SeriesRow.unit_of_measure,
            SeriesRow.periodicity,
            SeriesRow.source,
            SourceRow.name_cs.label("source_name_cs"),
            SourceRow.publisher,
            SourceRow.licence,
            SeriesRow.denominator,
        )
        .join(SourceRow, SourceRow.code == SeriesRow.source)
        .order_by(SeriesRow.code.collate("C"))
    )
    return found if asked.series is None else found.where(SeriesRow.code == asked.series)


def figures(asked: Asked) -> Rows:
    """Select the figures in force (now, or at the end of the day asked for), or those of one vintage."""
    unit = latest_states("of_unit")
    marked = select(mark_of_figure().label("mark")).correlate(FigureRow).lateral("marked")
    is_shown = marked.c.mark.is_(None)
    found = (
        select(
            FigureRow.series,
            FigureRow.period,
            unit.c.unit_id,
            unit.c.unit_kind,
            unit.c.unit_code,
            unit.c.unit_name,
            case((is_shown, cast(func.trim_scale(FigureRow.value), Text))).label("value"),
            case((is_shown, FigureRow.status), else_=literal("suppressed")).label("status"),
            case((marked.c.mark == "below", func.concat("< ", SourceRow.suppress_below))).label("shown"),
            FigureRow.note,
            FigureRow.vintage_id,
            VintageRow.label.label("vintage"),
            VintageRow.source,
            VintageRow.licence,
        )
        .select_from(FigureRow)
        .join(VintagePartRow, OF_PART)
        .join(VintageRow, VintageRow.id == FigureRow.vintage_id)
        .join(SourceRow, SourceRow.code == VintageRow.source)
        .join(unit, unit.c.unit_id == FigureRow.unit_id)
        .join(marked, true())
        .order_by(
            FigureRow.series.collate("C"),
            FigureRow.period,
            unit.c.sort_key,
            FigureRow.unit_id,
            FigureRow.vintage_id,
        )
    )
    return _narrowed(found, asked)


def _narrowed(found: Rows, asked: Asked) -> Rows:
    if asked.series is not None:
        found = found.where(FigureRow.series == asked.series)
    if asked.year is not None:
        first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
        found = found.where(FigureRow.period.between(literal(first), literal(last)))
    if asked.as_of is not None:
        until = end_of(asked.as_of).astimezone(UTC)
        found = found.where(VintageRow.imported_at <= literal(until))
        if asked.vintage is None:
            found = found.where(in_force(as_of=True)).params(until=until)
    elif asked.vintage is None:
        found = found.where(in_force())
    return found if asked.vintage is None else found.where(FigureRow.vintage_id == asked.vintage)
