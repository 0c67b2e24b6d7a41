"""SQL of the progress of a plan, one statement, and of the lock of its periods."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import (
    Select,
    Uuid,
    bindparam,
    func,
    insert,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import LateralFromClause, ScalarSelect

from evaluation.definitions.tables import DefinitionEditionRow
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.units.tables import UnitRow
from evaluation.values.tables import PeriodLockRow
from shared.reads import Query, decimal_text, json_object
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedPlan:
    """A monitored plan under lock."""

    version: int
    unit_ids: tuple[UUID, ...]
    locked_until: date | None


async def lock_plan(session: AsyncSession, plan_id: UUID) -> LockedPlan | None:
    """Lock a plan: decisions on its values, which share it, wait for the end of this one."""
    row = await session.scalar(
        select(MonitoredPlanRow)
        .where(MonitoredPlanRow.plan_id == plan_id, MonitoredPlanRow.revision.is_not(None))
        .with_for_update()
    )
    if row is None:
        return None
    return LockedPlan(version=row.version, unit_ids=tuple(row.unit_ids), locked_until=row.locked_until)


async def save_lock(tx: Transaction, plan_id: UUID, plan: LockedPlan, *, reason: str) -> None:
    await tx.session.execute(
        update(MonitoredPlanRow)
        .where(MonitoredPlanRow.plan_id == plan_id)
        .values(locked_until=plan.locked_until, version=plan.version)
    )
    await tx.session.execute(
        insert(PeriodLockRow).values(
            plan_id=plan_id,
            version=plan.version,
            locked_until=plan.locked_until,
            reason=reason,
            actor_id=tx.actor.id,
            actor_affiliation=tx.actor.affiliation,
            at=tx.now,
        )
    )


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
    "definition_code",
    "definition_edition",
    "accumulation",
)


IS_APPROVED = text("obligation.status = 'approved'")
"""Literal, so that the planner may use the partial index."""

VALUE = json_object(
    {
        "value": decimal_text(ObligationRow.value),
        "wording": ObligationRow.wording,
        "measured_on": ObligationRow.measured_on,
        "period": ObligationRow.period,
        "edition": ObligationRow.definition_edition,
    }
)
EDITION = json_object(
    {
        "edition": DefinitionEditionRow.edition,
        "kind": DefinitionEditionRow.kind,
        "accumulation": DefinitionEditionRow.accumulation,
        "bridge": DefinitionEditionRow.bridge,
        "factor": decimal_text(DefinitionEditionRow.bridge_factor),
        "offset": decimal_text(DefinitionEditionRow.bridge_offset),
    }
)


def _approved() -> LateralFromClause:
    """Return the approved values of an indicator, the oldest first."""
    row = ObligationRow
    by_time = aggregate_order_by(VALUE, row.measured_on, row.due_on, row.obligation_id)
    return (
        select(func.coalesce(func.json_agg(by_time), EMPTY_LIST).label("told"))
        .where(
            row.plan_id == MonitoredIndicatorRow.plan_id,
            row.indicator_id == MonitoredIndicatorRow.indicator_id,
            IS_APPROVED,
        )
        .correlate(MonitoredIndicatorRow)
        .lateral("approved")
    )


def _editions() -> ScalarSelect[object]:
    row = DefinitionEditionRow
    return (
        select(func.coalesce(func.json_agg(aggregate_order_by(EDITION, row.edition)), EMPTY_LIST))
        .where(row.code == MonitoredIndicatorRow.definition_code)
        .correlate(MonitoredIndicatorRow)
        .scalar_subquery()
    )


def _indicators() -> ScalarSelect[object]:
    """Return the indicators of the newest revision, each with its approved values and its editions."""
    approved = _approved()
    row = MonitoredIndicatorRow
    indicator = json_object(
        {
            **{name: getattr(row, name) for name in _AS_THEY_ARE},
            "baseline": decimal_text(row.baseline),
            "target": decimal_text(row.target),
            "values": approved.c.told,
            "editions": _editions(),
            "version": row.version,
        }
    )
    return (
        select(func.coalesce(func.json_agg(indicator), EMPTY_LIST))
        .select_from(row)
        .join(approved, true())
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
        MonitoredPlanRow.locked_until,
        MonitoredPlanRow.version,
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
