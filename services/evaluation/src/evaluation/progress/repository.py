"""SQL of the progress of a plan: one statement."""

from datetime import date
from functools import cache

from sqlalchemy import (
    Select,
    Uuid,
    bindparam,
    func,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.sql.selectable import ScalarSelect

from evaluation.monitoring.domain import ObligationStatus
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.units.tables import UnitRow
from shared.reads import Query, decimal_text, json_object

EMPTY_LIST = text("'[]'::json")
EMPTY_OBJECT = text("'{}'::json")


def _units() -> ScalarSelect[object]:
    unit = json_object({"id": UnitRow.id, "name": UnitRow.name})
    return (
        select(func.coalesce(func.json_agg(aggregate_order_by(unit, UnitRow.name, UnitRow.id)), EMPTY_LIST))
        .where(UnitRow.id == MonitoredPlanRow.unit_ids.any_())
        .correlate(MonitoredPlanRow)
        .scalar_subquery()
    )


_AS_THEY_ARE = (
    "indicator_id",
    "number",
    "name",
    "unit",
    "direction",
    "periodicity",
    "owner",
    "baseline_on",
    "target_on",
)


def _indicators() -> ScalarSelect[object]:
    """Return the indicators of the newest revision, each with its last approved value."""
    last = (
        select(ObligationRow.value, ObligationRow.measured_on, ObligationRow.period)
        .where(
            ObligationRow.plan_id == MonitoredIndicatorRow.plan_id,
            ObligationRow.indicator_id == MonitoredIndicatorRow.indicator_id,
            ObligationRow.status == ObligationStatus.APPROVED.value,
        )
        .order_by(ObligationRow.measured_on.desc(), ObligationRow.due_on.desc())
        .limit(1)
        .lateral("last")
    )
    row = MonitoredIndicatorRow
    indicator = json_object(
        {
            **{name: getattr(row, name) for name in _AS_THEY_ARE},
            "baseline": decimal_text(row.baseline),
            "target": decimal_text(row.target),
            "value": decimal_text(last.c.value),
            "measured_on": last.c.measured_on,
            "period": last.c.period,
        }
    )
    return (
        select(func.coalesce(func.json_agg(indicator), EMPTY_LIST))
        .select_from(row)
        .join(last, true(), isouter=True)
        .where(row.plan_id == MonitoredPlanRow.plan_id, row.removed_in.is_(None))
        .correlate(MonitoredPlanRow)
        .scalar_subquery()
    )


def _obligations() -> ScalarSelect[object]:
    counted = (
        select(ObligationRow.status, func.count().label("count"))
        .where(ObligationRow.plan_id == MonitoredPlanRow.plan_id)
        .group_by(ObligationRow.status)
        .correlate(MonitoredPlanRow)
        .subquery("counted")
    )
    counts = func.json_object_agg(counted.c.status, counted.c.count)
    return select(func.coalesce(counts, EMPTY_OBJECT)).scalar_subquery()


def _next_due_on() -> ScalarSelect[date]:
    return (
        select(func.min(ObligationRow.due_on))
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(ObligationRow.plan_id == MonitoredPlanRow.plan_id, FALLS_DUE)
        .correlate(MonitoredPlanRow)
        .scalar_subquery()
    )


@cache
def progress_of_plan(*, of_all_units: bool) -> Query:
    """Return one row; nothing of a plan of which only the closing was heard."""
    statement: Select[*tuple[object, ...]] = select(
        MonitoredPlanRow.plan_id,
        MonitoredPlanRow.revision,
        MonitoredPlanRow.kind,
        MonitoredPlanRow.title,
        MonitoredPlanRow.valid_from,
        MonitoredPlanRow.valid_until,
        MonitoredPlanRow.closed_on,
        _units().label("units"),
        _obligations().label("obligations"),
        _next_due_on().label("next_due_on"),
        _indicators().label("indicators"),
    ).where(
        MonitoredPlanRow.plan_id == bindparam("plan_id", type_=Uuid()), MonitoredPlanRow.revision.is_not(None)
    )
    if not of_all_units:
        visible = MonitoredPlanRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid())))
        statement = statement.where(visible)
    return Query(statement)
