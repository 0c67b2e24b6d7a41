"""Every statement on what indicators of plans measure, on their series, and on sums over plans."""

from collections.abc import Mapping
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Text, Uuid, and_, bindparam, func, not_, or_, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import ScalarSelect

from evaluation.definitions.kinds import Accumulation, Dimension
from evaluation.indicators.domain import MonitoredIndicator
from evaluation.monitoring.domain import ObligationStatus
from evaluation.monitoring.tables import (
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.units.tables import UnitPlaceRow
from evaluation.values.breakdown import PartValue
from evaluation.values.tables import ValueActRow
from shared.canonical import plain
from shared.reads import Query, decimal_text, json_object
from shared.stored import from_row

_OWN = MonitoredPlanRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid())))
_EMPTY = text("'[]'::json")


async def lock(session: AsyncSession, plan_id: UUID, indicator_id: UUID) -> MonitoredIndicator | None:
    """Lock an indicator of the newest revision, then count the values that were reported of it.

    The plan comes first, shared, as for values: a next revision of it waits.
    """
    plan = select(MonitoredPlanRow.plan_id).where(MonitoredPlanRow.plan_id == plan_id)
    await session.execute(plan.with_for_update(read=True))
    mine = (MonitoredIndicatorRow.plan_id == plan_id, MonitoredIndicatorRow.indicator_id == indicator_id)
    row = await session.scalar(
        select(MonitoredIndicatorRow)
        .where(*mine, MonitoredIndicatorRow.removed_in.is_(None))
        .with_for_update(key_share=True)
    )
    if row is None:
        return None
    reported = await session.scalar(
        select(func.count()).where(
            ObligationRow.plan_id == plan_id,
            ObligationRow.indicator_id == indicator_id,
            ObligationRow.reported_by.is_not(None),
        )
    )
    return MonitoredIndicator(
        plan_id=plan_id,
        indicator_id=indicator_id,
        version=row.version,
        unit=row.unit,
        code=row.definition_code,
        edition=row.definition_edition,
        defined_by=row.defined_by,
        accumulation=Accumulation(row.accumulation) if row.accumulation else None,
        part_targets=tuple(_part(each) for each in row.part_targets or ()),
        reported=reported or 0,
    )


def _part(stored: Mapping[str, object]) -> PartValue:
    return from_row(PartValue, {**stored, "dimension": Dimension(str(stored["dimension"]))})


async def save(session: AsyncSession, indicator: MonitoredIndicator) -> None:
    await session.execute(
        update(MonitoredIndicatorRow)
        .where(
            MonitoredIndicatorRow.plan_id == indicator.plan_id,
            MonitoredIndicatorRow.indicator_id == indicator.indicator_id,
        )
        .values(
            definition_code=indicator.code,
            definition_edition=indicator.edition,
            defined_by=indicator.defined_by,
            accumulation=indicator.accumulation and indicator.accumulation.value,
            part_targets=plain(indicator.part_targets) or None,
            version=indicator.version,
        )
    )


@cache
def one_indicator(*, of_all_units: bool) -> Query:
    """Return an indicator of a plan with its values over time, the oldest first."""
    row = MonitoredIndicatorRow
    act = (
        select(ValueActRow.breakdown)
        .where(ValueActRow.obligation_id == ObligationRow.obligation_id, ValueActRow.source.is_not(None))
        .order_by(ValueActRow.version.desc())
        .limit(1)
        .correlate(ObligationRow)
        .scalar_subquery()
    )
    names = ("obligation_id", "period", "starts_on", "ends_on", "status", "wording", "measured_on")
    point = json_object(
        {name: getattr(ObligationRow, name) for name in names}
        | {
            "value": decimal_text(ObligationRow.value),
            "definition_edition": ObligationRow.definition_edition,
            "definition_code": ObligationRow.definition_code,
            "breakdown": act,
        }
    )
    by_time = aggregate_order_by(point, ObligationRow.ends_on, ObligationRow.obligation_id)
    points = (
        select(func.coalesce(func.json_agg(by_time), _EMPTY))
        .where(
            ObligationRow.plan_id == row.plan_id,
            ObligationRow.indicator_id == row.indicator_id,
            ObligationRow.measured_on.is_not(None),
        )
        .correlate(row)
        .scalar_subquery()
    )
    told = ("indicator_id", "plan_id", "number", "name", "unit", "definition_code", "definition_edition")
    statement = (
        select(
            *(getattr(row, name).label(name) for name in (*told, "defined_by", "accumulation", "version")),
            func.coalesce(row.part_targets, text("'[]'::jsonb")).label("part_targets"),
            points.label("points"),
        )
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == row.plan_id)
        .where(
            row.plan_id == bindparam("plan_id", type_=Uuid()),
            row.indicator_id == bindparam("indicator_id", type_=Uuid()),
        )
    )
    return Query(statement if of_all_units else statement.where(_OWN), version="version", moves_on=True)


def _covered() -> ScalarSelect[object]:
    """Return the units of a plan with all that lies in them on the last day of the window."""
    until = bindparam("until", type_=Date())
    plan, indicator = (
        MonitoredPlanRow.__table__.alias("of_code"),
        MonitoredIndicatorRow.__table__.alias("its"),
    )
    is_asked = indicator.c.definition_code == bindparam("code", type_=Text())
    unit_id = func.unnest(plan.c.unit_ids).label("unit_id")
    roots = (
        select(unit_id)
        .join_from(plan, indicator, indicator.c.plan_id == plan.c.plan_id)
        .where(is_asked)
        .distinct()
        .subquery("root")
    )
    below = select(roots.c.unit_id.label("root_id"), roots.c.unit_id).cte("below", recursive=True)
    lasts = or_(UnitPlaceRow.valid_until.is_(None), UnitPlaceRow.valid_until >= until)
    inside = (
        select(below.c.root_id, UnitPlaceRow.unit_id)
        .join(UnitPlaceRow, UnitPlaceRow.group_id == below.c.unit_id)
        .where(UnitPlaceRow.valid_from <= until, lasts)
    )
    whole = below.union(inside)
    return (
        select(func.coalesce(func.array_agg(whole.c.unit_id.distinct()), text("'{}'::uuid[]")))
        .where(whole.c.root_id == MonitoredPlanRow.unit_ids.any_())
        .correlate(MonitoredPlanRow)
        .scalar_subquery()
    )


@cache
def contributions(*, of_all_units: bool, of_unit: bool) -> Query:
    """Return each indicator linked to a code with its approved values of the window, the oldest first."""
    row, obligation = MonitoredIndicatorRow, ObligationRow
    value = json_object(
        {
            "measured_on": obligation.measured_on,
            "value": decimal_text(obligation.value),
            "edition": func.coalesce(obligation.definition_edition, row.definition_edition),
        }
    )
    by_time = aggregate_order_by(value, obligation.ends_on, obligation.measured_on, obligation.obligation_id)
    since, until = bindparam("since", type_=Date()), bindparam("until", type_=Date())
    is_inside = and_(obligation.starts_on >= since, obligation.ends_on <= until)
    is_approved = and_(
        obligation.status == ObligationStatus.APPROVED.value,
        obligation.value.is_not(None),
        func.coalesce(obligation.definition_code, row.definition_code) == row.definition_code,
    )
    crosses = and_(obligation.starts_on <= until, obligation.ends_on >= since, not_(is_inside))
    awaited = obligation.status.not_in([ObligationStatus.APPROVED.value, ObligationStatus.CANCELLED.value])

    def count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
        counted = select(func.count()).where(OF_ITS_INDICATOR, *conditions)
        return counted.correlate(row).scalar_subquery()

    values = (
        select(func.coalesce(func.json_agg(by_time), _EMPTY))
        .where(OF_ITS_INDICATOR, is_approved, is_inside)
        .correlate(row)
        .scalar_subquery()
    )
    statement = (
        select(
            row.plan_id,
            row.indicator_id,
            row.number,
            row.accumulation,
            MonitoredPlanRow.title.label("plan_title"),
            MonitoredPlanRow.unit_ids,
            _covered().label("covered"),
            values.label("values"),
            count(is_approved, crosses).label("crossing"),
            count(awaited, is_inside).label("missing"),
        )
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == row.plan_id)
        .where(row.definition_code == bindparam("code", type_=Text()), row.removed_in.is_(None))
        .order_by(row.plan_id, row.number, row.indicator_id)
    )
    if of_unit:
        statement = statement.where(bindparam("unit", type_=Uuid()) == MonitoredPlanRow.unit_ids.any_())
    return Query(statement if of_all_units else statement.where(_OWN))
