"""SQL of the dashboard: all plans of a project's units with what their indicators are judged by, at once."""

from functools import cache
from typing import Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    DateTime,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql.selectable import ScalarSelect

from evaluation.definitions.kinds import Accumulation
from evaluation.definitions.tables import DefinitionEditionRow
from evaluation.monitoring.tables import (
    COLLECTED,
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.progress.repository import EDITION, EMPTY_LIST, IS_APPROVED, VALUE
from evaluation.projects.list_repository import PROJECT_ID, P
from evaluation.units.tables import UnitRow
from evaluation.values.tables import ValueActRow
from shared.reads import Query, decimal_text, json_object

TODAY: Final = bindparam("today", type_=Date())
UNTIL: Final = bindparam("until", type_=DateTime(timezone=True))
"""The end of the day: what was done until then was done on it."""
_JUDGED_BY: Final = ("unit", "direction", "periodicity", "baseline_on", "target_on", "definition_edition")
_NEWEST_FIRST: Final = (
    ObligationRow.measured_on.desc(),
    ObligationRow.due_on.desc(),
    ObligationRow.obligation_id.desc(),
)


def _definitions() -> CTE:
    row = DefinitionEditionRow
    newest_first = func.string_agg(row.accumulation, aggregate_order_by(text("' '"), row.edition.desc()))
    editions = func.json_agg(aggregate_order_by(EDITION, row.edition))
    newest = func.split_part(newest_first, " ", 1)
    return (
        select(row.code, editions.label("editions"), newest.label("accumulation"))
        .group_by(row.code)
        .cte("definition")
    )


def _values(accumulation: ColumnElement[str]) -> ColumnElement[object]:
    """Return the last approved value; where values are added up, all of them, the oldest first."""
    mine = (
        ObligationRow.plan_id == MonitoredIndicatorRow.plan_id,
        ObligationRow.indicator_id == MonitoredIndicatorRow.indicator_id,
        IS_APPROVED,
        ObligationRow.measured_on <= TODAY,
    )
    last = (
        select(func.json_build_array(VALUE))
        .where(*mine)
        .order_by(*_NEWEST_FIRST)
        .limit(1)
        .correlate(MonitoredIndicatorRow)
        .scalar_subquery()
    )
    oldest_first = (ObligationRow.measured_on, ObligationRow.due_on, ObligationRow.obligation_id)
    every = (
        select(func.json_agg(aggregate_order_by(VALUE, *oldest_first)))
        .where(*mine)
        .correlate(MonitoredIndicatorRow)
        .scalar_subquery()
    )
    chosen = case((accumulation == Accumulation.INCREMENTAL.value, every), else_=last)
    return func.coalesce(chosen, EMPTY_LIST)


def _indicators() -> ScalarSelect[object]:
    row, definition = MonitoredIndicatorRow, _definitions()
    accumulation = func.coalesce(row.accumulation, definition.c.accumulation)
    indicator = json_object(
        {
            **{name: getattr(row, name) for name in _JUDGED_BY},
            "baseline": decimal_text(row.baseline),
            "target": decimal_text(row.target),
            "accumulation": row.accumulation,
            "values": _values(accumulation),
            "editions": func.coalesce(definition.c.editions, EMPTY_LIST),
        }
    )
    return (
        select(func.array_agg(cast(indicator, Text)))
        .select_from(row)
        .outerjoin(definition, definition.c.code == row.definition_code)
        .where(row.plan_id == MonitoredPlanRow.plan_id, row.removed_in.is_(None))
        .correlate(MonitoredPlanRow)
        .scalar_subquery()
    )


def _overdue(*, past: bool) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(ObligationRow)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(
            ObligationRow.plan_id == MonitoredPlanRow.plan_id,
            _was_awaited() if past else FALLS_DUE,
            ObligationRow.due_on < TODAY,
        )
        .correlate(MonitoredPlanRow)
        .scalar_subquery()
    )


def _was_awaited() -> ColumnElement[bool]:
    """Tell what the trail says of a past day: nothing was reported yet, or it was returned."""
    act = ValueActRow
    last = (
        select(act.act)
        .where(act.obligation_id == ObligationRow.obligation_id, act.at <= UNTIL)
        .order_by(act.version.desc())
        .limit(1)
        .correlate(ObligationRow)
        .scalar_subquery()
    )
    return and_(
        COLLECTED, text("obligation.status <> 'cancelled'"), func.coalesce(last, "returned") == "returned"
    )


@cache
def plans_of_units(*, past: bool = False) -> Query:
    """Return a row for each unit of the project and each of its plans; a unit without a plan has one too.

    `past`: of a day before today, with its `until`; plans that began later are left out.
    """
    plan = MonitoredPlanRow
    units = select(func.unnest(P.unit_ids).label("unit_id")).where(P.id == PROJECT_ID).subquery("of_project")
    runs = or_(plan.closed_on.is_(None), plan.closed_on > TODAY)
    told = (
        select(
            plan.plan_id,
            plan.unit_ids,
            func.coalesce(_indicators(), text("'{}'::text[]")).label("indicators"),
            _overdue(past=past).label("overdue"),
        )
        .where(
            plan.unit_ids.overlap(select(P.unit_ids).where(P.id == PROJECT_ID).scalar_subquery()),
            plan.revision.is_not(None),
            runs,
            plan.valid_from <= TODAY if past else true(),
        )
        .cte("told")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    of_unit = select(func.unnest(told.c.unit_ids).label("unit_id"), told.c.plan_id).subquery("of_unit")
    return Query(
        select(
            units.c.unit_id,
            UnitRow.name.label("unit_name"),
            told.c.plan_id,
            told.c.indicators,
            told.c.overdue,
        )
        .select_from(units)
        .outerjoin(UnitRow, UnitRow.id == units.c.unit_id)
        .outerjoin(of_unit, of_unit.c.unit_id == units.c.unit_id)
        .outerjoin(told, told.c.plan_id == of_unit.c.plan_id)
    )
